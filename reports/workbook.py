"""The tables of a report as a workbook, one set of sheets in each language, from the same facts as its pages."""

from collections.abc import Sequence
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from activities.figures import Tally
from activities.models import ActivityStatus, CooperationGroup, Standing
from bilingual.dates import say_date, say_month
from bilingual.languages import other_language
from bilingual.numbers import say_number
from bilingual.text import Bilingual, left_to_right
from reports.codes import in_halves
from reports.facts import ActivityFacts, Imprint, PartnerFacts, ReportFacts
from reports.phrases.activity import ActivityPhrases
from reports.phrases.report import ReportPhrases
from reports.phrases.said import ESTIMATED
from reports.sheets import Column, Estimate, Sheet, Value, write_book

LANGUAGES = ("ar", "en")
_NOTHING_DUE = "–"  # where a figure has no place: of what was not held, of a project


def to_workbook(facts: ReportFacts, imprint: Imprint | None = None) -> bytes:
    """Return the report's tables as XLSX, in Arabic and then in English; with its ``imprint``, those of an edition.

    A figure that nobody has reported is a word that says so. Equal facts give equal bytes.
    """
    return _book(facts, imprint, ("figures", "activities", "areas", "kinds", "months", "countries", "groups"))


def group_list(facts: ReportFacts, imprint: Imprint | None = None) -> bytes:
    """Return the list for the COMCEC Coordination Office alone as XLSX: what serves which group, in both languages."""
    return _book(facts, imprint, ("groups",))


def _book(facts: ReportFacts, imprint: Imprint | None, names: Sequence[str]) -> bytes:
    sheets: list[Sheet] = []
    for language in LANGUAGES:
        with translation.override(language):
            tables = _Tables(facts, imprint, language)
            sheets += [sheet for name in names if (sheet := getattr(tables, name)())]
    with translation.override("en"):
        title = _("Progress report")
    author = facts.programme.organ_short_name.en or facts.programme.organ_short_name.ar
    return write_book(sheets, title=f"{title} · {facts.code}", author=author, day=facts.as_of)


class _Tables:
    """The tables of one language, which has to be the active one."""

    def __init__(self, facts: ReportFacts, imprint: Imprint | None, language: str) -> None:
        self.facts = facts
        self.imprint = imprint
        self.language = language
        self.rows = ReportPhrases(facts, language).rows

    def figures(self) -> Sheet:
        """The main figures, one a row."""
        figures, tally = self.facts.figures, self.facts.figures.tally
        members = figures.member_countries
        rows: list[list[Value]] = [
            [_("Activities held"), tally.held],
            [_("Activities planned"), tally.planned],
            [_("Participations reported"), _sum(tally)],
            [_("Activities in that sum"), tally.reporting],
            [_("Activities held whose figures are pending"), tally.pending],
            [_("Partner institutions"), figures.partner_institutions],
            [_("Countries that provided content"), figures.providing_countries],
            [_("Member countries that took part"), pgettext("figure", "not stated") if members is None else members],
        ]
        return self._sheet(_("Key figures"), [Column(_("Figure"), 48), Column(_("Number"), 16)], rows)

    def activities(self) -> Sheet:
        """Every record, one a row, with who did what in it."""
        columns = [
            *_record_columns(),
            Column(_("Venue"), 24),
            Column(pgettext("cooperation area", "Area"), 8),
            Column(_("Participants"), 13),
            Column(_("Women"), 12),
            Column(_("Countries"), 13),
            Column(_("Organisers"), 30),
            Column(_("Co-organisers"), 30),
            Column(_("Content providers"), 30),
            Column(_("Hosts"), 30),
            Column(_("Funders"), 30),
            Column(_("Implementers"), 30),
            Column(_("Facilitators"), 30),
        ]
        rows = [[*self._record(row), *self._figures(row), *self._partners(row.facts)] for row in self.rows]
        note = _("Participants are counted at each activity; countries of several activities are never added up.")
        return self._sheet(_("Activities"), columns, rows, [note])

    def areas(self) -> Sheet | None:
        """What was done in each cooperation area, and what names none."""
        rows: list[list[Value]] = [
            [area.roadmap, area.number, self._name(area.title), *_tally(area.tally), area.reason.in_(self.language)]
            for area in self.facts.areas
        ]
        if not rows:
            return None
        without = self.facts.without_area
        if without.held or without.planned:
            rows.append(["", None, _("No cooperation area named"), *_tally(without), ""])
        columns = [
            Column(_("Roadmap"), 14),
            Column(pgettext("number of an item", "No."), 6),
            Column(_("Cooperation area"), 48),
            *_tally_columns(),
            Column(_("Reason why there is none"), 40),
        ]
        return self._sheet(_("By cooperation area"), columns, rows, [_project_note()])

    def kinds(self) -> Sheet | None:
        rows = [[self._name(row.kind.name), *_tally(row.tally)] for row in self.facts.kinds]
        columns = [Column(_("Kind"), 36), *_tally_columns()]
        return self._sheet(_("By kind"), columns, rows, [_project_note()]) if rows else None

    def months(self) -> Sheet | None:
        """What ended in each month of the period, and outside it."""
        rows = [[self._month(row.month), *_tally(row.tally)] for row in self.facts.months]
        columns = [Column(_("Month"), 24), *_tally_columns()]
        return self._sheet(_("By month"), columns, rows, [_month_note()]) if rows else None

    def countries(self) -> Sheet | None:
        """In how many activities each member country took part, of those that have a list."""
        attendance = self.facts.attendance
        if not attendance.listed:
            return None
        rows: list[list[Value]] = [[row.code, self._name(row.name), row.activities] for row in attendance.countries]
        columns = [
            Column(_("Code"), 8),
            Column(_("Country"), 36),
            Column(_("Activities with a list that names it"), 20),
        ]
        note = _("Lists of the countries that took part exist for %(listed)s of %(held)s activities held.")
        counts = {
            "listed": say_number(attendance.listed, self.language),
            "held": say_number(attendance.held, self.language),
        }
        return self._sheet(_("Countries"), columns, rows, [note % counts])

    def groups(self) -> Sheet:
        """What was held and what is planned, in the two groups of the COMCEC Coordination Office and in neither."""
        told = [row for row in self.rows if row.facts.status in (ActivityStatus.HELD, ActivityStatus.PLANNED)]
        names = [*CooperationGroup.choices, ("", _("In neither group"))]
        rows = [[str(name), *self._record(row)] for code, name in names for row in told if row.facts.group == code]
        columns = [Column(_("Group"), 30), *_record_columns()]
        return self._sheet(_("Groups A and B"), columns, rows)

    # The parts of a row.

    def _record(self, row: ActivityPhrases) -> list[Value]:
        """What a record is, when it was and what became of it."""
        facts = row.facts
        year = str(facts.year or _NOTHING_DUE)
        return [
            facts.number,
            facts.code,
            row.kind_name,
            self._name(facts.title),
            facts.start or year,
            facts.end or year,
            row.mode_shown or (_NOTHING_DUE if row.is_project else _("not stated")),
            _status(row),
        ]

    def _figures(self, row: ActivityPhrases) -> list[Value]:
        facts = row.facts
        if row.is_project:
            return [self._name(facts.venue), facts.area, *[_NOTHING_DUE] * 3]
        area = facts.area or pgettext("cooperation area", "none named")
        counts = ("headcount", "women", "countries")
        return [self._name(facts.venue), area, *(self._count(row, name) for name in counts)]

    def _count(self, row: ActivityPhrases, name: str) -> Value:
        """A figure of an activity; where there is none, whether it is awaited, not stated or not due."""
        counts = row.facts.turnout
        number = getattr(counts, name) if counts else None
        standing = getattr(counts, f"{name}_standing", "") if counts else ""
        if number is not None:
            return Estimate(number, ESTIMATED[self.language]) if standing == Standing.ESTIMATED else number
        if not row.is_held:
            return _NOTHING_DUE
        is_awaited = name == "headcount" and (counts is None or standing == Standing.PENDING)
        return pgettext("figure", "pending") if is_awaited else pgettext("figure", "not stated")

    def _partners(self, facts: ActivityFacts) -> list[Value]:
        roles = (
            facts.partners.organisers,
            facts.partners.co_organisers,
            facts.partners.providers,
            facts.partners.hosts,
            facts.partners.funders,
            facts.partners.implementers,
            facts.partners.facilitators,
        )
        return [self._names(partners) for partners in roles]

    def _names(self, partners: Sequence[PartnerFacts]) -> str:
        return ("؛ " if self.language == "ar" else "; ").join(self._name(each.name) for each in partners)

    def _name(self, name: Bilingual) -> str:
        """A name; one that is missing in this language is given in the other."""
        return name.in_(self.language) or name.in_(other_language(self.language))

    def _month(self, month: str) -> str:
        if not month[:1].isdigit():
            return _("Before this period") if month == "earlier" else _("After this period")
        return say_month(date.fromisoformat(f"{month}-01"), self.language)

    def _sheet(
        self, name: str, columns: Sequence[Column], rows: Sequence[Sequence[Value]], notes: Sequence[str] = ()
    ) -> Sheet:
        title = f"{_('Progress report')} · {self.facts.programme.acronym} · {self.facts.code}"
        return Sheet(name, self.language, [title, name, self._state()], columns, rows, notes)

    def _state(self) -> str:
        """Whether this is a draft or an edition, and of which day."""
        if self.imprint is None:
            return _("Draft for review, as of %(day)s") % {"day": say_date(self.facts.as_of, self.language)}
        said = {
            "number": say_number(self.imprint.number, self.language),
            "day": say_date(self.imprint.issued_on, self.language),
            "code": left_to_right(in_halves(self.imprint.code)),
        }
        return _("Edition %(number)s, issued on %(day)s, code %(code)s") % said


def _record_columns() -> list[Column]:
    return [
        Column(pgettext("number of an item", "No."), 8),
        Column(_("Code"), 11),
        Column(_("Kind"), 20),
        Column(_("Title"), 60),
        Column(_("First day"), 12),
        Column(_("Last day"), 12),
        Column(_("Mode"), 14),
        Column(_("Status"), 20),
    ]


def _tally_columns() -> list[Column]:
    return [
        Column(pgettext("activities", "Held"), 12),
        Column(pgettext("activities", "Planned"), 12),
        Column(_("Participations reported"), 18),
        Column(_("Activities in that sum"), 16),
        Column(_("Activities held whose figures are pending"), 20),
    ]


def _tally(tally: Tally) -> list[Value]:
    return [tally.held, tally.planned, _sum(tally), tally.reporting, tally.pending]


def _sum(tally: Tally) -> Value:
    """The sum of the headcounts that are known; where none is, whether any is awaited."""
    if tally.participations is not None:
        return tally.participations
    return pgettext("figure", "pending") if tally.held else _NOTHING_DUE


def _status(row: ActivityPhrases) -> str:
    if row.is_project:
        return _("see its sub-activities")
    if row.outcome_is_unrecorded:
        return _("planned, outcome not yet recorded")
    said = {
        ActivityStatus.HELD: pgettext("activity status in a report", "held"),
        ActivityStatus.PLANNED: pgettext("activity status in a report", "planned"),
        ActivityStatus.POSTPONED: pgettext("activity status in a report", "postponed"),
        ActivityStatus.CANCELLED: pgettext("activity status in a report", "cancelled"),
    }
    return said[ActivityStatus(row.facts.status)]


def _project_note() -> str:
    return _("A project is shown through its sub-activities and is not counted itself.")


def _month_note() -> str:
    return _("An activity stands in the month in which it ends.")
