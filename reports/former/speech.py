"""The words by which a report in each language tells what it tells: cues, never names."""

import re
from dataclasses import dataclass
from functools import lru_cache

from bilingual.grammar import Case, ordinal
from reports.former.skeletons import any_of, bones_of


@dataclass(frozen=True)
class Speech:
    """Patterns for the skeleton of one language; ``KIND`` in them stands for the kinds that the database knows."""

    connectors: str  # between a kind and a title
    modes: dict[str, str]  # activities.models.Mode → what says it
    planned: str
    held: str
    postponed: str
    cancelled: str
    frame: str  # begins the first sentence of an item
    roles: dict[str, str]  # activities.models.Role → what stands before the name
    before_names: str  # between a cue and the names: “experts from”
    after_names: str  # ends a list of names
    back: dict[str, str]  # what an institution is called the second time → how its name begins
    people: str  # stands before a headcount or a group of people
    about: str  # an estimate follows
    area: str
    call: str
    closing: str  # headings of parts that follow the activities
    heads: tuple[str, ...]  # the first words of an institution's name
    posts: tuple[str, ...]  # the first words of a post


_MODES_AR = {
    "hybrid": any_of("بصيغة مدمجة", "مدمجة", "حضوريا وعن بعد", "حضوريا وافتراضيا", "هجينة"),
    "online": any_of("عبر الإنترنت", "عبر الانترنيت", "افتراضيا", "افتراضية", "افتراضي", "عن بعد", "على الإنترنت"),
    "in_person": any_of("بصيغة حضورية", "حضوريا", "حضورية", "حضوري", "ميدانية", "ميداني"),
}
_MODES_EN = {
    "hybrid": any_of("hybrid", "in person and online", "blended"),
    "online": any_of("online", "virtually", "virtual", "via video conference", "via videoconference"),
    "in_person": any_of("in-person", "in person", "face-to-face", "face to face", "physical"),
}

SPEECH = {
    "ar": Speech(
        connectors=any_of("حول", "بعنوان", "بشأن", "في موضوع"),
        modes=_MODES_AR,
        planned=any_of("يعتزم", "تعتزم", "من المقرر", "سينظم", "ستنظم", "سيعقد", "ستعقد", "من المزمع", "مبرمج"),
        held=any_of("نظم", "نظمت", "عقدت", "عقد", "نفذ", "نفذت", "نظما", "أجري", "أقيمت", "انعقد", "انعقدت"),
        postponed=rf"(?<!من)اجلت?(?=KIND)|{any_of('مؤجل')}",  # «من أجل» is another word
        cancelled=rf"الغيت?(?=KIND)|{any_of('ملغى')}",
        frame=any_of("في إطار", "وفي إطار", "ضمن إطار", "تماشيا مع", "بتمويل من", "نظم ", "يعتزم"),
        roles={
            "co_organiser": any_of("بالتعاون مع", "بالشراكة مع", "بالاشتراك مع", "بالتنسيق مع"),
            "content_provider": (
                r"(?:و|وس|س)?(?:قدمت?|يقدم|تقديم|القت?|القي|اشرفعليتقديم)"
                r"(?:محتوياتها|محتوياته|محتوياتهذ[هاي]?\w{0,24}?|محتوها|محتواها|محتواه|محتوي(?:هذه)?\w{0,22}?"
                r"|هذهال\w{4,24}?|هذاال\w{4,24}?|)"
                r"(?=خبرا|خبير|متحدث|المدير|مدير|رييس|مدربون|محاضر|امين|وكيل|نايب|مستشار|ال(?:مدير|رييس|امين|وكيل|مستشار))"
            ),
            "host": any_of("باستضافة من", "باستضافة", "في ضيافة", "استضافته", "استضافتها"),
            "funder": any_of("وبتمويل من", "بتمويل من", "بدعم مالي من", "ممول من"),
            "implementer": any_of("بتنفيذ من"),
            "facilitator": any_of("بتيسير من", "يسرها", "يسره"),
            "organiser": any_of("بتنظيم من"),
        },
        before_names=(
            r"(?:(?:خبرا|خبير|متحدثون|متحدثين|محاضرون|مدربون)(?:و?(?:مختصون|اكفا|بارزون|متخصصون|مختصين|دوليون)){0,2}"
            r"(?:من|يمثلون|ممثلونعن|منكلمن|فيكلمن))"
        ),
        after_names=any_of("لصالح", "لفائدة", "عروضا", "، وذلك", "وذلك", "، وقدم", "، وشارك", "، وتماشيا"),
        back={"الوزارة": "وزارة", "الجامعة": "الجامعة", "الوكالة": "وكالة", "المؤسسة": "مؤسسة", "البنك": "البنك"},
        people=any_of("لصالح", "لفائدة", "وحضرها", "وحضره", "حضرها", "وحضر", "وشارك", "بمشاركة", "فيها", "فيه"),
        about=any_of("نحو", "حوالي", "زهاء", "ما يقارب", "قرابة"),
        area=rf"{any_of('مجال التعاون', 'المجال')}(?:{any_of('رقم')})?(\d{{1,2}})(?!\d)",
        call=any_of("النداء"),
        closing=any_of("الخاتمة", "خاتمة", "التوصيات", "الملاحق", "ملحق", "التحديات والتوصيات", "خلاصة"),
        heads=(
            *("وزارة", "جامعة", "الجامعة", "مؤسسة", "مركز", "معهد", "اتحاد", "وكالة", "مكتب", "منظمة", "بنك", "البنك"),
            *(
                "قسم",
                "هيئة",
                "لجنة",
                "غرفة",
                "مجلس",
                "دائرة",
                "إدارة",
                "المركز",
                "المعهد",
                "المنظمة",
                "الهيئة",
                "مديرية",
            ),
            *("صندوق", "رابطة", "جمعية", "برنامج", "شركة", "كلية", "أكاديمية", "المنتدى", "شبكة", "آلية", "مؤسسات"),
        ),
        posts=("المدير", "مدير", "رئيس", "الرئيس", "نائب", "أمين", "الأمين", "وكيل", "مستشار", "المستشار"),
    ),
    "en": Speech(
        connectors=any_of("on", "entitled", "titled", "about", "under the theme", ":"),
        modes=_MODES_EN,
        planned=any_of(
            *("intends to organise", "intend to organise", "intends to organize", "is to be held", "will be held"),
            *("will organise", "will organize", "plans to organise", "is planned", "intends to implement"),
            *("intend to implement", "is to be implemented", "was to be held", "were to be held"),
        ),
        held=any_of(
            "organised",
            "organized",
            "was held",
            "conducted",
            "was organised",
            "implemented",
            "is implementing",
            "held",
        ),
        postponed=any_of("was postponed", "has been postponed", "postponed"),
        cancelled=any_of("was cancelled", "was canceled", "has been cancelled"),
        frame=any_of(
            "within the framework",
            "under this project",
            "under the",
            "in the framework",
            "in line with",
            "with funding from",
        ),
        roles={
            "co_organiser": any_of(
                "in collaboration with", "in cooperation with", "in partnership with", "jointly with"
            ),
            "content_provider": any_of(
                *("was delivered by", "were delivered by", "will be delivered by", "delivered by", "provided by"),
                *("was conducted by", "was facilitated by experts from", "was presented by"),
            ),
            "host": any_of("hosted by"),
            "funder": any_of("with funding from", "funded by", "financed by", "with financial support from"),
            "implementer": any_of("implemented by"),
            "facilitator": any_of("facilitated by"),
            "organiser": any_of("organised by", "organized by"),
        },
        before_names=r"(?:by)?(?:(?:qualified|competent|prominent|specialised|specialized|international)?(?:experts|speakers|trainers|anexpert)(?:from|of|representing))",
        after_names=any_of(
            *(", for the benefit of", "for the benefit of", ", to the benefit of", ", with the participation of"),
            *(", during the", "during the period", ", and in line", ", was postponed", ", was cancelled"),
        ),
        back={"the Ministry": "Ministry", "the University": "University", "the Agency": "Agency", "the Bank": "Bank"},
        people=any_of("for the benefit of", "was attended by", "attended by", "is intended for", "participation of"),
        about=any_of("about", "approximately", "around", "nearly", "some"),
        area=r"cooperationarea(?:no\.?|number)?\(?(\d{1,2})(?!\d)",
        call="call(?:forprojectproposals|forproposals)",
        closing=any_of(
            "Conclusion", "Conclusions", "Recommendations", "Annex", "Annexes", "Challenges and recommendations"
        ),
        heads=(),
        posts=(
            "Director",
            "Assistant",
            "Deputy",
            "President",
            "Secretary",
            "Head",
            "Minister",
            "Undersecretary",
            "Chair",
        ),
    ),
}

_ENGLISH_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
).split()


@lru_cache(maxsize=2)
def ordinals(language: str) -> dict[str, int]:
    """Return the ordinals a call for proposals can have, as skeletons, with their numbers."""
    if language == "en":
        words = {bones_of(word): n for n, word in enumerate(_ENGLISH_ORDINALS, start=1)}
        return words | {bones_of(ordinal(n, "en")): n for n in range(1, 100)}
    return {bones_of(ordinal(n, "ar", gender="m", case=case)): n for n in range(1, 100) for case in Case}


@lru_cache(maxsize=2)
def ordinal_pattern(language: str) -> re.Pattern:
    """Return a pattern whose first group is the ordinal of a call for proposals."""
    words = "|".join(sorted((re.escape(word) for word in ordinals(language)), key=len, reverse=True))
    call = SPEECH[language].call
    return re.compile(rf"{call}({words})" if language == "ar" else rf"({words}){call}")
