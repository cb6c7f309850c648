"""What is found in one activity, in the language of whoever reads it."""

from datetime import date

import pytest
from django.utils.translation import override

from activities.findings import findings_of
from activities.models import Activity, ActivityStatus, Mode, Participation, Standing
from activities.tests.factories import (
    add_country,
    add_link,
    add_partner,
    count_participants,
    make_activity,
    make_kind,
    make_profile,
    make_project,
)
from bilingual.findings import Severity
from partners.models import Institution
from partners.tests.factories import make_country, make_institution, suspend
from roadmap.tests.factories import make_area

pytestmark = pytest.mark.django_db

DAY = date(2024, 11, 1)
BLOCKING, WARNING, NOTE = Severity


def make_complete(**said):
    """Return a held activity in which there is nothing to be found; ``headcount`` says how many took part."""
    area = make_area()
    values = {
        "objective_ar": "تعزيز النظم",
        "objective_en": "strengthen systems",
        "roadmap": area.roadmap,
        "area": area,
    }
    counts = {name: said.pop(name) for name in ("headcount", "women", "men", "member_countries") if name in said}
    activity = make_activity(**values | said)
    if activity.status == ActivityStatus.HELD:
        count_participants(activity, **{"headcount": 32} | counts)
    return activity


def found(activity, day=DAY):
    """What is found, in short: code, severity, where, and whether it can be waived."""
    activity = Activity.objects.for_findings().get(pk=activity.pk)
    return [(row.code, row.severity, row.field, row.is_waivable) for row in findings_of(activity, day)]


def codes(activity, day=DAY):
    return [row[0] for row in found(activity, day)]


def test_a_complete_activity_has_no_findings():
    assert found(make_complete(women=12, men=20)) == []


TEXTS = [
    ({"title_ar": None, "state": "draft"}, ("title-missing", BLOCKING, "title_ar", False)),
    ({"title_en": None, "state": "draft"}, ("title-missing", BLOCKING, "title_en", False)),
    ({"title_ar_is_official": False}, ("title-not-official", NOTE, "title_ar_is_official", False)),
    ({"title_en_is_official": False}, ("title-not-official", NOTE, "title_en_is_official", False)),
    ({"objective_ar": None}, ("text-in-one-language", BLOCKING, "objective_ar", True)),
    ({"objective_en": None}, ("text-in-one-language", BLOCKING, "objective_en", True)),
    ({"objective_ar": None, "objective_en": None}, ("text-missing", WARNING, "objective_ar", False)),
    ({"topics_ar": "موضوع"}, ("text-in-one-language", BLOCKING, "topics_en", True)),
    ({"audience_en": "authorities"}, ("text-in-one-language", BLOCKING, "audience_ar", True)),
    ({"venue_ar": "أنقرة"}, ("text-in-one-language", BLOCKING, "venue_en", True)),
    ({"summary_en": "Two lines"}, ("text-in-one-language", WARNING, "summary_ar", False)),
    ({"topics_ar": "ا" * 301, "topics_en": "a"}, ("unprintable-word", BLOCKING, "topics_ar", False)),
    ({"topics_ar": "ا", "topics_en": "a" + "\u0301" * 22}, ("unprintable-marks", BLOCKING, "topics_en", False)),
    ({"topics_ar": "ا", "topics_en": "a " * 10_001}, ("unprintable-length", BLOCKING, "topics_en", False)),
    ({"area": None}, ("area-missing", NOTE, "area", False)),
    ({"mode": Mode.NOT_STATED}, ("mode-not-stated", NOTE, "mode", False)),
]


@pytest.mark.parametrize(("said", "finding"), TEXTS)
def test_a_text_or_a_choice_that_is_wanting_is_found_at_its_field(said, finding):
    assert found(make_complete(**said)) == [finding]


@pytest.mark.parametrize(
    ("said", "finding"),
    [
        ({"start_date": None, "end_date": None, "year": 2024}, ("dates-missing", BLOCKING, "start_date", False)),
        ({"end_date": date(2024, 11, 2)}, ("held-in-the-future", BLOCKING, "status", False)),
        ({"end_date": DAY}, None),
        ({"status": "planned"}, ("outcome-unrecorded", BLOCKING, "status", False)),
        ({"status": "planned", "end_date": DAY}, None),
        ({"status": "planned", "end_date": date(2024, 12, 1)}, None),
        ({"status": "postponed"}, ("reason-missing", BLOCKING, "status_reason_ar", False)),
        ({"status": "cancelled"}, ("reason-missing", BLOCKING, "status_reason_ar", False)),
        ({"status": "cancelled", "status_reason_ar": "سبب", "status_reason_en": "why"}, None),
        (
            {"status": "cancelled", "status_reason_en": "why"},
            ("text-in-one-language", BLOCKING, "status_reason_ar", True),
        ),
    ],
)
def test_status_and_dates_have_to_agree_on_the_day(said, finding):
    assert found(make_complete(**said)) == ([finding] if finding else [])


@pytest.mark.parametrize(
    ("counts", "finding"),
    [
        ({"women": 12, "men": 20}, None),
        ({"women": 12, "men": 18}, ("sexes-do-not-add-up", BLOCKING, "women", True)),
        ({"women": 12}, None),
        ({"headcount": None, "women": 12, "men": 18}, ("headcount-pending", WARNING, "headcount", False)),
        ({"headcount": None}, ("headcount-pending", WARNING, "headcount", False)),
    ],
)
def test_women_and_men_add_up_to_a_headcount_that_is_there(counts, finding):
    assert found(make_complete(**counts)) == ([finding] if finding else [])


def test_a_headcount_is_pending_where_nobody_opened_the_counts():
    activity = make_complete()
    activity.participation.delete()
    assert found(activity) == [("headcount-pending", WARNING, "participation-0-headcount", False)]


@pytest.mark.parametrize(("standing", "expected"), [("not_due", ["headcount-not-due"]), ("not_collected", [])])
def test_a_held_activity_says_why_it_has_no_headcount(standing, expected):
    activity = make_complete(headcount=None)
    Participation.objects.update(headcount_standing=Standing(standing))
    assert codes(activity) == expected


def test_a_planned_activity_waits_for_no_headcount():
    assert codes(make_complete(status="planned", end_date=date(2025, 1, 1))) == []


@pytest.mark.parametrize(
    ("declared", "members", "others", "expected"),
    [
        (2, 2, 0, []),
        (2, 2, 1, []),
        (3, 2, 1, ["countries-do-not-add-up"]),
        (3, 2, 0, ["countries-do-not-add-up"]),
        (1, 2, 0, ["countries-do-not-add-up"]),
        (2, 0, 0, []),
        (None, 2, 0, []),
    ],
)
def test_listed_countries_add_up_to_those_declared_members_alone(declared, members, others, expected):
    activity = make_complete(member_countries=declared)
    for number in range(members + others):
        add_country(activity, make_country(member_since=date(1969, 1, 1) if number < members else None))
    assert codes(activity) == expected


@pytest.mark.parametrize(("suspended_on", "expected"), [(date(2024, 3, 14), 1), (date(2024, 3, 15), 2)])
def test_a_country_counts_by_its_standing_on_the_last_day(suspended_on, expected):
    activity = make_complete(member_countries=expected)
    country = make_country()
    suspend(country, suspended_on)
    add_country(activity, country)
    add_country(activity)
    assert codes(activity) == []


REASON = {"status_reason_ar": "سبب", "status_reason_en": "why"}


@pytest.mark.parametrize("status", ["postponed", "cancelled"])
@pytest.mark.parametrize(
    ("counts", "field"),
    [
        ({"headcount": 40, "member_countries": 12}, "headcount"),
        ({"headcount": None, "member_countries": 12}, "member_countries"),
        ({"headcount": None, "women": 3}, None),
        ({"headcount": None}, None),
    ],
)
def test_nobody_took_part_in_what_was_not_held(status, counts, field):
    activity = make_complete(status=status, **REASON)
    count_participants(activity, **counts)
    finding = ("counted-and-not-held", WARNING, field, False)
    assert found(activity) == ([finding] if field else [])


MORE_COUNTRIES = ("more-countries-than-people", WARNING, "member_countries", False)


@pytest.mark.parametrize(
    ("counts", "finding"),
    [
        ({"headcount": 5, "member_countries": 12}, MORE_COUNTRIES),
        ({"headcount": 12, "member_countries": 12}, None),
        ({"headcount": None, "member_countries": 12}, ("headcount-pending", WARNING, "headcount", False)),
    ],
)
def test_more_countries_than_participants_are_a_slip(counts, finding):
    assert found(make_complete(**counts)) == ([finding] if finding else [])


def test_more_countries_in_the_list_than_participants_are_a_slip():
    activity = make_complete(headcount=1)
    for _ in range(2):
        add_country(activity, make_country())
    assert found(activity) == [("more-countries-than-people", WARNING, "headcount", False)]


@pytest.mark.parametrize(
    ("people", "expected"), [((20, 12), []), ((20, 11), ["people-do-not-add-up"]), ((20, None), [])]
)
def test_people_of_all_countries_add_up_to_the_headcount(people, expected):
    activity = make_complete()
    for count in people:
        add_country(activity, count=count)
    assert codes(activity) == expected


@pytest.mark.parametrize("language", ["ar", "en"])
def test_an_institution_has_its_official_name_in_both_languages(language):
    activity = make_complete()
    institution = make_institution(**{f"name_{language}": None})
    add_partner(activity, institution)
    add_partner(activity, institution, role="host")
    assert found(activity) == [("institution-name-missing", BLOCKING, f"name_{language}", True)]
    assert findings_of(activity, DAY)[0].target == institution


def test_a_name_it_had_then_is_name_enough():
    activity = make_complete()
    add_partner(activity, make_institution(name_ar=None), name_then_ar="الاسم السابق")
    assert codes(activity) == []


@pytest.mark.parametrize("field", ["described_as", "post"])
def test_what_is_said_of_a_partner_is_said_in_both_languages(field):
    activity = make_complete()
    partner = add_partner(activity, **{f"{field}_en": "national centres"})
    assert found(activity) == [("partner-in-one-language", BLOCKING, f"{field}_ar", True)]
    assert findings_of(activity, DAY)[0].target == partner


def test_two_partners_in_one_role_are_told_apart():
    activity = make_complete()
    for words in ("national centres", "training bodies"):
        add_partner(activity, described_as_en=words)
    assert len({finding.key for finding in findings_of(activity, DAY)}) == 2


def test_a_kind_without_its_forms_is_found_once_however_many_activities_have_it():
    kind = make_kind("study-visit", dual_ar="")
    activities = [make_complete(kind=kind) for _ in range(2)]
    keys = {finding.key for activity in activities for finding in findings_of(activity, DAY)}
    assert keys == {"kind-incomplete:kind:study-visit:dual_ar"}


def test_a_profile_without_its_forms_is_found():
    activity = make_complete()
    Participation.objects.update(profile=make_profile("teachers", definite_ar=""))
    assert found(activity) == [("profile-incomplete", BLOCKING, "definite_ar", False)]


def test_a_mode_that_the_kind_tells_need_not_be_stated():
    activity = make_complete(kind=make_kind("webinar", implied_mode=Mode.ONLINE), mode=Mode.NOT_STATED)
    assert codes(activity) == []


def test_a_project_is_a_container_and_has_to_hold_something():
    project = make_project()
    assert codes(project) == ["project-without-parts", "area-missing"]
    make_complete(parent=project)
    assert codes(project) == ["area-missing"]


def test_a_part_belongs_where_its_project_does():
    assert codes(make_complete(parent=make_project(), roadmap=None, area=None)) == []


def test_a_text_that_did_not_follow_the_other_language_is_found():
    activity = Activity.objects.get(pk=make_complete(topics_ar="موضوع", topics_en="a topic").pk)
    activity.topics_en = "another topic"
    activity.save()
    assert found(activity) == [("text-stale", WARNING, "topics_ar", False)]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "\u2066{}\u2069: women (1,200) and men (300) do not add up to the participants (1,600)."),
        ("ar", "\u2066{}\u2069: مجموع النساء (1,200) والرجال (300) لا يساوي عدد المشاركين (1,600)."),
    ],
)
def test_a_sentence_speaks_the_language_of_its_reader(language, sentence):
    activity = make_complete(headcount=1600, women=1200, men=300)
    finding = findings_of(activity, DAY)[0]
    with override(language):
        assert str(finding.message) == sentence.format(activity.code)


def test_days_stand_in_the_reader_s_language():
    finding = findings_of(make_complete(status="planned"), DAY)[0]
    with override("ar"):
        assert "14 مارس 2024" in str(finding.message)
    with override("en"):
        assert "14 March 2024" in str(finding.message)


def test_hostile_text_in_a_sentence_stays_text():
    activity = make_complete(kind=make_kind("odd", name_en="%(code)s {0} <b>", dual_ar=""))
    with override("en"):
        assert "%(code)s {0} <b>" in str(findings_of(activity, DAY)[0].message)


@pytest.mark.parametrize("number", [1, 30])
def test_findings_of_many_activities_cost_no_more_queries(number, django_assert_num_queries):
    for _ in range(number):
        activity = make_complete(women=1, men=2, member_countries=3)
        add_country(activity, count=5)
        add_partner(activity, make_institution(name_ar=None))
        add_partner(activity, described_as_en="bodies")
        add_link(activity, label_ar=None)
        make_complete(parent=make_project())
    with django_assert_num_queries(9):
        found = [finding for row in Activity.objects.for_findings() for finding in findings_of(row, DAY)]
    with django_assert_num_queries(0):
        assert len([str(finding.message) for finding in found]) == number * 7
    assert Institution.objects.count() == number


@pytest.mark.parametrize("make", [make_activity, make_project])
def test_an_activity_that_nobody_prepared_is_read_as_it_is(make):
    activity = Activity.objects.get(pk=make().pk)
    assert [row.code for row in findings_of(activity, DAY)] == codes(activity)
