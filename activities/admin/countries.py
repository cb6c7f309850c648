"""The countries of an activity in its form: one grid of the member countries, and a list that can be pasted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.admin.choices import Choice
from activities.models import Activity, CountryParticipation, sum_countries
from bilingual.forms import IntegerField
from bilingual.history import write_versions
from bilingual.sorting import alphabetical
from partners.country_list import LARGEST_COUNT, LEFT_OUT, LONGEST_LIST, MOST_UNREAD, CountryList, CountryNames
from partners.models import Country, OICGroup

Counts = dict[str, int | None]


@dataclass(frozen=True)
class Typed:
    """What a form sends: the countries that are ticked, the numbers beside them, a list, and what names in it mean."""

    ticked: frozenset[str] = frozenset()
    numbers: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    meanings: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, counts: Counts) -> "Typed":
        """What a form sends in which nobody changes ``counts``."""
        return cls(frozenset(counts), {code: str(n) for code, n in counts.items() if n is not None})


class CountriesInput(forms.Widget):
    """The grid, the list, and below it what could not be read of the list, with the countries it may mean."""

    template_name = "admin/activities/activity/_countries.html"
    countries: list[Choice] = []
    reader: "CountryReader"

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Typed | None:
        """Return what was sent, ``None`` where the form did not have this input."""
        if self.value_omitted_from_data(data, files, name):
            return None
        start = f"{name}-"
        sent = {key.removeprefix(start): data.get(key) or "" for key in data if key.startswith(start)}
        codes = {row.code for row in self.countries}
        written = {key.removeprefix("written-"): text for key, text in sent.items() if key.startswith("written-")}
        return Typed(
            frozenset(code for code in codes if code in sent),
            {code: sent[f"{code}-count"].strip() for code in codes if sent.get(f"{code}-count", "").strip()},
            sent.get("list", ""),
            {text: sent[f"means-{place}"] for place, text in written.items() if sent.get(f"means-{place}")},
        )

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}-sent" not in data

    def sent(self, name: str, counts: Counts) -> dict[str, str]:
        """Return what a browser sends of this input when nobody touches it."""
        typed = Typed.of(counts)
        ticks = {f"{name}-{code}": "on" for code in typed.ticked}
        numbers = {f"{name}-{code}-count": number for code, number in typed.numbers.items()}
        return {f"{name}-sent": "1", f"{name}-list": "", **ticks, **numbers}

    def id_for_label(self, id_: str) -> str:
        return f"{id_}-list" if id_ else id_

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        typed = value if isinstance(value, Typed) else Typed.of(value or {})
        unread = self.reader.read(typed).unread if typed.text.strip() else ()
        context: dict[str, Any] = super().get_context(name, typed.text, attrs)
        context |= {
            "groups": _groups(
                self.countries, typed, name, is_disabled=bool(context["widget"]["attrs"].get("disabled"))
            ),
            "text": typed.text,
            "unread": unread[:MOST_UNREAD],
            "left_out": LEFT_OUT,
            "disabled": bool(context["widget"]["attrs"].get("disabled")),
        }
        return context

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        return render_to_string(self.template_name, self.get_context(name, value, attrs))


class CountryReader:
    """Reads pasted lists with the names of all countries, which it asks the database for when there is one to read."""

    def __init__(self) -> None:
        self._read: dict[tuple[str, tuple[tuple[str, str], ...]], CountryList] = {}

    def read(self, typed: Typed) -> CountryList:
        """Return what the list of ``typed`` says; the same list is read once."""
        text = typed.text[: LONGEST_LIST + 1]
        key = text, tuple(sorted(typed.meanings.items()))
        if key not in self._read:
            self._read[key] = CountryNames(Country.objects.all()).read(text, typed.meanings)
        return self._read[key]


class CountriesField(forms.Field):
    """The countries that took part, by code, each with its number of people or ``None`` where that is not known."""

    widget = CountriesInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.reader = self.widget.reader = CountryReader()
        self.present: Counts = {}
        self.read: Counts = {}  # what could be read of what was sent last, whatever else is wrong with it

    def __deepcopy__(self, memo: Any) -> "CountriesField":
        copy: CountriesField = super().__deepcopy__(memo)
        copy.reader = copy.widget.reader = CountryReader()
        return copy

    def clean(self, value: Any) -> Counts | None:
        """Return the countries of grid and list, or ``None`` where they were not sent: then they stay as they are.

        Raises ``ValidationError`` with a sentence for each thing that could not be read.
        """
        if not isinstance(value, Typed):
            return None
        self.problems: list[str] = []
        self.read = counts = self._of_grid(value)
        if value.text.strip():
            self._add_list(value, counts)
        if self.problems:
            raise ValidationError([ValidationError(problem, code="invalid") for problem in self.problems])
        return counts

    def has_changed(self, initial: Any, data: Any) -> bool:
        if not isinstance(data, Typed):
            return False
        try:
            return self.clean(data) != (initial or {})
        except ValidationError:
            return True

    def _of_grid(self, typed: Typed) -> Counts:
        counts: Counts = {}
        for country in self.widget.countries:
            number = self._number(country, typed.numbers.get(country.code, ""))
            if country.code in typed.ticked or (number is not None and self._is_meant(country, number)):
                counts[country.code] = number
        return counts

    def _number(self, country: Choice, text: str) -> int | None:
        try:
            found: int | None = IntegerField(required=False, min_value=1, max_value=LARGEST_COUNT).clean(text)
            return found
        except ValidationError as error:
            self.problems += [f"{country}: {message}" for message in error.messages]
            return None

    def _is_meant(self, country: Choice, number: int) -> bool:
        """Whether a number beside an empty tick says that the country took part.

        It does where the country is new. Where it took part before, the tick was taken off; a new number beside it
        then says the opposite, and nobody but the person at the form knows what holds.
        """
        if country.code not in self.present:
            return True
        if number != self.present[country.code]:
            problem = _("%(country)s is not ticked any more, but has a new number: tick it, or clear the number.")
            self.problems.append(problem % {"country": country})
        return False

    def _add_list(self, typed: Typed, counts: Counts) -> None:
        if len(typed.text) > LONGEST_LIST:
            self.problems.append(_("The list of countries is too long to be one: paste the names alone."))
            return
        read = self.reader.read(typed)
        names = {country.code: country for country in self.widget.countries}
        for code, number in read.found.items():
            before = counts.get(code)
            if number is not None and before is not None and number != before:
                problem = _("%(country)s: the list says %(listed)s and the grid %(number)s. Correct one of them.")
                self.problems.append(problem % {"country": names[code], "listed": number, "number": before})
            else:
                counts[code] = before if number is None else number
        if read.unread:
            self.problems.append(_not_read(len(read.unread)))


def _not_read(number: int) -> str:
    return ngettext(
        "One name of the list could not be read. Below the list, say which country it is, or leave it out.",
        "%(number)s names of the list could not be read. Below the list, say which countries they are, or leave "
        "them out.",
        number,
    ) % {"number": number}


def _groups(
    countries: list[Choice], typed: Typed, name: str, *, is_disabled: bool
) -> list[tuple[str, list[dict[str, str]]]]:
    """The member countries by OIC group, and other countries that are ticked; each by its name."""
    rows: dict[str, list[dict[str, str]]] = {}
    for country in sorted(countries, key=alphabetical):
        if country.group or country.code in typed.ticked or country.code in typed.numbers:
            rows.setdefault(country.group, []).append(_inputs(country, typed, name, is_disabled=is_disabled))
    titles = [*OICGroup.choices, ("", _("Other countries"))]
    return [(str(title), rows[group]) for group, title in titles if group in rows]


def _inputs(country: Choice, typed: Typed, name: str, *, is_disabled: bool) -> dict[str, str]:
    """The name of a country and the attributes of its two inputs: written short, as there are 57 of them."""
    tick = {"type": "checkbox", "name": f"{name}-{country.code}", "checked": country.code in typed.ticked}
    number = {
        "name": f"{name}-{country.code}-count",
        "value": typed.numbers.get(country.code, ""),
        "inputmode": "numeric",
        "dir": "ltr",
        "aria-label": _("%(country)s: participants") % {"country": country},
    }
    each = {"disabled": is_disabled}
    return {"name": str(country), "tick": flatatt(tick | each), "number": flatatt(number | each)}


def counts_of(activity: Activity) -> Counts:
    """Return the countries of an activity as the field gives and takes them."""
    return {row.country.code: row.count for row in activity.country_participations.all()}


def save_countries(activity: Activity, wanted: Counts, user: Any) -> bool:
    """Let ``activity`` have the countries ``wanted``; return whether that changed any."""
    present = {row.country.code: row for row in activity.country_participations.select_related("country")}
    before = {code: row.count for code, row in present.items()}
    for code, row in present.items():
        if code not in wanted:
            row.delete()
        elif row.count != wanted[code]:
            row.count = wanted[code]
            row.save()
    added = [code for code in wanted if code not in present]
    if added:
        countries = Country.objects.in_bulk(added, field_name="code")
        rows = [CountryParticipation(activity=activity, country=countries[c], count=wanted[c]) for c in added]
        write_versions(CountryParticipation.objects.bulk_create(rows), added=True, user=user)
        sum_countries([activity.pk])
    return before != wanted
