"""The start page says what needs its reader; the help says what they may do."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import override

from activities.admin.workflow import MOVES
from activities.attention import needing
from activities.duplicates import similar_to
from activities.models import Activity, PublicationState
from activities.tests.factories import add_country, count_participants, make_activity
from focalpoints.tests.factories import make_answer
from oicvet.start import what_needs
from oicvet.tests.backoffice import address, said
from partners.tests.factories import make_institution
from reports.tests.factories import make_report

pytestmark = pytest.mark.django_db

LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])
DATES = {"start_date": timezone.localdate() - timedelta(days=9), "end_date": timezone.localdate() - timedelta(days=9)}


def held(number=7, **said_of_it):
    """An activity of which nothing is wanting."""
    activity = make_activity(**said_of_it)
    count_participants(activity, number)
    return activity


def pending():
    return [make_activity()]


def overdue():
    return [held(status="planned", **DATES)]


def in_review():
    return [held(state=PublicationState.IN_REVIEW)]


def in_one_language():
    return [held(venue_en="Ankara")]


def behind():
    activity = held()
    activity.title_ar = "عنوان آخر"
    activity.save()
    return [activity]


def women_and_men():
    activity = make_activity()
    count_participants(activity, 10, women=2, men=3)
    return [activity]


def people_of_countries():
    activity = held(10)
    add_country(activity, count=3)
    return [activity]


def alike():
    today = timezone.localdate()
    held(title_en="A course on welding in Ankara", start_date=today, end_date=today)
    first = held(title_en="A course on welding in Ankara", **DATES)
    days = DATES | {"start_date": DATES["start_date"] - timedelta(days=2)}
    return [held(title_en="Course on welding, in Ankara a", title_ar="كذا", **days), first]


CASES = [
    ("figures", pending),
    ("overdue", overdue),
    ("in-review", in_review),
    ("one-language", in_one_language),
    ("stale", behind),
    ("disagree", women_and_men),
    ("disagree", people_of_countries),
    ("duplicates", alike),
]


@pytest.mark.parametrize(("kind", "make"), CASES, ids=[make.__name__ for _kind, make in CASES])
def test_each_number_is_that_of_the_list_it_leads_to(root, kind, make):
    whole = held()
    complete = held()
    add_country(complete, count=7)
    wanted = make()
    lines = root.get("/en/admin/").context["request"].user
    line = next(each for each in what_needs(lines, timezone.localdate()) if each.address.endswith(f"={kind}"))
    page = root.get(line.address)
    listed = list(page.context["cl"].result_list)
    assert line.number == len(wanted) == len(listed)
    assert {each.pk for each in listed} == {each.pk for each in wanted}
    assert whole not in listed


def test_the_start_page_knows_the_duplicates_that_the_form_warns_of(root):
    first, second = alike()
    assert similar_to(first) == [second]
    assert similar_to(second) == [first]
    assert {each.pk for each in needing("duplicates", timezone.localdate())} == {first.pk, second.pk}


def test_counts_agree_again_once_the_countries_do(root):
    (activity,) = people_of_countries()

    def wanted():
        return list(needing("disagree", timezone.localdate()))

    assert wanted() == [activity]
    other = add_country(activity, count=7)
    assert wanted() == []
    other.count = None
    other.save()
    assert wanted() == []  # the people of a country are not known
    other.delete()
    assert wanted() == [activity]


def test_corrections_that_countries_proposed_are_told_to_who_may_decide(signed_in):
    make_answer(proposed={"headcount": 12})
    make_answer()  # confirmed: nobody has to do anything
    client = signed_in("Editor")
    user = client.get("/en/admin/").context["request"].user
    (line,) = [each for each in what_needs(user, timezone.localdate()) if "/answer/" in each.address]
    page = client.get(line.address)
    assert (line.number, len(page.context["cl"].result_list)) == (1, 1)
    assert "Corrections proposed by countries" in said(client.get("/en/admin/"))


def untranslated():
    """An institution named in one language only; a meeting's section that is behind; and the rest complete."""
    make_institution()
    make_institution(name_ar=None)
    section = make_report().sections.get(kind="conclusion")
    section.text_ar, section.text_en = "خاتمة", "Conclusion"
    section.save()
    section.text_en = "Another conclusion"
    section.save()


def texts_told(user):
    lines = what_needs(user, timezone.localdate())
    return {line.address.partition("?")[2]: line for line in lines if "/translations/" in line.address}


@LANGUAGES
def test_texts_of_other_records_are_told_with_the_way_to_the_desk(root, language):
    untranslated()
    user = root.get("/en/admin/").context["request"].user
    with override(language):
        lines = texts_told(user)
    assert [(query, line.number) for query, line in lines.items()] == [
        ("kind=institutions&state=missing", 1),
        ("kind=sections&state=stale", 1),
    ]
    text = said(root.get(f"/{language}/admin/"))
    for line in lines.values():
        assert capfirst(line.label) in text
        assert len(root.get(line.address).context["page"].object_list) == line.number


@pytest.mark.parametrize(
    ("role", "told"),
    [("Data entry", ["institutions"]), ("Editor", ["institutions"]), ("Report officer", ["sections"])],
)
def test_texts_are_told_to_whoever_may_change_them(signed_in, role, told):
    untranslated()
    user = signed_in(role).get("/en/admin/").context["request"].user
    assert [query.partition("&")[0] for query in texts_told(user)] == [f"kind={kind}" for kind in told]


@LANGUAGES
def test_the_start_page_shows_the_numbers(root, language):
    make_activity()
    text = said(root.get(f"/{language}/admin/"))
    assert {"en": "What needs you today", "ar": "ما ينتظرك اليوم"}[language] in text


@pytest.mark.parametrize(
    ("role", "shown"), [("Editor", 8), ("Data entry", 6), ("Report officer", 0), ("Administrator", 8)]
)
def test_a_reader_is_told_what_their_role_may_act_on(signed_in, role, shown):
    user = signed_in(role).get("/en/admin/").context["request"].user
    assert len(what_needs(user, timezone.localdate())) == shown


def test_the_start_page_costs_the_same_for_one_activity_and_for_thirty(root):
    def queries():
        root.get("/en/admin/")
        with CaptureQueriesContext(connection) as caught:
            root.get("/en/admin/")
        return len(caught)

    pending()
    first = queries()
    for _number in range(29):
        pending()
    assert queries() == first <= 16


@pytest.mark.parametrize("value", ["x", "%00", "9" * 300, "figures'--"])
def test_a_filter_that_asks_for_nothing_known_fails_nothing(root, value):
    make_activity()
    page = root.get(address(Activity, "changelist") + f"?needs={value}", follow=True)
    assert page.status_code == 200


@LANGUAGES
@pytest.mark.parametrize("role", ["Data entry", "Editor", "Report officer", "Administrator"])
def test_the_help_tells_each_role_what_it_may_do(signed_in, role, language):
    page = signed_in(role).get(f"/{language}/admin/help/")
    text = said(page)
    may_publish = role in ("Editor", "Administrator")
    assert (page.context["help"].specials != () and "publish" in page.context["help"].specials[0].lower()) is (
        may_publish and language == "en"
    )
    assert len(page.context["help"].roles) == 1
    assert str(Activity._meta.get_field("objective").help_text) in text or language == "ar"


def test_the_help_is_for_staff_and_is_linked_from_every_page(signed_in, client):
    assert client.get("/en/admin/help/").status_code == 302
    signed_in("National focal point")
    assert client.get("/en/admin/help/").status_code == 302
    signed_in("Editor")
    assert 'href="/en/admin/help/"' in client.get(address(Activity, "changelist")).content.decode()


@LANGUAGES
@pytest.mark.parametrize(
    ("role", "ours"),
    [("Data entry", (True, True, False, False)), ("Editor", (True,) * 4), ("Report officer", (False,) * 4)],
)
def test_the_help_tells_the_way_from_draft_to_publication(signed_in, role, ours, language):
    make_activity()
    client = signed_in(role)
    page = client.get(f"/{language}/admin/help/")
    stages = page.context["help"].stages
    assert tuple(stage.is_ours for stage in stages) == ours
    text = said(page)
    assert text.count({"en": "You may do this.", "ar": "هذا من صلاحياتك."}[language]) == sum(ours)
    for word in {"en": ("Send to review", "in review"), "ar": ("إحالة إلى المراجعة", "قيد المراجعة")}[language]:
        assert word in text
    listed = client.get(address(Activity, "changelist")).content.decode()
    assert [f'value="{move.name}"' in listed for move in MOVES] == list(ours)
