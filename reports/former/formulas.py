"""Words of which every report is made, so that their order and their company are known. None of them is a name."""

from functools import lru_cache
from itertools import pairwise

from bilingual.search import fold
from reports.former.days import months
from reports.former.vocabulary import words_of

# Words that stand right before a number, in sentences of reports, …
BEFORE_NUMBER = {
    *("رقم", "لصالح", "من", "في", "فتره", "الفتره", "لفتره", "يوم", "يومي", "بتاريخ", "سنه", "عام", "عامي", "مع"),
    *("خلال", "وحضرها", "حضرها", "حضره", "فيها", "فيه", "الي", "حوالي", "نحو", "زها", "بين"),
}
# … and how those begin that stand right after one.
COUNTED = (
    "خبير",
    "خبرا",
    "مشارك",
    "مسؤول",
    "مسول",
    "مدير",
    "بلد",
    "لدا",
    "دول",
    "مدرس",
    "مهني",
    "اكاديمي",
    "متدرب",
    "شخص",
)

# How the sentences of an item begin.
OPENERS = tuple(
    fold(word)
    for word in (
        "وقدم",
        "وشارك",
        "وحضر",
        "وهدف",
        "وتمثل",
        "وكان",
        "وتناول",
        "وسهر",
        "وألقى",
        "وركز",
        "وغطت",
        "في إطار",
        "وأشرف",
    )
)


@lru_cache(maxsize=1)
def month_words() -> frozenset[str]:
    """The names of the months in both languages, folded."""
    return frozenset(fold(name) for language in ("ar", "en") for name in months(language))


def _pairs(*phrases: str) -> frozenset[tuple[str, str]]:
    return frozenset(pair for phrase in phrases for pair in pairwise(words_of(phrase)))


# What every report says again and again, so that the order of its words is known.
FORMULAS = _pairs(
    "في إطار برنامج",
    "في إطار هذا المشروع",
    "من خارطة الطريق الاستراتيجية",
    "وتماشيا مع مجال التعاون رقم",
    "مع خارطة الطريق",
    "بالتعاون مع",
    "نظم سيسرك",
    "وذلك خلال الفترة",
    "وذلك خلال فترة",
    "وذلك يوم",
    "وذلك بتاريخ",
    "عبر الإنترنت حول",
    "وقدم محتواها خبراء من",
    "وقدم هذه الدورة التدريبية خبراء",
    "خبراء مختصون من",
    "من السلطات المعنية بالتعليم والتدريب الفني والمهني والمؤسسات الوطنية ذات الصلة من",
    "وشارك فيها",
    "بلدا عضوا في",
    "من عدد من البلدان الأعضاء",
    "تدريبية حول",
    "عمل حول",
    "within the framework of the",
    "and in line with",
    "cooperation area no",
    "of the strategic roadmap",
    "in collaboration with the",
    "during the period",
    "for the benefit of",
    "it was delivered by experts from the",
    "experts and executives from",
    "it was attended by",
    "from member countries",
    "member countries of the",
    "training course on",
    "workshop on",
    "webinar on",
    "an online",
)
