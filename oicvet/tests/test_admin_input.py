"""Whatever an address or a form says, the back office answers; nothing of it reaches the database unread."""

from itertools import product
from urllib.parse import quote, unquote_to_bytes, urlencode

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User

from accounts.models import Invitation
from activities.models import Activity, PublicationState
from activities.tests.factories import make_activity
from bilingual.admin_queries import parameters_of
from oicvet.tests.backoffice import MODELS, address, form_of, make_everything
from partners.models import NationalFocalPoint
from partners.tests.factories import make_focal_point
from reports.models import Report

pytestmark = pytest.mark.django_db

HOSTILE = {
    "nul": "a\x00b",
    "long-number": "9" * 5000,
    "beyond-63-bits": str(10**30),
    "negative": "-1",
    "year-0": "0",
    "surrogate": "%ED%A0%80",
    "override": "\u202eabc",
    "long": "ابجد " * 2_000,
    "many-words": " ".join(f"w{n}" for n in range(1000)),
    "pattern": "(((((",
    "percent": "%%__%",
    "not-a-number": "abc",
    "digits": "٢٠٢٤",
    "empty": "",
}
EACH_INPUT = pytest.mark.parametrize("value", HOSTILE.values(), ids=HOSTILE)
EACH_MODEL = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)

# What Django's lists know, and what somebody who guesses would ask.
GUESSES = [
    "q",
    "p",
    "o",
    "all",
    "e",
    "_facets",
    "_popup",
    "_changelist_filters",
    "id__exact",
    "id__in",
    "pk",
    "kind__id__in",
    "kind__code__contains",
    "start_date__year",
    "start_date__gte",
    "title_ar__regex",
    "nonsense",
    "search__contains",
    "password__startswith",
]


def query(name, value):
    # The bytes of a lone surrogate are no text: they are put into the address as they stand.
    return f"?{name}={value if value.startswith('%ED') else quote(value)}"


def post(client, url, sent):
    """Send a form as a browser does that encodes it in an address; the test client would take bytes for a list."""
    raw = {name: unquote_to_bytes(value) if str(value).startswith("%ED") else value for name, value in sent.items()}
    return client.post(url, urlencode(raw, doseq=True), content_type="application/x-www-form-urlencoded")


def answered(response):
    """Whether the answer is a page, a way to one, or a refusal, and not a failure."""
    return response.status_code < 500


@EACH_MODEL
def test_a_list_answers_whatever_its_filters_are_asked(root, model):
    make_everything()
    url = address(model, "changelist")
    names = sorted({"q", "p", "id__in", *parameters_of(admin.site._registry[model].list_filter)})
    for name, value in product(names, HOSTILE.values()):
        response = root.get(url + query(name, value))
        assert answered(response), (name, value[:20])


@EACH_INPUT
def test_a_list_answers_whatever_somebody_guesses(root, value):
    make_everything()
    for name in GUESSES:
        response = root.get(address(Activity, "changelist") + query(name, value))
        assert answered(response), name
        if response.status_code == 302:
            assert root.get(response.url, follow=True).status_code == 200, name


def test_a_list_says_that_it_shows_everything_when_it_is_asked_for_what_is_not_there(root):
    make_activity()
    response = root.get(address(Activity, "changelist") + "?start_date__year=2024", follow=True)
    assert response.redirect_chain
    assert "this is the whole list" in response.content.decode()
    assert response.context["cl"].result_count == 1


@EACH_INPUT
def test_a_form_opens_whatever_its_address_says(root, value):
    make_everything()
    for name in (
        "kind",
        "parent",
        "venue_country",
        "area",
        "roadmap",
        "start_date",
        "code",
        "year",
        "state",
        "status",
    ):
        assert root.get(address(Activity, "add") + query(name, value)).status_code == 200, name
    for name in ("meeting", "roadmaps", "as_of"):
        assert root.get(address(Report, "add") + query(name, value)).status_code == 200, name
    for name in ("_changelist_filters", "_popup", "_to_field"):
        assert answered(root.get(address(Activity, "add") + query(name, value))), name


def test_an_address_may_fill_a_form_with_what_its_fields_can_hold(root):
    activity = make_everything()
    page = root.get(
        f"{address(Activity, 'add')}?kind={activity.kind.pk}&parent={activity.parent.pk}&year=2024&area=abc"
    )
    assert page.context["adminform"].form.initial == {
        "kind": str(activity.kind.pk),
        "parent": str(activity.parent.pk),
        "year": "2024",
    }


@EACH_INPUT
def test_autocomplete_and_export_answer_whatever_their_address_says(root, value):
    make_everything()
    start = "/en/admin/autocomplete/?app_label=activities&model_name=partnership&field_name=institution"
    for name in ("term", "page"):
        assert answered(root.get(start + query(name, value).replace("?", "&"))), name
    for field in ("app_label", "model_name", "field_name"):
        assert answered(root.get("/en/admin/autocomplete/" + query(field, value))), field
    for name in [*GUESSES, "kind__id__exact", "state__exact", "year"]:
        assert answered(root.get(address(Activity, "export") + query(name, value))), name


@pytest.mark.parametrize(
    ("app", "model", "field"),
    [("activities", "activity", "parts"), ("auth", "user", "imports"), ("partners", "country", "focal_points")],
)
def test_autocomplete_refuses_what_is_no_field_of_a_form(root, app, model, field):
    address = f"/en/admin/autocomplete/?app_label={app}&model_name={model}&field_name={field}&term="
    assert root.get(address).status_code == 403


@EACH_MODEL
def test_a_record_s_address_may_name_anything(root, model):
    base = address(model, "changelist")
    for page, value in product(("change/", "delete/", "history/", ""), HOSTILE.values()):
        key = value if value.startswith("%ED") else quote(value[:3000], safe="")
        assert answered(root.get(f"{base}{key}/{page}")), (page, value[:20])


@EACH_INPUT
def test_a_form_answers_whatever_is_sent(root, value):
    activity = make_everything()
    url = address(Activity, "change", activity.pk)
    sent = form_of(root.get(url))
    counters = {name for name in sent if name.endswith("_FORMS")}
    keys = {name for name in sent if name.endswith(("-id", "-activity"))}
    for names in (sent.keys() - counters - keys, keys, counters, {"state"}, {"kind"}, {"area", "roadmap"}):
        assert answered(post(root, url, sent | dict.fromkeys(names, value))), names


@EACH_INPUT
def test_a_form_whose_choice_is_none_comes_back_with_a_sentence(root, value):
    url = address(NationalFocalPoint, "change", make_focal_point().pk)
    for name in ("country", "institution"):
        page = post(root, url, form_of(root.get(url)) | {name: value})
        assert page.status_code == 302 or page.context["adminform"].form.errors, name


@EACH_INPUT
@pytest.mark.parametrize(
    ("model", "name"),
    [(Invitation, "focal_point"), (Invitation, "roles"), (Group, "permissions"), (User, "groups")],
    ids=["focal-point", "roles", "permissions", "groups"],
)
def test_the_forms_of_accounts_answer_whatever_is_chosen(root, value, model, name):
    """What is no choice comes back with a sentence at its field, digits that are too many included."""
    somebody = User.objects.create_user("somebody")
    url = address(User, "change", somebody.pk) if model is User else address(model, "add")
    page = post(root, url, form_of(root.get(url)) | {name: value})
    assert page.status_code == 302 or page.context["adminform"].form.errors


@EACH_INPUT
def test_an_action_answers_whatever_is_chosen(root, value):
    activity = make_activity(state=PublicationState.DRAFT)
    url = address(Activity, "changelist")
    for sent in (
        {"action": "delete_selected", "_selected_action": [value, str(activity.pk)], "post": "yes"},
        {"action": value, "_selected_action": str(activity.pk)},
        {"action": "delete_selected", "select_across": value, "index": value, "_selected_action": value},
        {"export_items": value, "format": value, "resource": value},
    ):
        assert answered(root.post(url, sent))
        assert answered(root.post(address(Activity, "export"), sent))


@EACH_INPUT
def test_signing_in_answers_whatever_is_sent(client, value):
    for name in ("login", "password", "next"):
        sent = {"login": "root", "password": "root"} | {name: value}
        assert answered(client.post("/en/account/login/", sent)), name
    for door in ("/en/admin/login/", "/en/account/login/"):
        assert answered(client.get(door + query("next", value)))
