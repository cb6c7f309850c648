"""A browser for each process of the run, and readers: anonymous ones and a member of staff."""

import os
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from accounts.demo import DEMO_PASSWORD

# Chromium's sandbox asks for rights that containers withhold; the only pages it opens are our own.
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]


def pytest_addoption(parser):
    parser.addoption("--all", action="store_true", help="every page, three widths, four ways to see it")


@pytest.fixture(scope="session")
def portal():
    """The address of the portal that is looked at, without a slash at its end."""
    return os.environ["CHECK_PAGES_ADDRESS"]


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ["CHROMIUM"], args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def staff(browser, portal):
    """What a browser remembers after somebody with every right has signed in, through the door that staff use."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{portal}/en/account/login/?next=/en/admin/")
    page.fill("#id_login", "demo-administrator")
    page.fill("#id_password", DEMO_PASSWORD)
    page.press("#id_password", "Enter")
    page.wait_for_url(lambda address: urlsplit(address).path == "/en/admin/")
    remembered = context.storage_state()
    context.close()
    return remembered
