"""The search boxes of the back office, and what autocomplete offers, find a word however it was typed."""

import re

import pytest

from activities.models import Activity, ActivityKind
from activities.tests.factories import add_partner, make_activity, make_kind
from oicvet.tests.backoffice import address
from partners.models import Country, Institution, NationalFocalPoint
from partners.tests.factories import make_country, make_focal_point, make_institution
from reports.models import Report
from reports.tests.factories import make_report
from roadmap.models import Abbreviation, Meeting, MeetingKind, WorkPlanItem
from roadmap.tests.factories import make_abbreviation, make_action, make_area, make_meeting, make_objective

pytestmark = pytest.mark.django_db


def found(client, model, query):
    return list(client.get(address(model, "changelist"), {"q": query}).context["cl"].queryset)


@pytest.mark.parametrize(
    "query", ["الأطر", "الاطر", "الأُطُر", "الأطـــر", "أطر", "frameworks", "FRAMEWORK", "2024-001", "بنك"]
)
def test_an_activity_is_found_by_its_words_its_code_and_its_partners(root, query):
    activity = make_activity(title_ar="الأُطر الوطنية", title_en="National Frameworks")
    add_partner(activity, make_institution(name_ar="البنك الإسلامي"))
    make_activity(title_ar="غيره", title_en="Another")
    assert found(root, Activity, query) == [activity]


@pytest.mark.parametrize(
    ("model", "make", "other", "queries"),
    [
        (
            Institution,
            lambda: make_institution(name_ar="مؤسسة الإنتاج", former_names="Former Office"),
            make_institution,
            ["الانتاج", "former"],
        ),
        (
            Country,
            lambda: make_country("TUR", short_name_ar="تركيا", short_name_en="Türkiye", spellings="Turkey"),
            make_country,
            ["turkiye", "turkey", "تركيا"],
        ),
        (ActivityKind, lambda: make_kind("x", name_ar="زيارة دراسية"), lambda: make_kind("y"), ["زياره"]),
        (
            NationalFocalPoint,
            lambda: make_focal_point(
                name_ar="أحمد", name_en="Ahmad", country=make_country(short_name_ar="المغرب", short_name_en="Morocco")
            ),
            make_focal_point,
            ["احمد", "ahmad", "morocco"],
        ),
        (
            Meeting,
            lambda: make_meeting(40, place_ar="إسطنبول", place_en="Istanbul"),
            lambda: make_meeting(38, MeetingKind.FOLLOW_UP, place_ar="أنقرة", place_en="Ankara"),
            ["COMCEC-40", "40", "الأربعون", "اسطنبول"],
        ),
        (
            Abbreviation,
            lambda: make_abbreviation(short="TVET", meaning_ar="التعليم والتدريب"),
            make_abbreviation,
            ["tvet", "التدريب"],
        ),
        (
            WorkPlanItem,
            lambda: make_action(make_objective(make_area(number=2)), number=3, title_ar="إعداد المعايير"),
            make_action,
            ["2.1.3", "اعداد"],
        ),
        (
            Report,
            lambda: make_report(document_code="OIC/COMCEC/40-24/REP"),
            lambda: None,
            ["comcec-40", "REP", "40-24"],
        ),
    ],
    ids=lambda value: value._meta.label if hasattr(value, "_meta") else None,
)
def test_every_table_is_searched_in_both_languages(root, model, make, other, queries):
    row = make()
    other()
    for query in queries:
        assert found(root, model, query) == [row], query
    assert found(root, model, "nowhere") == []
    assert row in found(root, model, "   ")


def test_autocomplete_finds_what_the_list_finds(root):
    institution = make_institution(name_ar="مؤسسة الإنتاج")
    make_institution()
    sent = {"app_label": "activities", "model_name": "partnership", "field_name": "institution", "term": "الانتاج"}
    assert [row["id"] for row in root.get("/en/admin/autocomplete/", sent).json()["results"]] == [str(institution.pk)]


@pytest.mark.parametrize(("language", "word", "others"), [("ar", "بحث", "نتيجة واحدة"), ("en", "Search", "1 result")])
def test_the_search_box_speaks_the_language_of_its_page(root, language, word, others):
    make_activity(title_ar="الأطر", title_en="Frameworks")
    make_activity()
    list_of_activities = address(Activity, "changelist", language=language)
    page = root.get(list_of_activities, {"q": "frameworks", "status": "held"}).content.decode()
    assert re.findall(r'<img src="[^"]*search\.svg" alt="([^"]*)">', page) == [word]
    assert others in page
    assert '<input type="hidden" name="status" value="held">' in page
