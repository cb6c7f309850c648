"""What the tests of the desk share: somebody who may work there, a report to work on, and its page."""

from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission, User

from activities.models import Activity
from activities.tests.factories import count_participants, make_activity
from reports.models import Report
from reports.tests.factories import make_report
from roadmap.tests.factories import make_area, make_programme, make_roadmap

OFFICER = ("view_report", "add_report", "change_report", "issue_report", "view_activity", "view_meeting")


def sign_in(client, *codenames, name="officer"):
    """Sign in somebody who holds exactly these permissions, those of an officer where none are given."""
    user = User.objects.get_or_create(username=name, defaults={"is_staff": True})[0]
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames or OFFICER))
    client.force_login(user)
    return user


def make_world(size: int = 3) -> Report:
    """Return a report that tells ``size`` activities of an area, the first one with 42 participants."""
    make_programme()
    area = make_area(make_roadmap(code="2020-2025"))
    told = [make_activity(roadmap=area.roadmap, area=area) for _ in range(size)]
    if told:
        count_participants(told[0], 42, member_countries=9)
    report = make_report(*told)
    report.roadmaps.add(area.roadmap)
    return report


def page_of(response) -> BeautifulSoup:
    """Return a page that was answered as asked for."""
    assert response.status_code == 200, response.status_code
    return BeautifulSoup(response.content, "html.parser")


def words(node) -> str:
    """Return the visible words, evenly spaced."""
    return " ".join(node.get_text(" ").split())


def codes_in_order(report: Report) -> list[str]:
    """Return the codes of the items that are told, in their order."""
    return list(report.items.filter(is_included=True).values_list("activity__code", flat=True))


def first(report: Report) -> Activity:
    """Return the activity that the report tells first."""
    return report.items.first().activity
