"""What can be taken away tells nothing that its reader may not see.

Every text of a record that is not published, and every text that never is, is a word of its own. Each answer is
searched for all of them: feeds, files (workbooks unzipped), the interface for programs, the sitemap, pages.
"""

import io
import re
import zipfile

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from activities.models import Activity, PublicationState, Role
from activities.tests.factories import add_country, add_partner, count_participants, make_activity, make_project
from bilingual.fields import NameField, ProseField
from oicvet.api import description
from partners.tests.factories import make_country, make_focal_point, make_institution
from reports.tests.factories import make_edition, make_report
from roadmap.tests.factories import make_area, make_meeting

pytestmark = pytest.mark.django_db

TEXTS = [
    field.name
    for field in Activity._meta.fields
    if isinstance(field, NameField | ProseField) and field.name.endswith(("_ar", "_en"))
]
HIDDEN = [state for state in PublicationState if state != PublicationState.PUBLISHED]


class Canaries:
    """Words that nobody may read."""

    def __init__(self):
        self.words = []

    def word(self):
        self.words.append(f"qzx{len(self.words):04d}qzx")
        return self.words[-1]

    def texts(self, *names):
        return {name: self.word() for name in names}

    def found_in(self, content):
        return sorted(set(re.findall(rb"qzx\d{4}qzx", content)))


@pytest.fixture
def canaries():
    return Canaries()


@pytest.fixture
def world(canaries):
    """A published record of every kind, and beside each of them what must not be seen."""
    area = make_area()
    country = make_country("TUR")
    shown = make_institution(code="shown", country=country, **canaries.texts("former_names"))
    partner = {"role": Role.FUNDER}
    for state in HIDDEN:
        project = make_project(state=state, **canaries.texts(*TEXTS, "note"))
        add_partner(project, make_institution(**canaries.texts("name_ar", "name_en", "acronym")), **partner)
        hidden = make_activity(
            state=state,
            area=area,
            roadmap=area.roadmap,
            venue_country=country,
            **canaries.texts(*TEXTS, "note"),
        )
        add_partner(hidden, shown, **canaries.texts("name_then_ar", "name_then_en", "post_ar", "post_en"))
        add_partner(hidden, role=Role.HOST, **canaries.texts("described_as_ar", "described_as_en"))
        count_participants(hidden, 7, **canaries.texts("source"))
        add_country(hidden, country)
        part = make_activity(
            parent=project, area=area, roadmap=area.roadmap, venue_country=country, **canaries.texts("note")
        )
        add_partner(part, shown)
    told = make_project(**canaries.texts("note"))
    make_activity(parent=told, state=PublicationState.DRAFT, **canaries.texts(*TEXTS, "note"))
    make_focal_point(country=country, **canaries.texts("name_ar", "name_en", "post_ar", "post_en"))
    make_focal_point(country=country, is_public=True, email=f"{canaries.word()}@example.org")
    make_report(meeting=make_meeting(12), **canaries.texts("document_code"))
    make_edition(None, part, issued_by=User.objects.create_user(canaries.word()))
    return {"area": area, "project": told}


def addresses(world):
    """Everything that can be taken away, in both languages."""
    area, project = world["area"], world["project"]
    yield from (path for path in description("en")["paths"] if "{" not in path)
    yield from (f"/api/v1/activities/{code}/" for code in Activity.objects.values_list("code", flat=True))
    yield from ("/api/v1/schema/", "/sitemap.xml", "/robots.txt")
    for language in ("ar", "en"):
        for query in ("", "?country=TUR", "?status=held&q=qzx", f"?area={area.roadmap.code}.{area.number}"):
            yield from (f"/{language}/activities/list.{form}{query}" for form in ("xlsx", "csv", "json", "ics"))
        for code in Activity.objects.values_list("code", flat=True):
            yield f"/{language}/activities/{code}/"
            yield f"/{language}/activities/{code}/calendar.ics"
        yield from (
            f"/{language}/activities/feed.atom",
            f"/{language}/countries/TUR/feed.atom",
            f"/{language}/roadmap/{area.roadmap.code}/{area.number}/feed.atom",
            f"/{language}/reports/feed.atom",
            f"/{language}/activities/{project.code}/calendar.ics",
        )


def content_of(response):
    """Return everything an answer tells, its headers too and what is packed in it."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"\n".join(book.read(name) for name in book.namelist())
    return content + repr(response.headers).encode()


def leaks(client, addresses, canaries):
    """Return the addresses that tell a canary, with what they tell."""
    told = {address: canaries.found_in(content_of(client.get(address))) for address in addresses}
    return {address: words for address, words in told.items() if words}


def test_nothing_that_can_be_taken_away_tells_what_is_not_public(client, world, canaries):
    assert leaks(client, addresses(world), canaries) == {}


def test_lists_do_not_name_what_is_not_public(client, world):
    hidden = Activity.objects.exclude(state=PublicationState.PUBLISHED).values_list("code", flat=True)
    for address in addresses(world):
        if not re.search(r"/activities/\d{4}-", address):
            content = content_of(client.get(address))
            assert [code for code in hidden if code.encode() in content] == [], address


def test_staff_are_told_no_more_than_anybody(client, world, canaries):
    client.force_login(User.objects.create_superuser("root"))
    files = [address for address in addresses(world) if not re.search(r"/\d{4}-\d{3}/$", address)]
    assert leaks(client, files, canaries) == {}


def test_every_canary_would_be_found(client, world, canaries):
    """The words are looked for as they are written: what is published is found, in every form of file."""
    assert {"title_ar", "title_en", "summary_ar", "status_reason_en"} <= set(TEXTS)
    Activity.objects.filter(state__in=HIDDEN).update(state=PublicationState.PUBLISHED)
    for form in ("xlsx", "csv", "json", "ics"):
        assert canaries.found_in(content_of(client.get(f"/ar/activities/list.{form}"))), form
    assert canaries.found_in(content_of(client.get(reverse("api_activities"))))
    assert canaries.found_in(content_of(client.get("/en/activities/feed.atom")))
