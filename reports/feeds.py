"""The editions as a feed, for whoever wants to hear of new ones."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bilingual.languages import active_language
from reports.models import Edition, EditionFile

NEWEST = 50


@require_safe
def editions(request: HttpRequest) -> HttpResponse:
    """Return the newest editions as an Atom feed in the language of the address, each with its PDF in it."""
    language = active_language()
    address = request.build_absolute_uri
    feed = Atom1Feed(
        title=_("Progress reports of the OIC-VET programme"),
        link=address(reverse("reports")),
        feed_url=address(reverse("editions_feed")),
        description=_("Issued editions of the reports to COMCEC"),
        author_name="SESRIC",
        language=language,
    )
    for edition in Edition.objects.listed()[:NEWEST]:
        feed.add_item(
            title=_("%(report)s, edition %(number)d") % {"report": edition.report, "number": edition.number},
            link=address(reverse("edition", args=[edition.code])),
            description=_description(edition),
            pubdate=edition.issued_at,
            updateddate=edition.issued_at,
            unique_id=f"{settings.PORTAL_URL}/v/{edition.code}/",  # the same whatever address the feed was read at
            enclosures=[
                Enclosure(address(_address_of(edition, file)), str(file.size), "application/pdf")
                for file in edition.files.all()
                if (file.format, file.language) == ("pdf", language)
            ],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=Atom1Feed.content_type)


def _address_of(edition: Edition, file: EditionFile) -> str:
    return reverse("edition_file", args=[edition.code, file.name])


def _description(edition: Edition) -> str:
    if edition.corrects:
        return _("Corrects edition %(number)d.") % {"number": edition.corrects.number}
    return _("The first edition of this report.")
