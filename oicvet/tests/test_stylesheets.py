"""The stylesheets of public pages: each as it stands in the tree, and as one where files are collected."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import override_settings

from oicvet.stylesheets import JOINED, SHEETS

COLLECTED = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "oicvet.stylesheets.JoinedStylesheetsStorage"},
}
# Those of the admin are not what this is about, and take long to compress.
OURS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The collected files, gathered once, where another release had left its joined sheet."""
    folder = tmp_path_factory.mktemp("static")
    (folder / "css").mkdir()
    (folder / JOINED).write_text("former", "utf-8")
    with override_settings(STORAGES=COLLECTED, STATIC_ROOT=folder, STATICFILES_FINDERS=OURS):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


@pytest.fixture
def collected(folder, settings):
    """The same, with pages that are served from it."""
    settings.STORAGES, settings.STATIC_ROOT = COLLECTED, folder
    return folder


def sheets_on_screen(client, address):
    page = client.get(address).content.decode()
    return re.findall(r'<link rel="stylesheet" href="/static/([^"]+)">', page)


@pytest.mark.parametrize("address", ["/ar/", "/en/activities/", "/en/nothing-here/"])
def test_a_page_asks_for_one_sheet_where_files_are_collected(client, collected, address):
    (name,) = sheets_on_screen(client, address)
    assert name == staticfiles_storage.stored_name(JOINED)
    assert (collected / name).exists()
    assert (collected / f"{name}.gz").exists()


def test_the_one_sheet_is_all_of_them_in_their_order(collected):
    tree = Path(settings.STATICFILES_DIRS[0])
    assert (collected / JOINED).read_text("utf-8") == "\n".join((tree / name).read_text("utf-8") for name in SHEETS)


def test_what_the_one_sheet_names_is_there(client, collected):
    sheet = (collected / staticfiles_storage.stored_name(JOINED)).read_text("utf-8")
    named = set(re.findall(r'url\("([^"]+)"\)', sheet))
    assert named
    assert [name for name in named if not (collected / "css" / name).exists()] == []


def test_a_page_asks_for_each_sheet_where_files_stand_in_the_tree(client):
    assert sheets_on_screen(client, "/ar/") == list(SHEETS)
