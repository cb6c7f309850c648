"""Asking countries to confirm: the requests, a page that asks, and what is done with a link afterwards."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bilingual.admin import PortalAdmin
from bilingual.dates import anchored, say_date
from bilingual.grammar import join
from bilingual.languages import active_language
from focalpoints.admin.forms import AskForm, WhomForm
from focalpoints.asking import ask, candidates, send
from focalpoints.models import ConfirmationRequest

MAY_ASK = "focalpoints.add_confirmationrequest"


@admin.register(ConfirmationRequest)
class ConfirmationRequestAdmin(PortalAdmin):
    """Requests are made by asking; afterwards their letters can be sent again, and their links withdrawn."""

    list_display = ("country", "focal_point", "meeting", "sent", "until", "standing", "answered")
    list_filter = ("meeting", ("country", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("country", "focal_point__country", "meeting")
    search_fields = ("country.short_name_ar", "country.short_name_en")
    fields = ("country", "focal_point", "meeting", "asked_by", "asked_at", "sent_at", "open_until", "withdrawn_at")
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
        self._say_sent(request, len(points), ask(points, meeting, form.cleaned_data["open_until"], request.user))
        return HttpResponseRedirect(reverse("admin:focalpoints_confirmationrequest_changelist"))

    def _page(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        frame = {**self.admin_site.each_context(request), "opts": self.opts, "title": _("Ask countries to confirm")}
        return TemplateResponse(request, "admin/focalpoints/ask.html", frame | context)

    @admin.action(description=gettext_lazy("Send the letter again"), permissions=["ask"])
    def send_again(self, request, queryset):
        day = timezone.localdate()
        chosen = list(queryset.select_related("country", "meeting", "focal_point__country", "asked_by"))
        going = [each for each in chosen if each.refusal_on(day) is None and each.focal_point.email]
        self._say_sent(request, len(going), send(going))
        self._say_left(request, len(chosen) - len(going))

    @admin.action(description=gettext_lazy("Withdraw the link"), permissions=["ask"])
    def withdraw(self, request, queryset):
        total = queryset.count()
        keys = list(queryset.filter(withdrawn_at=None).values_list("pk", flat=True))
        ConfirmationRequest.objects.filter(pk__in=keys, withdrawn_at=None).update(withdrawn_at=timezone.now())
        if keys:
            sentence = ngettext("%(number)s link was withdrawn.", "%(number)s links were withdrawn.", len(keys))
            messages.success(request, sentence % {"number": len(keys)})
        self._say_left(request, total - len(keys))

    def _say_sent(self, request, number, failed):
        if sent := number - len(failed):
            sentence = ngettext("%(number)s letter was sent.", "%(number)s letters were sent.", sent)
            messages.success(request, sentence % {"number": sent})
        if failed:
            sentence = _("The mail server did not take the letters to: %(names)s. Send them again later.")
            messages.error(request, sentence % {"names": join(failed, active_language())})

    def _say_left(self, request, number):
        if number:
            sentence = ngettext(
                "%(number)s request stays as it is: its link opens no more.",
                "%(number)s requests stay as they are: their links open no more.",
                number,
            )
            messages.warning(request, sentence % {"number": number})

    @admin.display(description=gettext_lazy("sent"), ordering="sent_at")
    def sent(self, asked):
        return _day(timezone.localtime(asked.sent_at).date()) if asked.sent_at else None

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
