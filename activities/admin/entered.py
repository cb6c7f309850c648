"""An activity as it stands in a form, with its rows, before anything of it is saved."""

from collections.abc import Iterable
from copy import copy
from typing import Any

from django.utils.translation import gettext

from activities.models import Activity, ActivityLink, CountryParticipation, Participation, Partnership
from partners.models import Country

NO_KEY = 0  # of a record that is not saved yet: no row of any table has it


def as_entered(activity: Activity, rows: Iterable[Any], counts: dict[str, int | None] | None) -> Activity:
    """Return a copy of ``activity`` whose partners, counts and countries are those of a form; it is never saved.

    ``rows`` are the formsets of its form, bound and looked at, ``counts`` its countries by code. Rows that are not
    valid are left out; counts that contradict each other are all told. The copy answers `findings_of` and a report's
    sentences as a saved record does.
    """
    entered = copy(activity)  # with a state of its own: what is put beside it here does not reach the record
    is_new = activity.pk is None
    if is_new:
        entered.pk = NO_KEY
        entered.code = activity.code or gettext("this activity")
    rows = list(rows)
    read_before = getattr(activity, "_prefetched_objects_cache", {})
    entered._prefetched_objects_cache = {  # type: ignore[attr-defined]  # where Django keeps what was read ahead
        "partnerships": _kept(rows, Partnership),
        "links": _kept(rows, ActivityLink),
        "country_participations": _countries(entered, counts or {}),
        **({"translation_states": [], "parts": []} if is_new else {}),
        **{name: found for name, found in read_before.items() if name == "translation_states"},
    }
    participations = _kept(rows, Participation)
    entered._state.fields_cache["participation"] = participations[0] if participations else None
    return entered


def _kept(rows: Iterable[Any], model: type[Any]) -> list[Any]:
    """The valid rows of one sort that are to stay; each knows the form that it is ``entered_in``."""
    return [
        _row(form, place)
        for formset in rows
        if formset.model is model
        for place, form in enumerate(formset.forms)
        if (form.is_valid() or model is Participation) and _stays(form)
    ]


def _stays(form: Any) -> bool:
    is_deleted = getattr(form, "cleaned_data", {}).get("DELETE")
    return (form.has_changed() or form.instance.pk is not None) and not is_deleted


def _row(form: Any, place: int) -> Any:
    row = copy(form.instance)
    row.entered_in = form
    if row.pk is None:
        row.pk = -1 - place  # findings tell rows apart by their keys
    return row


def _countries(activity: Activity, counts: dict[str, int | None]) -> list[CountryParticipation]:
    found = Country.objects.filter(code__in=counts).prefetch_related("memberships") if counts else ()
    return [CountryParticipation(activity=activity, country=row, count=counts[row.code]) for row in found]
