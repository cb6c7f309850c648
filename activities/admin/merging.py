"""Two people saved the same activity: what each of them made of it, field by field, and what comes of their choice.

The form carries the version in which the record was read, and a digest of every value as it was then. So for each
difference it is known who made it: what only one of the two changed is proposed, what both changed has to be chosen.
A row inside the record is chosen as a whole, the counts field by field, the countries one by one.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from activities.admin.countries import Counts, Typed
from bilingual.dates import say_date
from bilingual.languages import active_language, direction_of
from bilingual.text import normalise

MINE, THEIRS = "mine", "theirs"
CHOICE = "choice-"
MOST_ROWS = 1_000
_CARRIED = ("version", "seen", "publish_reason", "countries")


@dataclass(frozen=True)
class Difference:
    """Something in which what a person sent differs from what the record holds now.

    ``proposed`` is whose version stands unless somebody chooses: that of the only one who changed it, or ``""``.
    """

    key: str
    label: str
    mine: str
    theirs: str
    proposed: str
    chosen: str = ""
    language: str = ""

    @property
    def name(self) -> str:
        """The name of the input with which one chooses."""
        return f"{CHOICE}{self.key}"

    @property
    def marked(self) -> str:
        """Whose version is ticked in the form."""
        return self.chosen or self.proposed

    @property
    def direction(self) -> str:
        """How both texts are written."""
        return direction_of(self.language) if self.language else "auto"


class Merge:
    """A form that was sent, beside the record as it is now.

    ``form`` and ``formsets`` are bound to what was sent, ``current`` and ``current_sets`` hold the record, unbound.
    """

    def __init__(self, form: Any, formsets: list[Any], current: Any, current_sets: list[Any]):
        self.form = form
        self.formsets = formsets
        self.current = current
        self.current_sets = {formset.prefix: formset for formset in current_sets}
        self.data: QueryDict = form.data
        self.seen = _read_digests(self.data.get("seen", ""))

    @property
    def differences(self) -> list[Difference]:
        """Every difference, in the order of the form."""
        found = list(self._of_fields(self.form, self.current, ""))
        for formset in self.formsets:
            now = self.current_sets[formset.prefix]
            found += (
                self._of_fields(formset.forms[0], now.forms[0], formset.prefix)
                if _is_single(formset)
                else (self._of_rows(formset, now))
            )
        return [*found, *self._of_countries()]

    @property
    def merged(self) -> QueryDict:
        """What was sent, with the record's own values wherever those were chosen."""
        data = self.data.copy()
        chosen = {found.key: found.marked for found in self.differences}
        theirs = {key for key, choice in chosen.items() if choice == THEIRS}
        self._put_fields(data, self.current, "", theirs)
        for formset in self.formsets:
            now = self.current_sets[formset.prefix]
            if _is_single(formset):
                self._put_single(data, formset, now, theirs)
            else:
                _put_rows(data, formset.prefix, self._rows(formset, now, theirs))
        self._put_countries(data, theirs)
        data["version"] = str(self.current.instance.version)
        for key in [key for key in data if key.startswith(CHOICE)]:
            del data[key]
        return data

    # The record's own fields, and the counts

    def _of_fields(self, form: Any, current: Any, prefix: str) -> Iterator[Difference]:
        for name in _fields(form):
            key = f"{prefix}.{name}" if prefix else name
            theirs, mine = _value(current, name), _sent(form, name)
            if mine != theirs:
                shown = _shown(form, name), _shown_now(current, name)
                yield self._difference(key, str(form[name].label), mine, theirs, *shown, _language(name))

    def _difference(
        self, key: str, label: str, mine: str, theirs: str, shown: str, shown_now: str, language: str = ""
    ) -> Difference:
        before = self.seen.get(key)
        is_mine, is_theirs = _digest(mine) != before, _digest(theirs) != before
        proposed = "" if before is None or is_mine == is_theirs else MINE if is_mine else THEIRS
        chosen = self.data.get(f"{CHOICE}{key}", "")
        chosen = chosen if chosen in (MINE, THEIRS) else ""
        return Difference(key, capfirst(label), shown, shown_now, proposed, chosen, language)

    def _put_fields(self, data: QueryDict, current: Any, prefix: str, theirs: set[str]) -> None:
        for name in _fields(current):
            if (f"{prefix}.{name}" if prefix else name) in theirs:
                _put(data, current.add_prefix(name), _value(current, name), current.fields[name])

    def _put_single(self, data: QueryDict, formset: Any, now: Any, theirs: set[str]) -> None:
        self._put_fields(data, now.forms[0], formset.prefix, theirs)
        if now.forms[0].instance.pk:
            data[f"{formset.prefix}-INITIAL_FORMS"] = "1"
            data[now.forms[0].add_prefix(now.forms[0]._meta.model._meta.pk.name)] = str(now.forms[0].instance.pk)

    # Rows

    def _of_rows(self, formset: Any, now: Any) -> Iterator[Difference]:
        current = {str(form.instance.pk): form for form in now.initial_forms}
        for place, (pk, row) in enumerate(_rows_sent(self.data, formset.prefix)):
            key, there = f"{formset.prefix}.{pk}", current.get(pk)
            if not pk or not (there or formset.can_delete):  # new, or moved to where this form cannot follow
                continue
            form = formset.forms[place] if place < len(formset.forms) else None
            mine = "" if row.get("DELETE") or form is None else _row_sent(form)
            theirs = _row(there) if there else ""
            if mine != theirs:
                shown = _row_shown(form, _shown) if mine else _("taken out")
                shown_now = _row_shown(there, _shown_now) if there else _("taken out")
                label = str(formset.model._meta.verbose_name)
                yield self._difference(key, label, mine, theirs, shown, shown_now)

    def _rows(self, formset: Any, now: Any, theirs: set[str]) -> list[tuple[str, dict[str, str]]]:
        """The rows as they are to be sent: those the record has first, then those that are new to it."""
        current = {str(form.instance.pk): form for form in now.initial_forms}
        kept, added = [], []
        for pk, row in _rows_sent(self.data, formset.prefix):
            is_theirs = f"{formset.prefix}.{pk}" in theirs
            if pk in current:
                kept.append((pk, _as_sent(current[pk]) if is_theirs else row | _seen_now(current[pk])))
            elif not pk or (formset.can_delete and not is_theirs and not row.get("DELETE")):
                added.append(("", row))
        return [*kept, *added]

    # Countries

    def _of_countries(self) -> Iterator[Difference]:
        if "countries" not in self.form.fields or self.form["countries"].data is None:
            return
        sent, now = self._countries
        names = {row.code: str(row) for row in self.form.fields["countries"].widget.countries}
        for code in sorted(sent.keys() | now.keys(), key=lambda code: names.get(code, code)):
            mine, theirs = _counted(sent, code), _counted(now, code)
            if mine != theirs:
                shown = _country_shown(sent, code), _country_shown(now, code)
                label = f"{self.form['countries'].label} · {names.get(code, code)}"
                yield self._difference(f"countries.{code}", label, mine, theirs, *shown)

    @property
    def _countries(self) -> tuple[Counts, Counts]:
        """The countries that were sent, as far as they could be read, and those the record has."""
        field = self.form.fields["countries"]
        field.present = {}  # of two grids, only what each says
        typed = self.form["countries"].data
        field.problems = []
        counts = field._of_grid(typed) if isinstance(typed, Typed) else {}
        return counts, self.current.counts_before

    def _put_countries(self, data: QueryDict, theirs: set[str]) -> None:
        if "countries" not in self.form.fields:
            return
        for code in (key.removeprefix("countries.") for key in theirs if key.startswith("countries.")):
            for name in (f"countries-{code}", f"countries-{code}-count"):
                data.pop(name, None)
            now = self.current.counts_before
            if code in now:
                data[f"countries-{code}"] = "on"
                data[f"countries-{code}-count"] = "" if now[code] is None else str(now[code])


def digests_of(form: Any, formsets: list[Any]) -> str:
    """Return the digests of all that an unbound form shows, as the form carries them."""
    found = {name: _digest(_value(form, name)) for name in _fields(form)}
    for formset in formsets:
        if _is_single(formset):
            first = formset.forms[0]
            found |= {f"{formset.prefix}.{name}": _digest(_value(first, name)) for name in _fields(first)}
        else:
            rows = {f"{formset.prefix}.{each.instance.pk}": _digest(_row(each)) for each in formset.initial_forms}
            found |= rows
    for row in form.fields["countries"].widget.countries if "countries" in form.fields else ():
        if row.code in form.counts_before:
            found[f"countries.{row.code}"] = _digest(_counted(form.counts_before, row.code))
    return json.dumps(found, separators=(",", ":"))


def _read_digests(text: str) -> dict[str, str]:
    try:
        found = json.loads(text[:20_000])
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    known = {key: value for key, value in found.items() if isinstance(value, str)}
    # A country that is not named was not there.
    return _Seen(known)


class _Seen(dict[str, str]):
    """The digests a form carried; a country that it does not name took no part then."""

    def get(self, key: str, default: Any = None) -> Any:
        if key.startswith("countries.") and self:
            return super().get(key, _digest(""))
        return super().get(key, default)


def plain(value: Any) -> str:
    """Return a value of a form as text, the same whether it was typed or read from the database."""
    if value is None or value is False:
        return ""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, str):
        return normalise(value)
    return "on" if value is True else str(value)


def _is_single(formset: Any) -> bool:
    return formset.max_num == 1 and bool(formset.forms)


def _fields(form: Any) -> list[str]:
    return [name for name, field in form.fields.items() if name not in _CARRIED and not field.widget.is_hidden]


def _value(form: Any, name: str) -> str:
    return plain(form.get_initial_for_field(form.fields[name], name))


def _sent(form: Any, name: str) -> str:
    field = form.fields[name]
    try:
        return plain(field.clean(form[name].data))
    except ValidationError:
        return f"? {form[name].data}"[:2_000]  # whatever it is, it was typed on purpose


def _shown(form: Any, name: str) -> str:
    field = form.fields[name]
    try:
        return _worded(field, field.clean(form[name].data))
    except ValidationError:
        return str(form[name].data or "")[:2_000]


def _shown_now(form: Any, name: str) -> str:
    field = form.fields[name]
    value = form.get_initial_for_field(field, name)
    if isinstance(field, forms.ModelChoiceField) and value:
        value = getattr(form.instance, name, value)
    return _worded(field, value)


def _worded(field: Any, value: Any) -> str:
    if hasattr(field, "worded"):
        return str(field.worded(value or ""))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, date):
        return say_date(value, active_language())
    choices = {} if isinstance(field, forms.ModelChoiceField) else dict(getattr(field, "choices", ()))
    return str(choices.get(value, "" if value is None else value))


def _row(form: Any) -> str:
    return json.dumps([_value(form, name) for name in _fields(form) if name != "DELETE"])


def _row_sent(form: Any) -> str:
    return json.dumps([_sent(form, name) for name in _fields(form) if name != "DELETE"])


def _row_shown(form: Any, shown: Any) -> str:
    said = ((capfirst(str(form[name].label)), shown(form, name)) for name in _fields(form) if name != "DELETE")
    return "\n".join(f"{label}: {words}" for label, words in said if words)


def _as_sent(form: Any) -> dict[str, str]:
    return {name: value for name in _fields(form) if name != "DELETE" and (value := _value(form, name))}


def _seen_now(form: Any) -> dict[str, str]:
    """What a row carries of its version: whoever chooses has seen it as it is."""
    return {"version": str(form.instance.version)} if "version" in form.fields else {}


def _rows_sent(data: QueryDict, prefix: str) -> list[tuple[str, dict[str, str]]]:
    """The rows that were sent, each with its key or ``""``."""
    try:
        total = min(int(data.get(f"{prefix}-TOTAL_FORMS", "0")), MOST_ROWS)
    except ValueError:
        return []
    rows: list[dict[str, str]] = [{} for _place in range(total)]
    for key in data:
        place, _dash, name = key.removeprefix(f"{prefix}-").partition("-")
        if key.startswith(f"{prefix}-") and name and place.isascii() and place.isdigit() and int(place[:6]) < total:
            rows[int(place[:6])][name] = str(data[key])
    return [(row.get("id", ""), {name: value for name, value in row.items() if name != "id"}) for row in rows]


def _put_rows(data: QueryDict, prefix: str, rows: list[tuple[str, dict[str, str]]]) -> None:
    for key in [key for key in data if key.startswith(f"{prefix}-") and not key.endswith("_FORMS")]:
        if "__prefix__" not in key:
            del data[key]
    data[f"{prefix}-TOTAL_FORMS"] = str(len(rows))
    data[f"{prefix}-INITIAL_FORMS"] = str(sum(bool(pk) for pk, _row in rows))
    for place, (pk, row) in enumerate(rows):
        data[f"{prefix}-{place}-id"] = pk
        for name, value in row.items():
            data[f"{prefix}-{place}-{name}"] = value


def _put(data: QueryDict, name: str, value: str, field: Any) -> None:
    if isinstance(field, forms.BooleanField) and not value:
        data.pop(name, None)
    else:
        data[name] = value


def _counted(counts: Counts, code: str) -> str:
    return plain(counts[code]) or "?" if code in counts else ""


def _country_shown(counts: Counts, code: str) -> str:
    if code not in counts:
        return _("did not take part")
    return _("took part, number unknown") if counts[code] is None else str(counts[code])


def _language(name: str) -> str:
    return name[-2:] if name.endswith(("_ar", "_en")) else ""


def _digest(value: str) -> str:
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:6]
