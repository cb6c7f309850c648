"""The nouns that the programme counts, in the words of its reports."""

from bilingual.grammar.arabic import ArabicNoun
from bilingual.grammar.counting import Compound, Noun
from bilingual.grammar.english import EnglishNoun

NOUNS: dict[str, Noun] = {
    # People.
    "participant": Noun(ArabicNoun("m", "مشارك", "مشاركان", "مشاركون"), EnglishNoun("participant"), persons=True),
    "expert": Noun(ArabicNoun("m", "خبير", "خبيران", "خبراء"), EnglishNoun("expert"), persons=True),
    "executive_manager": Noun(
        ArabicNoun("m", "مدير تنفيذي", "مديران تنفيذيان", "مديرون تنفيذيون"), EnglishNoun("executive"), persons=True
    ),
    "executive": Noun(
        ArabicNoun("m", "مسؤول تنفيذي", "مسؤولان تنفيذيان", "مسؤولون تنفيذيون"),
        EnglishNoun("executive"),
        persons=True,
    ),
    "academic": Noun(ArabicNoun("m", "أكاديمي", "أكاديميان", "أكاديميون"), EnglishNoun("academic"), persons=True),
    "official": Noun(ArabicNoun("m", "مسؤول", "مسؤولان", "مسؤولون"), EnglishNoun("official"), persons=True),
    "senior_official": Noun(
        ArabicNoun("m", "مسؤول كبير", "مسؤولان كبيران", "مسؤولون كبار", definite_plural="كبار المسؤولين"),
        EnglishNoun("senior official"),
        persons=True,
    ),
    "teacher": Noun(ArabicNoun("m", "مدرس", "مدرسان", "مدرسون"), EnglishNoun("teacher"), persons=True),
    "professional": Noun(ArabicNoun("m", "مهني", "مهنيان", "مهنيون"), EnglishNoun("professional"), persons=True),
    "trainer": Noun(ArabicNoun("m", "مدرب", "مدربان", "مدربون"), EnglishNoun("trainer"), persons=True),
    # Here and in "man" the plural is a triptote: its accusative, without a number, shows an alef.
    "woman": Noun(
        ArabicNoun(
            "f",
            "امرأة",
            "امرأتان",
            "نساء",
            definite="المرأة",
            definite_dual="المرأتان",
        ),
        EnglishNoun("woman", "women"),
        persons=True,
    ),
    "man": Noun(
        ArabicNoun("m", "رجل", "رجلان", "رجال", plural_accusative="رجالا"), EnglishNoun("man", "men"), persons=True
    ),
    # Places and bodies. Dual and plural of "country" are written alike and part in the oblique.
    "country": Noun(
        ArabicNoun("m", "بلد", "بلدان", "بلدان", plural_accusative="بلدانا"), EnglishNoun("country", "countries")
    ),
    "member_country": Noun(
        ArabicNoun("m", "بلد عضو", "بلدان عضوان", "بلدان أعضاء", plural_accusative="بلدانا أعضاء"),
        EnglishNoun("member country", "member countries"),
    ),
    "institution": Noun(ArabicNoun("f", "مؤسسة", "مؤسستان", "مؤسسات"), EnglishNoun("institution")),
    "partner_institution": Noun(
        ArabicNoun("f", "مؤسسة شريكة", "مؤسستان شريكتان", "مؤسسات شريكة"), EnglishNoun("partner institution")
    ),
    # The work.
    "providing_country": Noun(
        ArabicNoun("m", "بلد مقدم للمحتوى", "بلدان مقدمان للمحتوى", "بلدان مقدمة للمحتوى"),
        EnglishNoun("country that provided content", "countries that provided content"),
    ),
    "activity": Noun(ArabicNoun("m", "نشاط", "نشاطان", "أنشطة"), EnglishNoun("activity", "activities")),
    "held_activity": Noun(
        ArabicNoun("m", "نشاط منجز", "نشاطان منجزان", "أنشطة منجزة"),
        EnglishNoun("activity held", "activities held"),
    ),
    "planned_activity": Noun(
        ArabicNoun("m", "نشاط مبرمج", "نشاطان مبرمجان", "أنشطة مبرمجة"),
        EnglishNoun("planned activity", "planned activities"),
    ),
    "sub_activity": Noun(
        ArabicNoun("m", "نشاط فرعي", "نشاطان فرعيان", "أنشطة فرعية"), EnglishNoun("sub-activity", "sub-activities")
    ),
    "project": Noun(ArabicNoun("m", "مشروع", "مشروعان", "مشاريع"), EnglishNoun("project")),
    "training_course": Noun(
        ArabicNoun("f", "دورة تدريبية", "دورتان تدريبيتان", "دورات تدريبية"), EnglishNoun("training course")
    ),
    "training_workshop": Noun(
        ArabicNoun("f", "ورشة عمل تدريبية", "ورشتا عمل تدريبيتان", "ورش عمل تدريبية"),
        EnglishNoun("training workshop"),
    ),
    "workshop": Noun(ArabicNoun("f", "ورشة عمل", "ورشتا عمل", "ورش عمل"), EnglishNoun("workshop")),
    "webinar": Noun(
        ArabicNoun("f", "ندوة عبر الإنترنت", "ندوتان عبر الإنترنت", "ندوات عبر الإنترنت"), EnglishNoun("webinar")
    ),
    "tot": Noun(
        ArabicNoun(
            "f",
            "دورة تدريبية لصالح المدربين",
            "دورتان تدريبيتان لصالح المدربين",
            "دورات تدريبية لصالح المدربين",
        ),
        EnglishNoun("training-of-trainers course"),
    ),
    "study_visit": Noun(
        ArabicNoun("f", "زيارة دراسية", "زيارتان دراسيتان", "زيارات دراسية"), EnglishNoun("study visit")
    ),
    "meeting": Noun(ArabicNoun("m", "اجتماع", "اجتماعان", "اجتماعات"), EnglishNoun("meeting")),
    "session": Noun(ArabicNoun("f", "دورة", "دورتان", "دورات"), EnglishNoun("session")),
    "cooperation_area": Noun(
        ArabicNoun("m", "مجال تعاون", "مجالا تعاون", "مجالات تعاون"), EnglishNoun("cooperation area")
    ),
    "participation": Noun(ArabicNoun("f", "مشاركة", "مشاركتان", "مشاركات"), EnglishNoun("participation")),
    # The account of it.
    "day": Noun(ArabicNoun("m", "يوم", "يومان", "أيام", plural_accusative="أياما"), EnglishNoun("day")),
    "page": Noun(ArabicNoun("f", "صفحة", "صفحتان", "صفحات"), EnglishNoun("page")),
    "report": Noun(ArabicNoun("m", "تقرير", "تقريران", "تقارير"), EnglishNoun("report")),
    "result": Noun(ArabicNoun("f", "نتيجة", "نتيجتان", "نتائج"), EnglishNoun("result")),
}


def compound(noun: Noun, *others: Noun, alone: Noun | None = None) -> Compound:
    """Return several nouns to be counted under one number.

    One or two persons of a mixed group are "participants"; for anything else say in ``alone`` what one or two are
    called. Raises ``ValueError`` when that is missing.
    """
    nouns = (noun, *others)
    if alone is None:
        if not all(each.persons for each in nouns):
            raise ValueError("say what one or two of these are called: compound(…, alone=…)")
        alone = NOUNS["participant"]
    return Compound(nouns, alone)


def find_noun(name: str) -> Noun | Compound:
    """Return the noun called ``name``, or the compound of several joined by a plus: ``expert+executive_manager``.

    Raises ``KeyError`` for a name the lexicon does not hold.
    """
    first, *others = (NOUNS[each] for each in name.split("+"))
    return compound(first, *others) if others else first
