"""Draft, in review, published, withdrawn: who moves what, and what stands in the way."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from activities.admin.listing import COUNTED_TO
from activities.models import Activity, ActivityStatus, PublicationState
from activities.tests.factories import add_partner, count_participants, make_activity, make_kind, make_project
from activities.tests.forms import address, opened, saved

pytestmark = pytest.mark.django_db

LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])
DRAFT, IN_REVIEW = PublicationState.DRAFT, PublicationState.IN_REVIEW
PUBLISHED, WITHDRAWN = PublicationState.PUBLISHED, PublicationState.WITHDRAWN


@pytest.fixture
def signed_in(client):
    """A function that signs in somebody with permissions, by their short names, and gives the client."""

    def sign_in(*names):
        user = User.objects.create_user("somebody", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=names))
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def editor(signed_in):
    return signed_in("view_activity", "change_activity", "publish_activity")


def changelist(language="en"):
    with override(language):
        return reverse("admin:activities_activity_changelist")


def move(client, name, *activities, language="en", **sent):
    """Ask what a move would do to ``activities``, and return the page that answers."""
    chosen = {"action": name, "_selected_action": [activity.pk for activity in activities]}
    return client.post(changelist(language), chosen | sent)


def confirm(client, page, **sent):
    """Send what the page holds."""
    steps = page.context["chosen"]
    seen = {f"seen-{step.activity.pk}": step.activity.version for step in steps}
    name = page.context["move"].name
    return move(client, name, *(step.activity for step in steps), confirmed="yes", **seen, **sent)


def states():
    return dict(Activity.objects.order_by("pk").values_list("pk", "state"))


@LANGUAGES
def test_a_move_says_first_what_it_will_do_and_what_it_will_not(editor, language):
    ready, published = make_activity(state=DRAFT), make_activity()
    untold = make_activity(state=IN_REVIEW, status=ActivityStatus.PLANNED)  # its days are over
    page = move(editor, "publish", ready, published, untold, language=language)
    assert [step.activity for step in page.context["going"]] == [ready]
    assert {step.activity for step in page.context["refused"]} == {published, untold}
    text = page.content.decode()
    assert all(reason in text for step in page.context["refused"] for reason in step.obstacles)
    assert all(step.obstacles for step in page.context["refused"])
    assert states() == {ready.pk: DRAFT, published.pk: PUBLISHED, untold.pk: IN_REVIEW}


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("send_to_review", DRAFT, IN_REVIEW),
        ("publish", DRAFT, PUBLISHED),
        ("publish", IN_REVIEW, PUBLISHED),
        ("publish", WITHDRAWN, PUBLISHED),
        ("back_to_draft", IN_REVIEW, DRAFT),
        ("withdraw", PUBLISHED, WITHDRAWN),
    ],
)
def test_what_was_shown_is_done_and_counts_as_another_version(editor, name, before, after):
    activity = make_activity(state=before)
    assert confirm(editor, move(editor, name, activity)).status_code == 302
    activity.refresh_from_db()
    assert (activity.state, activity.version) == (after, 2)
    assert activity.versions.first().history_user.username == "somebody"


@pytest.mark.parametrize(
    ("name", "state"),
    [("send_to_review", PUBLISHED), ("back_to_draft", PUBLISHED), ("withdraw", DRAFT), ("publish", PUBLISHED)],
)
def test_a_move_from_elsewhere_is_refused(editor, name, state):
    activity = make_activity(state=state)
    assert [step.activity for step in move(editor, name, activity).context["refused"]] == [activity]


@LANGUAGES
@pytest.mark.parametrize("name", ["publish", "withdraw"])
def test_publishing_and_withdrawing_are_for_editors(signed_in, name, language):
    client = signed_in("view_activity", "change_activity")
    activity = make_activity(state=IN_REVIEW if name == "publish" else PUBLISHED)
    before = states()
    sent = {"confirmed": "yes", f"seen-{activity.pk}": 1}
    assert move(client, name, activity, language=language, **sent).status_code in (200, 302)
    assert states() == before


def test_who_only_looks_moves_nothing(signed_in):
    client = signed_in("view_activity")
    activity = make_activity(state=DRAFT)
    move(client, "send_to_review", activity, confirmed="yes", **{f"seen-{activity.pk}": 1})
    assert states() == {activity.pk: DRAFT}


def test_what_changed_after_it_was_shown_is_shown_again(editor):
    activity = make_activity(state=DRAFT)
    page = move(editor, "publish", activity)
    Activity.objects.update(version=2)
    again = confirm(editor, page)
    assert again.status_code == 200
    assert again.context["errors"]
    assert states() == {activity.pk: DRAFT}
    assert confirm(editor, again).status_code == 302
    assert states() == {activity.pk: PUBLISHED}


@LANGUAGES
def test_what_may_pass_for_a_reason_is_published_for_one_alone(editor, language):
    activity = make_activity(state=DRAFT)
    count_participants(activity, 40, women=10, men=20)
    page = move(editor, "publish", activity, language=language)
    assert [step.activity for step in page.context["for_a_reason"]] == [activity]
    confirm(editor, page, reason="  ")
    assert states() == {activity.pk: DRAFT}
    confirm(editor, page, reason="As the host reported it")
    assert states() == {activity.pk: PUBLISHED}
    assert activity.versions.first().history_change_reason == "waived: As the host reported it"


def test_looking_at_many_costs_as_much_as_looking_at_one(editor):
    def cost(*activities):
        with CaptureQueriesContext(connection) as caught:
            assert move(editor, "publish", *activities).status_code == 200
        return len(caught)

    def ready():
        activity = make_activity(state=DRAFT)
        add_partner(activity)
        count_participants(activity, 40)
        return activity

    one = cost(ready())
    assert cost(*(ready() for _number in range(30))) == one


def test_too_many_at_once_are_refused(editor, monkeypatch):
    monkeypatch.setattr("activities.admin.workflow.MOST_AT_ONCE", 2)
    rows = [make_activity(state=DRAFT) for _number in range(3)]
    assert move(editor, "publish", *rows).status_code == 302
    assert set(states().values()) == {DRAFT}


# In the form of one activity


@LANGUAGES
def test_the_form_publishes_nothing_that_the_report_would_refuse(editor, language):
    activity = make_activity(state=DRAFT, status=ActivityStatus.PLANNED)
    response = saved(editor, activity, opened(editor, activity, language) | {"state": PUBLISHED}, language)
    assert "status" in response.context["adminform"].form.errors
    assert states() == {activity.pk: DRAFT}


@LANGUAGES
def test_the_form_publishes_for_a_reason_what_may_pass_for_one(editor, language):
    activity = make_activity(state=DRAFT, audience_en="Schools")
    sent = opened(editor, activity, language) | {"state": PUBLISHED}
    response = saved(editor, activity, sent, language)
    assert list(response.context["adminform"].form.errors) == ["publish_reason", "audience_ar"]
    assert 'name="publish_reason"' in response.content.decode()
    assert saved(editor, activity, sent | {"publish_reason": "Later"}, language).status_code == 302
    assert states() == {activity.pk: PUBLISHED}
    said = {"en": "Published although something was found. The reason: Later", "ar": "مع وجود ملاحظة"}[language]
    for page in ("change", "history"):
        assert said in editor.get(address(page, activity.pk, language=language)).content.decode(), page
    assert saved(editor, activity, opened(editor, activity) | {"note": "Ask"}).status_code == 302
    assert said in editor.get(address("change", activity.pk, language=language)).content.decode()
    for state in (WITHDRAWN, PUBLISHED):
        activity = Activity.objects.get()
        activity.state = state
        activity.save()
    assert said not in editor.get(address("change", activity.pk, language=language)).content.decode()


def test_what_is_published_is_corrected_without_being_published_again(editor):
    activity = make_activity(status=ActivityStatus.PLANNED)
    assert saved(editor, activity, opened(editor, activity) | {"note": "Ask the host"}).status_code == 302
    assert Activity.objects.get().note == "Ask the host"


# The list, however long


def test_the_list_never_counts_the_whole_table(editor):
    make_activity()
    with CaptureQueriesContext(connection) as caught:
        editor.get(changelist())
    counts = [query["sql"] for query in caught.captured_queries if "COUNT(" in query["sql"].upper()]
    assert counts
    assert all(f"LIMIT {COUNTED_TO + 1}" in sql for sql in counts)


def test_a_long_list_says_that_there_are_more(editor):
    kind, day = make_kind(), date(2031, 1, 1)
    Activity.objects.bulk_create(
        Activity(code=f"2031-{number:04d}", kind=kind, title_en=f"Title {number}", start_date=day, end_date=day)
        for number in range(COUNTED_TO + 5)
    )
    page = editor.get(changelist())
    assert page.context["cl"].result_count == COUNTED_TO
    assert "1,000" in page.content.decode()
    assert editor.get(f"{changelist()}?p={COUNTED_TO // 50}").status_code == 200


def test_the_list_offers_the_years_between_the_first_and_the_last(editor):
    make_activity(end_date=date(2021, 5, 1))
    make_project(year=2024)
    page = editor.get(f"{changelist()}?year=2021")
    assert page.context["cl"].result_count == 1
    (years,) = (spec for spec in page.context["cl"].filter_specs if getattr(spec, "parameter_name", "") == "year")
    assert [value for value, _label in years.lookup_choices] == ["2024", "2023", "2022", "2021"]
