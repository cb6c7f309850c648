"""A form that was sent, beside the record as it is now, with all that belongs to both."""

from functools import cached_property
from typing import Any

from django.http import QueryDict

from activities.admin.merging.countries import Countries, country_digests
from activities.admin.merging.differences import CHOICE, THEIRS, Comparing, Difference
from activities.admin.merging.fields import RecordFields, SingleRow, field_digests
from activities.admin.merging.rows import Parts, Rows, has_versions, row_digests
from activities.admin.merging.seen import Seen


class Merge:
    """The differences of two versions, and what comes of the choice.

    ``form`` and ``formsets`` are bound to what was sent, ``current`` and ``current_sets`` hold the record, unbound.
    """

    def __init__(self, form: Any, formsets: list[Any], current: Any, current_sets: list[Any]):
        self.current = current
        self.data: QueryDict = form.data
        now = {formset.prefix: formset for formset in current_sets}
        self.pieces: list[Any] = [
            RecordFields(form, current),
            *(_piece(formset, now[formset.prefix]) for formset in formsets),
            *([Countries(form, current)] if "countries" in form.fields else []),
        ]

    @cached_property
    def differences(self) -> list[Difference]:
        """Every difference, in the order of the form."""
        comparing = Comparing(self.data)
        return [found for piece in self.pieces for found in piece.differences(comparing)]

    @property
    def merged(self) -> QueryDict:
        """What was sent, with the record's own values wherever those were chosen."""
        data = self.data.copy()
        theirs = {found.key for found in self.differences if found.marked == THEIRS}
        for piece in self.pieces:
            piece.put(data, theirs)
        data["version"] = str(self.current.instance.version)
        for key in [key for key in data if key.startswith(CHOICE)]:
            del data[key]
        return data


def _piece(sent: Any, current: Any) -> Any:
    if sent.max_num == 1 and sent.forms:
        return SingleRow(sent, current)
    return Parts(sent, current) if has_versions(sent) else Rows(sent, current)


def digests_of(form: Any, formsets: list[Any]) -> str:
    """Return the digests of all that an unbound form shows, as the form carries them."""
    found = field_digests(form)
    for formset in formsets:
        is_single = formset.max_num == 1 and formset.forms
        found |= field_digests(formset.forms[0], formset.prefix) if is_single else row_digests(formset)
    if "countries" in form.fields:
        found |= country_digests(form)
    return Seen(found).written()
