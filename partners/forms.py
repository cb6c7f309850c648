"""Form fields that read countries as people write them."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from bilingual.languages import active_language
from partners.country_list import LONGEST_LIST, CountryList, CountryNames, Unread
from partners.models import Country

_BETWEEN = {"ar": "؛ ", "en": "; "}


class CountryListField(forms.CharField):
    """A list of countries, in names of either language or codes; gives their codes with a space between two.

    ``named`` has the names of countries by code, where somebody has read them already: it saves a query.
    """

    named: dict[str, str] | None = None

    def __init__(self, **kwargs: Any) -> None:
        # An example in both languages, whichever the form speaks.
        example = {"placeholder": "Türkiye; المغرب", "translate": "no"}
        box = forms.Textarea({"rows": 2, "dir": "auto", "class": "vLargeTextField", **example})
        super().__init__(**{"max_length": LONGEST_LIST, "widget": box, **kwargs})
        self._read: dict[str, CountryList] = {}

    def __deepcopy__(self, memo: Any) -> "CountryListField":
        copy: CountryListField = super().__deepcopy__(memo)
        copy._read = {}
        return copy

    def prepare_value(self, value: Any) -> Any:
        """Return codes as names; what somebody typed, as it was typed."""
        codes = value.split() if isinstance(value, str) else []
        if not codes or not all(len(code) == 3 and code.isascii() and code.isupper() for code in codes):
            return value
        return self.worded(value)

    def worded(self, value: str) -> str:
        """Return the names of the countries whose codes ``value`` has; for a code without a country, the code."""
        codes = value.split()
        if self.named is None:
            self.named = {country.code: str(country) for country in Country.objects.filter(code__in=codes)}
        return _BETWEEN[active_language()].join(self.named.get(code, code) for code in codes)

    def clean(self, value: Any) -> str:
        """Return the codes. Raises ``ValidationError`` with a sentence for each name that could not be read."""
        text = super().clean(value)
        if not text:
            return ""
        if text not in self._read:  # asked again where two versions of a record are compared
            self._read[text] = CountryNames(Country.objects.all()).read(text)
        if problems := list(_problems(self._read[text])):
            raise ValidationError([ValidationError(problem, code="invalid") for problem in problems])
        return " ".join(sorted(self._read[text].found))

    def has_changed(self, initial: Any, data: Any) -> bool:
        if self.disabled:
            return False
        try:
            return self.clean(data) != (initial or "")
        except ValidationError:
            return True


def _problems(read: CountryList) -> Iterator[str]:
    yield from (_unknown(each) for each in read.unread)
    if any(count is not None for count in read.found.values()):
        yield _("Name the countries alone, without numbers.")


def _unknown(unread: Unread) -> str:
    said = unread.written[:80]
    if unread.nearest and not unread.counts:
        near = _BETWEEN[active_language()].join(map(str, unread.nearest))
        return _("“%(said)s” is not known here. Did you mean %(near)s?") % {"said": said, "near": near}
    return _("“%(said)s” is no country known here. Write its name as in the list of countries, or its code.") % {
        "said": said
    }
