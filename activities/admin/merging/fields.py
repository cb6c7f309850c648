"""The fields of one form: those of the record itself, of its counts, or of a part in the row of its project."""

from collections.abc import Iterator
from typing import Any

from django.http import QueryDict

from activities.admin.merging.differences import Comparing, Difference, Version
from activities.admin.merging.seen import digest
from activities.admin.merging.values import (
    fields_of,
    language_of,
    put,
    sent_in,
    shown_as_sent,
    shown_now,
    value_of,
)


class Fields:
    """A form that was sent, beside the same form of the record as it is now.

    ``under`` stands before the names in the keys of differences, ``called`` before their labels.
    """

    def __init__(self, sent: Any, current: Any, under: str = "", called: str = ""):
        self.sent = sent
        self.current = current
        self.under = under
        self.called = called

    def differences(self, comparing: Comparing) -> Iterator[Difference]:
        """Every field in which the two differ."""
        for name in fields_of(self.sent):
            mine = Version(sent_in(self.sent, name), shown_as_sent(self.sent, name))
            theirs = Version(value_of(self.current, name), shown_now(self.current, name))
            if mine.value != theirs.value:
                label = f"{self.called}{self.sent[name].label}"
                yield comparing.difference(_key(self.under, name), label, mine, theirs, language_of(name))

    def chosen(self, theirs: set[str]) -> Iterator[tuple[str, str, Any]]:
        """The fields of which the record's version was chosen: name, value, and the form field."""
        for name in fields_of(self.current):
            if _key(self.under, name) in theirs:
                yield name, value_of(self.current, name), self.current.fields[name]


class RecordFields(Fields):
    """The record's own fields."""

    def put(self, data: QueryDict, theirs: set[str]) -> None:
        """Let ``data`` say the record's version wherever that was chosen."""
        for name, value, field in self.chosen(theirs):
            put(data, self.current.add_prefix(name), value, field)


class SingleRow(RecordFields):
    """The counts, which are one row at most."""

    def __init__(self, sent: Any, current: Any):
        super().__init__(sent.forms[0], current.forms[0], sent.prefix)

    def put(self, data: QueryDict, theirs: set[str]) -> None:
        super().put(data, theirs)
        row = self.current.instance
        if row.pk:  # whoever sent it may have seen none
            data[f"{self.under}-INITIAL_FORMS"] = "1"
            data[self.current.add_prefix(row._meta.pk.name)] = str(row.pk)


def field_digests(form: Any, under: str = "") -> dict[str, str]:
    """Return the digest of each field of an unbound form."""
    return {_key(under, name): digest(value_of(form, name)) for name in fields_of(form)}


def _key(under: str, name: str) -> str:
    return f"{under}.{name}" if under else name
