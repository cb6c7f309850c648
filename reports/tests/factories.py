"""Valid reports; a test says only what matters to it."""

from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import count

from django.contrib.auth.models import User

from activities.models import Activity
from activities.tests.factories import count_participants, make_activity
from reports.models import Citation, Edition, EditionFile, FrozenAsset, Report, ReportItem
from reports.tests.programmes import report_of_one
from roadmap.models import CooperationArea, Meeting
from roadmap.tests.factories import make_area, make_meeting, make_programme

_numbers = count(1)
_FILES = (
    ("pdf", "ar"),
    ("pdf", "en"),
    ("pdf", "both"),
    ("docx", "ar"),
    ("docx", "en"),
    ("xlsx", "both"),
    ("json", "both"),
)
PROGRAMME_TEXTS = {
    f"{field}_{language}": text
    for field in ("address", "history", "mandate")
    for language, text in (("ar", "نص"), ("en", "a text"))
}


def make_report(*activities: Activity, meeting: Meeting | None = None, **said) -> Report:
    """Return a report to ``meeting`` with ``activities`` as its items, in that order.

    Without a meeting, to the 40th session, which follows the 39th: the period is 6 November 2023 to 5 November 2024.
    """
    if meeting is None:
        make_meeting(39)
        meeting = make_meeting(40)
    report = Report.objects.create(meeting=meeting, **{"as_of": date(2024, 11, 1)} | said)
    for position, activity in enumerate(activities, start=1):
        ReportItem.objects.create(report=report, activity=activity, position=position)
    return report


def make_complete_activity(**said):
    """Return a held activity in which there is nothing to be found."""
    area = CooperationArea.objects.first() or make_area()
    values = {
        "objective_ar": "تعزيز النظم",
        "objective_en": "strengthen systems",
        "roadmap": area.roadmap,
        "area": area,
    }
    activity = make_activity(**values | said)
    if activity.status == "held":
        count_participants(activity, 32)
    return activity


def make_complete_report(*activities, **said):
    """Return a report in which there is nothing to be found, with one activity unless some are given."""
    make_programme(**PROGRAMME_TEXTS)
    report = make_report(*(activities or (make_complete_activity(),)), **{"as_of": date(2024, 11, 5)} | said)
    report.roadmaps.set([CooperationArea.objects.get().roadmap])
    return report


def make_edition(report: Report | None = None, *activities: Activity, number: int = 1, **said) -> Edition:
    """Return an issued edition of ``report``, with small files of every sort and ``activities`` (or one) cited.

    It stands for what `reports.issuing.issue` leaves behind, without printing anything.
    """
    report = report or make_report()
    activities = activities or (make_activity(),)
    asset = f"body {{ order: {next(_numbers)}; }}".encode()
    code = said.get("code") or f"{next(_numbers):08d}"
    values = {
        "issued_at": datetime(2024, 10, 20, 9, tzinfo=UTC),
        "issued_by": User.objects.get_or_create(username="issuer")[0],
        "code": code,
        "facts": report_of_one().to_json(),
        "documents": dict.fromkeys(("ar", "en", "both"), f"<!DOCTYPE html><title>{code}</title>"),
        "assets": {"css/report.css": sha256(asset).hexdigest()},
        "versions": {},
    }
    edition = Edition.objects.create(report=report, number=number, **values | said)
    FrozenAsset.objects.create(sha256=sha256(asset).hexdigest(), content=asset)
    for kind, language in _FILES:
        suffix = "" if kind in ("xlsx", "json") else f"-{language}"
        content = edition.facts.encode() if kind == "json" else f"{kind} {language} {code}".encode()
        EditionFile.objects.create(
            edition=edition,
            format=kind,
            language=language,
            name=f"{report.code}-{number}{suffix}.{kind}",
            sha256=sha256(content).hexdigest(),
            size=len(content),
            content=content,
        )
    for activity in activities:
        Citation.objects.create(edition=edition, activity=activity)
    return edition
