"""My country: the page of a country with what is its own and not public, for its focal point."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from activities.views import CountryView
from focalpoints import own
from focalpoints.views.access import PersonalPage, focal_point_of


class MyCountryView(PersonalPage, CountryView):
    """The country page of the focal point's country, which the account names and no address does."""

    template_name = "focalpoints/my_country.html"
    extra_context = {"section": "my_country"}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        today = timezone.localdate()
        country = focal_point_of(request, today).country
        context = self.get_context_data(
            code=country.code,
            to_confirm=own.to_confirm(country, today),
            awaited=own.awaited_from(country),
            in_preparation=own.in_preparation(country),
        )
        return self.render_to_response(context)
