"""The desk itself: the reports that are worked on, and how a new one begins."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Subquery
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.desk.access import DeskView
from reports.desk.forms import NewReportForm
from reports.models import Citation, Edition, Rendering, Report
from reports.models.rendering import UNFINISHED
from roadmap.models import Meeting, MeetingKind, Period, PeriodUnknownError, Roadmap

RECENT = 8


@dataclass(frozen=True)
class ReportRow:
    """A report in the list, and its period where that is known."""

    report: Report
    period: Period | None


class DeskListView(DeskView):
    """All reports with their state, in as many queries for one as for thirty."""

    http_method_names = ["get", "head"]

    def get(self, request):
        rows = [ReportRow(report, _period(report)) for report in _listed()]
        return self.render("desk/index.html", {"rows": rows})


def _listed():
    """Reports with all that the list tells of them."""
    before = Meeting.objects.filter(kind=MeetingKind.SESSION, number=OuterRef("meeting__number") - 1)
    last = Edition.objects.filter(report=OuterRef("pk")).order_by("-number")
    changed = Citation.objects.filter(
        edition__report=OuterRef("pk"), edition__corrected_by=None, activity__changed_at__gt=F("edition__issued_at")
    )
    running = Rendering.objects.filter(report=OuterRef("pk"), state__in=UNFINISHED)
    return (
        Report.objects.select_related("meeting")
        .annotate(
            session_before_ended=Subquery(before.values("end")[:1]),
            edition=Subquery(last.values("number")[:1]),
            issued_at=Subquery(last.values("issued_at")[:1]),
            is_rendering=Exists(running),
            has_changed=Exists(changed),
        )
        .order_by("-as_of", "-pk")
    )


def _period(report: Report) -> Period | None:
    if report.period_start and report.period_end:
        return Period(report.period_start, report.period_end)
    return Period.after(report.session_before_ended, report.meeting.end)


@dataclass(frozen=True)
class MeetingChoice:
    """A meeting without a report: its period, or the meeting whose dates have to be entered first."""

    meeting: Meeting
    period: Period | None
    missing: str
    enter_at: str


class NewReportView(DeskView):
    """Choose a meeting, then see what its report would cover, then begin it."""

    http_method_names = ["get", "head", "post"]
    permission = "reports.add_report"

    def get(self, request):
        code = request.GET.get("meeting")
        if code is None:
            choices = _choices()
            return self.render("desk/new_meeting.html", {"recent": choices[:RECENT], "older": choices[RECENT:]})
        meeting = _meeting(code)
        day = _day(_choice(meeting).period)
        current = Roadmap.objects.current_on(day)
        form = NewReportForm(initial={"meeting": meeting, "as_of": day, "roadmaps": [current] if current else []})
        return self._form(form, meeting)

    def post(self, request):
        meeting = _meeting(request.POST.get("code", ""))
        sent = request.POST.copy()
        sent["meeting"] = str(meeting.pk)
        form = NewReportForm(sent)
        if not form.is_valid():
            return self._form(form, meeting, 422)
        try:
            with transaction.atomic():
                report = form.save()
                said = _begin(report)
        except IntegrityError:
            messages.warning(request, _("Somebody else has just begun this report."))
            return HttpResponseRedirect(reverse("desk_report", args=[meeting.code]))
        except PeriodUnknownError as error:
            form.add_error("period_start", str(error))
            return self._form(form, meeting, 422)
        for sentence in said:
            messages.success(request, sentence)
        return HttpResponseRedirect(reverse("desk_report", args=[report.code]))

    def _form(self, form, meeting, status=200):
        return self.render("desk/new_report.html", {"form": form, "choice": _choice(meeting)}, status)


def _day(period: Period | None) -> date:
    """The day of which a new report speaks unless somebody says otherwise: today, or when its period ended."""
    today = timezone.localdate()
    return min(today, period.end) if period else today


def _meeting(code: str) -> Meeting:
    """The meeting of that code that has no report yet; 404 where there is none."""
    try:
        return Meeting.objects.filter(report=None).by_code(code)
    except Meeting.DoesNotExist as error:
        raise Http404 from error


def _choices() -> list[MeetingChoice]:
    """The meetings without a report, the latest first, each with its period; one query."""
    meetings = list(Meeting.objects.select_related("report").order_by("-number", "kind"))
    sessions = {meeting.number: meeting for meeting in meetings if meeting.kind == MeetingKind.SESSION}
    return [_choice(each, sessions) for each in meetings if not hasattr(each, "report")]


def _choice(meeting: Meeting, sessions: dict[int, Meeting] | None = None) -> MeetingChoice:
    number = meeting.number - 1
    if sessions is None:
        rows = Meeting.objects.filter(kind=MeetingKind.SESSION, number=number)
        sessions = {row.number: row for row in rows}
    before = sessions.get(number)
    period = Period.after(before.end if before else None, meeting.end)
    if period:
        return MeetingChoice(meeting, period, "", "")
    wanting = meeting if meeting.end is None or (before and before.end) else before
    if wanting is None:
        return MeetingChoice(meeting, None, f"COMCEC-{number}", reverse("admin:roadmap_meeting_add"))
    return MeetingChoice(
        meeting, None, wanting.code, reverse("admin:roadmap_meeting_change", args=[wanting.pk]) + "#id_start"
    )


def _begin(report: Report) -> list[str]:
    """Propose the report's items; return sentences about what came of it."""
    number = report.propose_items()
    carried = report.items.filter(activity__code__in=report.announced_codes()).count()
    taken = report.sections.filter(needs_check=True).count()
    said = [
        ngettext("%(number)d activity was proposed.", "%(number)d activities were proposed.", number)
        % {"number": number}
        if number
        else _("No activity was proposed.")
    ]
    if carried:
        said.append(
            ngettext(
                "%(number)d of them was announced in the last edition: tell what became of it.",
                "%(number)d of them were announced in the last edition: tell what became of them.",
                carried,
            )
            % {"number": carried}
        )
    if taken:
        said.append(
            ngettext(
                "%(number)d text was taken over from the last report and has to be checked.",
                "%(number)d texts were taken over from the last report and have to be checked.",
                taken,
            )
            % {"number": taken}
        )
    return said
