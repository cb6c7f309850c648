"""Each role sees and does in the back office what it may, and nothing else."""

import pytest
from django.contrib.auth.models import Group, User

from accounts.roles import ROLES, ensure_roles
from activities.models import Activity, ActivityKind, PublicationState
from activities.tests.factories import make_activity, make_project
from oicvet.policy.back_office import READ_ONLY, SENT_ONLY
from oicvet.tests.backoffice import MODELS, address, errors_of, form_of, make_everything, send
from partners.models import Country, Institution
from partners.tests.factories import make_focal_point, make_institution
from reports.models import Report
from reports.tests.factories import make_report

pytestmark = pytest.mark.django_db

# How each role meets each table: nothing, looking, or changing.
ACCESS = {
    "Data entry": {
        "activities.Activity": "change",
        "partners.Institution": "change",
        "accounts.Invitation": "",
        "auth.User": "",
        "auth.Group": "",
    },
    "Editor": {
        **{model._meta.label: "change" for model in MODELS},
        "activities.ImportReceipt": "view",
        "reports.Report": "view",
        "reports.Edition": "view",
        "focalpoints.ConfirmationRequest": "view",
        "focalpoints.Answer": "view",
        "auth.User": "",
        "auth.Group": "",
    },
    "Report officer": {"reports.Report": "change", "accounts.Invitation": "", "auth.User": "", "auth.Group": ""},
    "Administrator": {
        **{model._meta.label: "change" for model in MODELS},
        "activities.ImportReceipt": "view",
        "reports.Edition": "view",
        "focalpoints.ConfirmationRequest": "view",
        "focalpoints.Answer": "view",
    },
}
# Nobody changes these, but who may ask countries begins one, by sending a letter.
ASKS = {(role, "focalpoints.ConfirmationRequest") for role in ("Editor", "Administrator")}


def one_of(model):
    """A record of a table. The groups of roles are declared in the code, so another group stands for that table."""
    return Group.objects.get(name="Another group") if model is Group else model.objects.first()


@pytest.mark.parametrize("role", ACCESS)
def test_a_role_opens_what_it_may_and_nothing_else(signed_in, role):
    make_everything()
    client = signed_in(role)
    for model in MODELS:
        access = ACCESS[role].get(model._meta.label, "view")
        row = one_of(model)
        assert (client.get(address(model, "changelist")).status_code == 200) == bool(access), model
        response = client.get(address(model, "change", row.pk))
        assert (response.status_code == 200) == bool(access), model
        if access:
            assert ('name="_save"' in response.content.decode()) == (access == "change"), model


@pytest.mark.parametrize("role", ACCESS)
def test_a_role_that_only_looks_cannot_send(signed_in, role):
    make_everything()
    client = signed_in(role)
    for model in MODELS:
        if ACCESS[role].get(model._meta.label, "view") != "change":
            row = model._default_manager.first()
            shown = bool(ACCESS[role].get(model._meta.label, "view"))
            # Where nobody may send anything, that is said of the page and not of the reader.
            refusal = 405 if model._meta.label_lower in READ_ONLY | SENT_ONLY else 403
            assert client.post(address(model, "change", row.pk), {}).status_code == (refusal if shown else 404), model
            assert client.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 404, model
            asks = (role, model._meta.label) in ASKS
            assert client.get(address(model, "add")).status_code == (200 if asks else 404), model


def test_a_focal_point_has_no_way_in(signed_in):
    client = signed_in("National focal point")
    for url in ("/en/admin/", address(Activity, "changelist"), address(Activity, "export")):
        response = client.get(url)
        assert response.status_code == 302
        assert response.url.startswith("/en/admin/login/")


def test_staff_without_a_role_see_nothing(client):
    client.force_login(User.objects.create_user("new", is_staff=True))
    assert client.get("/en/admin/").status_code == 200
    for model in MODELS:
        assert client.get(address(model, "changelist")).status_code == 404
    assert client.get(address(Activity, "export")).status_code == 404
    assert client.post(address(Activity, "export"), {"format": "0", "resource": "0"}).status_code == 404
    found = client.get("/en/admin/autocomplete/?app_label=activities&model_name=activity&field_name=parent&term=a")
    assert found.status_code == 403


# Publishing


@pytest.mark.parametrize("state", [PublicationState.PUBLISHED, PublicationState.WITHDRAWN])
def test_data_entry_cannot_publish_or_withdraw(signed_in, state):
    client = signed_in("Data entry")
    activity = make_activity(state=PublicationState.IN_REVIEW)
    url = address(Activity, "change", activity.pk)
    offered = [value for value, label in client.get(url).context["adminform"].form.fields["state"].choices]
    assert offered == [PublicationState.DRAFT, PublicationState.IN_REVIEW]
    response = send(client, url, state=state)
    assert errors_of(response)["state"] == ["Only an editor can publish or withdraw an activity."]
    activity.refresh_from_db()
    assert activity.state == PublicationState.IN_REVIEW


@pytest.mark.parametrize("state", [PublicationState.PUBLISHED, PublicationState.WITHDRAWN])
def test_what_an_editor_published_stays_so_while_data_entry_corrects_it(signed_in, state):
    client = signed_in("Data entry")
    activity = make_activity(state=state)
    url = address(Activity, "change", activity.pk)
    assert "state" in errors_of(send(client, url, state=PublicationState.DRAFT))
    assert send(client, url, note="Corrected").status_code == 302
    activity.refresh_from_db()
    assert (activity.state, activity.note) == (state, "Corrected")


def test_data_entry_cannot_create_something_published(signed_in):
    client = signed_in("Data entry")
    copied = form_of(client.get(address(Activity, "change", make_activity(state=PublicationState.DRAFT).pk)))
    response = client.post(address(Activity, "add"), copied | {"state": PublicationState.PUBLISHED})
    assert "state" in errors_of(response)
    assert client.post(address(Activity, "add"), copied).status_code == 302
    assert Activity.objects.count() == 2


def test_an_editor_publishes(signed_in):
    activity = make_activity(state=PublicationState.IN_REVIEW)
    url = address(Activity, "change", activity.pk)
    assert send(signed_in("Editor"), url, state=PublicationState.PUBLISHED).status_code == 302
    activity.refresh_from_db()
    assert activity.state == PublicationState.PUBLISHED


# Deleting


def test_an_editor_deletes_drafts_and_nothing_else(signed_in):
    client = signed_in("Editor")
    draft, published = make_activity(state=PublicationState.DRAFT), make_activity()
    assert client.post(address(Activity, "delete", draft.pk), {"post": "yes"}).status_code == 302
    assert client.post(address(Activity, "delete", published.pk), {"post": "yes"}).status_code == 403
    assert list(Activity.objects.all()) == [published]


def test_the_list_s_action_deletes_drafts_and_nothing_else(signed_in):
    client = signed_in("Editor")
    chosen = [make_activity(state=PublicationState.DRAFT), make_activity()]
    action = {"action": "delete_selected", "_selected_action": [row.pk for row in chosen], "post": "yes"}
    assert client.post(address(Activity, "changelist"), action).status_code == 403
    assert Activity.objects.count() == 2
    action["_selected_action"] = [chosen[0].pk]
    assert client.post(address(Activity, "changelist"), action).status_code == 302
    assert list(Activity.objects.all()) == [chosen[1]]


def test_what_a_report_tells_is_not_deleted_and_the_page_says_why(signed_in):
    client = signed_in("Editor")
    draft = make_activity(state=PublicationState.DRAFT)
    make_report(draft)
    url = address(Activity, "delete", draft.pk)
    page = client.get(url)
    assert page.status_code == 200
    assert len(page.context["protected"]) == 1
    assert client.post(url, {"post": "yes"}).status_code == 200
    assert Activity.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize(
    ("model", "make"),
    [
        (Institution, lambda: make_focal_point(institution=make_institution()).institution),
        (ActivityKind, lambda: make_activity().kind),
        (Country, lambda: make_focal_point().country),
    ],
)
def test_what_is_used_is_not_deleted_and_the_page_says_why(root, model, make):
    url = address(model, "delete", make().pk)
    assert root.get(url).context["protected"]
    assert root.post(url, {"post": "yes"}).status_code == 200
    assert model.objects.exists()


def test_the_programme_is_neither_added_twice_nor_deleted(root):
    make_everything()
    for page, status in (("add", 403), ("1/delete", 404)):
        assert root.get(f"/en/admin/roadmap/programme/{page}/").status_code == status


# Accounts


def test_an_administrator_keeps_accounts_but_makes_no_superuser(signed_in):
    client = signed_in("Administrator")
    account = User.objects.create_user("amina")
    url = address(User, "change", account.pk)
    page = client.get(url)
    assert {"is_superuser", "user_permissions"} & set(page.context["adminform"].form.fields) == set()
    editor = Group.objects.get(name="Editor")
    assert send(client, url, is_staff="on", groups=[editor.pk], is_superuser="on").status_code == 302
    account.refresh_from_db()
    assert (account.is_staff, account.is_superuser, list(account.groups.all())) == (True, False, [editor])


def test_an_administrator_cannot_touch_a_superuser(signed_in):
    client = signed_in("Administrator")
    superuser = User.objects.create_superuser("root", password="a password to keep")
    for page in ("change", "delete"):
        assert client.post(address(User, page, superuser.pk), {"post": "yes"}).status_code == 403
    password = {"password1": "another long password", "password2": "another long password", "usable_password": "true"}
    assert client.post(f"/en/admin/auth/user/{superuser.pk}/password/", password).status_code == 403
    superuser.refresh_from_db()
    assert superuser.check_password("a password to keep")


def test_an_administrator_adds_an_account(signed_in):
    client = signed_in("Administrator")
    sent = {"username": "amina", "password1": "long enough to keep", "password2": "long enough to keep"}
    assert client.post(address(User, "add"), sent | {"usable_password": "true"}).status_code == 302
    assert User.objects.get(username="amina").is_superuser is False


def test_groups_of_roles_are_shown_and_not_changed(root):
    ensure_roles()
    for role in ROLES:
        group = Group.objects.get(name=role.group_name)
        assert 'name="_save"' not in root.get(address(Group, "change", group.pk)).content.decode()
        assert root.post(address(Group, "delete", group.pk), {"post": "yes"}).status_code == 403
    other = Group.objects.create(name="Friends")
    assert 'name="_save"' in root.get(address(Group, "change", other.pk)).content.decode()


def test_who_may_not_see_accounts_gives_none_to_a_focal_point(signed_in):
    focal_point = make_focal_point()
    response = signed_in("Editor").get(address(type(focal_point), "change", focal_point.pk))
    assert "user" not in response.context["adminform"].form.fields


def test_a_project_is_offered_and_no_other_activity(root):
    project = make_project(title_en="A project")
    make_activity(title_en="A course")
    url = "/en/admin/autocomplete/?app_label=activities&model_name=activity&field_name=parent&term="
    assert [row["id"] for row in root.get(url).json()["results"]] == [str(project.pk)]


def test_a_report_is_offered_no_part_of_a_project(root):
    project = make_project()
    make_activity(parent=project)
    url = "/en/admin/autocomplete/?app_label=reports&model_name=reportitem&field_name=activity&term="
    assert [row["id"] for row in root.get(url).json()["results"]] == [str(project.pk)]
    assert Report.objects.count() == 0
