"""What each role may do, and that its group says exactly that."""

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command

from accounts.roles import ROLES, ensure_roles, role_of_group

pytestmark = pytest.mark.django_db


@pytest.fixture
def member_of():
    ensure_roles()

    def make(role):
        user = User.objects.create_user(role, is_staff=role != "National focal point")
        user.groups.add(Group.objects.get(name=role))
        return user

    return make


@pytest.mark.parametrize(
    ("role", "may", "may_not"),
    [
        (
            "Data entry",
            "activities.add_activity activities.change_activity activities.delete_partnership "
            "partners.change_institution reports.view_report partners.view_country",
            "activities.publish_activity activities.delete_activity partners.change_country reports.change_report "
            "auth.view_user roadmap.change_programme",
        ),
        (
            "Editor",
            "activities.publish_activity activities.delete_activity partners.change_country roadmap.add_meeting "
            "activities.change_activitykind partners.add_nationalfocalpoint roadmap.change_programme",
            "reports.change_report auth.view_user auth.change_user",
        ),
        (
            "Report officer",
            "reports.add_report reports.change_report reports.delete_reportitem activities.view_activity",
            "activities.change_activity activities.publish_activity reports.delete_report auth.view_user",
        ),
        (
            "Administrator",
            "activities.publish_activity reports.delete_report auth.add_user auth.change_user auth.change_group",
            "auth.change_permission sessions.view_session activities.change_codecounter",
        ),
        ("National focal point", "", "activities.view_activity partners.view_country reports.view_report"),
    ],
)
def test_a_role_may_do_its_work_and_no_more(member_of, role, may, may_not):
    user = member_of(role)
    assert [permission for permission in may.split() if not user.has_perm(permission)] == []
    assert [permission for permission in may_not.split() if user.has_perm(permission)] == []


def test_a_focal_point_may_do_nothing_here(member_of):
    assert member_of("National focal point").get_all_permissions() == set()


def test_whoever_is_staff_no_longer_may_do_nothing_whatever_their_groups_say(member_of):
    user = member_of("Administrator")
    user.is_staff = False
    user.save()
    assert User.objects.get().get_all_permissions() == set()


def test_roles_are_made_once():
    assert ensure_roles() == 5
    assert ensure_roles() == 0
    assert set(Group.objects.values_list("name", flat=True)) == {role.group_name for role in ROLES}


def test_a_role_s_group_holds_exactly_what_is_declared(capsys):
    ensure_roles()
    group = Group.objects.get(name="Data entry")
    group.permissions.add(Permission.objects.get(codename="publish_activity"))
    group.permissions.remove(Permission.objects.get(codename="add_activity"))
    call_command("ensure_roles")
    assert capsys.readouterr().out == "Roles: 5, of which 1 were missing or different.\n"
    names = set(group.permissions.values_list("codename", flat=True))
    assert "add_activity" in names
    assert "publish_activity" not in names


def test_other_groups_are_left_alone():
    other = Group.objects.create(name="Friends")
    other.permissions.add(Permission.objects.get(codename="view_activity"))
    ensure_roles()
    assert other.permissions.count() == 1
    assert role_of_group("Friends") is None
    assert role_of_group("Editor").code == "editor"
