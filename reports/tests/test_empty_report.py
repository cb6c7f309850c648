"""A report that tells of no activity says so, and promises nothing."""

import pytest

from reports.tests.desk import make_world, page_of, sign_in, words
from roadmap.tests.factories import make_meeting, make_programme

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "said", "unsaid"),
    [
        (
            "ar",
            "ولا يتضمن هذا التقرير أي نشاط عن الفترة قيد الاستعراض، وفق الوضع يوم 1 نوفمبر 2024 .",
            ["فيما يلي", "في الأشرطة"],
        ),
        (
            "en",
            "There is no activity to report for the period under review, as of 1 November 2024 .",
            ["set out below", "In the bars"],
        ),
    ],
)
def test_an_empty_report_says_so_in_its_introduction(client, language, said, unsaid):
    make_world(size=0)
    sign_in(client)
    told = words(page_of(client.get(f"/{language}/desk/COMCEC-40/preview/?language={language}")).main)
    assert said in told
    assert [promise for promise in unsaid if promise in told] == []


@pytest.mark.parametrize(("language", "said"), [("ar", "لم يُقترح أي نشاط."), ("en", "No activity was proposed.")])
def test_a_new_report_of_a_period_without_activities_says_so(client, language, said):
    make_programme()
    make_meeting(39)
    make_meeting(40)
    sign_in(client)
    begun = client.post(f"/{language}/desk/new/", {"code": "COMCEC-40", "as_of": "2024-11-01"}, follow=True)
    assert said in words(page_of(begun))
