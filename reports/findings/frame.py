"""What is found in the frame of a report: its meeting, its day and period, the programme, the roadmaps."""

from collections.abc import Callable, Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bilingual.findings import Finding, Severity, said
from bilingual.text import left_to_right
from bilingual.text_findings import Text, field_of, in_one_language, left_behind, missing, unprintable
from reports.findings.reading import Reading
from reports.models import Report
from roadmap.models import CooperationArea, Roadmap

REPORT = "report"


def frame_findings(reading: Reading) -> Iterator[Finding]:
    """Find what concerns the report as a whole."""
    for rule in _RULES:
        yield from rule(reading)


def _at_report(report: Report, code: str, severity: Severity, field: str, message: str | Promise) -> Finding:
    """Return a finding at a field of the report's head."""
    return Finding(code, severity, REPORT, message, report, field)


def _period(reading: Reading) -> Iterator[Finding]:
    report = reading.report
    if reading.period is None:
        yield _at_report(report, "period-unknown", Severity.BLOCKING, "", reading.unknown)
    elif report.period_start:
        message = said(
            _("The report covers a period of its own, from %(start)s to %(end)s: %(reason)s"),
            start=reading.period.start,
            end=reading.period.end,
            reason=report.period_reason,
        )
        yield _at_report(report, "own-period", Severity.NOTE, "period_reason", message)


def _day(reading: Reading) -> Iterator[Finding]:
    report = reading.report
    if reading.period and report.as_of < reading.period.end:
        message = said(
            _("The report speaks as of %(day)s, before its period ends on %(end)s."),
            day=report.as_of,
            end=reading.period.end,
        )
        yield _at_report(report, "day-before-period-ends", Severity.NOTE, "as_of", message)


def _meeting(reading: Reading) -> Iterator[Finding]:
    meeting = reading.report.meeting
    subject = f"meeting:{meeting.code}"
    if not meeting.dates_confirmed:
        message = said(_("The dates of the meeting %(meeting)s are provisional."), meeting=left_to_right(meeting.code))
        yield Finding("meeting-provisional", Severity.WARNING, subject, message, meeting, "dates_confirmed")
    place = field_of(subject, left_to_right(meeting.code), meeting, "place")
    yield from in_one_language(place, Severity.BLOCKING, is_waivable=True)
    yield from unprintable(place)


def _programme(reading: Reading) -> Iterator[Finding]:
    programme = reading.programme
    if programme is None:
        yield _at_report(
            reading.report, "programme-missing", Severity.BLOCKING, "", _("The programme is not entered yet.")
        )
        return
    for field in ("name", "organ_short_name", "address", "history", "mandate"):
        text = field_of("programme", _("Programme"), programme, field)
        is_name = field in ("name", "organ_short_name")
        yield from in_one_language(text, Severity.BLOCKING, is_waivable=not is_name)
        yield from missing(text, Severity.BLOCKING if is_name else Severity.WARNING)
        yield from left_behind(text, reading.states[programme])
        yield from unprintable(text)
    organ = programme.organ
    name = field_of(f"institution:{organ.code}", said("%(organ)s", organ=organ), organ, "name")
    yield from in_one_language(name, Severity.BLOCKING, "institution-name-missing", is_waivable=True)


def _roadmaps(reading: Reading) -> Iterator[Finding]:
    report = reading.report
    if not reading.roadmaps:
        message = _("No roadmap is chosen, so the report has no table by cooperation area.")
        yield _at_report(report, "roadmap-missing", Severity.WARNING, "roadmaps", message)
    for roadmap in reading.roadmaps:
        yield from _roadmap(roadmap, report)
        for area in roadmap.areas.all():
            yield from _area(_area_title(roadmap, area))


def _roadmap(roadmap: Roadmap, report: Report) -> Iterator[Finding]:
    title = field_of(f"roadmap:{roadmap.code}", left_to_right(roadmap.code), roadmap, "title")
    yield from in_one_language(title, Severity.BLOCKING, is_waivable=True)
    yield from unprintable(title)
    if roadmap.is_expired_on(report.as_of):
        message = said(
            _("The roadmap %(roadmap)s expired on %(end)s, before the day on which the report speaks."),
            roadmap=left_to_right(roadmap.code),
            end=roadmap.valid_to,
        )
        yield Finding("roadmap-expired", Severity.NOTE, title.subject, message, roadmap, "valid_to")


def _area_title(roadmap: Roadmap, area: CooperationArea) -> Text:
    name = said(
        _("Area %(number)s of the roadmap %(roadmap)s"), number=area.number, roadmap=left_to_right(roadmap.code)
    )
    return field_of(f"area:{roadmap.code}.{area.number}", name, area, "title")


def _area(title: Text) -> Iterator[Finding]:
    yield from in_one_language(title, Severity.BLOCKING, is_waivable=True)
    yield from unprintable(title)
    if title.texts.ar and not title.target.title_ar_is_official:
        message = said(_("%(text)s: the Arabic text is a working translation."), text=title.name)
        yield Finding(
            "title-not-official", Severity.NOTE, title.subject, message, title.target, "title_ar_is_official"
        )


_RULES: tuple[Callable[[Reading], Iterator[Finding]], ...] = (_period, _day, _meeting, _programme, _roadmaps)
