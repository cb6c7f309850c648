"""What is translated: each kind of record with its texts, who may change them, and how a record is named by a code."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from activities.models import Activity
from bilingual.languages import active_language
from bilingual.search import search_filter
from bilingual.states import bilingual_fields
from bilingual.text import Bilingual, left_to_right
from partners.models import Country, Institution
from reports.models import WRITTEN, CoverageNote, Report, ReportItem, ReportSection, SectionKind
from roadmap.models import CooperationArea, Meeting, Programme

_ADDRESS = re.compile(r"(?P<report>COMCEC(?:-FC)?-[0-9]{1,4})\.(?P<rest>[\w.\-]+)")
_OF_AN_AREA = re.compile(r"(?P<roadmap>[\w\-]{1,40})\.(?P<number>[1-9][0-9]{0,3})")
NOTHING = Q(pk__in=[])


@dataclass(frozen=True)
class Kind:
    """A kind of record. ``key`` names a record among its kind, made of codes; ``having`` finds some."""

    code: str
    label: Promise
    model: type[Model]
    permission: str
    key: Callable[[Any], str]
    having: Callable[[list[str]], Q]
    name: Callable[[Any], Bilingual]
    related: tuple[str, ...] = ()
    only: Q | None = None
    in_area: Callable[[int], Q] | None = None
    in_report: Callable[[Report], Q] | None = None
    matching: Callable[[str], Q] | None = None
    order: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of its texts."""
        return bilingual_fields(self.model)

    @property
    def is_in_areas(self) -> bool:
        """Whether a list of it can be narrowed to a cooperation area."""
        return self.in_area is not None

    @property
    def is_in_reports(self) -> bool:
        """Whether a list of it can be narrowed to a report."""
        return self.in_report is not None

    @property
    def is_searchable(self) -> bool:
        return self.matching is not None

    def records(self) -> QuerySet[Any]:
        """Return all records of the kind, in order."""
        return self.model._default_manager.filter(self.only or Q()).select_related(*self.related).order_by(*self.order)

    def by_key(self, keys: Iterable[str]) -> dict[str, Any]:
        """Return the records that have ``keys``, by them: one query."""
        found = self.records().filter(self.having(list(keys)))
        return {self.key(record): record for record in found}

    def label_of(self, field: str) -> str:
        """What forms call a text."""
        return str(getattr(self.model._meta.get_field(field), "verbose_name", field))

    def title(self, record: Any) -> str:
        """What a record is called in the active language, or in the other one where that lacks it."""
        names = self.name(record)
        return names.in_(active_language()) or names.ar or names.en or left_to_right(self.key(record))


def kinds_for(user: Any) -> list[Kind]:
    """Return the kinds of which ``user`` may change records."""
    return [kind for kind in KINDS if user.has_perm(kind.permission)]


def _coded(keys: list[str]) -> Q:
    return Q(code__in=keys)


def _area_key(area: CooperationArea) -> str:
    return f"{area.roadmap.code}.{area.number}"


def _areas_having(keys: list[str], prefix: str = "") -> Q:
    found = NOTHING
    for key in keys:
        if said := _OF_AN_AREA.fullmatch(key):
            of = {f"{prefix}roadmap__code": said["roadmap"], f"{prefix}number": int(said["number"])}
            found |= Q(**of)
    return found


def _of_reports(keys: list[str], rest: Callable[[str], Q]) -> Q:
    """Return what finds rows of reports by the code of the report and what ``rest`` makes of the rest of a key."""
    found = NOTHING
    prefixes = {prefix: kind for kind, prefix in Meeting.CODE_PREFIXES.items()}
    for key in keys:
        if said := _ADDRESS.fullmatch(key):
            prefix, _dash, number = said["report"].rpartition("-")
            found |= Q(report__meeting__kind=prefixes[prefix], report__meeting__number=int(number)) & rest(
                said["rest"]
            )
    return found


def _told_by(report: Report) -> Q:
    return Q(report_items__report=report) | Q(parent__report_items__report=report)


def _of_report(report: Report) -> Q:
    return Q(report=report)


def _before(record: Any, names: Bilingual) -> Bilingual:
    """The name of a part of a report, after that of the report."""
    meeting = record.report.meeting.name
    return Bilingual(ar=f"{meeting.ar} · {names.ar or names.en}", en=f"{meeting.en} · {names.en or names.ar}")


def _section_name(section: ReportSection) -> Bilingual:
    kind = SectionKind(section.kind)
    names = {}
    for language in ("ar", "en"):
        with override(language):
            names[language] = str(kind.label)
    return _before(section, Bilingual(**names))


KINDS: tuple[Kind, ...] = (
    Kind(
        "activities",
        _("activities"),
        Activity,
        "activities.change_activity",
        key=lambda activity: str(activity.code),
        having=_coded,
        name=lambda activity: activity.titles,
        related=("kind",),
        in_area=lambda area: Q(area=area),
        in_report=_told_by,
        matching=search_filter,
        order=("-code",),
    ),
    Kind(
        "institutions",
        _("institutions"),
        Institution,
        "partners.change_institution",
        key=lambda institution: str(institution.code),
        having=_coded,
        name=lambda institution: Bilingual.of(institution, "name"),
        matching=search_filter,
        order=("code",),
    ),
    Kind(
        "countries",
        _("countries"),
        Country,
        "partners.change_country",
        key=lambda country: str(country.code),
        having=_coded,
        name=lambda country: country.name,
        matching=search_filter,
        order=("code",),
    ),
    Kind(
        "areas",
        _("cooperation areas"),
        CooperationArea,
        "roadmap.change_cooperationarea",
        key=_area_key,
        having=_areas_having,
        name=lambda area: Bilingual.of(area, "title"),
        related=("roadmap",),
        in_area=lambda area: Q(pk=area),
        in_report=lambda report: Q(roadmap__reports=report),
        order=("-roadmap__valid_from", "number"),
    ),
    Kind(
        "programme",
        _("programme"),
        Programme,
        "roadmap.change_programme",
        key=lambda programme: "programme",
        having=lambda keys: Q() if "programme" in keys else NOTHING,
        name=lambda programme: Bilingual.of(programme, "name"),
        order=("pk",),
    ),
    Kind(
        "sections",
        _("report sections"),
        ReportSection,
        "reports.change_reportsection",
        key=lambda section: f"{section.report.code}.{section.kind}",
        having=lambda keys: _of_reports(keys, lambda kind: Q(kind=kind)),
        name=_section_name,
        related=("report__meeting",),
        only=Q(kind__in=WRITTEN),
        in_report=_of_report,
        order=("-report__as_of", "-report", "position"),
    ),
    Kind(
        "paragraphs",
        _("paragraphs of reports"),
        ReportItem,
        "reports.change_reportitem",
        key=lambda item: f"{item.report.code}.{item.activity.code}",
        having=lambda keys: _of_reports(keys, lambda code: Q(activity__code=code)),
        name=lambda item: _before(item, item.activity.titles),
        related=("report__meeting", "activity"),
        only=Q(override_ar__isnull=False) | Q(override_en__isnull=False),
        in_area=lambda area: Q(activity__area=area),
        in_report=_of_report,
        order=("-report__as_of", "-report", "position"),
    ),
    Kind(
        "notes",
        _("notes on areas"),
        CoverageNote,
        "reports.change_coveragenote",
        key=lambda note: f"{note.report.code}.{_area_key(note.area)}",
        having=lambda keys: _of_reports(keys, lambda area: _areas_having([area], "area__")),
        name=lambda note: _before(note, Bilingual.of(note.area, "title")),
        related=("report__meeting", "area__roadmap"),
        in_area=lambda area: Q(area=area),
        in_report=_of_report,
        order=("-report__as_of", "-report", "area__number"),
    ),
)
BY_CODE = {kind.code: kind for kind in KINDS}
