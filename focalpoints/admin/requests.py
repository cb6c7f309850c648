"""Asking countries to confirm: the requests, a page that asks, and what is done with a link afterwards."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bilingual.admin import PortalAdmin
from bilingual.dates import anchored, say_date
from bilingual.languages import active_language
from focalpoints.admin.forms import AskForm, WhomForm
from focalpoints.asking import ask, candidates, put_in_line
from focalpoints.models import ConfirmationRequest, LetterState
from reports.jobs import worker_is_alive

MAY_ASK = "focalpoints.add_confirmationrequest"


class LetterFilter(admin.SimpleListFilter):
    """What became of the letter; first those that did not go and whose link would still open."""

    title = gettext_lazy("letter")
    parameter_name = "letter"
    IN_NEED = "in-need"

    def lookups(self, request, model_admin):
        stored = [(each.value, each.label) for each in LetterState if each != LetterState.CUT_OFF]
        return [(self.IN_NEED, _("was not sent, and the link still opens")), *stored]

    def queryset(self, request, queryset):
        if self.value() == self.IN_NEED:
            now = timezone.now()
            return queryset.open_on(timezone.localdate(now)).in_need(now)
        return queryset.filter(letter=self.value()) if self.value() else queryset


@admin.register(ConfirmationRequest)
class ConfirmationRequestAdmin(PortalAdmin):
    """Requests are made by asking; afterwards their letters can be sent again, and their links withdrawn."""

    list_display = ("country", "focal_point", "meeting", "letter_now", "until", "standing", "answered")
    list_filter = (LetterFilter, "meeting", ("country", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("country", "focal_point__country", "meeting")
    search_fields = ("country.short_name_ar", "country.short_name_en")
    fields = (
        "country",
        "focal_point",
        "meeting",
        "asked_by",
        "asked_at",
        "letter_now",
        "sent_at",
        "open_until",
        "withdrawn_at",
    )
    actions = ("send_again", "withdraw")

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(answers_given=Count("answers"))

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_ask_permission(self, request):
        """Whether somebody asks countries, and so sends again and withdraws."""
        return request.user.has_perm(MAY_ASK)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """Ask: first for which meeting and until when, then whom; what is sent is what was shown."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        day = timezone.localdate()
        is_chosen = request.method == "POST" or "meeting" in request.GET
        form = AskForm(day, (request.POST if request.method == "POST" else request.GET) if is_chosen else None)
        if not is_chosen or not form.is_valid():
            return self._page(request, {"form": form})
        meeting = form.cleaned_data["meeting"]
        found = candidates(meeting, meeting.period(), day)
        whom = WhomForm(found, request.POST if request.method == "POST" else None)
        if request.method != "POST" or not whom.is_valid():
            return self._page(request, {"form": form, "candidates": found, "whom": whom, "meeting": meeting})
        points = [whom.points[pk] for pk in whom.cleaned_data["points"]]
        until, known = form.cleaned_data["open_until"], whom.cleaned_data["known"] or 0
        number = ask(points, meeting, until, request.user, known)
        self._say_in_line(request, number)
        if left := len(points) - number:
            sentence = ngettext(
                "%(number)s focal point was asked after you opened the page, and is not asked again.",
                "%(number)s focal points were asked after you opened the page, and are not asked again.",
                left,
            )
            messages.warning(request, sentence % {"number": left})
        return HttpResponseRedirect(reverse("admin:focalpoints_confirmationrequest_changelist"))

    def _page(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        frame = {**self.admin_site.each_context(request), "opts": self.opts, "title": _("Ask countries to confirm")}
        return TemplateResponse(request, "admin/focalpoints/ask.html", frame | context)

    @admin.action(description=gettext_lazy("Send the letter again"), permissions=["ask"])
    def send_again(self, request, queryset):
        day = timezone.localdate()
        chosen = list(queryset.select_related("focal_point"))
        going = [each for each in chosen if each.refusal_on(day) is None and each.focal_point.email]
        number = put_in_line(going)
        self._say_in_line(request, number)
        self._say_left(request, len(chosen) - len(going))
        if busy := len(going) - number:
            sentence = ngettext(
                "%(number)s letter is being sent just now.", "%(number)s letters are being sent just now.", busy
            )
            messages.warning(request, sentence % {"number": busy})

    @admin.action(description=gettext_lazy("Withdraw the link"), permissions=["ask"])
    def withdraw(self, request, queryset):
        total = queryset.count()
        keys = list(queryset.filter(withdrawn_at=None).values_list("pk", flat=True))
        ConfirmationRequest.objects.filter(pk__in=keys, withdrawn_at=None).update(withdrawn_at=timezone.now())
        if keys:
            sentence = ngettext("%(number)s link was withdrawn.", "%(number)s links were withdrawn.", len(keys))
            messages.success(request, sentence % {"number": len(keys)})
        self._say_left(request, total - len(keys))

    def _say_in_line(self, request, number):
        if not number:
            return
        sentence = ngettext(
            "%(number)s letter waits to be sent. This list tells whether it was.",
            "%(number)s letters wait to be sent. This list tells whether they were.",
            number,
        )
        messages.success(request, sentence % {"number": number})
        if not worker_is_alive(timezone.now()):
            no_worker = _("No worker is running, so nothing will be sent. Ask whoever runs the portal to start one.")
            messages.warning(request, no_worker)

    def _say_left(self, request, number):
        if number:
            sentence = ngettext(
                "%(number)s request stays as it is: its link opens no more.",
                "%(number)s requests stay as they are: their links open no more.",
                number,
            )
            messages.warning(request, sentence % {"number": number})

    @admin.display(description=gettext_lazy("letter"), ordering="letter")
    def letter_now(self, asked):
        """How far the letter has come; of one that went, when."""
        state = asked.letter_at(timezone.now())
        if state == LetterState.SENT and asked.sent_at:
            day = _day(timezone.localtime(asked.sent_at).date())
            return format_html('{} <span class="row-facts">{}</span>', state.label, day)
        if state in (LetterState.FAILED, LetterState.CUT_OFF):
            return format_html("<strong>{}</strong>", state.label)
        return state.label

    @admin.display(description=gettext_lazy("open until"), ordering="open_until")
    def until(self, asked):
        return _day(asked.open_until)

    @admin.display(description=gettext_lazy("link"))
    def standing(self, asked):
        """Whether the link opens, or why it does not."""
        why = asked.refusal_on(timezone.localdate())
        return why.label if why else _("opens")

    @admin.display(description=gettext_lazy("answers"), ordering="answers_given")
    def answered(self, asked):
        return asked.answers_given


def _day(day):
    language = active_language()
    return anchored(say_date(day, language), language)
