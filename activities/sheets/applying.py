"""Carries out a plan: one transaction, few statements per table, and all that saving one by one would write."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from activities.models import Activity, CodeCounter, CountryParticipation, Participation, sum_countries
from activities.models.codes import CODE
from activities.sheets.plan import Draft, Plan
from activities.sheets.planning import ORDER
from activities.sheets.records import attributes_of, build, participation_of
from activities.sheets.shape import ACTIVITIES, INSTITUTIONS, Sheet
from activities.sheets.tables import Tables
from activities.sheets.values import stored_rows
from bilingual.bulk import add, roomy_statements, write_again
from bilingual.data_version import note_change
from bilingual.history import change_set, copy_versions
from bilingual.remembering import RemembersTexts, record_texts

CHUNK = 1000
Progress = Callable[[int, int], None]


class ChangedMeanwhile(Exception):  # noqa: N818 -- nothing went wrong, but the plan no longer fits
    """Somebody changed what the plan was made for; nothing was written."""


def carry_out(plan: Plan, user: Any = None, reason: str = "", progress: Progress | None = None) -> uuid.UUID:
    """Write what ``plan`` says, all of it or nothing, and return the id under which history groups it.

    To be called inside a transaction of the caller's, if the caller writes something that belongs to it. Raises
    `ChangedMeanwhile` when a record is no longer as it was when the plan was made.
    """
    with change_set() as group, roomy_statements():
        try:
            with transaction.atomic():
                _Writer(plan, user, reason, progress).write()
        except IntegrityError as error:
            raise ChangedMeanwhile from error
    return group


class _Writer:
    def __init__(self, plan: Plan, user: Any, reason: str, progress: Progress | None):
        self.plan, self.user, self.reason, self.progress = plan, user, reason, progress
        self.tables: Tables = plan.tables
        self.total = sum(len(plan.moving(sheet)) for sheet in ORDER)
        self.done = 0
        self.projects: dict[int, Activity] = {}
        self.counted: set[int] = set()  # activities whose numbers of people were written

    def write(self) -> None:
        for sheet in ORDER:
            drafts = self.plan.moving(sheet)
            if sheet is ACTIVITIES:
                self._write_activities(drafts)
            elif sheet is INSTITUTIONS:
                self._write_institutions(drafts)
            else:
                self._write_rows(sheet, drafts)
        for keys in _chunks(sorted(self.counted)):
            sum_countries(keys)
        note_change()

    def _write_rows(self, sheet: Sheet, drafts: list[Draft]) -> None:
        for chunk in _chunks([draft for draft in drafts if draft.is_new]):
            records = [build(sheet, draft.values, self.tables) for draft in chunk]
            self._add(records)
            self._know(sheet, chunk, records)
        for chunk in _chunks([draft for draft in drafts if not draft.is_new]):
            self._write_changed(sheet, chunk)

    def _know(self, sheet: Sheet, drafts: list[Draft], records: list[Any]) -> None:
        """Let rows that follow refer to what was just added."""
        if sheet.key == "areas":
            for draft, record in zip(drafts, records, strict=True):
                self.tables.areas.promise((draft.values[0], draft.values[1]), record.pk)

    def _write_changed(self, sheet: Sheet, drafts: list[Draft]) -> None:
        records = self._locked(sheet, drafts)
        changed = [build(sheet, draft.values, self.tables, records[draft.key]) for draft in drafts]
        self._prepare(changed)
        self._change(changed)

    def _locked(self, sheet: Sheet, drafts: list[Draft]) -> dict[int, Any]:
        """Return the records of ``drafts`` by key, locked. Raises `ChangedMeanwhile` if they are not as planned."""
        keys = [draft.key for draft in drafts]
        manager = sheet.model._base_manager
        records = {record.pk: record for record in manager.select_for_update().filter(pk__in=keys)}
        now = dict(stored_rows(sheet, sheet.model._default_manager.filter(pk__in=keys)))
        for draft in drafts:
            if draft.before is not None and now.get(draft.key) != draft.before:
                raise ChangedMeanwhile
        return records

    # Institutions

    def _write_institutions(self, drafts: list[Draft]) -> None:
        """Add those first that others are part of."""
        parent = [column.key for column in INSTITUTIONS.told].index("parent")
        waiting = [draft for draft in drafts if draft.is_new]
        while waiting:
            coming = {draft.values[0] for draft in waiting if draft.values[0]}
            ready = [draft for draft in waiting if draft.values[parent] not in coming]
            if not ready:
                raise ChangedMeanwhile  # each part of the other: refused by the rules before
            for chunk in _chunks(ready):
                self._add_institutions(chunk)
            waiting = [draft for draft in waiting if draft not in ready]
        for chunk in _chunks([draft for draft in drafts if not draft.is_new]):
            self._write_changed(INSTITUTIONS, chunk)

    def _add_institutions(self, drafts: list[Draft]) -> None:
        records: list[Any] = []
        for draft in drafts:
            record = build(INSTITUTIONS, draft.values, self.tables)
            if not record.code:
                taken = {known.code for known in records} | set(self.tables.institutions.keys)
                record.code = record.free_code(taken)
            records.append(record)
        self._prepare(records)
        self._add(records)
        for record in records:
            self.tables.institutions.promise(record.code, record.pk)

    # Activities

    def _write_activities(self, drafts: list[Draft]) -> None:
        added = [draft for draft in drafts if draft.is_new]
        codes = self._codes_of(added)
        for are_projects in (True, False):  # the parts of a project need its key
            for chunk in _chunks([draft for draft in added if self._is_project(draft) is are_projects]):
                self._add_activities(chunk, codes)
        for chunk in _chunks([draft for draft in drafts if not draft.is_new]):
            self._change_activities(chunk)
        self._touch_activities({draft.key for draft in drafts})

    def _is_project(self, draft: Draft) -> bool:
        return self.tables.kind_records[self.tables.kinds.keys[draft.values[1]]].is_project

    def _codes_of(self, drafts: list[Draft]) -> dict[int, str]:
        """Return the code of each new activity, by its row: its own, or the next one of its year."""
        codes = {draft.row: draft.values[0] for draft in drafts if CODE.fullmatch(draft.values[0] or "")}
        for code in _highest(codes.values()):
            CodeCounter.reserve(code)
        by_year: dict[int, list[int]] = defaultdict(list)
        year = [column.key for column in ACTIVITIES.told].index("year")
        for draft in drafts:
            if draft.row not in codes:
                by_year[draft.values[year] or timezone.localdate().year].append(draft.row)
        for number, rows in by_year.items():
            codes |= dict(zip(rows, CodeCounter.next_codes(number, len(rows)), strict=True))
        return codes

    def _add_activities(self, drafts: list[Draft], codes: dict[int, str]) -> None:
        records = []
        for draft in drafts:
            record = build(ACTIVITIES, draft.values, self.tables)
            record.code = codes[draft.row]
            records.append(record)
        self._prepare(records)
        self._add(records)
        for draft, record in zip(drafts, records, strict=True):
            self.tables.activities.promise(draft.code, record.pk)
            if record.kind.is_project:
                self.projects[record.pk] = record
        counts = ((record, participation_of(d.values, self.tables)) for d, record in zip(drafts, records, strict=True))
        self._add([Participation(activity=record, **said) for record, said in counts if said is not None], step=False)

    def _change_activities(self, drafts: list[Draft]) -> None:
        records = self._locked(ACTIVITIES, drafts)
        changed = [build(ACTIVITIES, draft.values, self.tables, records[draft.key]) for draft in drafts]
        self._prepare(changed)
        for record in changed:
            record.version += 1
        self._change(changed)
        self._change_counts(drafts)
        for record in changed:
            if record.kind.is_project:
                record._refresh_parts()

    def _change_counts(self, drafts: list[Draft]) -> None:
        places = {n for n, column in enumerate(ACTIVITIES.told) if column.part}
        concerned = [draft for draft in drafts if places & set(draft.changed)]
        keys = [draft.key for draft in concerned]
        stored = {row.activity_id: row for row in Participation.objects.select_for_update().filter(activity__in=keys)}
        added, changed = [], []
        for draft in concerned:
            said = participation_of(draft.values, self.tables)
            if draft.key in stored:
                row = stored[draft.key]
                for name, value in (
                    said or attributes_of(ACTIVITIES, draft.values, self.tables, part="participation")
                ).items():
                    setattr(row, name, value)
                changed.append(row)
            elif said is not None:
                added.append(Participation(activity_id=draft.key, **said))
        self._add(added, step=False)
        self._change(changed, step=False)

    def _touch_activities(self, written: set[int | None]) -> None:
        """Count a save of the activities of which only rows change: an editor's form no longer shows what is there."""
        keys = {
            unit.key
            for unit in self.plan.units.values()
            if unit.key
            and unit.key not in written
            and any(not d.is_held for _sheet, d in unit.drafts() if d is not unit.draft)
        }
        for chunk in _chunks(sorted(keys)):
            records = list(Activity.objects.select_for_update().filter(pk__in=chunk))
            for record in records:
                record.version += 1
            self._change(records, step=False)

    def _prepare(self, records: list[Any]) -> None:
        """Fill what `save()` works out: the searchable text."""
        if not records:
            return
        if isinstance(records[0], Activity):
            self._give_projects(records)
        for record in records:
            if isinstance(record, Activity):
                record._state.fields_cache["kind"] = self.tables.kind_records[record.kind_id]
            if hasattr(record, "search_text"):
                record.search = record.search_text()

    def _give_projects(self, records: list[Activity]) -> None:
        missing = {record.parent_id for record in records if record.parent_id} - set(self.projects)
        if missing:
            self.projects |= Activity.objects.in_bulk(missing)
        for record in records:
            if record.parent_id:
                record._state.fields_cache["parent"] = self.projects[record.parent_id]

    def _add(self, records: list[Any], *, step: bool = True) -> None:
        if not records:
            return
        for record in records:
            record.saved_by = self.user
        add(records)
        self._write_down(records, added=True, step=step)

    def _change(self, records: list[Any], *, step: bool = True) -> None:
        if not records:
            return
        for record in records:
            record.saved_by = self.user
        write_again(records)
        self._write_down(records, added=False, step=step)

    def _write_down(self, records: list[Any], *, added: bool, step: bool) -> None:
        copy_versions(records, added=added, user=self.user, reason=self.reason)
        if isinstance(records[0], RemembersTexts):
            record_texts(records, added=added)
        if isinstance(records[0], Participation | CountryParticipation):
            self.counted.update(record.activity_id for record in records)
        if step:
            self.done += len(records)
            if self.progress:
                self.progress(self.done, self.total)


def _highest(codes: Iterable[str]) -> Iterator[str]:
    """Yield of each year the code with the highest number."""
    highest: dict[str, tuple[int, str]] = {}
    for code in codes:
        year, _, number = code.partition("-")
        highest[year] = max(highest.get(year, (0, "")), (int(number), code))
    return (code for _number, code in highest.values())


def _chunks(values: list[Any]) -> Iterator[list[Any]]:
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))
