"""Which texts are missing, drafts, reviewed or left behind, as records are saved."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import override

from activities.attention import needing
from activities.models import Activity, Participation
from activities.tests.factories import add_country, count_participants, make_activity
from bilingual.states import (
    Progress,
    TextState,
    TranslationState,
    bilingual_fields,
    is_stale,
    mark_reviewed,
    states_of,
)
from partners.models import Institution
from partners.tests.factories import make_institution
from roadmap.tests.factories import make_programme

pytestmark = pytest.mark.django_db


def progress(instance, field="title"):
    """What is known of both languages of ``field``: Arabic first."""
    states = states_of([instance])[instance]
    return tuple((states[field, language].progress, states[field, language].is_stale) for language in ("ar", "en"))


def fresh(instance):
    return type(instance).objects.get(pk=instance.pk)


def change(instance, **texts):
    """Save ``texts`` as a form does: on a record that was read for it."""
    row = fresh(instance)
    for column, text in texts.items():
        setattr(row, column, text)
    row.save()
    return row


MISSING, DRAFT, REVIEWED, STALE = ("missing", False), ("draft", False), ("reviewed", False), ("reviewed", True)

# What is saved one after the other, and what then is known of the Arabic and of the English objective.
HISTORIES = {
    "nothing": ([], (MISSING, MISSING)),
    "both at once": ([{"ar": "ا", "en": "a"}], (REVIEWED, REVIEWED)),
    "one language": ([{"ar": "ا"}], (REVIEWED, MISSING)),
    "one, then its translation": ([{"ar": "ا"}, {"en": "a"}], (REVIEWED, REVIEWED)),
    "one alone changes": ([{"ar": "ا"}, {"ar": "ب"}], (REVIEWED, MISSING)),
    "one of two changes": ([{"ar": "ا", "en": "a"}, {"en": "b"}], (STALE, REVIEWED)),
    "the other way round": ([{"ar": "ا", "en": "a"}, {"ar": "ب"}], (REVIEWED, STALE)),
    "changed twice": ([{"ar": "ا", "en": "a"}, {"en": "b"}, {"en": "c"}], (STALE, REVIEWED)),
    "changed and caught up": ([{"ar": "ا", "en": "a"}, {"en": "b"}, {"ar": "ب"}], (REVIEWED, REVIEWED)),
    "changed after catching up": (
        [{"ar": "ا", "en": "a"}, {"en": "b"}, {"ar": "ب"}, {"ar": "ج"}],
        (REVIEWED, STALE),
    ),
    "changed and taken back": ([{"ar": "ا", "en": "a"}, {"en": "b"}, {"en": "a"}], (REVIEWED, REVIEWED)),
    "both change": ([{"ar": "ا", "en": "a"}, {"ar": "ب", "en": "b"}], (REVIEWED, REVIEWED)),
    "one is taken away": ([{"ar": "ا", "en": "a"}, {"ar": None}], (MISSING, REVIEWED)),
    "taken away and written anew": ([{"ar": "ا", "en": "a"}, {"ar": None}, {"en": "b"}, {"ar": "ب"}], (REVIEWED,) * 2),
    "saved as it was": ([{"ar": "ا", "en": "a"}, {"ar": " ا ", "en": "a\r\n"}], (REVIEWED, REVIEWED)),
}


@pytest.mark.parametrize(("saves", "known"), HISTORIES.values(), ids=HISTORIES.keys())
def test_a_text_is_stale_when_the_other_language_changed_after_it(saves, known):
    activity = make_activity()
    for texts in saves:
        change(activity, **{f"objective_{language}": text for language, text in texts.items()})
    assert progress(fresh(activity), "objective") == known


@pytest.mark.parametrize(("saves", "known"), HISTORIES.values(), ids=HISTORIES.keys())
def test_the_same_is_known_when_one_instance_is_saved_again_and_again(saves, known):
    activity = make_activity()
    for texts in saves:
        for language, text in texts.items():
            setattr(activity, f"objective_{language}", text)
        activity.save()
    assert progress(activity, "objective") == known


def test_a_title_that_is_not_official_starts_as_a_draft():
    assert progress(make_activity(title_ar_is_official=False)) == (DRAFT, REVIEWED)


def test_a_draft_is_reviewed_once_its_title_is_official():
    activity = make_activity(title_ar_is_official=False)
    assert progress(change(activity, title_ar_is_official=True)) == (REVIEWED, REVIEWED)
    assert progress(change(activity, title_en_is_official=False)) == (REVIEWED, DRAFT)


def test_an_unofficial_title_is_a_draft_again_when_it_changes_after_its_review():
    activity = make_activity(title_ar_is_official=False)
    mark_reviewed(activity, "title", "ar", None)
    assert progress(activity) == (REVIEWED, REVIEWED)
    assert progress(change(activity, title_ar="عنوان آخر")) == (DRAFT, STALE)


def test_reviewing_a_stale_text_puts_it_in_step():
    user = User.objects.create_user("reader")
    activity = change(make_activity(), title_en="Another")
    assert is_stale(activity, "title", "ar")
    mark_reviewed(activity, "title", "ar", user)
    state = states_of([activity])[activity]["title", "ar"]
    assert (state.progress, state.is_stale, state.by) == (Progress.REVIEWED, False, user.pk)
    assert is_stale(change(activity, title_en="A third"), "title", "ar")


def test_who_saved_a_text_and_when_is_written_down():
    user = User.objects.create_user("writer")
    activity = fresh(make_activity())
    activity.title_en, activity.saved_by = "Another", user
    activity.save()
    states = states_of([activity])[activity]
    assert states["title", "en"].by == user.pk
    assert states["title", "ar"].by is None
    assert states["title", "en"].at > states["title", "ar"].at


def test_what_went_past_save_counts_as_reviewed_and_in_step():
    activity = make_activity()
    TranslationState.objects.all().delete()
    Activity.objects.filter(pk=activity.pk).update(objective_ar="هدف", objective_en="aim")
    assert progress(fresh(activity), "objective") == (REVIEWED, REVIEWED)
    assert progress(change(activity, objective_en="another aim"), "objective") == (STALE, REVIEWED)


def test_a_column_that_is_not_written_leaves_no_trace():
    activity = fresh(make_activity(objective_ar="هدف", objective_en="aim"))
    activity.objective_en, activity.title_en = "another aim", "Another title"
    activity.save(update_fields=["title_en"])
    assert progress(activity, "title") == (STALE, REVIEWED)
    assert progress(fresh(activity), "objective") == (REVIEWED, REVIEWED)
    activity.save()
    assert progress(activity, "objective") == (STALE, REVIEWED)


def test_a_column_read_later_is_compared_with_what_was_read():
    activity = Activity.objects.only("code").get(pk=make_activity(objective_ar="هدف", objective_en="aim").pk)
    assert activity.objective_en == "aim"
    activity.objective_en = "another aim"
    activity.save()
    assert progress(fresh(activity), "objective") == (STALE, REVIEWED)


def test_a_change_past_save_still_leaves_the_other_language_behind():
    activity = make_activity(objective_ar="هدف", objective_en="aim")
    Activity.objects.filter(pk=activity.pk).update(objective_en="another aim")
    assert progress(fresh(activity), "objective") == (STALE, REVIEWED)


def test_a_change_that_was_dropped_before_saving_leaves_no_trace():
    activity = make_activity(objective_ar="هدف", objective_en="aim")
    activity.objective_en = "another aim"
    activity.refresh_from_db()
    activity.save()
    assert progress(activity, "objective") == (REVIEWED, REVIEWED)


def test_states_go_with_the_record():
    institution = make_institution()
    assert TranslationState.objects.count() == 2
    institution.delete()
    assert not TranslationState.objects.exists()


def test_records_of_one_key_are_kept_apart():
    institution = make_institution(pk=7)
    activity = change(make_activity(pk=7), title_en="Another")
    states = states_of([institution, activity])
    assert states[institution]["name", "ar"].progress == Progress.REVIEWED
    assert states[activity]["title", "ar"].is_stale
    assert ("title", "ar") not in states[institution]


@pytest.mark.parametrize("make", [make_activity, make_institution, make_programme])
def test_every_text_of_a_record_has_its_states(make):
    instance = make()
    keys = {(field, language) for field in bilingual_fields(type(instance)) for language in ("ar", "en")}
    assert states_of([instance])[instance].keys() == keys
    assert keys


@pytest.mark.parametrize("number", [1, 30])
def test_states_of_many_records_cost_one_query(number, django_assert_num_queries):
    records = [change(make_activity(), title_en="Another") for _ in range(number)]
    records += [make_institution() for _ in range(number)]
    with django_assert_num_queries(1):
        states = states_of(records)
    assert sum(state["title", "ar"].is_stale for record, state in states.items() if isinstance(record, Activity)) == (
        number
    )


def test_states_cost_no_query_where_they_were_prefetched(django_assert_num_queries):
    change(make_institution(), name_en="Another")
    institutions = list(Institution.objects.prefetch_related("translation_states"))
    with django_assert_num_queries(0):
        states = states_of(institutions)
    assert [state["name", "ar"].is_stale for state in states.values()] == [True]


def test_saving_without_a_change_asks_nothing_of_the_texts(django_assert_num_queries):
    institution = fresh(make_institution())
    with django_assert_num_queries(3):  # the record, its history, and the mark that pages have changed
        institution.save()


def test_a_missing_text_says_nothing_else():
    activity = make_activity()
    assert states_of([activity])[activity]["summary", "en"] == TextState("missing")


def test_an_emptied_text_leaves_no_row_behind():
    activity = make_activity(objective_ar="هدف", objective_en="aim")
    change(activity, objective_ar="", objective_en=None)
    assert not TranslationState.objects.filter(field="objective").exists()


def test_whoever_saves_in_the_back_office_is_written_down(admin_client, admin_user):
    institution = make_institution(name_ar=None)
    page = reverse("admin:partners_institution_change", args=[institution.pk])
    form = admin_client.get(page).context["adminform"].form
    sent = {name: "" if value is None else value for name, value in form.initial.items()}
    assert admin_client.post(page, sent | {"name_ar": "مؤسسة"}).status_code == 302
    institution = fresh(institution)
    states = states_of([institution])[institution]
    assert states["name", "ar"].by == admin_user.pk
    assert states["name", "en"].by is None


@pytest.mark.parametrize("language", ["ar", "en"])
def test_deleting_a_record_speaks_of_no_states(admin_client, language):
    institution = make_institution(name_en="A body")
    with override(language):
        page = admin_client.get(reverse("admin:partners_institution_delete", args=[institution.pk]))
        assert str(TranslationState._meta.verbose_name).lower() not in page.content.decode().lower()
        assert admin_client.post(page.request["PATH_INFO"], {"post": "yes"}).status_code == 302
    assert not Institution.objects.exists()
    assert not TranslationState.objects.exists()


def test_an_installation_that_is_updated_knows_what_was_stale_and_what_disagreed():
    stale, other = change(make_activity(), title_en="Another"), make_activity()
    count_participants(other, 10)
    add_country(other, count=3)
    TranslationState.objects.update(is_open=False)
    Participation.objects.update(sum_of_countries=None)
    import_module("reports.migrations.0008_open_states").mark_open(apps, None)
    import_module("activities.migrations.0010_sum_of_countries").sum_countries(apps, None)
    assert list(needing("stale", date(2024, 5, 1))) == [stale]
    assert list(needing("disagree", date(2024, 5, 1))) == [other]
