"""Two institutions made one, and the name of the time kept when an institution is renamed."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Activity, Partnership, Role
from activities.tests.factories import add_partner, make_activity
from focalpoints.tests.readers import make_reader
from oicvet.tests.backoffice import address, errors_of, said, send
from partners.models import Institution
from partners.tests.factories import make_country, make_focal_point, make_institution
from roadmap.models import Programme
from roadmap.tests.factories import make_programme

pytestmark = pytest.mark.django_db

LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])


def merge_page(stays, goes, language="en"):
    return f"/{language}/admin/partners/institution/merge/?stays={stays.pk}&goes={goes.pk}"


def merge(client, stays, goes, **sent):
    page = client.get(merge_page(stays, goes))
    assert page.status_code == 200
    values = {"stays": stays.pk, "goes": goes.pk, "token": page.context["made"].token} | sent
    return client.post("/en/admin/partners/institution/merge/", values)


def test_everything_that_hangs_on_one_moves_to_the_other(root):
    stays = make_institution(name_en="Stays", spellings="ستيز")
    goes = make_institution(name_en="Goes", former_names="Older", spellings="قوز\nستيز")
    partner = add_partner(make_activity(), goes, post_en="Director")
    focal_point = make_focal_point(institution=goes)
    division = make_institution(parent=goes)
    programme = make_programme()
    Programme.objects.update(organ=goes)
    assert merge(root, stays, goes).status_code == 302
    for row, link in (
        (partner, "institution"),
        (focal_point, "institution"),
        (division, "parent"),
        (programme, "organ"),
    ):
        row.refresh_from_db()
        assert getattr(row, link) == stays, link
    assert not Institution.objects.filter(pk=goes.pk).exists()
    stays.refresh_from_db()
    assert stays.former_names.splitlines() == [goes.name_ar, "Goes", "Older"]
    assert stays.spellings.splitlines() == ["ستيز", "قوز"]
    assert list(Institution.objects.matching("Goes")) == [stays]
    assert (partner.name_then_en, partner.post_en) == (None, "Director")


@pytest.mark.parametrize("role", ["Editor", None])
def test_whoever_followed_one_follows_the_other(signed_in, role):
    stays, goes = make_institution(), make_institution()
    add_partner(make_activity(), goes)
    readers = [make_reader(goes), make_reader(stays), make_reader(stays, goes)]
    client = signed_in(role)
    page = said(client.get(merge_page(stays, goes)))
    assert "Follows: 1" in page  # the other reader follows both, and goes on following one
    assert [reader.username for reader in readers if reader.username in page] == []
    assert merge(client, stays, goes).status_code == 302
    assert [[follow.target for follow in reader.follows.all()] for reader in readers] == [[stays]] * 3


def test_the_history_of_the_activity_and_of_the_institution_tell_of_it(root):
    stays, goes = make_institution(), make_institution(name_en="Goes")
    activity = make_activity()
    add_partner(activity, goes)
    merge(root, stays, goes)
    for record in (activity, stays):
        latest = root.get(address(type(record), "history", record.pk)).context["page"][0]
        assert latest.by == "root"
        assert "Merged with another institution: Goes" in latest.reason
    assert "Goes (no longer there)" in said(root.get(address(Activity, "history", activity.pk)))
    kept = Institution.versions.filter(id=goes.pk).latest("history_id")
    assert (kept.history_type, kept.history_user.username) == ("-", "root")


def test_one_role_of_both_becomes_one_row_and_loses_nothing_unsaid(root):
    stays, goes, activity = make_institution(), make_institution(), make_activity()
    kept = add_partner(activity, stays, Role.HOST, post_en="Director")
    add_partner(activity, goes, Role.HOST, post_en="Minister", post_ar="وزير")
    add_partner(activity, goes, Role.FUNDER)
    page = root.get(merge_page(stays, goes))
    assert "Only the history keeps: Post: “Minister”" in said(page).replace(" :", ":")
    merge(root, stays, goes)
    kept.refresh_from_db()
    assert (kept.post_en, kept.post_ar) == ("Director", "وزير")
    assert sorted(Partnership.objects.values_list("role", "institution")) == [
        (Role.FUNDER, stays.pk),
        (Role.HOST, stays.pk),
    ]


def test_activities_can_go_on_saying_the_old_name(root):
    stays, goes = make_institution(), make_institution(name_en="Old", name_ar="قديم", acronym="")
    partner = add_partner(make_activity(), goes)
    merge(root, stays, goes, keeps_names="on")
    partner.refresh_from_db()
    assert (partner.name_then_ar, partner.name_then_en, partner.institution) == ("قديم", "Old", stays)


def test_what_the_one_that_stays_lacks_comes_from_the_other(root):
    country = make_country()
    stays = make_institution(name_ar=None, name_en="Ministry")
    goes = make_institution(name_ar="وزارة", name_en="The Ministry", acronym="MOL", country=country)
    merge(root, stays, goes)
    stays.refresh_from_db()
    assert (stays.name_ar, stays.name_en, stays.acronym, stays.country) == ("وزارة", "Ministry", "MOL", country)
    assert stays.former_names == "The Ministry"


@pytest.mark.parametrize("depth", [1, 2])
def test_a_part_that_takes_in_its_own_parent_does_not_stand_in_a_circle(root, depth):
    top = make_institution()
    goes = make_institution(parent=top)
    between = goes if depth == 1 else make_institution(parent=goes)
    stays = make_institution(parent=between)
    merge(root, stays, goes)
    stays.refresh_from_db()
    assert stays.parent == top
    if depth == 2:
        between.refresh_from_db()
        assert between.parent == stays


@LANGUAGES
def test_the_page_says_what_would_change_and_changes_nothing(root, language):
    stays, goes = make_institution(), make_institution()
    activity = make_activity()
    add_partner(activity, goes)
    text = said(root.get(merge_page(stays, goes, language)))
    assert activity.code in text
    assert Institution.objects.count() == 2
    assert Partnership.objects.get().institution == goes


def test_two_that_changed_since_the_page_was_read_are_left_alone(root):
    stays, goes = make_institution(), make_institution()
    token = root.get(merge_page(stays, goes)).context["made"].token
    add_partner(make_activity(), goes)
    sent = {"stays": stays.pk, "goes": goes.pk, "token": token}
    page = root.post("/en/admin/partners/institution/merge/", sent)
    assert "Something changed meanwhile" in said(page)
    assert Institution.objects.filter(pk=goes.pk).exists()


@pytest.mark.parametrize(
    "query", ["", "?stays=1&goes=1", "?stays=x&goes=%00", f"?stays={'9' * 40}&goes=2", "?stays=-1"]
)
def test_what_names_no_two_institutions_leads_to_the_list(root, query):
    assert root.get(f"/en/admin/partners/institution/merge/{query}").status_code == 302
    assert root.post("/en/admin/partners/institution/merge/", {"stays": "1", "goes": "\x00"}).status_code == 302


@pytest.mark.parametrize(("role", "status"), [("Editor", 200), ("Data entry", 404), ("Report officer", 404)])
def test_only_whoever_may_change_and_delete_institutions_merges(signed_in, role, status):
    stays, goes = make_institution(), make_institution()
    assert signed_in(role).get(merge_page(stays, goes)).status_code == status


def test_the_list_offers_it_for_two(root):
    one, two, three = (make_institution() for _number in range(3))
    page = address(Institution, "changelist")
    answer = root.post(page, {"action": "merge_two", "_selected_action": [one.pk, two.pk]})
    assert answer.url == f"/en/admin/partners/institution/merge/?stays={one.pk}&goes={two.pk}"
    answer = root.post(page, {"action": "merge_two", "_selected_action": [one.pk, two.pk, three.pk]})
    assert "merge" not in answer.url


def test_a_merge_costs_the_same_to_read_for_one_row_and_for_thirty(root):
    stays, goes = make_institution(parent=make_institution()), make_institution(seat=make_country())

    def queries():
        root.get(merge_page(stays, goes))
        with CaptureQueriesContext(connection) as caught:
            root.get(merge_page(stays, goes))
        return len(caught)

    def more():
        activity = make_activity()
        add_partner(activity, goes)
        add_partner(activity, goes, Role.HOST)
        add_partner(activity, stays, Role.HOST)
        make_focal_point(institution=goes)

    more()
    first = queries()
    for _number in range(29):
        more()
    assert queries() == first <= 20


def test_a_renamed_ministry_keeps_the_old_name_on_what_was_done_before(root):
    ministry = make_institution(name_en="Ministry of Labour", name_ar="وزارة العمل", acronym="")
    before = add_partner(make_activity(end_date=date(2024, 3, 1)), ministry)
    own = add_partner(make_activity(end_date=date(2024, 3, 2)), ministry, name_then_en="Labour Office")
    after = add_partner(make_activity(end_date=date(2024, 7, 1)), ministry)
    sent = {"name_en": "Ministry of Work", "name_change": "renamed", "renamed_on_0": "", "renamed_on": "2024-06-01"}
    assert send(root, address(Institution, "change", ministry.pk), **sent).status_code == 302
    for row in (before, own, after, ministry):
        row.refresh_from_db()
    assert (before.name_then_en, before.name_then_ar) == ("Ministry of Labour", None)
    assert own.name_then_en == "Labour Office"
    assert after.name_then_en is None
    assert ministry.former_names == "Ministry of Labour"
    page = root.get(address(Activity, "history", before.activity_id))
    assert "The institution was renamed" in page.context["page"][0].reason


def test_a_corrected_name_is_said_everywhere(root):
    ministry = make_institution(name_en="Minstry")
    partner = add_partner(make_activity(end_date=date(2024, 3, 1)), ministry)
    page = address(Institution, "change", ministry.pk)
    assert "name_change" in errors_of(send(root, page, name_en="Ministry"))
    assert send(root, page, name_en="Ministry", name_change="corrected").status_code == 302
    partner.refresh_from_db()
    assert partner.name_then_en is None


def test_a_name_that_nothing_rests_on_changes_without_a_question(root):
    ministry = make_institution()
    assert send(root, address(Institution, "change", ministry.pk), name_en="Another").status_code == 302


def leads_to(client, code, language="en"):
    """Return where the public address of an institution leads: the code of another, or the status."""
    answer = client.get(f"/{language}/partners/{code}/")
    if answer.status_code != 301:
        return answer.status_code
    return answer["Location"].removeprefix(f"/{language}/partners/").rstrip("/")


@LANGUAGES
def test_the_address_of_one_that_became_part_of_another_leads_there(root, client, language):
    stays, goes, first = make_institution(), make_institution(), make_institution()
    make_institution(parent=goes)
    for each in (stays, goes, first):
        add_partner(make_activity(), each)
    merge(root, goes, first)
    merge(root, stays, goes)
    assert [leads_to(client, each.code, language) for each in (first, goes, stays)] == [stays.code, stays.code, 200]


def test_a_former_code_leads_to_whoever_has_it_now_or_had_it_last(client):
    institution = make_institution(code="ministry")
    add_partner(make_activity(), institution)
    institution.code = "labour-ministry"
    institution.save()
    assert leads_to(client, "ministry") == "labour-ministry"
    other = make_institution(code="ministry")
    assert leads_to(client, "ministry") == 404  # nothing public names the other one
    add_partner(make_activity(), other)
    assert leads_to(client, "ministry") == 200


def test_an_address_leads_nowhere_that_readers_may_not_see(root, client):
    stays, goes, deleted = make_institution(), make_institution(), make_institution()
    merge(root, stays, goes)
    code = deleted.code
    deleted.delete()
    for nothing in (goes.code, code, "no-such", "9" * 300, "a'--", "%00"):
        assert leads_to(client, nothing) == 404, nothing
