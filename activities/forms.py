"""How the pages read their addresses: every value passes here before it meets the database.

What cannot be read is left out and named to the reader. A value that can be read and that nothing has, such as the
code of no country, is no error: it finds nothing.
"""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activities.selection import Sort
from bilingual.forms import IntegerField
from bilingual.search import MAX_QUERY_LENGTH, fold_digits

MOST_VALUES = 60  # of one filter: more than anybody ticks, and few enough for one query
LAST_PAGE = 100_000

# Controls, lone surrogates, and marks that reorder or hide: pasted along, and nothing anybody searches for.
_UNSEARCHABLE = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+"
)


class SearchField(forms.CharField):
    """Words to search for, without the characters that no reader sees."""

    def __init__(self, **kwargs):
        super().__init__(required=False, max_length=MAX_QUERY_LENGTH, **kwargs)
        self.validators = [
            each for each in self.validators if each.__class__.__name__ != "ProhibitNullCharactersValidator"
        ]

    def to_python(self, value):
        shown = _UNSEARCHABLE.sub(" ", value or "")
        return super().to_python(" ".join(unicodedata.normalize("NFC", shown).split()))


class ValuesField(forms.MultipleChoiceField):
    """Some values of one filter, each of a known shape, each once."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *, shape: str, example: str = "", **kwargs):
        super().__init__(required=False, **kwargs)
        self.shape = re.compile(shape)
        self.example = example  # how to write a value, told to programs
        self.most = MOST_VALUES

    def to_python(self, value):
        return list(dict.fromkeys(fold_digits(each) for each in super().to_python(value) if each))

    def validate(self, value):
        if len(value) > MOST_VALUES or not all(self.shape.fullmatch(each) for each in value):
            raise ValidationError(_("This filter could not be read."), code="unreadable")


class ValueField(forms.RegexField):
    """One value of a known shape."""

    def __init__(self, *, shape: str, **kwargs):
        super().__init__(rf"^(?:{shape})\Z", required=False, **kwargs)

    def to_python(self, value):
        return fold_digits(super().to_python(value))


_SLUG = r"[a-zA-Z0-9_-]{1,80}"
_AREA = r"none|[a-zA-Z0-9_-]{1,40}\.[1-9][0-9]{0,3}"
_YEAR = r"none|(?:19|20|21)[0-9]{2}"
_PERIOD = r"[1-9][0-9]{0,2}"


class SearchForm(forms.Form):
    """A page with a search box."""

    q = SearchField(label=_("Search"))


class PageForm(forms.Form):
    """A list in pages."""

    page = IntegerField(label=_("Page"), required=False, min_value=1, max_value=LAST_PAGE)


class FilterForm(SearchForm):
    """The words and values by which activities are found; the names are those of `activities.filters`."""

    area = ValuesField(label=_("Cooperation area"), shape=_AREA, example="2020-2025.2")
    year = ValuesField(label=_("Year"), shape=_YEAR, example="2024")
    when = ValuesField(label=_("When"), shape=r"coming|past", example="coming")
    kind = ValuesField(label=_("Kind"), shape=_SLUG, example="training-course")
    mode = ValuesField(label=_("Mode"), shape=_SLUG, example="online")
    status = ValuesField(label=_("Status"), shape=_SLUG, example="held")
    country = ValuesField(label=_("Country"), shape=r"[A-Z]{3}", example="TUR")
    figures = ValuesField(label=_("Number of participants"), shape=r"[a-z_]{1,20}", example="reported")
    lists = ValuesField(label=_("Countries that took part"), shape=r"listed|unlisted", example="listed")
    counted = ValuesField(label=_("Figures of the programme"), shape=r"yes|no", example="yes")
    language = ValuesField(label=_("Language of work"), shape=r"[a-z]{2}", example="ar")
    partner = ValuesField(label=_("Partner"), shape=_SLUG, example="sesric")
    period = ValuesField(label=_("Reporting period"), shape=_PERIOD, example="40")


class CatalogueForm(FilterForm, PageForm):
    """Everything the catalogue can be asked for: what is found, and how much of it is shown in which order."""

    sort = forms.ChoiceField(label=_("Order"), required=False, choices=Sort)
    whole = ValuesField(label=_("Filters"), shape=_SLUG, example="country")


class PartForm(PageForm):
    """Which activities of countries or an institution: those in which they had a part, of a year, of an area, …"""

    part = ValueField(label=_("Part"), shape=_SLUG)
    companion = ValueField(label=_("Partner"), shape=_SLUG)
    year = ValueField(label=_("Year"), shape=_YEAR)
    area = ValueField(label=_("Cooperation area"), shape=_AREA)
    period = ValueField(label=_("Reporting period"), shape=_PERIOD)
