"""What readers ask for: to follow something, to be told in a language."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404

from activities.views.institution import shown_institutions
from partners.models import Country, Institution
from roadmap.models import CooperationArea


class FollowForm(forms.Form):
    """What to follow, as addresses name it: an area like ``2020-2025.1``, a country or a partner by its code."""

    area = forms.RegexField(r"^[-a-zA-Z0-9_]{1,50}\.[1-9][0-9]{0,3}\Z", required=False, strip=False)
    country = forms.RegexField(r"^[A-Z]{3}\Z", required=False, strip=False)
    partner = forms.RegexField(r"^[-a-zA-Z0-9_]{1,80}\Z", required=False, strip=False)

    def followed(self) -> dict[str, Any]:
        """Return the one thing that is named, under the name that a `Follow` has for it.

        Raises ``Http404`` where none or several are named, and for what no public page is about.
        """
        named = {name: value for name, value in self.cleaned_data.items() if value} if self.is_valid() else {}
        if len(named) != 1:
            raise Http404
        [(name, code)] = named.items()
        found: Any = {"area": _area, "country": _country, "partner": _partner}[name](code)
        if found is None:
            raise Http404
        return {"institution" if name == "partner" else name: found}


class LanguageForm(forms.Form):
    """The language of the digest."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)


class StopForm(forms.Form):
    """Which of one's own follows to end."""

    follow = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class LinkForm(forms.Form):
    """What is signed in a link that stops a digest."""

    token = forms.RegexField(r"^[-a-zA-Z0-9_:]{1,200}\Z", strip=False)


def _area(code: str) -> CooperationArea | None:
    roadmap, _dot, number = code.rpartition(".")
    areas = CooperationArea.objects.select_related("roadmap")
    return areas.filter(roadmap__code=roadmap, number=int(number)).first()


def _country(code: str) -> Country | None:
    return Country.objects.filter(code=code).first()


def _partner(code: str) -> Institution | None:
    return shown_institutions().select_related("seat").filter(code=code).first()
