"""The catalogue over a slow line: what a visit costs in bytes, how soon it can be read, whether it stands still."""

from collections import Counter
from dataclasses import dataclass, field
from statistics import median

import pytest

KB = 1000
PHONE = {"width": 390, "height": 844}
# A third-generation line as browsers' own tools imitate it: 1.6 Mbit/s down, 750 kbit/s up, 150 ms to the server.
THIRD_GENERATION = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}
# An empty page needs the connection and one answer. The catalogue needs one journey more, for its one stylesheet, and
# the time in which its bytes arrive: two and a half times as long. A second journey for styles would be seen here.
MOST_OF_AN_EMPTY_PAGE = 3.3
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
SHIFT = """() => new Promise((tell) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { sum += entry.value; }))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => tell(sum), 300);
})"""
LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])


@dataclass
class Line:
    """The network of one page: what came over it, in bytes, by sort (``Document``, ``Stylesheet``, ``Font``, …)."""

    network: object
    received: Counter = field(default_factory=Counter)
    sorts: dict = field(default_factory=dict)

    def __post_init__(self):
        self.network.send("Network.enable")
        self.network.on("Network.responseReceived", self._begun)
        self.network.on("Network.loadingFinished", self._finished)

    def slow_down(self):
        self.network.send("Network.emulateNetworkConditions", THIRD_GENERATION)

    def _begun(self, event):
        self.sorts[event["requestId"]] = event["type"]

    def _finished(self, event):
        self.received[self.sorts.get(event["requestId"], "Other")] += event["encodedDataLength"]

    @property
    def without_fonts(self):
        return self.received.total() - self.received["Font"]


@pytest.fixture
def phone(browser):
    """A function that gives a page of a browser without memory, and its line."""
    contexts = []

    def new():
        context = browser.new_context(viewport=PHONE)
        contexts.append(context)
        page = context.new_page()
        return page, Line(context.new_cdp_session(page))

    yield new
    for context in contexts:
        context.close()


@LANGUAGES
def test_the_catalogue_is_light(phone, portal, language):
    page, line = phone()
    page.goto(f"{portal}/{language}/activities/", wait_until="networkidle")
    first = line.received
    assert first["Document"] > 0
    assert line.without_fonts <= 60 * KB, first
    assert first["Font"] <= 150 * KB, first
    line.received = Counter()
    page.goto(f"{portal}/{language}/activities/?page=2", wait_until="networkidle")
    assert line.received["Document"] > 0
    assert line.received.total() <= 20 * KB, line.received


@LANGUAGES
def test_the_catalogue_stands_still_while_it_arrives(phone, portal, language):
    page, line = phone()
    line.slow_down()
    page.goto(f"{portal}/{language}/activities/", wait_until="networkidle")
    page.evaluate("document.fonts.ready.then(() => true)")
    assert page.evaluate(SHIFT) < 0.02


@LANGUAGES
def test_the_catalogue_can_be_read_soon_on_a_slow_line(phone, portal, language):
    """A ratio to the emptiest page of the same server in the same minute, so that a slow machine changes both."""

    def first_paint(address):
        page, line = phone()
        line.slow_down()
        page.goto(f"{portal}/{address}", wait_until="networkidle")
        return page.evaluate(FIRST_PAINT)

    empty = median(first_paint("healthz") for _ in range(3))
    ours = median(first_paint(f"{language}/activities/") for _ in range(3))
    assert ours <= MOST_OF_AN_EMPTY_PAGE * empty, (ours, empty)


@LANGUAGES
def test_words_do_not_wait_for_their_fonts(phone, portal, language):
    page, _ = phone()
    page.goto(f"{portal}/{language}/activities/")
    assert set(page.evaluate("[...document.fonts].map((font) => font.display)")) <= {"swap", "optional", "fallback"}
