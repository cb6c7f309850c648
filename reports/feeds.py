"""The editions as a feed, for whoever wants to hear of new ones."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Enclosure
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bilingual.addresses import page_addresses
from bilingual.feeds import NEWEST, Entry, feed
from bilingual.languages import active_language
from bilingual.unchanged import sent_when_changed
from reports.models import Edition


@require_safe
@sent_when_changed
def editions(request: HttpRequest) -> HttpResponse:
    """Return the newest editions as an Atom feed in the language of the address, each with its PDF in it."""
    language = active_language()
    return feed(
        language,
        _("Progress reports of the OIC-VET programme"),
        page=page_addresses("reports"),
        feed=page_addresses("editions_feed"),
        entries=[_entry(edition, language) for edition in Edition.objects.listed()[:NEWEST]],
    )


def _entry(edition: Edition, language: str) -> Entry:
    return Entry(
        identity=f"{settings.PORTAL_URL}/v/{edition.code}/",
        title=_("%(report)s, edition %(number)d") % {"report": edition.report, "number": edition.number},
        page=page_addresses("edition", edition.code),
        updated=edition.issued_at,
        summary=_description(edition),
        enclosures=[
            Enclosure(
                page_addresses("edition_file", edition.code, file.name).in_(language),
                str(file.size),
                "application/pdf",
            )
            for file in edition.files.all()
            if (file.format, file.language) == ("pdf", language)
        ],
    )


def _description(edition: Edition) -> str:
    if edition.corrects:
        return _("Corrects edition %(number)d.") % {"number": edition.corrects.number}
    return _("The first edition of this report.")
