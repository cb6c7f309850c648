"""The weekly message tells nothing that its reader may not see: every text that is not public is a word of its own."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from activities.models import Activity, ActivityStatus, PublicationState, Role
from activities.tests.factories import add_partner, count_participants, make_activity, make_project
from focalpoints.tests.readers import WEEK, make_reader, send_next_week
from oicvet.tests.test_leaks import HIDDEN, TEXTS, Canaries
from partners.models import OICGroup
from partners.tests.factories import make_country, make_focal_point, make_institution
from roadmap.tests.factories import make_area

pytestmark = pytest.mark.django_db


@pytest.fixture
def canaries():
    return Canaries()


@pytest.fixture
def readers(canaries):
    """Two who follow all there is, in either language; then everything becomes news, and most of it is not public."""
    area, country = make_area(), make_country("TUR", oic_group=OICGroup.ASIA)
    partner = make_institution(**canaries.texts("former_names"))
    made = [make_reader(area, country, partner, language=language) for language in ("ar", "en")]
    day = timezone.localdate(timezone.now() + WEEK) + timedelta(days=3)
    facts = {"area": area, "roadmap": area.roadmap, "venue_country": country}
    coming = {"status": ActivityStatus.PLANNED, "start_date": day, "end_date": day, "registration_until": day}
    for state in HIDDEN:
        hidden = make_activity(state=state, **facts, **coming, **canaries.texts(*TEXTS, "note"))
        add_partner(hidden, partner, **canaries.texts("name_then_ar", "name_then_en", "post_ar", "post_en"))
        count_participants(hidden, None, **canaries.texts("source"))
    project = make_project(state=PublicationState.DRAFT, **canaries.texts(*TEXTS, "note"))
    add_partner(project, partner, role=Role.FUNDER)
    shown = make_activity(parent=project, **facts, **canaries.texts("note"))
    count_participants(shown, 7, **canaries.texts("source"))
    make_focal_point(country=country, **canaries.texts("name_ar", "name_en", "post_ar", "post_en"))
    return made


def told(canaries):
    """Send what is due; return how many activities each message tells of, and the words that nobody may read."""
    mail.outbox.clear()
    send_next_week()
    numbers = [message.body.count("\n* ") for message in mail.outbox]
    return numbers, [canaries.found_in(message.message().as_bytes()) for message in mail.outbox]


def test_a_message_tells_what_is_public_alone(readers, canaries):
    assert told(canaries) == ([1, 1], [[], []])


def test_the_page_that_shows_the_next_message_tells_no_more(client, readers, canaries):
    client.force_login(readers[0])
    for language in ("ar", "en"):
        assert canaries.found_in(client.get(f"/{language}/following/").content) == []


def test_what_is_withdrawn_after_publication_is_not_told(readers, canaries):
    for activity in Activity.objects.filter(kind__is_project=False):
        activity.state = PublicationState.PUBLISHED
        activity.save()
        activity.state = PublicationState.WITHDRAWN
        activity.save()
    assert told(canaries) == ([], [])


def test_every_canary_would_be_found(readers, canaries):
    for activity in Activity.objects.exclude(state=PublicationState.PUBLISHED):
        activity.state = PublicationState.PUBLISHED
        activity.save()
    numbers, found = told(canaries)
    assert numbers == [4, 4]
    assert all(found)
