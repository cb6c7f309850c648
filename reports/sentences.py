"""What a report will say of one activity, told while somebody enters it, before it is saved or part of any report."""

from datetime import date

from django.utils.safestring import SafeString

from activities.figures import Figures, Tally
from activities.models import Activity
from bilingual.text import Bilingual
from reports.assembly import facts_of_activity, facts_of_programme
from reports.composition import LANGUAGES, compose_activity
from reports.facts import ActivityFacts, MeetingFacts, ProgrammeFacts, ReportFacts
from roadmap.models import MeetingKind, Programme

_NONE = Figures(Tally(), 0, 0, None)


def sentences_of(activity: Activity, day: date) -> dict[str, SafeString]:
    """Return the paragraphs about ``activity`` as of ``day``, by language, as HTML.

    Raises ``Programme.DoesNotExist`` before the programme itself is entered.
    """
    programme = Programme.objects.select_related("organ__seat").get()
    report = _report_about(facts_of_activity(activity, programme), facts_of_programme(programme), day)
    return {language: compose_activity(report, activity.code, language) for language in LANGUAGES}


def _report_about(item: ActivityFacts, programme: ProgrammeFacts, day: date) -> ReportFacts:
    """A report that tells one activity and nothing else; its meetings are never named."""
    meeting = MeetingFacts("", MeetingKind.SESSION, 1, day, day, False, Bilingual())
    return ReportFacts(
        code="",
        document_code="",
        original_language="ar",
        as_of=day,
        meeting=meeting,
        session_before=meeting,
        start=day,
        end=day,
        programme=programme,
        roadmaps=(item.roadmap,) if item.roadmap else (),
        sections=(),
        items=(item,),
        figures=_NONE,
        areas=(),
        without_area=Tally(),
        kinds=(),
        abbreviations=(),
    )
