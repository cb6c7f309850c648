"""The translation desk: what it lists, what it saves, by two editors at once, and who may come in."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils.translation import override
from modeltranslation.translator import translator

from activities.models import Activity, ActivityKind, Partnership
from activities.tests.factories import add_link, add_partner, make_activity, make_profile, make_project
from bilingual.models import TranslationState
from bilingual.remembering import RemembersTexts
from bilingual.states import Progress, TextState, bilingual_fields, mark_reviewed, states_of, text_hash
from partners.tests.factories import make_country, make_focal_point, make_institution
from reports.models import ReportItem
from reports.tests.desk import page_of, sign_in, words
from reports.tests.factories import make_report
from reports.translating.kinds import KINDS
from roadmap.models import Roadmap
from roadmap.tests.factories import (
    make_abbreviation,
    make_area,
    make_meeting,
    make_objective,
    make_programme,
    make_roadmap,
)

pytestmark = pytest.mark.django_db

BOTH_LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])
EVERYTHING = tuple(sorted({each.partition(".")[2] for kind in KINDS for each in kind.permissions}))


@pytest.fixture
def editor(client):
    return sign_in(client, *EVERYTHING, name="editor")


def list_of(client, page_language="en", **asked):
    with override(page_language):
        return client.get(reverse("translations"), asked)


def page_address(kind, key, language="en"):
    with override(language):
        return reverse("translation", args=[kind, key])


def listed(response):
    """The keys of the records that are listed."""
    return [node.get_text() for node in page_of(response).select(".texts-code")]


def state(record, field="objective"):
    states = states_of([type(record).objects.get(pk=record.pk)])
    found = next(iter(states.values()))
    return {language: (found[field, language].progress, found[field, language].is_stale) for language in ("ar", "en")}


def make_pair(**said):
    """An activity with an objective in both languages."""
    return make_activity(**{"objective_ar": "هدف", "objective_en": "Aim"} | said)


def make_stale(**said):
    """An activity whose English objective changed after the Arabic one."""
    activity = make_pair(**said)
    activity = Activity.objects.get(pk=activity.pk)
    activity.objective_en = "Another aim"
    activity.save()
    return activity


def shown(client, activity):
    """What the page sends back when nothing is touched."""
    page = page_of(client.get(page_address("activities", activity.code)))
    sent = {node["name"]: node.get("value", "") for node in page.select("form.desk-form input[type=hidden]")}
    return sent | {node["name"]: node.get_text().lstrip("\n") for node in page.select("form.desk-form textarea")}


def send(client, activity, sent, language="en"):
    return client.post(page_address("activities", activity.code, language), sent)


# The list.


def make_all_states():
    return {
        "missing": make_pair(objective_ar=None),
        "draft": make_pair(title_ar_is_official=False),
        "stale": make_stale(),
        "reviewed": make_pair(),
        "empty": make_activity(),
    }


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, {"missing", "draft", "stale"}),
        ({"state": "missing"}, {"missing"}),
        ({"state": "draft"}, {"draft"}),
        ({"state": "stale"}, {"stale"}),
        ({"state": "all"}, {"missing", "draft", "stale", "reviewed", "empty"}),
        ({"state": "reviewed"}, {"missing", "draft", "stale", "reviewed", "empty"}),
        ({"language": "ar"}, {"missing", "draft", "stale"}),
        ({"language": "en"}, set()),
        ({"state": "stale", "language": "en"}, set()),
    ],
)
def test_records_are_listed_by_the_state_of_their_texts(client, editor, asked, expected):
    activities = make_all_states()
    found = listed(list_of(client, **asked))
    assert sorted(found) == sorted(activities[name].code for name in expected)


def test_the_database_and_the_record_agree_on_every_state(client, editor):
    """What the list finds as stale or as a draft is what `states_of` says."""
    activities = list(make_all_states().values())
    reviewed = Activity.objects.get(pk=activities[1].pk)
    mark_reviewed(reviewed, "title", "ar", editor)
    for name in ("missing", "draft", "stale"):
        for language in ("ar", "en"):
            expected = {
                activity.code
                for activity, states in states_of(Activity.objects.all()).items()
                for (field, each), found in states.items()
                if each == language and _says(activity, field, found) == name
            }
            assert set(listed(list_of(client, state=name, language=language))) == expected


def _says(activity, field, found: TextState):
    if found.progress == "missing":
        has_other = getattr(activity, f"{field}_ar") or getattr(activity, f"{field}_en")
        return "missing" if has_other else ""
    return "stale" if found.is_stale else found.progress


def test_a_list_can_be_narrowed_to_an_area_a_report_and_words(client, editor):
    area = make_area(make_roadmap())
    inside = make_pair(objective_ar=None, roadmap=area.roadmap, area=area)
    project = make_project()
    part = make_pair(objective_ar=None, parent=project, title_en="Quality of weaving")
    make_pair(objective_ar=None)
    report = make_report(inside, project)
    assert listed(list_of(client, area=area.pk)) == [inside.code]
    assert sorted(listed(list_of(client, report=report.code))) == sorted([inside.code, part.code])
    assert listed(list_of(client, q="weaving")) == [part.code]


@BOTH_LANGUAGES
def test_every_kind_of_record_is_listed_and_opens(client, editor, language):
    area = make_area(make_roadmap(code="2020-2025"), summary_ar="ملخص")
    activity = make_pair(objective_ar=None)
    report = make_report(activity)
    report.sections.filter(kind="introduction").update(text_en="Only English")
    ReportItem.objects.filter(report=report).update(override_en="Only English")
    report.coverage_notes.create(area=area, reason_en="Only English")
    make_institution(name_ar=None, code="body")
    make_programme(aim_en="Only English")
    add_partner(activity, described_as_en="Trainers")
    add_link(activity, label_ar=None)
    make_focal_point(country=make_country("QZZ", formal_name_en="Republic"), post_en="Director")
    make_meeting(41, place_ar=None, place_en="Ankara")
    ActivityKind.objects.update(name_ar=None)
    make_profile(name_ar=None)
    make_abbreviation(meaning_ar=None)
    make_objective(area, title_ar=None).indicators.create(title_en="Standards adopted")
    Roadmap.objects.update(short_title_ar="خارطة")
    for kind in KINDS:
        response = list_of(client, language, kind=kind.code)
        keys = listed(response)
        assert keys, kind.code
        for key in keys:
            assert page_of(client.get(page_address(kind.code, key, language)))


@pytest.mark.parametrize(
    ("kind", "filters"),
    [
        ("activities", {"state", "language", "report", "area", "q"}),
        ("institutions", {"state", "language", "report", "area", "q"}),
        ("partners", {"state", "language", "report", "area", "q"}),
        ("meetings", {"state", "language", "report"}),
        ("areas", {"state", "language", "report", "area"}),
        ("programme", {"state", "language"}),
    ],
)
def test_a_list_offers_what_it_can_be_narrowed_by(client, editor, kind, filters):
    form = page_of(list_of(client, kind=kind)).select_one("form.texts-filters")
    assert {node["name"] for node in form.select("select, input")} == filters | {"kind"}


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "users"},
        {"state": "x"},
        {"area": "x"},
        {"area": "99999999999999999999"},
        {"report": "COMCEC-1"},
        {"report": "'; --"},
        {"language": "fr"},
        {"page": "-1"},
        {"page": "99999"},
        {"q": "\x00\u202e"},
        {"q": "x" * 500},
    ],
)
def test_what_cannot_be_read_is_left_out(client, editor, asked):
    make_pair(objective_ar=None)
    assert list_of(client, **asked).status_code == 200


@pytest.mark.parametrize("number", [1, 24])
@pytest.mark.parametrize("kind", ["activities", "paragraphs"])
def test_a_longer_list_costs_no_more_queries(client, editor, kind, number, django_assert_max_num_queries):
    activities = [make_pair(objective_ar=None) for _ in range(number)]
    report = make_report(*activities)
    ReportItem.objects.filter(report=report).update(override_en="Only English")
    list_of(client, kind=kind)  # content types
    with django_assert_max_num_queries(12):
        assert len(listed(list_of(client, kind=kind))) == number


def test_what_was_saved_before_lists_looked_for_it_is_found(client, editor):
    """The migration says of each state that is known whether it is open."""
    stale, draft = make_stale(), make_pair(title_ar_is_official=False)
    make_pair()
    TranslationState.objects.update(is_open=False)
    assert listed(list_of(client, state="stale")) == []
    import_module("reports.migrations.0008_open_states").mark_open(apps, None)
    assert listed(list_of(client, state="stale")) == [stale.code]
    assert sorted(listed(list_of(client))) == sorted([stale.code, draft.code])


# The texts of one record.


@BOTH_LANGUAGES
def test_a_missing_text_is_written(client, editor, language):
    activity = make_pair(objective_ar=None, version=7)
    response = send(client, activity, shown(client, activity) | {"objective_ar": "هدف\r\nثان "}, language)
    assert response.headers["Location"] == page_address("activities", activity.code, language)
    saved = Activity.objects.get(pk=activity.pk)
    assert (saved.objective_ar, saved.objective_en, saved.version) == ("هدف\nثان", "Aim", 8)
    assert saved.versions.latest().history_user == editor
    assert state(saved) == {"ar": (Progress.REVIEWED, False), "en": (Progress.REVIEWED, False)}


def test_a_page_sent_back_as_it_was_changes_nothing(client, editor):
    activity = make_stale(objective_ar="سطر\n\nسطر")
    before = activity.versions.count()
    assert send(client, activity, shown(client, activity)).status_code == 302
    assert activity.versions.count() == before
    assert state(activity)["ar"] == (Progress.REVIEWED, True)


def test_a_text_that_was_read_again_is_reviewed(client, editor):
    activity = make_stale()
    send(client, activity, shown(client, activity) | {"reviewed-objective_ar": "on"})
    assert state(activity)["ar"] == (Progress.REVIEWED, False)


def test_a_review_of_what_has_changed_since_is_not_written_down(client, editor):
    activity = make_stale()
    sent = shown(client, activity) | {"reviewed-objective_ar": "on"}
    Activity.objects.filter(pk=activity.pk).update(objective_en="A third aim")
    response = client.post(page_address("activities", activity.code), sent, follow=True)
    assert "1 text was not marked as reviewed" in words(page_of(response))
    assert state(activity)["ar"] == (Progress.REVIEWED, True)


@BOTH_LANGUAGES
def test_the_second_of_two_editors_sees_both_versions(client, editor, language):
    activity = make_pair(objective_ar=None)
    first, second = shown(client, activity), shown(client, activity)
    send(client, activity, first | {"objective_ar": "نص الأولى"})
    response = send(client, activity, second | {"objective_ar": "نص الثانية"}, language)
    assert response.status_code == 409
    page = response.content.decode()
    assert "نص الأولى" in page
    assert "نص الثانية" in page
    assert Activity.objects.get(pk=activity.pk).objective_ar == "نص الأولى"


def test_whoever_has_seen_both_versions_may_save_theirs(client, editor):
    activity = make_pair(objective_ar=None)
    first, second = shown(client, activity), shown(client, activity)
    send(client, activity, first | {"objective_ar": "نص الأولى"})
    form = send(client, activity, second | {"objective_ar": "نص الثانية"}).context["form"]
    again = {name: form.data[name] for name in form.data if name != "csrfmiddlewaretoken"}
    assert send(client, activity, again).status_code == 302
    assert Activity.objects.get(pk=activity.pk).objective_ar == "نص الثانية"


def test_two_editors_of_different_texts_do_not_meet(client, editor):
    activity = make_pair(objective_ar=None, venue_en="Ankara")
    first, second = shown(client, activity), shown(client, activity)
    send(client, activity, first | {"objective_ar": "هدف"})
    assert send(client, activity, second | {"venue_ar": "أنقرة"}).status_code == 302
    saved = Activity.objects.get(pk=activity.pk)
    assert (saved.objective_ar, saved.venue_ar) == ("هدف", "أنقرة")


def test_a_translation_of_what_has_changed_since_is_behind(client, editor):
    activity = make_pair(objective_ar=None)
    sent = shown(client, activity) | {"objective_ar": "هدف"}
    row = Activity.objects.get(pk=activity.pk)
    row.objective_en = "Another aim"
    row.save()
    assert send(client, activity, sent).status_code == 302
    assert Activity.objects.get(pk=activity.pk).objective_en == "Another aim"
    assert state(activity)["ar"] == (Progress.REVIEWED, True)


@pytest.mark.parametrize("text", ["a\x00b", "\u202eevil", "x" * 20_001, "\u2066open"])
def test_a_text_that_cannot_be_stored_comes_back_with_the_reason(client, editor, text):
    activity = make_pair()
    response = send(client, activity, shown(client, activity) | {"objective_en": text})
    assert response.status_code == 422
    assert "field-error" in response.content.decode()
    assert Activity.objects.get(pk=activity.pk).objective_en == "Aim"


def test_a_rule_of_the_record_holds_here_too(client, editor):
    activity = make_pair()
    response = send(client, activity, shown(client, activity) | {"title_ar": ""})
    assert response.status_code == 422
    assert Activity.objects.get(pk=activity.pk).title_ar == activity.title_ar


def test_what_was_wrong_before_does_not_stand_in_the_way(client, editor):
    activity = make_pair(objective_ar=None)
    Activity.objects.filter(pk=activity.pk).update(status=None)
    assert send(client, activity, shown(client, activity) | {"objective_ar": "هدف"}).status_code == 302


@pytest.mark.parametrize("seen", ["x", "0" * 64, text_hash("Aim").upper()])
def test_a_made_up_hash_overwrites_nothing(client, editor, seen):
    activity = make_pair()
    sent = shown(client, activity) | {"objective_en": "Mine", "seen-objective_en": seen}
    assert send(client, activity, sent).status_code in (409, 422)
    assert Activity.objects.get(pk=activity.pk).objective_en == "Aim"


def test_a_page_tells_what_departs_from_the_house_style(client, editor):
    activity = make_pair(objective_ar="نظم, ومعايير في كانون الثاني")
    page = words(page_of(client.get(page_address("activities", activity.code))))
    assert "Objective: the Arabic text has Latin punctuation" in page
    assert "كانون الثاني" in page


def test_a_paragraph_keeps_its_basis_and_counts_a_save(client, editor):
    report = make_report(make_activity())
    ReportItem.objects.filter(report=report).update(override_en="Only English", override_basis="b" * 64)
    item = report.items.get()
    address = page_address("paragraphs", f"{report.code}.{item.activity.code}")
    client.post(
        address, {"override_ar": "فقرة", "override_en": "Only English", "seen-override_en": text_hash("Only English")}
    )
    item.refresh_from_db()
    assert (item.override_ar, item.override_basis, item.version) == ("فقرة", "b" * 64, 2)


# Who may come in.


# Rows of a record, which ask for its own permission beside theirs.
ROWS = ("change_partnership", "change_activitylink", "change_indicator")


@pytest.mark.parametrize("permission", [each for each in EVERYTHING if each not in ROWS])
def test_each_kind_has_its_own_permission(client, permission):
    activity = make_activity()
    make_meeting(1)
    sign_in(client, permission, name=permission)
    kinds = {kind.code for kind in KINDS if {each.partition(".")[2] for each in kind.permissions} == {permission}}
    page = page_of(list_of(client))
    assert {node["href"].removeprefix("?kind=") for node in page.select("nav.desk-nav a")} == kinds
    status = 200 if permission == "change_activity" else 404
    assert client.get(page_address("activities", activity.code)).status_code == status


def test_partners_are_for_whoever_may_change_them_in_their_activity(client):
    """The back office shows partners inside the form of an activity, and so asks for both permissions."""
    partner = add_partner(make_activity(), described_as_en="Trainers")
    address = page_address("partners", f"{partner.activity.code}.{partner.pk}")
    for permissions, status in (("change_partnership",), 404), (("change_partnership", "change_activity"), 200):
        sign_in(client, *permissions)
        assert client.get(address).status_code == status


def test_every_model_with_a_text_is_on_the_desk_and_remembers_it():
    """What is registered for translation and holds a text: a new model that is forgotten here is found here."""
    models = {model for model in translator.get_registered_models(abstract=False) if bilingual_fields(model)}
    assert {kind.model for kind in KINDS} == models
    assert all(issubclass(model, RemembersTexts) for model in models)


# A row of another record.


def test_a_text_of_a_partner_counts_as_a_save_of_its_activity(client, editor):
    """A form of the activity that somebody else has open then asks before it overwrites."""
    activity = make_activity(version=4)
    partner = add_partner(activity, described_as_en="Trainers")
    address = page_address("partners", f"{activity.code}.{partner.pk}")
    page = page_of(client.get(address))
    sent = {node["name"]: node.get("value", "") for node in page.select("form.desk-form input[type=hidden]")}
    sent |= {"described_as_en": "Trainers", "described_as_ar": "مدربون"}
    assert client.post(address, sent).status_code == 302
    partner.refresh_from_db()
    activity.refresh_from_db()
    assert (partner.described_as_ar, activity.version) == ("مدربون", 5)
    assert partner.versions.latest().history_user == activity.versions.latest().history_user == editor
    assert state(partner, "described_as") == {"ar": (Progress.REVIEWED, False), "en": (Progress.REVIEWED, False)}


def test_a_partner_is_found_under_its_own_activity_only(client, editor):
    partner = add_partner(make_activity(), described_as_en="Trainers")
    other = make_activity()
    assert client.get(page_address("partners", f"{other.code}.{partner.pk}")).status_code == 404


def test_a_partner_edited_in_the_back_office_is_behind_on_the_desk(client):
    """What the form of an activity saves is remembered too, and by whom."""
    partner = add_partner(make_activity(), described_as_en="Trainers", described_as_ar="مدربون")
    partner = Partnership.objects.get(pk=partner.pk)
    partner.described_as_en = "Trainers of trainers"
    partner.save()
    sign_in(client, "change_activity", "change_partnership")
    assert listed(list_of(client, kind="partners", state="stale")) == [f"{partner.activity.code}.{partner.pk}"]


@pytest.mark.parametrize("name", ["translations", "translations_export", "translations_import"])
def test_for_anybody_else_there_is_no_such_page(client, name):
    assert client.get(reverse(name)).status_code == 302
    sign_in(client, "view_activity", name="reader")
    assert client.get(reverse(name)).status_code == 404


@pytest.mark.parametrize("key", ["2024-999", "..", "x" * 200, "COMCEC-40.x"])
def test_a_record_that_is_not_there_is_no_page(client, editor, key):
    for kind in KINDS:
        assert client.get(f"/en/translations/{kind.code}/{key}/").status_code == 404


@BOTH_LANGUAGES
def test_nothing_of_the_desk_stays_in_a_cache(client, editor, language):
    assert list_of(client, language).headers["Cache-Control"] == "private, no-store"
