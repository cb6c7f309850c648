"""Demo data: the programme's real activities of one reporting period, the report on them, and an account per role."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, User
from django.db import transaction

from accounts.demo import DEMO_ACCOUNTS, DEMO_PASSWORD
from accounts.roles import ROLES, Role
from activities.models import Activity, ActivityKind, ParticipantProfile, Participation, Partnership
from bilingual.history import change_set
from oicvet.loading.reference import load_reference_data
from oicvet.loading.rows import add, by_code, codes, read
from oicvet.loading.work_plan import add_sample_work_plan
from partners.models import Country, Institution, NationalFocalPoint
from reports.models import Report, ReportItem
from roadmap.models import CooperationArea, Meeting, Roadmap

# Whose focal point the demo account speaks for.
DEMO_COUNTRY = "JOR"


@transaction.atomic
def load_demo_data() -> Counter[str]:
    """Add what is missing of the reference and the demo data; return how many of each of the demo data."""
    load_reference_data()
    return Counter(
        {
            "institutions": _institutions(),
            "activities": _activities(),
            "reports": _reports(),
            "sample work plan items": add_sample_work_plan(),
            "accounts": _accounts(),
        }
    )


def demo_role(account: str) -> Role:
    """Return the role that a demo account shows, which its name tells."""
    return next(role for role in ROLES if role.code == account.removeprefix("demo-"))


def _parents_first(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(rows, key=lambda row: row["parent"] is not None)


def _missing(name: str, present: set[str]) -> list[dict[str, Any]]:
    return [row for row in read(name) if row["code"] not in present]


def _institutions() -> int:
    missing = _parents_first(_missing("demo/institutions", codes(Institution)))
    if not missing:
        return 0
    countries, institutions = by_code(Country), by_code(Institution)
    for row in missing:
        row |= {"country": countries[row["country"]], "seat": countries[row["seat"]]}
        institutions[row["code"]] = add(Institution(**row | {"parent": institutions[row["parent"]]}))
    return len(missing)


def _activities() -> int:
    missing = _parents_first(_missing("demo/activities", codes(Activity)))
    if missing:
        activity_of = _activity_reader()
        for row in missing:
            partnerships, participation = row.pop("partnerships"), row.pop("participation", None)
            # An activity with its rows is one entry of its history.
            with change_set():
                activity = add(activity_of(row))
                _add_partnerships(activity, partnerships)
                _add_participation(activity, participation)
    return len(missing)


def _activity_reader() -> Callable[[dict[str, Any]], Activity]:
    """Return what makes an activity of a row, with the rows it may name read once."""
    kinds, countries, roadmaps = by_code(ActivityKind), by_code(Country), by_code(Roadmap)
    areas = {(area.roadmap.code, area.number): area for area in CooperationArea.objects.select_related("roadmap")}

    def activity_of(row: dict[str, Any]) -> Activity:
        area = row["area"] and areas[row["roadmap"], row["area"]]
        parent = row["parent"] and Activity.objects.get(code=row["parent"])
        named = {
            "kind": kinds[row["kind"]],
            "roadmap": roadmaps[row["roadmap"]],
            "area": area,
            "parent": parent,
            "venue_country": countries[row.get("venue_country")],
        }
        return Activity(**row | named)

    return activity_of


def _add_partnerships(activity: Activity, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        code = row.pop("institution", None)
        institution = code and Institution.objects.get(code=code)
        add(Partnership(activity=activity, institution=institution, **row))


def _add_participation(activity: Activity, row: dict[str, Any] | None) -> None:
    if row:
        profile = ParticipantProfile.objects.get(code=row.pop("profile"))
        add(Participation(activity=activity, profile=profile, **row))


def _reports() -> int:
    added = 0
    for row in read("demo/reports"):
        meeting = Meeting.objects.by_code(row.pop("meeting"))
        if not Report.objects.filter(meeting=meeting).exists():
            roadmaps, items, sections = row.pop("roadmaps"), row.pop("items"), row.pop("sections")
            report = add(Report(meeting=meeting, **row))
            report.roadmaps.set(Roadmap.objects.filter(code__in=roadmaps))
            for kind, texts in sections.items():
                _write_section(report, kind, texts)
            for position, code in enumerate(items, start=1):
                add(ReportItem(report=report, activity=Activity.objects.get(code=code), position=position))
            added += 1
    return added


def _write_section(report: Report, kind: str, texts: dict[str, str]) -> None:
    section = report.sections.get(kind=kind)
    for field, text in texts.items():
        setattr(section, field, text)
    section.full_clean()
    section.save()


def _accounts() -> int:
    """One account per role; a name that is there already keeps its password, its groups and its focal point."""
    present = set(User.objects.filter(username__in=DEMO_ACCOUNTS).values_list("username", flat=True))
    missing = [name for name in DEMO_ACCOUNTS if name not in present]
    password = make_password(DEMO_PASSWORD) if missing else ""
    for name in missing:
        role = demo_role(name)
        user = User.objects.create(username=name, password=password, is_staff=role.is_staff)
        user.groups.add(Group.objects.get(name=role.group_name))
        if role.code == "focal-point":
            _add_focal_point(user)
    return len(missing)


def _add_focal_point(user: User) -> None:
    add(
        NationalFocalPoint(
            country=Country.objects.get(code=DEMO_COUNTRY),
            name_ar="جهة اتصال تجريبية",
            name_en="Demo focal point",
            language="ar",
            user=user,
            start=date(2024, 1, 1),
        )
    )
