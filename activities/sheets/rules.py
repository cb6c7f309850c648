"""The rules of the models, asked of a row before it is written: `clean()` and the constraints, each at its column."""

from collections.abc import Iterator
from functools import cache, cached_property
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import CheckConstraint, Model

from activities.models import Activity, Participation
from activities.sheets.plan import Draft
from activities.sheets.records import attributes_of, build, participation_of
from activities.sheets.shape import ACTIVITIES, Sheet
from activities.sheets.tables import Tables
from bilingual.checks import broken_rules
from roadmap.models import CooperationArea

_PROJECT = [column.key for column in ACTIVITIES.told].index("project")


class Rules:
    """Asks rows for the rules of their models, with a few queries however many the rows are."""

    def __init__(self, tables: Tables):
        self.tables = tables
        # Projects of the same file, by code: their rows are read before their parts are asked.
        self.projects: dict[str, Draft] = {}
        self._records: dict[str, Activity | None] = {}

    def broken(self, sheet: Sheet, draft: Draft) -> Iterator[tuple[str, str]]:
        """Yield the column and the sentence of each rule that ``draft`` would break; the column is empty for a row."""
        if not _has_rules(sheet.model):
            return
        record = build(sheet, draft.values, self.tables)
        record.pk = draft.key
        if sheet is ACTIVITIES:
            self._prepare(record, draft)
        found = dict(_told(record))
        if sheet is ACTIVITIES and (counts := participation_of(draft.values, self.tables)) is not None:
            found |= dict(_told(Participation(**counts)))
        yield from _at_columns(sheet, found)

    def _prepare(self, activity: Any, draft: Draft) -> None:
        """Give the activity what its rules look at, so that they ask the database for nothing."""
        activity.known_countries = self.tables.countries
        known = activity._state.fields_cache
        known["kind"] = self.tables.kind_records.get(activity.kind_id)
        if activity.area_id:  # one that the same file adds belongs to the roadmap by which it was found
            known["area"] = self.tables.area_records.get(activity.area_id) or CooperationArea(
                roadmap_id=activity.roadmap_id
            )
        parts = Activity.objects.none()
        parts._result_cache = [activity] if activity.pk in self._projects_with_parts else []
        activity._prefetched_objects_cache = {"parts": parts}
        if project := draft.values[_PROJECT]:
            parent = self._project(project)
            activity.parent_id = parent.pk if parent else None
            known["parent"] = parent

    def _project(self, code: str) -> Activity | None:
        """Return the project of that code, from the portal or from the same file."""
        if code not in self._records:
            record = Activity.objects.select_related("kind").filter(code=code).first()
            if record is None and code in self.projects:
                record = Activity(pk=-1, **attributes_of(ACTIVITIES, self.projects[code].values, self.tables))
            if record is not None:
                record._state.fields_cache["kind"] = self.tables.kind_records.get(record.kind_id)
            self._records[code] = record
        return self._records[code]

    @cached_property
    def _projects_with_parts(self) -> set[Any]:
        return set(Activity.objects.exclude(parent=None).order_by().values_list("parent", flat=True).distinct())


def _told(record: Any) -> Iterator[tuple[str, str]]:
    yield from broken_rules(record)
    try:
        record.clean()
    except ValidationError as error:
        for name, sentences in getattr(error, "message_dict", {NON_FIELD_ERRORS: error.messages}).items():
            yield name, " ".join(sentences)


def _at_columns(sheet: Sheet, found: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each sentence at its column; what the database says of the whole row only if no column says the same."""
    placed = [(_column(sheet, name), sentence) for name, sentence in found.items()]
    told = {sentence for column, sentence in placed if column}
    yield from ((column, sentence) for column, sentence in placed if column or sentence not in told)


@cache
def _has_rules(model: type[Model]) -> bool:
    """Whether the model has a rule beyond those of its single columns and of uniqueness."""
    has_checks = any(isinstance(rule, CheckConstraint) for rule in model._meta.constraints)
    return has_checks or model.clean is not Model.clean


def _column(sheet: Sheet, name: str) -> str:
    return next((column.key for column in sheet.columns if column.field is not None and column.field.name == name), "")
