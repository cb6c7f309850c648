"""The rows inside a record: partners, each chosen as a whole, and the parts of a project, field by field."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from activities.admin.merging.differences import Comparing, Difference, Version
from activities.admin.merging.fields import Fields, field_digests
from activities.admin.merging.seen import digest
from activities.admin.merging.values import fields_of, put, sent_in, shown_as_sent, shown_now, value_of
from bilingual.text import left_to_right

MOST_ROWS = 1_000
Row = dict[str, str]  # what is sent in a row, by the names of its fields


class Rows:
    """The rows that were sent, beside those that the record has now."""

    def __init__(self, sent: Any, current: Any):
        self.sent = sent
        self.prefix = sent.prefix
        self.forms = {str(form.instance.pk): form for form in current.initial_forms}

    def differences(self, comparing: Comparing) -> Iterator[Difference]:
        """Every row in which the two differ; one that is new, or that went where this form cannot follow, is none."""
        for place, (key, row) in enumerate(rows_sent(comparing.data, self.prefix)):
            there = self.forms.get(key)
            if not key or not (there or self.sent.can_delete):
                continue
            form = self.sent.forms[place] if place < len(self.sent.forms) else None
            yield from self.of_row(comparing, key, None if row.get("DELETE") else form, there)

    def of_row(self, comparing: Comparing, key: str, form: Any, there: Any) -> Iterator[Difference]:
        """The difference of one row, as a whole; ``None`` stands for a row that was taken out."""
        mine, theirs = _version(form, sent_in, shown_as_sent), _version(there, value_of, shown_now)
        if mine.value != theirs.value:
            label = str(self.sent.model._meta.verbose_name)
            yield comparing.difference(f"{self.prefix}.{key}", label, mine, theirs)

    def put(self, data: QueryDict, theirs: set[str]) -> None:
        """Let ``data`` have the rows as chosen: those the record has first, then those that are new to it."""
        kept, added = [], []
        for key, row in rows_sent(data, self.prefix):
            if key in self.forms:
                kept.append((key, self.merged(key, row, theirs)))
            elif not key or self._is_put_back(key, row, theirs):
                added.append(("", row))
        self._send(data, [*kept, *added])

    def merged(self, key: str, row: Row, theirs: set[str]) -> Row:
        """Return a row as it is to be sent."""
        return _as_it_is(self.forms[key]) if f"{self.prefix}.{key}" in theirs else row

    def _is_put_back(self, key: str, row: Row, theirs: set[str]) -> bool:
        """Whether a row that the record has no more was chosen to stay."""
        return self.sent.can_delete and f"{self.prefix}.{key}" not in theirs and not row.get("DELETE")

    def _send(self, data: QueryDict, rows: list[tuple[str, Row]]) -> None:
        for name in [name for name in data if name.startswith(f"{self.prefix}-") and not name.endswith("_FORMS")]:
            if "__prefix__" not in name:
                del data[name]
        data[f"{self.prefix}-TOTAL_FORMS"] = str(len(rows))
        data[f"{self.prefix}-INITIAL_FORMS"] = str(sum(bool(key) for key, _row in rows))
        for place, (key, row) in enumerate(rows):
            for name, value in {"id": key, **row}.items():
                data[f"{self.prefix}-{place}-{name}"] = value


class Parts(Rows):
    """The parts of a project: records of their own, each with a version, whose fields are chosen one by one."""

    def of_row(self, comparing: Comparing, key: str, form: Any, there: Any) -> Iterator[Difference]:
        if form is not None:
            called = f"{left_to_right(there.instance.code)} · "
            yield from Fields(form, there, f"{self.prefix}.{key}", called).differences(comparing)

    def merged(self, key: str, row: Row, theirs: set[str]) -> Row:
        """Return a row with the chosen fields of the part as it is; whoever chooses has seen this version of it."""
        current = self.forms[key]
        merged = row | {"version": str(current.instance.version)}
        for name, value, field in Fields(None, current, f"{self.prefix}.{key}").chosen(theirs):
            put(merged, name, value, field)
        return merged


def row_digests(formset: Any) -> dict[str, str]:
    """Return the digests of the rows of an unbound formset."""
    found: dict[str, str] = {}
    for form in formset.initial_forms:
        key = f"{formset.prefix}.{form.instance.pk}"
        found |= field_digests(form, key) if has_versions(formset) else {key: digest(_row(form, value_of))}
    return found


def has_versions(formset: Any) -> bool:
    """Whether the rows are records with versions of their own."""
    return "version" in formset.form.declared_fields


def rows_sent(data: QueryDict, prefix: str) -> list[tuple[str, Row]]:
    """Return the rows that were sent, each with its key or ``""``."""
    try:
        total = min(int(data.get(f"{prefix}-TOTAL_FORMS", "0")), MOST_ROWS)
    except ValueError:
        return []
    rows: list[Row] = [{} for _place in range(total)]
    for key in data:
        place, _dash, name = key.removeprefix(f"{prefix}-").partition("-")
        if key.startswith(f"{prefix}-") and name and place.isascii() and place.isdigit() and int(place[:6]) < total:
            rows[int(place[:6])][name] = str(data[key])
    return [(row.get("id", ""), {name: value for name, value in row.items() if name != "id"}) for row in rows]


def _version(form: Any, value: Callable[[Any, str], str], shown: Callable[[Any, str], str]) -> Version:
    if form is None:
        return Version("", _("taken out"))
    said = ((capfirst(str(form[name].label)), shown(form, name)) for name in fields_of(form))
    return Version(_row(form, value), "\n".join(f"{label}: {words}" for label, words in said if words))


def _row(form: Any, value: Callable[[Any, str], str]) -> str:
    return json.dumps([value(form, name) for name in fields_of(form)])


def _as_it_is(form: Any) -> Row:
    return {name: value for name in fields_of(form) if (value := value_of(form, name))}
