"""Languages of work, registration and links in spreadsheets: codes, names, a sheet of links, and what is refused."""

from datetime import date

import pytest
from django.utils.translation import override

from activities.models import Activity
from activities.tests.factories import add_link, make_activity, make_kind
from activities.tests.sheets import COURSE, exported, imported, opened, plan_of, saved, workbook_of
from partners.tests.factories import make_country

pytestmark = pytest.mark.django_db

DAY = date(2024, 3, 1)


@pytest.fixture
def members():
    for code, ar, en in (("MAR", "المغرب", "Morocco"), ("TUR", "تركيا", "Türkiye")):
        make_country(code, short_name_ar=ar, short_name_en=en, oic_group="arab")


@pytest.mark.parametrize(
    ("languages", "countries"),
    [
        ("fr ar", "TUR MAR"),
        ("French، العربية", "Türkiye; المغرب"),
        ("fr · الفرنسية / French\nArabic", "MAR, تركيا"),
        ("fr; ar; fr", "المغرب؛ TUR MAR"),
    ],
)
def test_codes_and_names_of_either_language_are_read(members, languages, countries):
    make_kind()
    row = COURSE | {"working_languages": languages, "open_to": countries, "registration_until": DAY}
    links = [{"activity": "new-1", "label_en": "Registration", "url": "https://www.example.org/"}]
    assert imported(workbook_of(activities=[row | {"code": "new-1"}], links=links)).complaints == []
    activity = Activity.objects.get()
    assert (activity.working_languages, activity.open_to, activity.registration_until) == ("ar fr", "MAR TUR", DAY)
    assert (activity.links.get().label_en, activity.links.get().order) == ("Registration", 0)


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize(
    ("column", "cell", "told"),
    [
        ("working_languages", "ar klingon", "klingon"),
        ("working_languages", 7, ""),
        ("open_to", "Morroco", "MAR"),
        ("open_to", "MAR Atlantis", "Atlantis"),
        ("open_to", True, ""),
        ("registration_until", date(2024, 12, 1), ""),
    ],
)
def test_what_cannot_be_read_is_told_at_its_column(members, language, column, cell, told):
    make_kind()
    with override(language):
        [complaint] = plan_of(workbook_of(activities=[COURSE | {column: cell}])).complaints
    assert (complaint.column, told in complaint.sentence) == (column, True)


@pytest.mark.parametrize("url", ["http://www.example.org/", "javascript:alert(1)", "=HYPERLINK(1)", None])
def test_a_link_of_a_file_is_as_safe_as_one_of_the_form(url):
    activity = make_activity()
    file = workbook_of(links=[{"activity": activity.code, "label_en": "Registration", "url": url}])
    assert [each.column for each in plan_of(file).complaints] == ["url"]


def test_a_changed_link_is_another_version_of_its_activity():
    activity = make_activity()
    add_link(activity)
    book = opened(exported())
    page = book["Links"]
    page.cell(4, [cell.value for cell in page[1]].index("label_en") + 1).value = "Programme"
    assert imported(saved(book)).complaints == []
    activity.refresh_from_db()
    assert (activity.links.get().label_en, activity.version) == ("Programme", 2)
