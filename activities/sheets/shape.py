"""The sheets and their columns: what template, export and import all follow.

A text has a column for each language and none without. What another record says is given by that record's code, and a
choice by the word that is stored; so a file is the same whoever asks for it.
"""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from activities.models import Activity, ActivityLink, CountryParticipation, Participation, Partnership
from activities.sheets.columns import ROW, VERSION, Column, Sort
from bilingual.text import Bilingual
from partners.models import Institution, Membership, NationalFocalPoint
from roadmap.models import CooperationArea


@dataclass(frozen=True, eq=False)
class Sheet:
    """One sheet: rows of ``model``, each found by its ``identity`` (keys of columns), tried in turn.

    ``order`` is the order of its rows. ``label`` is the column by which messages call a row.
    """

    key: str
    title: Any
    model: type[models.Model]
    columns: tuple[Column, ...]
    identity: tuple[tuple[str, ...], ...]
    order: tuple[str, ...]
    belongs_to: str = ""
    by_key: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_key", {column.key: column for column in self.columns})

    def name(self, language: str) -> str:
        """What the sheet is called in ``language``."""
        with override(language):
            return str(self.title)

    @cached_property
    def told(self) -> tuple[Column, ...]:
        """The columns that tell something of the record, without our own marks."""
        return tuple(column for column in self.columns if column.sort is not Sort.MARK)

    @cached_property
    def names(self) -> Bilingual:
        """What the sheet is called, in both languages."""
        return Bilingual(ar=self.name("ar"), en=self.name("en"))


_SORTS: tuple[tuple[type, Sort], ...] = (
    (models.BooleanField, Sort.FLAG),
    (models.DateField, Sort.DAY),
    (models.IntegerField, Sort.NUMBER),
)


def _own(model: type[models.Model], *names: str, part: str = "") -> list[Column]:
    """Columns for the fields of ``model`` with these names, as the model describes them."""
    return [_column(model, name, part) for name in names]


def _column(model: type[models.Model], name: str, part: str) -> Column:
    found: Any = model._meta.get_field(name)
    sort = next((sort for kind, sort in _SORTS if isinstance(found, kind)), Sort.TEXT)
    if found.choices:
        sort = Sort.CHOICE
    return Column(name, f"{part}__{name}" if part else name, sort, found, part=part)


def _pair(model: type[models.Model], *names: str) -> list[Column]:
    return _own(model, *(f"{name}_{language}" for name in names for language in ("ar", "en")))


def _record(
    model: type[models.Model], name: str, table: str, *, key: str = "", code: str = "code", part: str = ""
) -> Column:
    """A column for the record that the field ``name`` points to, given by its code."""
    path = f"{part}__{name}__{code}" if part else f"{name}__{code}"
    sort = Sort.NUMBER if table == "areas" else Sort.RECORD
    return Column(key or name, path, sort, model._meta.get_field(name), table=table, part=part)


def _codes(model: type[models.Model], name: str, table: str) -> Column:
    """A column for several records, or languages, given by their codes."""
    return Column(name, name, Sort.CODES, model._meta.get_field(name), table=table)


_VERSION = Column(
    VERSION,
    "",
    Sort.MARK,
    label=_("version"),
    help=_(
        "Says in which state the row was when it was exported, so that nothing is overwritten that somebody has "
        "changed since. Leave it as it is, and empty in a new row."
    ),
)
_ROW = Column(
    ROW,
    "pk",
    Sort.MARK,
    label=pgettext_lazy("of a spreadsheet", "row in the portal"),
    help=_("The number of the row in the portal. Leave it as it is, and empty in a new row."),
)
_OF_ACTIVITY = Column(
    "activity",
    "activity__code",
    Sort.RECORD,
    Partnership._meta.get_field("activity"),
    help=_("The code of the activity, as in the sheet of activities."),
    table="activities",
)

ACTIVITIES = Sheet(
    "activities",
    _("Activities"),
    Activity,
    (
        Column(
            "code",
            "code",
            Sort.TEXT,
            Activity._meta.get_field("code"),
            help=_(
                "Such as 2024-007. A new activity gets its code from the portal: leave the cell empty, or write new-1 "
                "and so on, to refer to it from the other sheets."
            ),
            is_given=True,
        ),
        _record(Activity, "kind", "kinds"),
        *_pair(Activity, "title"),
        *_own(Activity, "title_ar_is_official", "title_en_is_official", "start_date", "end_date", "year", "mode"),
        *_pair(Activity, "venue"),
        _record(Activity, "venue_country", "countries"),
        *_own(Activity, "status"),
        *_pair(Activity, "status_reason"),
        _codes(Activity, "working_languages", "languages"),
        _codes(Activity, "open_to", "countries"),
        *_own(Activity, "registration_until"),
        _record(Activity, "roadmap", "roadmaps"),
        _record(Activity, "area", "areas", code="number"),
        _record(Activity, "parent", "activities", key="project"),
        *_own(Activity, "funding_call"),
        _record(Participation, "profile", "profiles", part="participation"),
        *_own(
            Participation,
            "headcount",
            "headcount_standing",
            "women",
            "men",
            "sexes_standing",
            "member_countries",
            "countries_standing",
            "source",
            "reported_on",
            part="participation",
        ),
        *_pair(Activity, "audience", "objective", "topics", "summary"),
        *_own(Activity, "note", "is_reportable", "cooperation_group", "state"),
        _VERSION,
    ),
    identity=(("code",),),
    order=("code",),
)
PARTNERSHIPS = Sheet(
    "partnerships",
    _("Partners"),
    Partnership,
    (
        _OF_ACTIVITY,
        *_own(Partnership, "role"),
        _record(Partnership, "institution", "institutions"),
        *_pair(Partnership, "described_as", "name_then", "post"),
        *_own(Partnership, "order"),
        _ROW,
        _VERSION,
    ),
    identity=((ROW,), ("activity", "role", "institution", "described_as_ar", "described_as_en")),
    order=("activity__code", "role", "order", "pk"),
    belongs_to="activity",
)
COUNTRIES = Sheet(
    "countries",
    _("Participating countries"),
    CountryParticipation,
    (
        _OF_ACTIVITY,
        _record(CountryParticipation, "country", "countries"),
        *_own(CountryParticipation, "count"),
        _VERSION,
    ),
    identity=(("activity", "country"),),
    order=("activity__code", "country__code"),
    belongs_to="activity",
)
LINKS = Sheet(
    "links",
    _("Links"),
    ActivityLink,
    (
        _OF_ACTIVITY,
        *_pair(ActivityLink, "label"),
        *_own(ActivityLink, "url", "order"),
        _ROW,
        _VERSION,
    ),
    identity=((ROW,), ("activity", "url")),
    order=("activity__code", "order", "pk"),
    belongs_to="activity",
)
INSTITUTIONS = Sheet(
    "institutions",
    _("Institutions"),
    Institution,
    (
        *_own(Institution, "code"),
        *_pair(Institution, "name"),
        *_own(Institution, "acronym", "takes_the", "kind"),
        _record(Institution, "parent", "institutions"),
        _record(Institution, "country", "countries"),
        _record(Institution, "seat", "countries"),
        *_own(Institution, "website", "former_names", "spellings"),
        _VERSION,
    ),
    identity=(("code",),),
    order=("code",),
)
FOCAL_POINTS = Sheet(
    "focal_points",
    _("National focal points"),
    NationalFocalPoint,
    (
        _record(NationalFocalPoint, "country", "countries"),
        _record(NationalFocalPoint, "institution", "institutions"),
        *_pair(NationalFocalPoint, "name", "post"),
        *_own(NationalFocalPoint, "email", "language", "is_public", "start", "end"),
        _ROW,
        _VERSION,
    ),
    identity=((ROW,), ("country", "name_ar", "name_en", "start")),
    order=("country__code", "start", "pk"),
)
MEMBERSHIP = Sheet(
    "membership",
    _("Membership of countries"),
    Membership,
    (
        _record(Membership, "country", "countries"),
        *_own(Membership, "status", "start", "start_precision", "until", "until_precision"),
        _ROW,
        _VERSION,
    ),
    identity=((ROW,), ("country", "status", "start")),
    order=("country__code", "start", "pk"),
)
AREAS = Sheet(
    "areas",
    _("Cooperation areas"),
    CooperationArea,
    (
        _record(CooperationArea, "roadmap", "roadmaps"),
        *_own(CooperationArea, "number"),
        *_pair(CooperationArea, "title"),
        *_own(CooperationArea, "title_ar_is_official"),
        *_pair(CooperationArea, "summary"),
        _VERSION,
    ),
    identity=(("roadmap", "number"),),
    order=("roadmap__code", "number"),
)

SHEETS = (ACTIVITIES, PARTNERSHIPS, COUNTRIES, LINKS, INSTITUTIONS, FOCAL_POINTS, MEMBERSHIP, AREAS)
BY_KEY = {sheet.key: sheet for sheet in SHEETS}
