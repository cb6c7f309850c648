"""What is translated: every kind of record that holds a text a person writes in both languages.

Left out of it are models that are registered for translation without a text of their own (counts of participants,
periods of membership, reports themselves), and what has no other language to agree with: the forms of a noun that a
kind of activity or a profile has for the grammar of each language, acronyms, former names, sources of figures,
internal notes.
"""

from operator import attrgetter
from typing import Any

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, ActivityKind, ActivityLink, ParticipantProfile, Partnership
from bilingual.search import search_filter
from bilingual.states import LANGUAGES, bilingual_fields
from bilingual.text import Bilingual
from partners.models import Country, Institution, NationalFocalPoint
from reports.models import WRITTEN, CoverageNote, Report, ReportItem, ReportSection
from reports.translating.keys import NOTHING, areas_having, coded, meetings_having, numbered, of_reports
from reports.translating.kind import Kind
from reports.translating.names import before, partner_name, section_name
from roadmap.models import (
    Abbreviation,
    CooperationArea,
    Indicator,
    Meeting,
    Programme,
    Roadmap,
    WorkPlanItem,
)


def kinds_for(user: Any) -> list[Kind]:
    """Return the kinds of which ``user`` may change records."""
    return [kind for kind in KINDS if user.has_perms(kind.permissions)]


def _written(model: type[Model]) -> Q:
    """Records that hold a text at all: most partners are institutions, named and translated elsewhere."""
    columns = [f"{field}_{language}__isnull" for field in bilingual_fields(model) for language in LANGUAGES]
    return Q(*((column, False) for column in columns), _connector=Q.OR)


def _told_by(report: Report, activities: str = "") -> Q:
    """Activities that ``report`` tells, with the parts of projects; ``activities`` leads to them from a record."""
    return Q(**{f"{activities}report_items__report": report}) | Q(
        **{f"{activities}parent__report_items__report": report}
    )


def _of_report(report: Report) -> Q:
    return Q(report=report)


KINDS: tuple[Kind, ...] = (
    Kind(
        "activities",
        _("activities"),
        Activity,
        ("activities.change_activity",),
        key=lambda activity: str(activity.code),
        having=coded,
        name=lambda activity: activity.titles,
        related=("kind",),
        in_area=lambda area: Q(area=area),
        in_report=_told_by,
        matching=search_filter,
        order=("-code",),
    ),
    Kind(
        "partners",
        _("partners of activities"),
        Partnership,
        ("activities.change_activity", "activities.change_partnership"),
        key=lambda row: f"{row.activity.code}.{row.pk}",
        having=numbered,
        name=partner_name,
        related=("activity", "institution__seat"),
        only=_written(Partnership),
        in_area=lambda area: Q(activity__area=area),
        in_report=lambda report: _told_by(report, "activity__"),
        matching=lambda words: search_filter(words, "activity__search"),
        order=("-activity__code", "role", "order", "pk"),
    ),
    Kind(
        "links",
        _("links of activities"),
        ActivityLink,
        ("activities.change_activity", "activities.change_activitylink"),
        key=lambda link: f"{link.activity.code}.{link.pk}",
        having=numbered,
        name=lambda link: link.labels,
        related=("activity",),
        in_area=lambda area: Q(activity__area=area),
        in_report=lambda report: _told_by(report, "activity__"),
        matching=lambda words: search_filter(words, "activity__search"),
        order=("-activity__code", "order", "pk"),
    ),
    Kind(
        "institutions",
        _("institutions"),
        Institution,
        ("partners.change_institution",),
        key=lambda institution: str(institution.code),
        having=coded,
        name=lambda institution: Bilingual.of(institution, "name"),
        in_area=lambda area: Q(partnerships__activity__area=area),
        in_report=lambda report: _told_by(report, "partnerships__activity__"),
        matching=search_filter,
        order=("code",),
    ),
    Kind(
        "focal-points",
        _("national focal points"),
        NationalFocalPoint,
        ("partners.change_nationalfocalpoint",),
        key=lambda person: f"{person.country.code}.{person.pk}",
        having=numbered,
        name=lambda person: Bilingual.of(person, "name"),
        related=("country",),
        matching=lambda words: search_filter(words, "country__search"),
        order=("country__code", "-start", "pk"),
    ),
    Kind(
        "countries",
        _("countries"),
        Country,
        ("partners.change_country",),
        key=lambda country: str(country.code),
        having=coded,
        name=lambda country: country.name,
        matching=search_filter,
        order=("code",),
    ),
    Kind(
        "activity-kinds",
        _("kinds of activity"),
        ActivityKind,
        ("activities.change_activitykind",),
        key=lambda kind: str(kind.code),
        having=coded,
        name=lambda kind: Bilingual.of(kind, "name"),
        in_report=lambda report: _told_by(report, "activities__"),
        order=("order", "code"),
    ),
    Kind(
        "profiles",
        _("participant profiles"),
        ParticipantProfile,
        ("activities.change_participantprofile",),
        key=lambda profile: str(profile.code),
        having=coded,
        name=lambda profile: Bilingual.of(profile, "name"),
        order=("order", "code"),
    ),
    Kind(
        "roadmaps",
        _("roadmaps"),
        Roadmap,
        ("roadmap.change_roadmap",),
        key=lambda roadmap: str(roadmap.code),
        having=coded,
        name=lambda roadmap: Bilingual.of(roadmap, "title"),
        in_report=lambda report: Q(reports=report),
        order=("-valid_from",),
    ),
    Kind(
        "areas",
        _("cooperation areas"),
        CooperationArea,
        ("roadmap.change_cooperationarea",),
        key=attrgetter("address"),
        having=areas_having,
        name=lambda area: Bilingual.of(area, "title"),
        related=("roadmap",),
        in_area=lambda area: Q(pk=area),
        in_report=lambda report: Q(roadmap__reports=report),
        order=("-roadmap__valid_from", "number"),
    ),
    Kind(
        "work-plan",
        _("work plan items"),
        WorkPlanItem,
        ("roadmap.change_workplanitem",),
        key=lambda item: f"{item.area.roadmap.code}.{item.pk}",
        having=numbered,
        name=lambda item: item.titles,
        related=("area__roadmap",),
        in_area=lambda area: Q(area=area),
        in_report=lambda report: Q(area__roadmap__reports=report),
        order=("-area__roadmap__valid_from", "area__number", "parent", "number", "pk"),
    ),
    Kind(
        "indicators",
        _("indicators"),
        Indicator,
        ("roadmap.change_workplanitem", "roadmap.change_indicator"),
        key=lambda row: f"{row.item.area.roadmap.code}.{row.pk}",
        having=numbered,
        name=lambda row: row.titles,
        related=("item__area__roadmap",),
        in_area=lambda area: Q(item__area=area),
        in_report=lambda report: Q(item__area__roadmap__reports=report),
        order=("-item__area__roadmap__valid_from", "item__area__number", "item", "order", "pk"),
    ),
    Kind(
        "meetings",
        _("meetings"),
        Meeting,
        ("roadmap.change_meeting",),
        key=lambda meeting: meeting.code,
        having=meetings_having,
        name=lambda meeting: meeting.name,
        in_report=lambda report: Q(report=report),
        order=("-number", "kind"),
    ),
    Kind(
        "abbreviations",
        _("abbreviations"),
        Abbreviation,
        ("roadmap.change_abbreviation",),
        key=lambda abbreviation: str(abbreviation.pk),
        having=numbered,
        name=lambda abbreviation: Bilingual(ar=abbreviation.short, en=abbreviation.short),
        order=("short",),
    ),
    Kind(
        "programme",
        _("programme"),
        Programme,
        ("roadmap.change_programme",),
        key=lambda programme: "programme",
        having=lambda keys: Q() if "programme" in keys else NOTHING,
        name=lambda programme: Bilingual.of(programme, "name"),
        order=("pk",),
    ),
    Kind(
        "sections",
        _("report sections"),
        ReportSection,
        ("reports.change_reportsection",),
        key=lambda section: f"{section.report.code}.{section.kind}",
        having=lambda keys: of_reports(keys, lambda kind: Q(kind=kind)),
        name=section_name,
        related=("report__meeting",),
        only=Q(kind__in=WRITTEN),
        in_report=_of_report,
        order=("-report__as_of", "-report", "position"),
    ),
    Kind(
        "paragraphs",
        _("paragraphs of reports"),
        ReportItem,
        ("reports.change_reportitem",),
        key=lambda item: f"{item.report.code}.{item.activity.code}",
        having=lambda keys: of_reports(keys, lambda code: Q(activity__code=code)),
        name=lambda item: before(item, item.activity.titles),
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
        ("reports.change_coveragenote",),
        key=lambda note: f"{note.report.code}.{note.area.address}",
        having=lambda keys: of_reports(keys, lambda area: areas_having([area], "area__")),
        name=lambda note: before(note, Bilingual.of(note.area, "title")),
        related=("report__meeting", "area__roadmap"),
        in_area=lambda area: Q(area=area),
        in_report=_of_report,
        order=("-report__as_of", "-report", "area__number"),
    ),
)
BY_CODE = {kind.code: kind for kind in KINDS}
