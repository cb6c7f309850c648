"""What countries answered: the list, and the page on which an editor sees the difference and decides."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Case, Value, When
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bilingual.admin import PortalAdmin
from bilingual.dates import anchored, say_date
from bilingual.languages import active_language
from bilingual.templatetags.bilingual import in_either
from focalpoints.admin.forms import DecisionForm
from focalpoints.deciding import ChangedSinceError, DecidedError, Proposal, accept, proposal_of, refuse
from focalpoints.models import Answer, AnswerState
from focalpoints.telling import told, told_of

_WAITING_FIRST = Case(When(state=AnswerState.OPEN, then=Value(0)), default=Value(1)).asc()
MAY_DECIDE = ("focalpoints.decide_answer", "activities.change_activity")


@admin.register(Answer)
class AnswerAdmin(PortalAdmin):
    """Nobody writes answers here; who may change activities and decide does so on the page of one."""

    list_display = ("activity_named", "country", "state", "by", "answered")
    list_filter = ("state", ("country", admin.RelatedOnlyFieldListFilter), "request__meeting")
    list_select_related = ("activity", "country", "focal_point__country", "answered_by")
    search_fields = ("activity",)  # `AnswerQuerySet.matching` knows how

    # Those that wait for an editor first.
    ordering = (_WAITING_FIRST, "country__code", "activity__code", "-pk")

    def get_urls(self):
        decide = self.admin_site.admin_view(self.decide_view)
        return [path("<int:key>/decide/", decide, name="focalpoints_answer_decide"), *super().get_urls()]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show the difference; with it, to whoever may decide, the form that does."""
        if request.method != "GET" and request.method != "HEAD":
            raise PermissionDenied
        answer = self.get_object(request, unquote(object_id))
        if answer is None or not self.has_view_permission(request, answer):
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return self._show(request, answer, DecisionForm())

    def decide_view(self, request: HttpRequest, key: int) -> HttpResponse:
        """Accept or refuse; where something stands in the way, show the difference again with what it is."""
        if request.method != "POST" or not request.user.has_perms(MAY_DECIDE):
            raise PermissionDenied
        answer = self.get_object(request, str(key))
        if answer is None:
            raise Http404
        form = DecisionForm(request.POST)
        if form.is_valid() and self._is_decided(request, answer, form):
            return HttpResponseRedirect(reverse("admin:focalpoints_answer_changelist"))
        return self._show(request, self.get_object(request, str(key)), form, status=409)

    def _is_decided(self, request: HttpRequest, answer: Answer, form: DecisionForm) -> bool:
        try:
            if "refuse" in request.POST:
                return self._is_refused(request, answer, form)
            return self._is_accepted(request, answer, form)
        except DecidedError:
            form.add_error(None, _("This answer waits for nobody any more: it was decided on, or replaced meanwhile."))
        except ChangedSinceError:
            form.add_error(None, _("The entry was changed after you opened this page. Look at the difference again."))
        except ValidationError as error:
            form.add_error(None, [_("It was not entered, because of the rules of the record:"), *error.messages])
        return False

    def _is_refused(self, request: HttpRequest, answer: Answer, form: DecisionForm) -> bool:
        if not form.cleaned_data["reason"]:
            form.add_error("reason", _("Say why the correction is refused: the country reads it."))
            return False
        refuse(answer.pk, request.user, form.cleaned_data["reason"])
        return self._is_done(request, answer, _("The correction was refused; the country reads your reason."))

    def _is_accepted(self, request: HttpRequest, answer: Answer, form: DecisionForm) -> bool:
        if proposal_of(answer).has_changed and not form.cleaned_data["overwrite"]:
            form.add_error("overwrite", _("Somebody entered something else since. Tick this if it is to be replaced."))
            return False
        for finding in accept(answer.pk, request.user, form.cleaned_data["seen"]):
            messages.warning(request, finding)
        return self._is_done(request, answer, _("The correction was accepted and entered."))

    def _is_done(self, request: HttpRequest, answer: Answer, said: str) -> bool:
        self.log_change(request, answer, said)
        messages.success(request, said)
        return True

    def _show(self, request: HttpRequest, answer: Answer, form: DecisionForm, status: int = 200) -> HttpResponse:
        proposal = proposal_of(answer)
        may_decide = answer.state == AnswerState.OPEN and request.user.has_perms(MAY_DECIDE)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("What a country says"),
            "answer": answer,
            "activity": proposal.entry.activity,
            "proposal": proposal,
            "rows": _rows(proposal),
            "confirmed": told_of(answer.facts) if answer.state == AnswerState.CONFIRMED else [],
            "errors": form.non_field_errors(),
            "form": form if may_decide else None,
            "decide": reverse("admin:focalpoints_answer_decide", args=[answer.pk]),
        }
        return TemplateResponse(request, "admin/focalpoints/answer.html", context, status=status)

    @admin.display(description=gettext_lazy("activity"), ordering="activity__code")
    def activity_named(self, answer):
        title = in_either(answer.activity, "title")
        return format_html('{} <span class="row-facts"><bdi dir="ltr">{}</bdi></span>', title, answer.activity.code)

    @admin.display(description=gettext_lazy("by"))
    def by(self, answer):
        return answer.focal_point

    @admin.display(description=gettext_lazy("answered"), ordering="answered_at")
    def answered(self, answer):
        language = active_language()
        return anchored(say_date(timezone.localtime(answer.answered_at).date(), language), language)


def _rows(proposal: Proposal) -> list[dict[str, Any]]:
    """The differences in words."""
    return [
        {
            "difference": each,
            "label": each.fact.label,
            "then": told(each.fact, each.then),
            "now": told(each.fact, each.now, proposal.entry.standing(each.fact)),
            "proposed": told(each.fact, each.proposed),
        }
        for each in proposal.differences
    ]
