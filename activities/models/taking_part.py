"""What somebody is told who may want to take part: the languages of work, for whom and until when one can register."""

from collections.abc import Container, Iterable
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from activities.models.states import ActivityStatus
from bilingual.fields import CodesField
from bilingual.forms import CodesChoiceField
from bilingual.languages import active_language, language_name
from partners.models import Country

# The languages of the OIC first; then those in which its member countries teach and govern, by their English names.
LANGUAGES_OF_WORK = (
    *("ar", "en", "fr"),
    *("sq", "az", "bn", "id", "kk", "ky", "ms", "fa", "pt", "ru", "so", "tg", "tr", "tk", "ur", "uz"),
)
_PLACES = {code: place for place, code in enumerate(LANGUAGES_OF_WORK)}


class WorkingLanguagesField(CodesField):
    """Languages by their codes (ISO 639-1), those of the OIC first."""

    pattern = "|".join(LANGUAGES_OF_WORK)

    def place(self, code: str) -> object:
        return _PLACES.get(code, len(_PLACES)), code

    def names_of(self, codes: Iterable[str]) -> dict[str, str]:
        """Return the names of languages, as Unicode's CLDR has them in the active language."""
        return {code: language_name(code, active_language()) for code in codes}

    def formfield(self, **kwargs: Any) -> Any:
        """Return a check box for each language."""
        kwargs.pop("widget", None)  # the admin's, for texts
        # Past the text box that the framework would make of a column of characters.
        return super(models.CharField, self).formfield(
            form_class=CodesChoiceField, choices=lambda: list(self.names_of(LANGUAGES_OF_WORK).items()), **kwargs
        )


def takes_registrations(status: str | None, until: date | None, day: date) -> bool:
    """Whether one can still register on ``day`` for what is to be until a day of its own."""
    return status == ActivityStatus.PLANNED and until is not None and until >= day


class TakingPart:
    """The rules of an activity about those facts.

    ``known_countries`` are the codes of all countries, where somebody who checks many records has read them.
    """

    known_countries: Container[str] | None = None

    def is_open_for_registration(self: Any, day: date) -> bool:
        """Whether one can still register on ``day``; `ActivityQuerySet.open_for_registration` asks the database."""
        return takes_registrations(self.status, self.registration_until, day)

    def is_open_to(self: Any, country: Country) -> bool:
        """Whether people of ``country`` may join; `ActivityQuerySet.open_to` asks the database."""
        codes = self.open_to.split()
        return country.code in codes if codes else bool(country.oic_group)

    @property
    def languages(self: Any) -> list[str]:
        """The names of the languages of work, in the active language."""
        codes = self.working_languages.split()
        return list(self._meta.get_field("working_languages").names_of(codes).values())

    def check_taking_part(self: Any, errors: dict[str, Any]) -> None:
        """Put into ``errors``, by field, what cannot be."""
        if self.registration_until and self.kind_id and self.is_project:
            errors["registration_until"] = _("A project has no registration of its own: its sub-activities have it.")
        if unknown := self._unknown_countries():
            errors["open_to"] = _("“%(said)s” is not the code of a country.") % {"said": unknown[0]}

    def _unknown_countries(self: Any) -> list[str]:
        codes = (self.open_to or "").split()
        known = self.known_countries
        if codes and known is None:
            known = set(Country.objects.filter(code__in=codes).values_list("code", flat=True))
        return [code for code in codes if code not in known]
