"""Valid reports; a test says only what matters to it."""

from datetime import date

from activities.models import Activity
from reports.models import Report, ReportItem
from roadmap.models import Meeting
from roadmap.tests.factories import make_meeting


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
