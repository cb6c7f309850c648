"""A release is told apart from the next one, so that what a client holds of the former is not confirmed."""

import pytest

from bilingual.release import release


@pytest.fixture
def tree(tmp_path, settings, monkeypatch):
    """A tree of code that a test may change, and the release it is."""
    for name, text in {
        "requirements.txt": "Django==5.2",
        "templates/page.html": "page",
        "static/page.css": "",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    settings.BASE_DIR = tmp_path
    release.cache_clear()
    yield tmp_path
    release.cache_clear()


def release_now():
    release.cache_clear()
    return release()


@pytest.mark.parametrize("changed", ["requirements.txt", "templates/page.html", "locale/ar/LC_MESSAGES/django.mo"])
def test_code_that_differs_is_another_release(tree, changed):
    before = release_now()
    assert release_now() == before
    (tree / changed).parent.mkdir(parents=True, exist_ok=True)
    (tree / changed).write_text("other")
    assert release_now() != before


def test_another_address_of_the_portal_is_another_release(tree, settings):
    before = release_now()
    settings.PORTAL_URL = "https://elsewhere.example"
    assert release_now() != before


def test_what_lies_on_the_disk_later_changes_nothing_for_the_code_that_runs(tree):
    before = release_now()
    (tree / "templates/page.html").write_text("of the next release")
    assert release() == before


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/api/v1/activities/", "/en/activities/feed.atom", "/sitemap.xml"])
def test_what_a_former_release_sent_is_sent_again(client, tree, address):
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"if-none-match": tag}).status_code == 304
    (tree / "requirements.txt").write_text("Django==5.3")
    release.cache_clear()
    assert client.get(address, headers={"if-none-match": tag}).status_code == 200
