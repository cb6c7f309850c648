"""The interface for programs: what it tells of activities and what they are about, and how it answers."""

from datetime import date
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User

from activities.models import ActivityStatus, PublicationState, Role, Standing
from activities.tests.factories import (
    add_country,
    add_partner,
    count_participants,
    make_activity,
    make_profile,
    make_project,
)
from bilingual.api.limits import PerAddress
from partners.models import MembershipStatus
from partners.tests.factories import make_country, make_focal_point, make_institution
from roadmap.tests.factories import (
    add_collaborator,
    make_action,
    make_area,
    make_objective,
    make_programme,
    make_roadmap,
)

pytestmark = pytest.mark.django_db

ACTIVITIES = "/api/v1/activities/"
LISTS = [ACTIVITIES, "/api/v1/countries/", "/api/v1/institutions/", "/api/v1/areas/", "/api/v1/editions/"]
EVERY_LIST = pytest.mark.parametrize("address", LISTS)


def results(client, address):
    response = client.get(address)
    assert response.status_code == 200, response.content
    return response.json()["results"]


def codes(client, query=""):
    return [each["code"] for each in results(client, f"{ACTIVITIES}{query}")]


def reasons(response):
    return {each["parameter"]: each["message"] for each in response.json()["errors"]}


# What is told


def test_an_activity_is_told_in_both_languages_with_its_figures_and_their_standing(client):
    roadmap = make_roadmap(code="2020-2025")
    area = make_area(roadmap, title_ar="المجال", title_en="The area")
    project = make_project(code="2024-001", title_ar="المشروع", title_en="The project")
    fund = make_institution(code="fund", name_ar="الصندوق", name_en="The Fund")
    add_partner(project, fund, role=Role.FUNDER)
    activity = make_activity(
        code="2024-002",
        title_ar="الدورة",
        title_en="The course",
        summary_ar="موجز",
        parent=project,
        roadmap=roadmap,
        area=area,
        venue_en="Ankara",
        venue_country=make_country("TUR"),
    )
    add_partner(
        activity, role=Role.CO_ORGANISER, described_as_ar="مراكز", described_as_en="centres", post_en="Director"
    )
    add_country(activity, make_country("MAR", short_name_ar="المغرب", short_name_en="Morocco"))
    count_participants(activity, 82, women=30, reported_on=date(2024, 4, 2), source="SESRIC", profile=make_profile())
    told = client.get(f"{ACTIVITIES}2024-002/").json()
    assert told.pop("changed_at")
    assert told == {
        "code": "2024-002",
        "address": {
            "ar": "http://127.0.0.1:8000/ar/activities/2024-002/",
            "en": "http://127.0.0.1:8000/en/activities/2024-002/",
        },
        "kind": {"code": "training-course", "name": {"ar": "دورة تدريبية", "en": "Training course"}},
        "title": {"ar": "الدورة", "en": "The course"},
        "summary": {"ar": "موجز", "en": None},
        "objective": {"ar": None, "en": None},
        "topics": {"ar": None, "en": None},
        "audience": {"ar": None, "en": None},
        "start_date": "2024-03-13",
        "end_date": "2024-03-14",
        "year": 2024,
        "status": "held",
        "status_reason": {"ar": None, "en": None},
        "mode": "online",
        "venue": {"ar": None, "en": "Ankara"},
        "venue_country": "TUR",
        "roadmap": "2020-2025",
        "area": {"roadmap": "2020-2025", "number": 1, "title": {"ar": "المجال", "en": "The area"}},
        "project": {"code": "2024-001", "title": {"ar": "المشروع", "en": "The project"}},
        "parts": [],
        "funding_call": None,
        "partners": [
            {
                "role": "co_organiser",
                "institution": None,
                "name": {"ar": "مراكز", "en": "centres"},
                "post": {"ar": None, "en": "Director"},
            },
            {
                "role": "funder",
                "institution": "fund",
                "name": {"ar": "الصندوق", "en": "The Fund"},
                "post": {"ar": None, "en": None},
            },
        ],
        "participation": {
            "headcount": {"value": 82, "standing": "reported"},
            "women": {"value": 30, "standing": "reported"},
            "men": {"value": None, "standing": "reported"},
            "member_countries": {"value": None, "standing": "pending"},
            "profile": {"code": "experts", "name": {"ar": "خبراء", "en": "Experts"}},
            "source": "SESRIC",
            "reported_on": "2024-04-02",
        },
        "countries": [{"code": "MAR", "name": {"ar": "المغرب", "en": "Morocco"}, "count": None}],
        "is_reportable": True,
    }


@pytest.mark.parametrize(
    ("status", "standing"),
    [
        (ActivityStatus.HELD, Standing.PENDING),
        (ActivityStatus.PLANNED, Standing.NOT_DUE),
        (ActivityStatus.CANCELLED, Standing.NOT_DUE),
    ],
)
def test_counts_that_nobody_has_opened_say_why_there_are_none(client, status, standing):
    activity = make_activity(status=status)
    told = client.get(f"{ACTIVITIES}{activity.code}/").json()["participation"]
    assert told["headcount"] == told["women"] == told["member_countries"] == {"value": None, "standing": standing}


def test_a_project_names_its_published_parts_and_is_not_listed(client):
    project = make_project()
    part = make_activity(parent=project)
    make_activity(parent=project, state=PublicationState.DRAFT)
    told = client.get(f"{ACTIVITIES}{project.code}/").json()
    assert (told["parts"], told["participation"], told["status"]) == ([part.code], None, None)
    assert codes(client) == [part.code]


def test_only_what_is_published_is_told(client):
    project = make_project(state=PublicationState.WITHDRAWN)
    shown = make_activity(parent=project)
    hidden = [make_activity(state=state) for state in PublicationState if state != PublicationState.PUBLISHED]
    assert codes(client) == [shown.code]
    assert results(client, ACTIVITIES)[0]["project"] is None
    for activity in (*hidden, project):
        assert client.get(f"{ACTIVITIES}{activity.code}/").status_code == 404


def test_countries_tell_their_standing_and_the_focal_points_that_are_public(client):
    country = make_country("TUR", short_name_ar="تركيا", short_name_en="Türkiye", oic_group="asia")
    make_country("FRA", member_since=None)
    make_focal_point(country=country, is_public=True, name_ar="فلان", name_en="Somebody", post_en="Director")
    make_focal_point(country=country, name_en="Nobody’s business")
    assert results(client, "/api/v1/countries/") == [
        {
            "code": "TUR",
            "address": {
                "ar": "http://127.0.0.1:8000/ar/countries/TUR/",
                "en": "http://127.0.0.1:8000/en/countries/TUR/",
            },
            "name": {"ar": "تركيا", "en": "Türkiye"},
            "formal_name": {"ar": None, "en": None},
            "oic_group": "asia",
            "standing": MembershipStatus.MEMBER,
            "focal_points": [
                {"name": {"ar": "فلان", "en": "Somebody"}, "post": {"ar": None, "en": "Director"}},
            ],
        }
    ]


def test_institutions_are_those_that_have_a_page(client):
    organ = make_institution(code="sesric")
    make_programme(organ=organ)
    ministry = make_institution(code="ministry", country=make_country("TUR"))
    division = make_institution(code="division", parent=ministry, acronym="DIV", website="https://div.example.org/")
    add_partner(make_activity(), division)
    add_partner(make_activity(state=PublicationState.DRAFT), make_institution(code="hidden"))
    told = {each["code"]: each for each in results(client, "/api/v1/institutions/")}
    assert list(told) == ["division", "ministry", "sesric"]
    shown = ("acronym", "part_of", "country", "website")
    assert [told["division"][name] for name in shown] == ["DIV", "ministry", None, "https://div.example.org/"]
    assert [told["ministry"][name] for name in shown] == [None, None, "TUR", None]
    assert [each["code"] for each in results(client, "/api/v1/institutions/?q=DIV")] == ["division"]


def test_areas_are_named_by_roadmap_and_number(client):
    make_area(make_roadmap(code="2020-2025"), title_ar="مجال", title_en="Area", summary_en="What it is")
    assert results(client, "/api/v1/areas/") == [
        {
            "roadmap": "2020-2025",
            "number": 1,
            "title": {"ar": "مجال", "en": "Area"},
            "address": {
                "ar": "http://127.0.0.1:8000/ar/roadmap/2020-2025/1/",
                "en": "http://127.0.0.1:8000/en/roadmap/2020-2025/1/",
            },
            "summary": {"ar": None, "en": "What it is"},
            "work_plan": [],
        }
    ]


def test_the_work_plan_of_an_area_tells_who_has_a_part_in_it(client):
    area, country, body = make_area(number=2), make_country("TUR"), make_institution(code="body")
    objective = make_objective(area, title_ar="هدف", title_en=None, is_sample=True)
    action = make_action(objective, coordinator_country=country, start=date(2022, 1, 1), status="under_way")
    add_collaborator(action, body)
    action.indicators.create(title_en="Standards adopted", target_en="5")
    nothing = {"ar": None, "en": None}
    assert results(client, "/api/v1/areas/")[0]["work_plan"] == [
        {
            "number": "2.1",
            "kind": "objective",
            "objective": None,
            "title": {"ar": "هدف", "en": None},
            "description": nothing,
            "start": None,
            "end": None,
            "status": "unknown",
            "coordinator": {"country": None, "institution": None},
            "collaborators": [],
            "indicators": [],
            "is_sample": True,
        },
        {
            "number": "2.1.1",
            "kind": "action",
            "objective": "2.1",
            "title": {"ar": "إجراء 1", "en": "Action 1"},
            "description": nothing,
            "start": "2022-01-01",
            "end": None,
            "status": "under_way",
            "coordinator": {"country": "TUR", "institution": None},
            "collaborators": [{"country": None, "institution": "body"}],
            "indicators": [{"title": {"ar": None, "en": "Standards adopted"}, "target": {"ar": None, "en": "5"}}],
            "is_sample": False,
        },
    ]
    assert "body" in {each["code"] for each in results(client, "/api/v1/institutions/")}


# Filters


def test_the_filters_are_those_of_the_catalogue(client):
    country = make_country("TUR")
    one = make_activity(title_en="Welding", status=ActivityStatus.PLANNED, end_date=date(2023, 5, 1))
    two = make_activity(title_en="Baking", venue_country=country)
    assert codes(client, "?q=welding") == [one.code]
    assert codes(client, "?year=2023&year=2022") == [one.code]
    assert codes(client, "?year=٢٠٢٣") == [one.code]
    assert codes(client, "?country=TUR") == [two.code]
    assert codes(client, "?status=planned&status=held") == [two.code, one.code]
    assert codes(client, "?country=QQQ") == []


@pytest.mark.parametrize(
    ("query", "parameter", "remedy"),
    [
        ("year=12", "year", "2024"),
        ("year=" + "9" * 5000, "year", "2024"),
        ("country=%00", "country", "TUR"),
        ("area=2020-2025.0", "area", "2020-2025.2"),
        ("&".join(f"kind=k{n}" for n in range(61)), "kind", "60"),
        ("q=" + "a" * 50_000, "q", "200"),
        ("status=%ED%A0%80", "status", "held"),
        ("page=2", "page", "cursor"),
        ("yaer=2024", "yaer", "year"),
        ("%00=1", "\ufffd", "year"),
        ("cursor=x", "cursor", "next"),
        ("cursor=%ED%A0%80", "cursor", "next"),
        ("cursor=cD0lMDA%3D", "cursor", "next"),  # p=%00
        ("cursor=cD0nO0RST1A%3D", "cursor", "next"),  # p=';DROP
        ("cursor=" + "A" * 50_000, "cursor", "next"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_remedy_in_both_languages(client, query, parameter, remedy):
    make_activity()
    response = client.get(f"{ACTIVITIES}?{query}")
    assert response.status_code == 400
    message = reasons(response)[parameter]
    assert remedy in message["en"]
    assert remedy in message["ar"] or "«" in message["ar"]
    assert message["ar"] != message["en"]
    assert response["Cache-Control"] == "no-store"


def test_everything_that_is_wrong_is_said_at_once(client):
    assert set(reasons(client.get(f"{ACTIVITIES}?year=1&country=tur&x=1"))) == {"year", "country", "x"}


@EVERY_LIST
@pytest.mark.parametrize("query", ["x=1", "cursor=%00", "cursor=cD05OTk5OTk5OTk5OTk5OTk5OTk5OTknOw", "format=xml"])
def test_no_list_answers_what_it_cannot_read(client, address, query):
    response = client.get(f"{address}?{query}")
    assert (response.status_code, response["Content-Type"]) == (400, "application/json")


def test_too_many_parameters_are_refused_as_an_object(client):
    response = client.get(f"{ACTIVITIES}?" + "&".join(["year=2024"] * 6000))
    assert (response.status_code, response["Content-Type"]) == (400, "application/json")
    assert set(reasons(response)[None]) == {"ar", "en"}


@pytest.mark.parametrize(
    "address", ["/api/v1/nothing/", f"{ACTIVITIES}2024-999/", f"{ACTIVITIES}%00/", "/api/v1/x%ff/"]
)
def test_what_is_not_there_is_told_as_an_object_in_both_languages(client, address):
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (404, "application/json")
    assert set(reasons(response)[None]) == {"ar", "en"}


# Pages


@pytest.fixture
def pages_of_two(monkeypatch):
    monkeypatch.setattr("bilingual.api.paging.PagesByKey.page_size", 2)


def walk(client, address):
    pages = []
    while address:
        page = client.get(address).json()
        pages.append([each["code"] for each in page["results"]])
        address = page["next"] and "?".join(urlsplit(page["next"])[2:4:1])
    return pages


def test_pages_hold_everything_once_in_the_order_of_codes(client, pages_of_two):
    made = [make_activity().code for _ in range(5)]
    assert [code for page in walk(client, ACTIVITIES) for code in page] == sorted(made, reverse=True)


def test_a_page_stays_where_it_is_whatever_comes_and_goes(client, pages_of_two):
    first, *_others = reversed([make_activity() for _ in range(6)])
    following = client.get(ACTIVITIES).json()["next"]
    before = [each["code"] for each in results(client, following)]
    make_activity()
    first.state = PublicationState.WITHDRAWN
    first.save()
    assert [each["code"] for each in results(client, following)] == before
    back = client.get(following).json()["previous"]
    assert results(client, back)


@pytest.mark.parametrize("size", [1, 12])
def test_queries_of_a_page_do_not_grow(client, django_assert_num_queries, size):
    roadmap = make_roadmap()
    for number in range(1, size + 1):
        country = make_country()
        project = make_project()
        add_partner(project, role=Role.FUNDER)
        activity = make_activity(
            parent=project, roadmap=roadmap, area=make_area(roadmap, number=number), venue_country=country
        )
        add_partner(activity, make_institution(seat=country), role=Role.CONTENT_PROVIDER)
        add_country(activity, country, 3)
        count_participants(activity, 20, profile=make_profile())
        make_focal_point(country=country, is_public=True)
    for address, queries in zip(LISTS[:4], [6, 4, 2, 3], strict=True):
        with django_assert_num_queries(queries):
            assert len(results(client, address)) >= size
    with django_assert_num_queries(6):
        client.get(f"{ACTIVITIES}{activity.code}/")


# How it answers


@EVERY_LIST
def test_an_answer_is_json_for_everybody_whoever_asks_and_however(client, address):
    make_programme()
    plain = client.get(address)
    assert plain["Content-Type"] == "application/json"
    assert plain["Cache-Control"] == "public, no-cache"
    assert plain["Content-Language"] == "ar, en"
    assert "Vary" not in plain
    assert not plain.cookies
    client.force_login(User.objects.create_superuser("root"))
    for headers in ({"accept": "text/html"}, {"accept": "\x00;q=x"}, {"accept-language": "en"}):
        again = client.get(address, headers=headers)
        assert (again.content, again["ETag"], again["Cache-Control"]) == (
            plain.content,
            plain["ETag"],
            plain["Cache-Control"],
        )


def test_no_other_site_may_read_answers_in_a_browser(client):
    for method in (client.get, client.options):
        response = method(ACTIVITIES, headers={"origin": "https://elsewhere.example"})
        assert not [name for name in response.headers if name.lower().startswith("access-control")]
        assert response["Cross-Origin-Resource-Policy"] == "same-origin"


@EVERY_LIST
def test_it_can_only_be_read(client, address):
    for method in (client.post, client.put, client.patch, client.delete):
        response = method(address, data=b"\x00{", content_type="application/json")
        assert response.status_code == 405
        assert response["Allow"] == "GET, HEAD, OPTIONS"
        assert set(reasons(response)[None]) == {"ar", "en"}
    asked = client.options(address)
    assert (asked.status_code, asked.content, asked["Allow"]) == (204, b"", "GET, HEAD, OPTIONS")


def test_head_is_get_without_the_body(client):
    make_activity()
    get, head = client.get(ACTIVITIES), client.head(ACTIVITIES)
    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == get["ETag"]


def test_what_has_not_changed_is_not_sent_again(client, django_assert_num_queries):
    activity = make_activity()
    etag = client.get(ACTIVITIES)["ETag"]
    with django_assert_num_queries(1):
        again = client.get(ACTIVITIES, headers={"if-none-match": etag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    assert again["Cache-Control"] == "public, no-cache"
    assert client.get(f"{ACTIVITIES}?year=2024", headers={"if-none-match": etag}).status_code == 200
    activity.title_en = "Another"
    activity.save()
    changed = client.get(ACTIVITIES, headers={"if-none-match": etag})
    assert (changed.status_code, changed.json()["results"][0]["title"]["en"]) == (200, "Another")


def test_an_address_that_asks_too_often_is_told_when_to_go_on(client, monkeypatch):
    monkeypatch.setattr(PerAddress, "THROTTLE_RATES", {"api": "2/min"})
    here = {"REMOTE_ADDR": "192.0.2.77"}
    statuses = [client.get(ACTIVITIES, **here).status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    refused = client.get(ACTIVITIES, **here, headers={"x-forwarded-for": "203.0.113.5"})
    assert refused.status_code == 429  # whom a client claims to be is not believed
    assert 0 < int(refused["Retry-After"]) <= 60
    assert refused["Retry-After"] in reasons(refused)[None]["en"]
    assert client.get(ACTIVITIES, REMOTE_ADDR="192.0.2.78").status_code == 200


def test_where_requests_cannot_be_counted_they_are_answered(client, settings, tmp_path, caplog):
    closed = tmp_path / "closed"
    closed.write_text("no folder")
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    settings.CACHES = settings.CACHES | {"requests": {"BACKEND": backend, "LOCATION": str(closed)}}
    assert client.get(ACTIVITIES).status_code == 200
    assert "CACHE_URL" in caplog.text
