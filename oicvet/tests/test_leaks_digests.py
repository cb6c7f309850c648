"""The weekly message tells nothing that its reader may not see: every text that is not public is a word of its own."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from activities.models import Activity, ActivityStatus, Participation, Partnership, PublicationState, Role
from activities.tests.factories import add_partner, count_participants, make_activity, make_project
from focalpoints.tests.readers import WEEK, make_reader, send_next_week
from oicvet.tests.canaries import Canaries, content_of, content_of_letter, found_in
from oicvet.tests.world import HIDDEN
from partners.models import NationalFocalPoint, OICGroup
from partners.tests.factories import make_country, make_focal_point, make_institution
from roadmap.tests.factories import make_area

pytestmark = pytest.mark.django_db


@pytest.fixture
def readers():
    """Two who follow all there is, in either language; then everything becomes news, and most of it is not public."""
    canaries = Canaries()
    area, country = make_area(), make_country("TUR", oic_group=OICGroup.ASIA)
    partner = make_institution(former_names=canaries.word("draft"))
    made = [make_reader(area, country, partner, language=language) for language in ("ar", "en")]
    day = timezone.localdate(timezone.now() + WEEK) + timedelta(days=3)
    facts = {"area": area, "roadmap": area.roadmap, "venue_country": country}
    coming = {"status": ActivityStatus.PLANNED, "start_date": day, "end_date": day, "registration_until": day}
    described = ("described_as_ar", "described_as_en")
    for state in HIDDEN:
        hidden = make_activity(state=state, **facts, **coming, **canaries.every_text("draft", Activity))
        add_partner(hidden, partner, **canaries.every_text("draft", Partnership, *described))
        count_participants(hidden, None, **canaries.every_text("draft", Participation))
    project = make_project(state=PublicationState.DRAFT, **canaries.every_text("draft", Activity))
    add_partner(project, partner, role=Role.FUNDER)
    shown = make_activity(parent=project, **facts, note=canaries.word("note"))
    count_participants(shown, 7, **canaries.every_text("note", Participation))
    make_focal_point(country=country, **canaries.every_text("person", NationalFocalPoint))
    return made


def told():
    """Send what is due; return how many activities each message tells of, and the words that nobody may read."""
    mail.outbox.clear()
    send_next_week()
    numbers = [message.body.count("\n* ") for message in mail.outbox]
    return numbers, [sorted(found_in(content_of_letter(message))) for message in mail.outbox]


def test_a_message_tells_what_is_public_alone(readers):
    assert told() == ([1, 1], [[], []])


def test_the_page_that_shows_the_next_message_tells_no_more(client, readers):
    client.force_login(readers[0])
    for language in ("ar", "en"):
        assert found_in(content_of(client.get(f"/{language}/following/"))) == set()


def test_what_is_withdrawn_after_publication_is_not_told(readers):
    for activity in Activity.objects.filter(kind__is_project=False):
        activity.state = PublicationState.PUBLISHED
        activity.save()
        activity.state = PublicationState.WITHDRAWN
        activity.save()
    assert told() == ([], [])


def test_every_canary_would_be_found(readers):
    for activity in Activity.objects.exclude(state=PublicationState.PUBLISHED):
        activity.state = PublicationState.PUBLISHED
        activity.save()
    numbers, found = told()
    assert numbers == [4, 4]
    assert all(found)
