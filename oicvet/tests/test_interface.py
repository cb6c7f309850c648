"""The description of the interface for programs: what is checked in, what is served, and the page that explains it."""

import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from bs4 import BeautifulSoup
from django.conf import settings
from drf_spectacular.validation import validate_schema

from activities.models import Role
from activities.tests.factories import (
    add_country,
    add_partner,
    count_participants,
    make_activity,
    make_profile,
    make_project,
)
from oicvet.api import description
from partners.tests.factories import make_country, make_focal_point, make_institution
from reports.tests.factories import make_edition
from roadmap.tests.factories import make_area

CHECKED_IN = Path(settings.BASE_DIR) / "docs" / "openapi.yaml"


def test_the_description_that_is_checked_in_is_that_of_the_code():
    """After a change: .venv/bin/python manage.py spectacular --lang en --file docs/openapi.yaml"""
    assert yaml.safe_load(CHECKED_IN.read_text("utf-8")) == description("en")


def test_the_description_is_openapi():
    validate_schema(description("en"))


def test_the_description_is_served_as_it_is(client, db):
    response = client.get("/api/v1/schema/")
    assert response["Content-Type"].startswith("application/vnd.oai.openapi+json")
    assert response.json() == description("en")
    again = client.get("/api/v1/schema/", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304


# Answers are as described


def as_json_schema(shape):
    """Return a shape of OpenAPI 3.0 as JSON Schema says it, nothing else allowed."""
    if isinstance(shape, list):
        return [as_json_schema(each) for each in shape]
    if not isinstance(shape, dict):
        return shape
    shape = {name: as_json_schema(each) for name, each in shape.items() if name not in ("description", "example")}
    may_be_null = shape.pop("nullable", False)
    if isinstance(shape.get("properties"), dict):
        shape["additionalProperties"] = False
    return {"anyOf": [shape, {"type": "null"}]} if may_be_null else shape


@pytest.fixture
def world(db):
    country = make_country("TUR", oic_group="asia")
    make_focal_point(country=country, is_public=True)
    area = make_area()
    project = make_project(code="2024-001")
    add_partner(project, role=Role.FUNDER)
    activity = make_activity(code="2024-002", parent=project, roadmap=area.roadmap, area=area, venue_country=country)
    add_partner(activity, make_institution(country=country, acronym="MIN"))
    add_country(activity, country, 3)
    count_participants(activity, 12, profile=make_profile())
    make_edition(None, activity)


@pytest.mark.parametrize("path", [path for path in description("en")["paths"] if "{" not in path])
def test_lists_are_as_described(client, world, path):
    check(client, path, path)


@pytest.mark.parametrize("code", ["2024-001", "2024-002"])
def test_a_record_is_as_described(client, world, code):
    check(client, "/api/v1/activities/{code}/", f"/api/v1/activities/{code}/")


def check(client, path, address):
    said = description("en")
    for status, asked in (("200", address), ("400", f"{address}?x=1")):
        shape = said["paths"][path]["get"]["responses"][status]["content"]["application/json"]["schema"]
        whole = as_json_schema({**shape, "components": said["components"]})
        response = client.get(asked)
        assert response.status_code == int(status)
        jsonschema.validate(response.json(), whole)


@pytest.mark.parametrize("path", [path for path in description("en")["paths"] if "{" not in path])
def test_an_answer_is_the_same_whatever_language_a_reader_prefers(client, world, path):
    arabic, english = (client.get(path, headers={"accept-language": each}).content for each in ("ar", "en"))
    assert arabic == english


# The page


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_guide_is_found_without_a_language(client, db, language):
    response = client.get("/api/", headers={"accept-language": language})
    assert (response.status_code, response["Location"]) == (302, f"/{language}/api/")
    assert "Accept-Language" in response["Vary"]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_guide_explains_every_address_and_every_value(client, db, language):
    page = BeautifulSoup(client.get(f"/{language}/api/").content, "html.parser")
    codes = {" ".join(code.text.split()) for code in page.select("main code")}
    said = description(language)
    assert {f"GET http://127.0.0.1:8000{path}" for path in said["paths"]} <= codes
    for component in said["components"]["schemas"].values():
        assert set(component.get("properties", ())) - {"next", "previous", "results"} <= codes
    assert {link["href"] for link in page.select("main a[href^='#']")} <= {
        f"#{section['id']}" for section in page.select("section[id]")
    }


def test_the_arabic_guide_says_nothing_in_english(client, db):
    page = BeautifulSoup(client.get("/ar/api/").content, "html.parser")
    for code in page.select("[dir=ltr], [lang=en]"):
        code.extract()
    texts = [" ".join(text.split()) for text in page.body.find_all(string=True)]
    assert [text for text in texts if re.search("[A-Za-z]", text) and not re.search("[\u0600-\u06ff]", text)] == []


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_guide_has_nothing_inline_and_nothing_foreign(client, db, language):
    response = client.get(f"/{language}/api/")
    page = BeautifulSoup(response.content, "html.parser")
    assert not page.select("[style], style, script")
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert {each["src"][:8] for each in page.select("[src]")} <= {"/static/"}
