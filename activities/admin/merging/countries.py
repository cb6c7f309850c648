"""The countries of an activity, chosen one by one."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from activities.admin.countries import Counts, Typed
from activities.admin.merging.differences import Comparing, Difference, Version
from activities.admin.merging.seen import digest
from activities.admin.merging.values import plain


class Countries:
    """The countries that were sent, as far as they could be read, beside those that the record has now."""

    def __init__(self, form: Any, current: Any):
        self.form = form
        self.now: Counts = current.counts_before

    @cached_property
    def sent(self) -> Counts:
        field = self.form.fields["countries"]
        field.present = {}  # of two grids, only what each says
        field.problems = []
        typed = self.form["countries"].data
        return field._of_grid(typed) if isinstance(typed, Typed) else {}

    def differences(self, comparing: Comparing) -> Iterator[Difference]:
        """Every country that only one of the two has, or with another number."""
        if self.form["countries"].data is None:
            return
        label = self.form["countries"].label
        names = {row.code: str(row) for row in self.form.fields["countries"].widget.countries}
        for code in sorted(self.sent.keys() | self.now.keys(), key=lambda code: names.get(code, code)):
            mine, theirs = _version(self.sent, code), _version(self.now, code)
            if mine.value != theirs.value:
                called = f"{label} · {names.get(code, code)}"
                yield comparing.difference(f"countries.{code}", called, mine, theirs)

    def put(self, data: QueryDict, theirs: set[str]) -> None:
        """Let ``data`` have the record's countries wherever those were chosen."""
        for code in (key.removeprefix("countries.") for key in theirs if key.startswith("countries.")):
            for name in (f"countries-{code}", f"countries-{code}-count"):
                data.pop(name, None)
            if code in self.now:
                number = self.now[code]
                data[f"countries-{code}"] = "on"
                data[f"countries-{code}-count"] = "" if number is None else str(number)


def country_digests(form: Any) -> dict[str, str]:
    """Return the digests of the countries that an unbound form shows."""
    known = {row.code for row in form.fields["countries"].widget.countries}
    counts: Counts = form.counts_before
    return {f"countries.{code}": digest(_counted(counts, code)) for code in counts if code in known}


def _version(counts: Counts, code: str) -> Version:
    return Version(_counted(counts, code), _shown(counts, code))


def _counted(counts: Counts, code: str) -> str:
    return plain(counts[code]) or "?" if code in counts else ""


def _shown(counts: Counts, code: str) -> str:
    if code not in counts:
        return _("did not take part")
    return _("took part, number unknown") if counts[code] is None else str(counts[code])
