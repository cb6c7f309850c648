"""Pages of the catalogue that show what reports know too: they live here, the highest app they show."""

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag
from django.views import View

from activities.views import ActivityView
from partners.models import Country
from reports.briefs import BusyError, brief
from reports.models import Edition
from reports.rendering import RenderingError

logger = logging.getLogger(__name__)

SOON = 10  # seconds after which to ask again for a brief
KEPT = "public, max-age=600"


class ActivityPage(ActivityView):
    """An activity with the editions that tell it: what has been issued is public for good."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        editions = Edition.objects.listed().prefetch_related(None).filter(citations__activity=context["activity"])
        return {**context, "editions": editions.order_by("-issued_at", "-pk")}


class CountryBriefView(View):
    """The one-page brief of a country as PDF, the same under both languages, for it holds both."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        country = get_object_or_404(Country.objects.prefetch_related("memberships"), code=code)
        try:
            path = brief(country, timezone.localdate())
            content = path.read_bytes()
        except (BusyError, FileNotFoundError):  # printed for somebody else, or replaced by a newer one this moment
            return _later(request, country)
        except RenderingError:
            logger.exception("The brief of %s was not printed", code)
            return _later(request, country)
        etag = quote_etag(path.stem)
        response = get_conditional_response(request, etag=etag) or _sent(content, f"OIC-VET-{code}.pdf")
        response["ETag"] = etag
        response["Cache-Control"] = KEPT
        return response


def _sent(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": content_disposition_header(as_attachment=False, filename=name)}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _later(request: HttpRequest, country: Country) -> HttpResponse:
    """Ask the reader to come back in a moment, in words and in the header that programs read."""
    context = {"country": country, "seconds": SOON, "section": "countries"}
    response = render(request, "briefs/later.html", context, status=503)
    response["Retry-After"] = str(SOON)
    response["Cache-Control"] = "no-store"
    return response
