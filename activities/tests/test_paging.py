"""The way from page to page of a list, whatever its order is."""

from datetime import date

import pytest

from activities.tests.factories import make_activity
from activities.tests.pages import get, text_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "words"), [("ar", ["الصفحة السابقة", "الصفحة التالية"]), ("en", ["Previous page", "Next page"])]
)
@pytest.mark.parametrize("sort", ["date", "title", "participants"])
def test_the_steps_promise_no_order(client, language, words, sort):
    """What comes next is older in one order, and of a later letter or with fewer participants in the others."""
    for day in range(1, 29):
        make_activity(end_date=date(2024, 2, day))
        make_activity(end_date=date(2024, 3, day))
    page = get(client, f"/{language}/activities/?sort={sort}&page=2")
    assert [text_of(step) for step in page.select(".pages-step")] == words
