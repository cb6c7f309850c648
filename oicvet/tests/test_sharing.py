"""What others show beside a link to the portal: a picture in the language of the page."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from PIL import Image

BOTH_LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])
NAMES = {
    "ar": "OIC-VET: برنامج منظمة التعاون الإسلامي للتعليم المهني والتدريب",
    "en": "OIC-VET: Vocational Education and Training Programme for the Member Countries of the OIC",
}


@BOTH_LANGUAGES
@pytest.mark.parametrize("page", ["", "activities/", "programme/"])
@pytest.mark.django_db
def test_a_page_names_a_picture_and_does_not_load_it(client, settings, page, language):
    settings.PORTAL_URL = "https://portal.example"
    shown = BeautifulSoup(client.get(f"/{language}/{page}").content, "html.parser")
    told = {meta["property"]: meta["content"] for meta in shown.select("meta[property^='og:image']")}
    assert told == {
        "og:image": f"https://portal.example/static/img/sharing-{language}.png",
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": NAMES[language],
    }
    assert shown.select_one("meta[name='twitter:card']")["content"] == "summary_large_image"
    assert not shown.select("[src*=sharing], [href*=sharing]")


@BOTH_LANGUAGES
def test_the_picture_is_as_large_as_pages_say_and_small_to_fetch(language):
    file = Path(finders.find(f"img/sharing-{language}.png"))
    with Image.open(file) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert file.stat().st_size < 40_000
