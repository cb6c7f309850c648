"""What a digest says, in the active language: for the message and for the page that shows the next one."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.models import ActivityStatus, Standing
from activities.news import Change, NewsItem, State
from bilingual.dates import say_date, say_range
from bilingual.languages import active_language, other_language
from bilingual.numbers import say_number
from bilingual.text import Bilingual
from focalpoints.following.digests import Digest, Section
from partners.models import Country
from roadmap.models import CooperationArea

STATUSES = dict(ActivityStatus.choices)


@dataclass(frozen=True)
class Subject:
    """Something that is followed: its ``name``, the page about it, and the ``number`` of an area."""

    name: Bilingual
    path: str
    number: int | None = None

    @classmethod
    def of(cls, target: Any) -> "Subject":
        if isinstance(target, CooperationArea):
            page = reverse("area", args=[target.roadmap.code, target.number])
            return cls(Bilingual.of(target, "title"), page, target.number)
        if isinstance(target, Country):
            return cls(target.name, reverse("country", args=[target.code]))
        return cls(target.full_name, reverse("partner", args=[target.code]))

    @property
    def heading(self) -> str:
        """The name in one line, an area's with its number."""
        name = _either(self.name)
        if self.number is None:
            return name
        return _("Cooperation area %(number)s: %(title)s") % {"number": self.number, "title": name}


@dataclass(frozen=True)
class ToldItem:
    """An activity as a digest tells it: ``facts`` in one line, then what is new, each in a sentence."""

    titles: Bilingual
    path: str
    facts: str
    sentences: list[str]

    @property
    def title(self) -> str:
        """The title, in the other language where it has none in the active one."""
        return _either(self.titles)


@dataclass(frozen=True)
class ToldSection:
    """What is told under one heading; ``more`` says how many are left out, ``""`` for none."""

    subject: Subject
    items: list[ToldItem]
    more: str


def told(digest: Digest) -> list[ToldSection]:
    """Return what ``digest`` says, in the active language."""
    return [_section(each) for each in digest.sections]


def _section(section: Section) -> ToldSection:
    return ToldSection(Subject.of(section.target), [_item(each) for each in section.items], _more(section.more))


def _more(number: int) -> str:
    words = ngettext("%(number)d more activity has news.", "%(number)d more activities have news.", number)
    return words % {"number": number} if number else ""


def _item(item: NewsItem) -> ToldItem:
    activity = item.activity
    facts = [
        _either(Bilingual.of(activity.kind, "name")),
        _days(activity.start_date, activity.end_date),
        activity.get_status_display() or "",
    ]
    return ToldItem(
        activity.titles,
        reverse("activity", args=[activity.code]),
        " · ".join(filter(None, facts)),
        [sentence for change in item.changes if (sentence := _sentence(change, item))],
    )


def _sentence(change: Change, item: NewsItem) -> str:
    before, after, until = item.before, item.after, item.activity.registration_until
    match change:
        case Change.NEW:
            # Translators: of an activity in the weekly message.
            return _("New on the portal.")
        case Change.STATUS:
            facts = {"status": STATUSES.get(after.status or "", ""), "before": STATUSES.get(before.status or "", "")}
            return _("Its status is now “%(status)s”; before, it was “%(before)s”.") % facts
        case Change.DATES if before.start:
            facts = {"dates": _days(after.start, after.end), "before": _days(before.start, before.end)}
            return _("New dates: %(dates)s. The former ones: %(before)s.") % facts
        case Change.DATES:
            return _("The dates are known now: %(dates)s.") % {"dates": _days(after.start, after.end)}
        case Change.CLOSING:
            return _("Registration closes on %(day)s.") % {"day": _day(until)}
        case Change.REGISTRATION if Change.CLOSING not in item.changes:
            return _("One can register until %(day)s.") % {"day": _day(until)}
        case Change.FIGURES:
            return _headcount(after)
    return ""


def _headcount(state: State) -> str:
    number = {"number": say_number(state.headcount or 0, active_language())}
    if state.headcount_standing == Standing.ESTIMATED:
        return _("Number of participants, estimated: %(number)s.") % number
    return _("Number of participants: %(number)s.") % number


def _day(day: date | None) -> str:
    return say_date(day, active_language()) if day else ""


def _days(start: date | None, end: date | None) -> str:
    return say_range(start, end, active_language()) if start and end else ""


def _either(text: Bilingual) -> str:
    language = active_language()
    return text.in_(language) or text.in_(other_language(language))
