"""The catalogue where there is JavaScript: lists change without a reload, and the form says what is listed."""

import re

import pytest
from playwright.sync_api import expect

MISSPELT, MEANT = "cybersecurty", "Cybersecurity"


@pytest.fixture(params=["ar", "en"])
def catalogue(browser, portal, request):
    """The catalogue, on a page that loses its mark when it is loaded again."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{portal}/{request.param}/activities/")
    page.evaluate("window.mark = true")
    yield page
    assert page.evaluate("window.mark")
    context.close()


def search(catalogue, words):
    catalogue.fill("#words", words)
    catalogue.press("#words", "Enter")
    expect(catalogue).to_have_url(re.compile(f"q={words}"))


def test_who_follows_a_suggestion_goes_on_from_there(catalogue):
    search(catalogue, MISSPELT)
    catalogue.click(".suggestion a")
    expect(catalogue).to_have_url(re.compile(f"q={MEANT}"))
    expect(catalogue.locator("#words")).to_have_value(MEANT)
    catalogue.locator("#facet-status input").first.check()
    expect(catalogue).to_have_url(re.compile(f"q={MEANT}&status="))


def test_who_clears_all_has_an_empty_form(catalogue):
    search(catalogue, "training")
    catalogue.locator("#facet-status input").first.check()
    catalogue.click(".chips-clear")
    expect(catalogue).to_have_url(re.compile(r"/activities/$"))
    expect(catalogue.locator("#words")).to_have_value("")
    expect(catalogue.locator(".facet input:checked")).to_have_count(0)


def test_who_goes_back_finds_what_was_asked_then(catalogue):
    search(catalogue, "training")
    search(catalogue, "quality")
    catalogue.go_back()
    expect(catalogue).to_have_url(re.compile("q=training"))
    expect(catalogue.locator("#words")).to_have_value("training")
