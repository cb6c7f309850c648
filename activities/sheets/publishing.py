"""What stands in the way of publishing by a file: the findings that the form and a report's pre-flight tell.

Only activities that are to be published, or are published and change, are asked, as they will be: what the portal has
of them, with what the file says laid over it. One that was published before answers only for what the file brings;
what it was published with, perhaps for a reason, stays as it is.
"""

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from activities.findings import blocking_of
from activities.models import Activity, ParticipantProfile, Participation, PublicationState
from activities.sheets.plan import Draft, Plan, Unit
from activities.sheets.records import build, participation_of
from activities.sheets.shape import ACTIVITIES, BY_KEY, COUNTRIES, INSTITUTIONS, LINKS, PARTNERSHIPS, Sheet
from activities.sheets.tables import PROMISED, Tables, chunks
from bilingual.findings import Finding
from partners.models import Country, Institution

Refusal = tuple[Sheet, Draft, str, str]
_STATE = [column.key for column in ACTIVITIES.told].index("state")
_NO_KEY = 0  # of an activity that is not written yet: no row of any table has it
_HELD_BY = {PARTNERSHIPS: "partnerships", COUNTRIES: "country_participations", LINKS: "links"}
_MEND = gettext_lazy("%(finding)s Mend this, or leave the activity unpublished.")
_MEND_OR_SAY_WHY = gettext_lazy(
    "%(finding)s Mend this, or publish the activity in the portal, where it may pass for a reason."
)
_MEND_FIRST = gettext_lazy("%(finding)s The activity is published: mend this first.")


class Publishing:
    """Asks the activities of a plan, with a number of queries that hardly grows with them."""

    def __init__(self, plan: Plan):
        self.plan = plan
        self.tables: Tables = plan.tables
        self.day = timezone.localdate()

    def refusals(self) -> Iterator[Refusal]:
        """Yield sheet, row, column and sentence of all that stands in the way; ``""`` means the row as a whole."""
        for units in chunks([unit for unit in self.plan.units.values() if _is_to_be_asked(unit)]):
            stored = self._stored(units)
            self._know_institutions(units)
            for unit in units:
                record = stored.get(unit.key) if unit.key is not None else None
                if unit.draft is not None or record is not None:
                    yield from self._asked(unit, record)

    def _asked(self, unit: Unit, record: Activity | None) -> Iterator[Refusal]:
        was_published = record is not None and record.state == PublicationState.PUBLISHED
        known = {found.key for found in blocking_of(record, self.day)} if record and was_published else set()
        for found in blocking_of(self._as_it_will_be(unit, record), self.day):
            if was_published and (found.is_waivable or found.key in known):
                continue
            sheet, draft, column = _place(unit, found)
            yield sheet, draft, column, _remedy(found, was_published) % {"finding": found.message}

    # What the portal has

    def _stored(self, units: list[Unit]) -> dict[int, Activity]:
        """Return what the portal has of ``units``; only what is published of those without their own row."""
        keys = {unit.key: unit.draft is not None for unit in units if unit.key is not None}
        found = Activity.objects.for_findings().filter(pk__in=keys) if keys else ()
        return {row.pk: row for row in found if keys[row.pk] or row.state == PublicationState.PUBLISHED}

    @cached_property
    def _countries(self) -> dict[int, Country]:
        return {country.pk: country for country in Country.objects.prefetch_related("memberships")}

    @cached_property
    def _profiles(self) -> dict[int, ParticipantProfile]:
        return ParticipantProfile.objects.in_bulk()

    @cached_property
    def _named_in_the_file(self) -> dict[str, Institution]:
        """The institutions that the file adds or changes, by code, as they will be."""
        drafts = (draft for draft in self.plan.moving(INSTITUTIONS) if draft.values[0])
        return {draft.values[0]: self._institution(draft) for draft in drafts}

    def _institution(self, draft: Draft) -> Institution:
        record: Institution = build(INSTITUTIONS, draft.values, self.tables)
        record.pk = draft.key or PROMISED
        record._state.fields_cache["seat"] = self._countries.get(record.seat_id) if record.seat_id else None
        return record

    def _know_institutions(self, units: list[Unit]) -> None:
        """Read the institutions that the rows of ``units`` name."""
        place = _place_of(PARTNERSHIPS, "institution")
        codes = {draft.values[place] for unit in units for draft in unit.rows.get(PARTNERSHIPS.key, ())}
        keys = {self.tables.institutions.keys[code] for code in codes if code} - {PROMISED}
        self._institutions = {row.pk: row for row in Institution.objects.filter(pk__in=keys).select_related("seat")}

    # What it will be

    def _as_it_will_be(self, unit: Unit, record: Activity | None) -> Activity:
        """Return the activity with its rows as they will be; it is never saved."""
        activity = self._own_row(unit.draft, record) if unit.draft else record
        assert activity is not None  # noqa: S101 -- one of the two is there
        read_ahead = getattr(activity, "_prefetched_objects_cache", {"translation_states": [], "parts": []})
        rows = {name: self._rows(sheet, unit, read_ahead.get(name, ())) for sheet, name in _HELD_BY.items()}
        activity._prefetched_objects_cache = {**read_ahead, **rows}  # type: ignore[attr-defined]  # Django's own
        return activity

    def _own_row(self, draft: Draft, record: Activity | None) -> Activity:
        activity: Activity = build(ACTIVITIES, draft.values, self.tables, record)
        if record is None:
            activity.pk = _NO_KEY
            activity.code = draft.values[0] or _("this activity")
        known = activity._state.fields_cache
        known["kind"] = self.tables.kind_records.get(activity.kind_id)
        counts = participation_of(draft.values, self.tables)
        known["participation"] = self._participation(activity, counts) if counts else None
        return activity

    def _participation(self, activity: Activity, counts: dict[str, Any]) -> Participation:
        participation = Participation(pk=_NO_KEY, **counts)
        participation._state.fields_cache |= {
            "activity": activity,
            "profile": self._profiles.get(counts["profile_id"]),
        }
        return participation

    def _rows(self, sheet: Sheet, unit: Unit, stored: Iterable[Any]) -> list[Any]:
        """Return the rows of one sort as they will be; each from the file knows the draft that it ``came_from``."""
        rows = {row.pk: row for row in stored}
        for place, draft in enumerate(unit.rows.get(sheet.key, ())):
            row = build(sheet, draft.values, self.tables, rows.get(draft.key))
            row.came_from = draft
            row.pk = row.pk or -1 - place  # findings tell rows apart by their keys
            rows[row.pk] = row
            if sheet is COUNTRIES:
                row._state.fields_cache["country"] = self._countries.get(row.country_id)
        if sheet is PARTNERSHIPS:
            for row in rows.values():
                self._give_institution(row)
        return list(rows.values())

    def _give_institution(self, partnership: Any) -> None:
        """Let a partner be called as the file calls it, if it does."""
        known = partnership._state.fields_cache
        draft = getattr(partnership, "came_from", None)
        if draft is not None:
            code = draft.values[_place_of(PARTNERSHIPS, "institution")]
            known["institution"] = self._named_in_the_file.get(code) or self._institutions.get(
                partnership.institution_id
            )
        elif known.get("institution") is not None:
            known["institution"] = self._named_in_the_file.get(known["institution"].code, known["institution"])


def _is_to_be_asked(unit: Unit) -> bool:
    """Whether a unit is written and may be published by then: one without its own row in the file is looked up."""
    drafts = [draft for _sheet, draft in unit.drafts()]
    if any(draft.is_held for draft in drafts) or not any(draft.is_new or draft.changed for draft in drafts):
        return False
    return unit.draft is None or unit.draft.values[_STATE] == PublicationState.PUBLISHED


def _place(unit: Unit, found: Finding) -> tuple[Sheet, Draft, str]:
    """Where in the file a finding is mended, as nearly as the file tells."""
    draft = getattr(found.target, "came_from", None)
    if draft is not None:
        sheet = next(BY_KEY[key] for key, drafts in unit.rows.items() if draft in drafts)
        return sheet, draft, found.field if found.field in sheet.by_key else ""
    if isinstance(found.target, Institution) and (draft := _row_naming(unit, found.target)):
        return PARTNERSHIPS, draft, "institution"
    if unit.draft is None:
        key, draft = next(unit.drafts())
        return BY_KEY[key], draft, ""
    return ACTIVITIES, unit.draft, _column_of(found)


def _column_of(found: Finding) -> str:
    """The column of the sheet of activities that a finding is about."""
    if isinstance(found.target, Activity | Participation):
        return found.field if found.field in ACTIVITIES.by_key else ""
    name = found.target._meta.model_name if found.target is not None else ""
    return {"activitykind": "kind", "participantprofile": "profile"}.get(name, "")


def _row_naming(unit: Unit, institution: Institution) -> Draft | None:
    place = _place_of(PARTNERSHIPS, "institution")
    rows = unit.rows.get(PARTNERSHIPS.key, ())
    return next((draft for draft in rows if draft.values[place] == institution.code), None)


def _place_of(sheet: Sheet, key: str) -> int:
    return [column.key for column in sheet.told].index(key)


def _remedy(found: Finding, was_published: bool) -> Promise:
    if was_published:
        return _MEND_FIRST
    return _MEND_OR_SAY_WHY if found.is_waivable else _MEND
