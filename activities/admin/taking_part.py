"""The part of an activity's form about taking part: languages, registration and the links that lead to more."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from activities.admin.choices import Choices
from activities.models import ActivityLink
from bilingual.admin import PortalStackedInline, pair

FACTS = ("working_languages", "open_to", "registration_until")
FIELDSET = (_("Taking part"), {"fields": FACTS})


class LinkInline(PortalStackedInline):
    """The links of an activity."""

    model = ActivityLink
    template = "admin/activities/activity/_rows.html"
    fieldsets = ((None, {"fields": (pair("label"), ("url", "order"))}),)


def name_countries(form: Any, choices: Choices) -> None:
    """Let the list of countries be shown by names that were read for the whole form."""
    if "open_to" in form.base_fields:
        form.base_fields["open_to"].named = {row.code: str(row) for row in choices.countries}
