"""Every page: readable to all, whole at each width, in one language, reachable by keyboard, and from one host."""

import json
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from check_pages.pages import PAGES
from check_pages.strings import untranslated

PROBES = (Path(__file__).parent / "probes.js").read_text("utf-8")
LANGUAGES = ("ar", "en")
WIDTHS = {390: 844, 768: 1024, 1366: 768}
DAILY_WIDTHS = (390, 1366)
VIEWS = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "forced-colours": {"forced_colors": "active"},
    "large-text": {},
}
TWICE_THE_SIZE = {"standard": 32, "fixed": 26}
WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "rules": {"target-size": {"enabled": True}},  # the one rule of 2.2 that axe leaves out unless it is named
    "resultTypes": ["violations"],
}
STRICT = ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'")


@dataclass(frozen=True)
class Visit:
    """One look at a page: in which language, how wide, and how it is seen."""

    page: object
    language: str
    width: int
    view: str

    def __str__(self):
        return f"{self.page.name}-{self.language}-{self.width}-{self.view}"

    @property
    def is_daily(self):
        return self.page.is_daily and self.width in DAILY_WIDTHS and self.view == "light"


VISITS = [Visit(*each) for each in ((p, la, w, v) for p in PAGES for la in LANGUAGES for w in WIDTHS for v in VIEWS)]


def pytest_generate_tests(metafunc):
    if "visit" in metafunc.fixturenames:
        everything = metafunc.config.getoption("--all")
        metafunc.parametrize("visit", [each for each in VISITS if everything or each.is_daily], ids=str)


@pytest.fixture
def reader(browser, staff, visit):
    """A page of a browser that is as wide as the visit says and shows what the reader asked to see."""
    context = browser.new_context(
        viewport={"width": visit.width, "height": WIDTHS[visit.width]},
        locale=visit.language,
        reduced_motion="reduce",
        storage_state=staff if visit.page.staff else None,
        **VIEWS[visit.view],
    )
    page = context.new_page()
    if visit.view == "large-text":
        context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": TWICE_THE_SIZE})
    yield page
    context.close()


def test_a_page_is_for_everybody(reader, portal, visit):
    address = f"{portal}/{visit.language}/{visit.page.address}"
    if found := look_at(reader, address, visit.page.status):
        pytest.fail("\n".join([address, *found]), pytrace=False)


def look_at(reader, address, status=200):
    """Return a line for each thing that keeps somebody from using the page at ``address``."""
    said, asked = [], []
    reader.on("console", lambda message: said.append((message.text, message.location.get("url", ""))))
    reader.on("pageerror", lambda error: said.append((str(error), "")))
    reader.on("request", lambda request: asked.append(request.url))
    answer = reader.goto(address, wait_until="networkidle")
    reader.evaluate(f"window.probes = {PROBES}")
    return [
        *wrong_answer(answer, status),
        *foreign_requests(asked, address),
        *(f"sideways: {each}" for each in reader.evaluate("probes.sideways()")),
        *foreign_words(reader),
        *keyboard(reader),
        # After the walk, so that what it set off is heard as well. A browser also tells that a page is not there.
        *[f"console: {text} {url}" for text, url in said if not (status >= 400 and url == address)],
        *violations(reader),  # last: axe itself says things in the console
    ]


def wrong_answer(answer, status):
    policy = answer.headers.get("content-security-policy", "")
    if answer.status != status:
        yield f"the answer is {answer.status} and not {status}"
    yield from (f"the content policy lacks {part}" for part in STRICT if part not in policy)
    yield from (f"the content policy allows {part}" for part in ("unsafe-inline", "unsafe-eval") if part in policy)


def foreign_requests(asked, address):
    hosts = {urlsplit(one).netloc for one in asked if not one.startswith("data:")}
    return [f"asks another host: {host}" for host in hosts - {urlsplit(address).netloc}]


def foreign_words(reader):
    for text, language, place in dict.fromkeys(map(tuple, reader.evaluate("probes.texts()"))):
        if words := untranslated(text, language):
            yield f"not in the language it is in ({language or 'none'}): “{words[:80]}” in {place}"


def violations(reader):
    reader.evaluate(AXE_SCRIPT)
    result = reader.evaluate(f"axe.run(document, {json.dumps(WCAG)})")
    for violation in result["violations"]:
        for node in violation["nodes"][:4]:
            reason = " ".join(each["message"] for each in node["any"] + node["all"] + node["none"])
            yield f"axe {violation['id']} ({len(violation['nodes'])}): {node['html'][:140]} {reason[:200]}"


def keyboard(reader):
    presses = reader.evaluate("probes.startWalk()")
    # Once through, and once more for where the walk began in the middle.
    for _ in range(2):
        for _ in range(presses + 2):
            reader.keyboard.press("Tab")
        if reader.evaluate("probes.isDone()"):
            break
    return [f"keyboard: {each}" for each in reader.evaluate("probes.walked()")[:8]]
