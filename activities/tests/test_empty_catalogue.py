"""The catalogue before anything has been published."""

import pytest

from activities.models import PublicationState
from activities.tests.factories import make_activity
from activities.tests.pages import get, text_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "sentence"), [("ar", "لم ينشر أي نشاط بعد."), ("en", "No activity has been published yet.")]
)
@pytest.mark.parametrize("query", ["", "?q=training&year=2024"])
def test_a_catalogue_without_activities_says_so_and_nothing_else(client, language, sentence, query):
    make_activity(state=PublicationState.DRAFT)
    assert text_of(get(client, f"/{language}/activities/{query}").select_one(".nothing")) == sentence
