"""Activities as a calendar in one language, written event by event."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Calendar, Event

from activities.models import Activity, ActivityStatus
from bilingual.addresses import page_addresses
from bilingual.languages import other_language
from bilingual.text import Bilingual

# An event is the same for ever, wherever the portal is reached: no setting is part of its name.
HOUSE = "oic-vet.sesric.org"
_END = b"END:VCALENDAR\r\n"
# What became of the activity, as calendars say it. One that is held took place: for a calendar it stands.
_STATUS: dict[str | None, str] = {ActivityStatus.POSTPONED: "TENTATIVE", ActivityStatus.CANCELLED: "CANCELLED"}


def calendar_of(activities: Iterable[Activity], language: str) -> Iterator[bytes]:
    """Yield the iCalendar file of ``activities``; what has no days yet is in no calendar."""
    yield _frame(language).removesuffix(_END)
    for activity in activities:
        if activity.start_date and activity.end_date:
            yield _event(activity, activity.start_date, activity.end_date, language).to_ical()
    yield _END


def _frame(language: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", f"-//SESRIC//OIC-VET//{language.upper()}")
    calendar.add("version", "2.0")
    with override(language):
        name = _("Activities of the OIC-VET programme")
    for key in ("name", "x-wr-calname"):
        calendar.add(key, name)
    return calendar.to_ical()


def _event(activity: Activity, first: date, last: date, language: str) -> Event:
    """Return an event of whole days: as calendars count, it ends on the day after its last one."""
    event = Event()
    event.add("uid", f"{activity.code}@{HOUSE}")
    event.add("dtstamp", activity.changed_at.astimezone(UTC))
    event.add("last-modified", activity.changed_at.astimezone(UTC))
    event.add("sequence", activity.version - 1)
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))
    event.add("status", _STATUS.get(activity.status, "CONFIRMED"))
    event.add("transp", "TRANSPARENT")  # nobody is busy because the programme is
    _say(event, "summary", activity.titles, language)
    _say(event, "location", _place(activity), language)
    moved = activity.status in _STATUS
    _say(event, "description", Bilingual.of(activity, "status_reason" if moved else "summary"), language)
    _say(event, "categories", Bilingual.of(activity.kind, "name"), language)
    event.add("url", page_addresses("activity", activity.code).in_(language))
    return event


def _say(event: Event, name: str, text: Bilingual, language: str) -> None:
    """Add a text in ``language``, or else in the other one; the property says which."""
    spoken = language if text.in_(language) else other_language(language)
    if said := text.in_(spoken):
        event.add(name, said, parameters={"LANGUAGE": spoken})


def _place(activity: Activity) -> Bilingual:
    venue, country = Bilingual.of(activity, "venue"), activity.venue_country
    if country is None:
        return venue
    arabic = "، ".join(filter(None, (venue.ar, country.name.ar)))
    return Bilingual(ar=arabic, en=", ".join(filter(None, (venue.en, country.name.en))))
