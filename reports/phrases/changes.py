"""The sentences on what an account states otherwise than the one before: what is compared, and how it is said."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import override

from activities.models import ActivityStatus, CooperationGroup, Mode, Standing
from bilingual.dates import say_date, say_range
from bilingual.grammar import join
from bilingual.numbers import say_number
from bilingual.text import Bilingual, left_to_right
from reports.facts import ActivityFacts, PartnerFacts
from reports.models import SectionKind

LANGUAGES = ("ar", "en")

# What a field is called, and how its value is said; a text that is too long to repeat is only said to have changed.

Said = Callable[[Any, str], str]


@dataclass(frozen=True)
class Stated:
    """Something a reader can compare: its name in a sentence, where it is read, and how its value is said."""

    fact: str
    label: Bilingual
    read: Callable[[Any], Any]
    say: Said | None = None


def _text(value: Bilingual, language: str) -> str:
    return _quoted(value.in_(language), language) if value.in_(language) else ""


def _number(value: int | None, language: str) -> str:
    return "" if value is None else say_number(value, language)


def _days(value: tuple[date | None, date | None], language: str) -> str:
    start, end = value
    return say_range(start, end, language) if start and end else ""


def _labelled(choices: Any) -> Said:
    def say(value: str | None, language: str) -> str:
        with override(language):
            # A word that has left the list since is said as it was kept.
            return str(dict(choices.choices).get(value, value)) if value else ""

    return say


def _year(value: int | None, language: str) -> str:
    return "" if value is None else str(value)  # a year has no comma in it


def _names(partners: tuple[PartnerFacts, ...], language: str) -> str:
    return join([each for partner in partners if (each := partner.name.in_(language))], language)


def _of_counts(name: str) -> Callable[[ActivityFacts], Any]:
    return lambda activity: getattr(activity.participation, name, None)


ACTIVITY = (
    Stated("title", Bilingual("العنوان", "title"), lambda row: row.title, _text),
    Stated("kind", Bilingual("النوع", "kind"), lambda row: row.kind.name, _text),
    Stated("status", Bilingual("الحالة", "status"), lambda row: row.status, _labelled(ActivityStatus)),
    Stated("status_reason", Bilingual("السبب", "reason"), lambda row: row.status_reason, _text),
    Stated("dates", Bilingual("التاريخ", "dates"), lambda row: (row.start, row.end), _days),
    Stated("year", Bilingual("السنة", "year"), lambda row: row.year, _year),
    Stated("mode", Bilingual("طريقة الانعقاد", "mode"), lambda row: row.mode, _labelled(Mode)),
    Stated("venue", Bilingual("مكان الانعقاد", "venue"), lambda row: row.venue, _text),
    Stated("roadmap", Bilingual("خارطة الطريق", "roadmap"), lambda row: row.roadmap and row.roadmap.title),
    Stated("area", Bilingual("رقم مجال التعاون", "number of the cooperation area"), lambda row: row.area, _number),
    Stated("call", Bilingual("رقم النداء", "number of the call"), lambda row: row.funding_call, _number),
    Stated(
        "group",
        Bilingual("قائمة مكتب تنسيق الكومسيك", "list of the Coordination Office"),
        lambda row: row.group,
        _labelled(CooperationGroup),
    ),
    Stated("headcount", Bilingual("عدد المشاركين", "participants"), _of_counts("headcount"), _number),
    Stated(
        "headcount_standing",
        Bilingual("وضع عدد المشاركين", "standing of the number of participants"),
        _of_counts("headcount_standing"),
        _labelled(Standing),
    ),
    Stated("women", Bilingual("عدد النساء", "women"), _of_counts("women"), _number),
    Stated("countries", Bilingual("عدد البلدان الأعضاء", "member countries"), _of_counts("countries"), _number),
    Stated(
        "countries_standing",
        Bilingual("وضع عدد البلدان الأعضاء", "standing of the number of member countries"),
        _of_counts("countries_standing"),
        _labelled(Standing),
    ),
    Stated("people", Bilingual("فئة المشاركين", "profile of the participants"), _of_counts("people")),
    Stated("organisers", Bilingual("الجهة المنظمة", "organisers"), lambda row: row.partners.organisers, _names),
    Stated(
        "co_organisers",
        Bilingual("الجهات المشاركة في التنظيم", "co-organisers"),
        lambda row: row.partners.co_organisers,
        _names,
    ),
    Stated("providers", Bilingual("مقدمو المحتوى", "content providers"), lambda row: row.partners.providers, _names),
    Stated("hosts", Bilingual("الجهة المضيفة", "hosts"), lambda row: row.partners.hosts, _names),
    Stated("funders", Bilingual("الجهة الممولة", "funders"), lambda row: row.partners.funders, _names),
    Stated("implementers", Bilingual("الجهة المنفذة", "implementers"), lambda row: row.partners.implementers, _names),
    Stated("facilitators", Bilingual("الجهة الميسرة", "facilitators"), lambda row: row.partners.facilitators, _names),
    Stated("audience", Bilingual("الجهات المستفيدة", "audience"), lambda row: row.audience),
    Stated("objective", Bilingual("الهدف", "objective"), lambda row: row.objective),
    Stated("topics", Bilingual("المواضيع", "topics"), lambda row: row.topics),
    Stated("override", Bilingual("الفقرة الخاصة", "paragraph of its own"), lambda row: row.override),
)
DETAILS = Bilingual("تفاصيل أخرى", "other details")

REPORT = (
    Stated("document_code", Bilingual("رمز الوثيقة", "document code"), lambda facts: facts.document_code),
    Stated(
        "original_language", Bilingual("اللغة الأصلية", "original language"), lambda facts: facts.original_language
    ),
    Stated(
        "report.as_of",
        Bilingual("تاريخ التقرير", "day of the report"),
        lambda facts: facts.as_of,
        say_date,
    ),
    Stated(
        "report.period", Bilingual("الفترة قيد الاستعراض", "period"), lambda facts: (facts.start, facts.end), _days
    ),
    Stated(
        "report.meeting.dates",
        Bilingual("تاريخ الاجتماع", "dates of the meeting"),
        lambda facts: (facts.meeting.start, facts.meeting.end),
        _days,
    ),
    Stated(
        "report.meeting.place",
        Bilingual("مكان الاجتماع", "place of the meeting"),
        lambda facts: facts.meeting.place,
        _text,
    ),
    Stated(
        "report.held", Bilingual("الأنشطة المنجزة", "activities held"), lambda facts: facts.figures.tally.held, _number
    ),
    Stated(
        "report.planned",
        Bilingual("الأنشطة المبرمجة", "planned activities"),
        lambda facts: facts.figures.tally.planned,
        _number,
    ),
    Stated(
        "report.participations",
        Bilingual("المشاركات", "participations"),
        lambda facts: facts.figures.tally.participations,
        _number,
    ),
    Stated(
        "report.pending",
        Bilingual("الأنشطة التي أعدادها قيد الانتظار", "activities whose figures are pending"),
        lambda facts: facts.figures.tally.pending,
        _number,
    ),
    Stated(
        "report.partners",
        Bilingual("المؤسسات الشريكة", "partner institutions"),
        lambda facts: facts.figures.partner_institutions,
        _number,
    ),
    Stated(
        "report.providing_countries",
        Bilingual("البلدان المقدمة للمحتوى", "countries that provided content"),
        lambda facts: facts.figures.providing_countries,
        _number,
    ),
    Stated(
        "report.member_countries",
        Bilingual("البلدان الأعضاء المشاركة", "member countries that took part"),
        lambda facts: facts.figures.member_countries,
        _number,
    ),
    Stated("programme", Bilingual("نصوص البرنامج", "texts of the programme"), lambda facts: facts.programme),
    Stated("roadmaps", Bilingual("خرائط الطريق", "roadmaps"), lambda facts: facts.roadmaps),
    Stated(
        "areas",
        Bilingual("مجالات التعاون", "cooperation areas"),
        lambda facts: tuple((area.number, area.title, getattr(area, "reason", None)) for area in facts.areas),
    ),
)
REST = Bilingual("الجداول والاختصارات", "tables and abbreviations")
ORDER = Bilingual("ترتيب الأنشطة", "order of the activities")
ORDER_OF_SECTIONS = Bilingual("ترتيب الأقسام", "order of the sections")


# The sentences

ADDED = Bilingual("أُضيف: {where}.", "Added: {where}.")
GONE = Bilingual("حُذف: {where}.", "Left out: {where}.")
_INSTEAD = Bilingual("{where}{label}: {new} بدلا من {old}.", "{where}{label}: {new} instead of {old}.")
_STATED_NOW = Bilingual("{where}{label}: {new} (لم يُذكر من قبل).", "{where}{label}: {new} (not stated before).")
_STATED_NO_MORE = Bilingual("{where}{label}: حُذف ما ذُكر سابقا ({old}).", "{where}{label}: no longer stated ({old}).")
_REWORDED = Bilingual("{where}{label}: طرأ تغيير.", "{where}{label}: changed.")
_ONLY = {
    "ar": Bilingual("{where}{label}: تغير النص العربي وحده.", "{where}{label}: changed in the Arabic text only."),
    "en": Bilingual("{where}{label}: تغير النص الإنجليزي وحده.", "{where}{label}: changed in the English text only."),
}


def changed(where: Bilingual, label: Bilingual, old: Any, new: Any, say: Said | None = None) -> Bilingual:
    """Return the sentence on a value that was ``old`` and is ``new``; ``where`` it stands may be empty."""
    if isinstance(old, Bilingual) and isinstance(new, Bilingual):
        touched = [language for language in LANGUAGES if old.in_(language) != new.in_(language)]
        if len(touched) == 1:
            return filled(_ONLY[touched[0]], where=_before_a_label(where), label=label)
    if say is None or any(say(old, language) == say(new, language) for language in LANGUAGES):
        return reworded(where, label)
    arabic, english = (_from_to(where, label, say(old, each), say(new, each)).in_(each) for each in LANGUAGES)
    return Bilingual(arabic, english)


def reworded(where: Bilingual, label: Bilingual) -> Bilingual:
    """Return the sentence that says that something changed, and not how."""
    return filled(_REWORDED, where=_before_a_label(where), label=label)


def _from_to(where: Bilingual, label: Bilingual, old: str, new: str) -> Bilingual:
    sentence = (_INSTEAD if old else _STATED_NOW) if new else _STATED_NO_MORE
    values = {"old": Bilingual(old, old), "new": Bilingual(new, new)}
    return filled(sentence, where=_before_a_label(where), label=label, **values)


def filled(sentence: Bilingual, **values: Bilingual) -> Bilingual:
    """Fill a sentence in both languages; in English it begins with a capital."""
    arabic, english = (
        sentence.in_(language).format(**{name: value.in_(language) for name, value in values.items()})
        for language in LANGUAGES
    )
    return Bilingual(arabic, english[:1].upper() + english[1:])


def _before_a_label(where: Bilingual) -> Bilingual:
    return Bilingual(f"{where.ar}، ", f"{where.en}, ") if where else where


def named(activity: ActivityFacts) -> Bilingual:
    """Return an activity by its title; where a language has none, by its code."""
    titles = (activity.title.in_(language) or left_to_right(activity.code) for language in LANGUAGES)
    return Bilingual(*(_quoted(title, language) for title, language in zip(titles, LANGUAGES, strict=True)))


def section_name(kind: str) -> Bilingual:
    """Return what a section of that kind is headed."""
    label = _labelled(SectionKind)
    return Bilingual(*(_quoted(label(kind, language), language) for language in LANGUAGES))


def _quoted(text: str, language: str) -> str:
    return f"«{text}»" if language == "ar" else f"“{text}”"
