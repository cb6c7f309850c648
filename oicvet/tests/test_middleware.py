"""What is kept, compressed and written down of each answer; `test_headers` tells what all of them carry."""

import gzip
import logging

import pytest
from django.contrib.auth import get_user_model

from focalpoints.tests.factories import make_request
from oicvet.logs import OneLineFormatter
from reports.tests.factories import make_edition


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/en/admin/", "/ar/account/", "/ar/admin/login/", "/en/nothing-here/", "/healthz"]
)
def test_nothing_made_for_a_signed_in_reader_is_cached(client, address):
    client.force_login(get_user_model().objects.create_user("reader", password="a long enough one"))
    assert client.get(address)["Cache-Control"] == "private, no-store"


def test_files_may_be_cached_even_by_those_who_signed_in(client, settings):
    client.cookies[settings.SESSION_COOKIE_NAME] = "anything"
    response = client.get("/static/fonts/LICENSE.txt")
    assert "no-store" not in response["Cache-Control"]
    response.getvalue()  # reading a file to its end closes it


def test_request_id_of_a_proxy_is_kept_only_when_there_is_one(client, settings):
    sent = {"X-Request-ID": "from-the-proxy-1"}
    assert client.get("/healthz", headers=sent)["X-Request-ID"] != "from-the-proxy-1"
    settings.BEHIND_TLS_PROXY = True
    assert client.get("/healthz", headers=sent)["X-Request-ID"] == "from-the-proxy-1"
    assert client.get("/healthz", headers={"X-Request-ID": "two\twords"})["X-Request-ID"] != "two\twords"


def test_the_access_line_holds_no_query_string(client, caplog):
    with caplog.at_level(logging.INFO, logger="oicvet.access"):
        client.get("/healthz?name=somebody")
    (line,) = [record.getMessage() for record in caplog.records if record.name == "oicvet.access"]
    assert line.startswith("GET /healthz 200 ")
    assert "somebody" not in line


@pytest.mark.django_db
def test_the_log_holds_no_link_by_which_somebody_may_answer(client, caplog):
    asked = make_request()
    forged = asked.token[:-2] + "xx"
    with caplog.at_level(logging.INFO):
        client.get(f"/en/confirm/{asked.token}/")
        client.get(f"/en/confirm/{asked.token}")  # without its last stroke: led to the right address
        client.get(f"/confirm/{asked.token}/")  # without its language
        client.get(f"/en/confirm/{forged}/")
        client.post(f"/en/CONFIRM/{asked.token}/")
    lines = [record for record in caplog.records if record.name == "oicvet.access"]
    assert len(lines) == 5
    written = "\n".join(record.getMessage() for record in lines)
    written += "\n".join(OneLineFormatter().format(record) for record in caplog.records)
    assert asked.token.split(".")[0] not in written
    assert "/en/confirm/***/" in written


ACCEPTS = {"accept-encoding": "gzip"}


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/ar/", "/en/activities/?q=words", "/en/nothing-here/"])
def test_a_page_for_everybody_travels_compressed(client, address):
    plain, response = client.get(address), client.get(address, headers=ACCEPTS)
    assert response["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in response["Vary"]
    assert gzip.decompress(response.content) == plain.content
    assert len(response.content) < len(plain.content) / 2


@pytest.mark.django_db
def test_nothing_with_a_secret_of_a_reader_is_compressed(client, settings):
    # The form of the login page has a token, which arrives with the first answer and comes back with each request.
    assert "Content-Encoding" not in client.get("/en/account/login/", headers=ACCEPTS)
    assert settings.CSRF_COOKIE_NAME in client.cookies
    assert "Content-Encoding" not in client.get("/en/account/login/", headers=ACCEPTS)
    assert "Content-Encoding" not in client.get("/en/activities/?q=words", headers=ACCEPTS)
    client.cookies.clear()
    client.force_login(get_user_model().objects.create_user("reader", password="a long enough one"))
    assert "Content-Encoding" not in client.get("/en/activities/", headers=ACCEPTS)


@pytest.mark.django_db
def test_the_file_of_an_edition_is_sent_as_it_was_issued(client):
    file = make_edition().files.filter(format="json").get()
    response = client.get(f"/en/editions/{file.edition.code}/{file.name}", headers=ACCEPTS)
    assert "Content-Encoding" not in response
    assert response.getvalue() == bytes(file.content)
