"""What is to be looked at in what an activity tells those who may want to take part: registration and links."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from activities.findings.places import found_in
from activities.models import Activity, PublicationState
from bilingual.findings import Finding, Severity
from bilingual.text import left_to_right
from bilingual.text_findings import Text, field_of, in_one_language

_FIELD = "registration_until"


def registration(activity: Activity, day: date) -> Iterator[Finding]:
    """Find that people can register once it has begun, or that nobody is told where to register."""
    until, start = activity.registration_until, activity.start_date
    if until is None:
        return
    if start is not None and until > start:
        message = _("%(code)s: registration is open until %(until)s, but the activity begins on %(start)s.")
        facts = {"until": until, "start": start}
        yield found_in("registration-after-start", Severity.WARNING, activity, _FIELD, message, **facts)
    is_seen = activity.state == PublicationState.PUBLISHED
    if is_seen and activity.is_open_for_registration(day) and not activity.links.all():
        message = _("%(code)s is open for registration until %(until)s, and no link says where to register.")
        yield found_in("registration-without-link", Severity.NOTE, activity, _FIELD, message, until=until)


def link_labels(activity: Activity, day: date) -> Iterator[Finding]:
    """Find labels of links that one of the languages lacks."""
    for text in link_texts(activity):
        yield from in_one_language(text, Severity.WARNING)


def link_texts(activity: Activity) -> Iterator[Text]:
    """Yield the label of each link; the key of a link tells it from the others."""
    for link in activity.links.all():
        yield field_of(f"{activity.code}:link-{link.pk}", left_to_right(activity.code), link, "label")
