"""The checks check: each finds its fault, in a page or in how it is answered, and nothing on a good page."""

import pytest

from check_pages.test_pages import PROBES, STRICT, foreign_words, keyboard, look_at, violations

HEAD = '<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>صفحة</title></head>'
GOOD = f"""{HEAD}<body><main><h1>أهلا</h1><a href="#a">رابط</a> <bdi>Name</bdi> <span lang="en">Words of English</span>
<details><summary>أكثر</summary><a href="#b">مخفي</a></details></main></body></html>"""
BAD = f"""{HEAD}<body><main><h1 style="inline-size: 3000px">Welcome</h1><img src="data:,">
<a href="#a" id="hidden" style="outline: none">رابط</a>
<textarea id="trap" aria-label="نص" onkeydown="if (event.key === 'Tab') event.preventDefault()"></textarea>
<a href="#b" id="beyond">رابط آخر</a></main></body></html>"""

ADDRESS = "http://portal.example/ar/"
POLICY = "; ".join(STRICT)
SCRIPT = GOOD.replace("</body>", '<script src="/said.js"></script></body>')


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


@pytest.fixture
def answered(browser):
    """A function that opens a page which is answered so, with a script that says so, and gives what is found."""
    context = browser.new_context()

    def answer(body=GOOD, script="", status=200, policy=POLICY):
        page = context.new_page()
        headers = {"content-security-policy": policy, "content-type": "text/html"}
        page.route("**", lambda route: route.fulfill(status=204))
        page.route(ADDRESS, lambda route: route.fulfill(status=status, headers=headers, body=body))
        page.route("**/said.js", lambda route: route.fulfill(content_type="text/javascript", body=script))
        return look_at(page, ADDRESS)

    yield answer
    context.close()


@pytest.mark.parametrize("body", [GOOD, SCRIPT])
def test_a_good_answer_is_let_through(answered, body):
    assert answered(body) == []


@pytest.mark.parametrize(
    ("answer", "finding"),
    [
        (
            {"body": SCRIPT, "script": "console.log('left behind')"},
            "console: left behind http://portal.example/said.js",
        ),
        ({"body": SCRIPT, "script": "throw new Error('not caught')"}, "console: not caught "),
        (
            {"body": SCRIPT, "script": "new Image().src = 'http://tracker.example/'"},
            "another host: tracker.example",
        ),
        ({"body": GOOD.replace("<h1>", "<script>0</script><h1>")}, "console: Executing inline script violates"),
        ({"body": GOOD.replace("<h1>", '<h1 style="color: red">')}, "console: Applying inline style violates"),
        ({"policy": POLICY.replace("script-src 'self'; ", "")}, "the content policy lacks script-src 'self'"),
        ({"policy": ""}, "the content policy lacks default-src 'none'"),
        ({"policy": f"{POLICY} 'unsafe-eval'"}, "the content policy allows unsafe-eval"),
        ({"status": 500}, "the answer is 500 and not 200"),
    ],
)
def test_each_fault_of_an_answer_is_found(answered, answer, finding):
    assert [line for line in answered(**answer) if finding in line]
