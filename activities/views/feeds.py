"""What is new among the activities as Atom feeds: of all, of a cooperation area, of a country."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from activities.models import Activity
from activities.models.queries import ActivityQuerySet
from bilingual.addresses import page_addresses
from bilingual.dates import say_range
from bilingual.feeds import NEWEST, Entry, feed
from bilingual.languages import active_language, other_language
from bilingual.text import Bilingual
from bilingual.unchanged import sent_when_changed
from partners.models import Country
from roadmap.models import CooperationArea


@require_safe
@sent_when_changed
def activities(request: HttpRequest) -> HttpResponse:
    """Return the activities changed last, in the language of the address."""
    title = _("Activities of the OIC-VET programme")
    return _feed(Activity.objects.listed(), title, page_addresses("activities"), page_addresses("activities_feed"))


@require_safe
@sent_when_changed
def area(request: HttpRequest, roadmap: str, number: int) -> HttpResponse:
    """Return the activities of a cooperation area."""
    found = get_object_or_404(CooperationArea, roadmap__code=roadmap, number=number)
    title = _about(Bilingual.of(found, "title"))
    page, itself = (page_addresses(name, roadmap, number) for name in ("area", "area_feed"))
    return _feed(Activity.objects.listed().filter(area=found), title, page, itself)


@require_safe
@sent_when_changed
def country(request: HttpRequest, code: str) -> HttpResponse:
    """Return the activities with which a country had to do."""
    title = _about(get_object_or_404(Country, code=code).name)
    page, itself = (page_addresses(name, code) for name in ("country", "country_feed"))
    found = Activity.objects.listed().involving(Country.objects.filter(code=code))
    return _feed(found, title, page, itself)


def _feed(found: ActivityQuerySet, title: str, page: Bilingual, itself: Bilingual) -> HttpResponse:
    newest = found.select_related("kind").order_by("-changed_at", "-code")[:NEWEST]
    language = active_language()
    return feed(language, title, page=page, feed=itself, entries=[_entry(each, language) for each in newest])


def _about(name: Bilingual) -> str:
    # Translators: the title of a feed; the name is that of a country or a cooperation area.
    return _("OIC-VET activities: %(name)s") % {"name": _in(name, active_language())}


def _entry(activity: Activity, language: str) -> Entry:
    page = page_addresses("activity", activity.code)
    days = say_range(activity.start_date, activity.end_date, language) if activity.start_date else ""
    facts = [
        _in(Bilingual.of(activity.kind, "name"), language),
        days,
        activity.get_status_display(),
    ]
    told = [" · ".join(filter(None, facts)), Bilingual.of(activity, "summary").in_(language)]
    return Entry(
        identity=page.in_(language),
        title=_in(activity.titles, language),
        page=page,
        updated=activity.changed_at,
        summary="\n".join(filter(None, told)),
    )


def _in(text: Bilingual, language: str) -> str:
    return text.in_(language) or text.in_(other_language(language))
