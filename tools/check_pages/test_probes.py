"""The checks check: each finds its fault on a page that has them all, and nothing on a good one."""

import pytest

from check_pages.test_pages import PROBES, foreign_words, keyboard, violations

HEAD = '<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>صفحة</title></head>'
GOOD = f"""{HEAD}<body><main><h1>أهلا</h1><a href="#a">رابط</a> <bdi>Name</bdi> <span lang="en">Words of English</span>
<details><summary>أكثر</summary><a href="#b">مخفي</a></details></main></body></html>"""
BAD = f"""{HEAD}<body><main><h1 style="inline-size: 3000px">Welcome</h1><img src="data:,">
<a href="#a" id="hidden" style="outline: none">رابط</a>
<textarea id="trap" aria-label="نص" onkeydown="if (event.key === 'Tab') event.preventDefault()"></textarea>
<a href="#b" id="beyond">رابط آخر</a></main></body></html>"""


@pytest.fixture
def shown(browser):
    """A function that shows a page and gives what is found in it, by check."""
    page = browser.new_page(viewport={"width": 390, "height": 600})

    def show(html):
        page.set_content(html)
        page.evaluate(f"window.probes = {PROBES}")
        found = {"sideways": page.evaluate("probes.sideways()"), "words": list(foreign_words(page))}
        return found | {"keyboard": keyboard(page), "axe": list(violations(page))}

    yield show
    page.close()


def test_a_good_page_is_let_through(shown):
    assert shown(GOOD) == {"sideways": [], "words": [], "keyboard": [], "axe": []}


def test_each_fault_is_found(shown):
    found = {check: " ".join(findings) for check, findings in shown(BAD).items()}
    assert "wide" in found["sideways"]
    assert "“Welcome”" in found["words"]
    assert "never reaches <a#beyond>" in found["keyboard"]
    assert "does not show on <a#hidden>" in found["keyboard"]
    assert "image-alt" in found["axe"]
