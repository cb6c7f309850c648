"""Draft, in review, published, withdrawn: several activities moved at once, after a look at what happens to each."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

from activities.findings import blocking_of
from activities.models import Activity, PublicationState
from bilingual.history import REASON_LENGTH, reason_of

MOST_AT_ONCE = 200


@dataclass(frozen=True)
class Move:
    """A step of the workflow: from which states to which, who may take it, and what is said of it.

    ``permission`` is what must be allowed to somebody on activities: ``change`` or ``publish``.
    """

    name: str
    to: str
    start: tuple[str, ...]
    permission: str
    label: Promise
    question: Any
    done: Any
    looks_for_findings: bool = False


SEND_TO_REVIEW = Move(
    "send_to_review",
    PublicationState.IN_REVIEW,
    (PublicationState.DRAFT,),
    "change",
    gettext_lazy("Send to review"),
    ngettext_lazy(
        "%(number)s activity will be sent to review.", "%(number)s activities will be sent to review.", "number"
    ),
    ngettext_lazy("%(number)s activity was sent to review.", "%(number)s activities were sent to review.", "number"),
)
PUBLISH = Move(
    "publish",
    PublicationState.PUBLISHED,
    (PublicationState.DRAFT, PublicationState.IN_REVIEW, PublicationState.WITHDRAWN),
    "publish",
    gettext_lazy("Publish"),
    ngettext_lazy("%(number)s activity will be published.", "%(number)s activities will be published.", "number"),
    ngettext_lazy("%(number)s activity was published.", "%(number)s activities were published.", "number"),
    looks_for_findings=True,
)
BACK_TO_DRAFT = Move(
    "back_to_draft",
    PublicationState.DRAFT,
    (PublicationState.IN_REVIEW,),
    "change",
    gettext_lazy("Give back as drafts"),
    ngettext_lazy(
        "%(number)s activity will be a draft again.", "%(number)s activities will be drafts again.", "number"
    ),
    ngettext_lazy("%(number)s activity is a draft again.", "%(number)s activities are drafts again.", "number"),
)
WITHDRAW = Move(
    "withdraw",
    PublicationState.WITHDRAWN,
    (PublicationState.PUBLISHED,),
    "publish",
    gettext_lazy("Withdraw"),
    ngettext_lazy("%(number)s activity will be withdrawn.", "%(number)s activities will be withdrawn.", "number"),
    ngettext_lazy("%(number)s activity was withdrawn.", "%(number)s activities were withdrawn.", "number"),
)
MOVES = (SEND_TO_REVIEW, BACK_TO_DRAFT, PUBLISH, WITHDRAW)


@dataclass
class Step:
    """What a move means for one activity: it goes, goes for a reason only, or is refused."""

    activity: Activity
    refusals: list[str] = field(default_factory=list)
    waivable: list[str] = field(default_factory=list)

    @property
    def goes(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.refusals and not self.waivable

    @property
    def goes_for_a_reason(self) -> bool:
        """Whether all that stands in the way may pass for a reason."""
        return bool(self.waivable) and not self.refusals

    @property
    def obstacles(self) -> list[str]:
        """Everything that stands in the way."""
        return [*self.refusals, *self.waivable]


def plan(activities: Any, move: Move, day: date) -> list[Step]:
    """Return what ``move`` means for each of ``activities`` on ``day``; the number of queries does not grow."""
    rows = activities.for_findings().select_related(
        "kind", "participation__profile", "parent__kind", "area", "roadmap"
    )
    return [_step(activity, move, day) for activity in rows]


def _step(activity: Activity, move: Move, day: date) -> Step:
    step = Step(activity)
    if activity.state not in move.start:
        step.refusals.append(_("Its state is “%(state)s”.") % {"state": activity.get_state_display()})
        return step
    step.refusals += _against_rules(activity, move.to)
    if move.looks_for_findings:
        for found in blocking_of(activity, day):
            (step.waivable if found.is_waivable else step.refusals).append(str(found.message))
    return step


def _against_rules(activity: Activity, state: str) -> list[str]:
    """What the rules of the record say against ``state``, each with the field it is about."""
    before, activity.state = activity.state, state
    try:
        activity.clean()
    except ValidationError as error:
        return [
            f"{activity._meta.get_field(name).verbose_name}: {message}"
            for name, sentences in error.message_dict.items()
            for message in sentences
        ]
    finally:
        activity.state = before
    return []


class WorkflowMixin:
    """For the ``ModelAdmin`` of activities: the moves, as actions of its list."""

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Whether somebody publishes and withdraws."""
        return bool(request.user.has_perm("activities.publish_activity"))

    @admin.action(description=SEND_TO_REVIEW.label, permissions=[SEND_TO_REVIEW.permission])
    def send_to_review(self, request: HttpRequest, queryset: "models.QuerySet[Any]") -> HttpResponse | None:
        return self._move(request, queryset, SEND_TO_REVIEW)

    @admin.action(description=PUBLISH.label, permissions=[PUBLISH.permission])
    def publish(self, request: HttpRequest, queryset: "models.QuerySet[Any]") -> HttpResponse | None:
        return self._move(request, queryset, PUBLISH)

    @admin.action(description=BACK_TO_DRAFT.label, permissions=[BACK_TO_DRAFT.permission])
    def back_to_draft(self, request: HttpRequest, queryset: "models.QuerySet[Any]") -> HttpResponse | None:
        return self._move(request, queryset, BACK_TO_DRAFT)

    @admin.action(description=WITHDRAW.label, permissions=[WITHDRAW.permission])
    def withdraw(self, request: HttpRequest, queryset: "models.QuerySet[Any]") -> HttpResponse | None:
        return self._move(request, queryset, WITHDRAW)

    def _move(self, request: HttpRequest, queryset: "models.QuerySet[Any]", move: Move) -> HttpResponse | None:
        keys = list(queryset.order_by("code").values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
        if len(keys) > MOST_AT_ONCE:
            sentence = ngettext(
                "Choose at most %(number)s activity at once.",
                "Choose at most %(number)s activities at once.",
                MOST_AT_ONCE,
            )
            messages.error(request, sentence % {"number": MOST_AT_ONCE})
            return None
        chosen = Activity.objects.filter(pk__in=keys).order_by("code")
        if request.POST.get("confirmed") != "yes":
            return self._show_plan(request, plan(chosen, move, timezone.localdate()), move)
        return self._carry_out(request, chosen, move)

    def _show_plan(
        self, request: HttpRequest, steps: list[Step], move: Move, errors: list[str] | None = None
    ) -> TemplateResponse:
        going = [step for step in steps if step.goes]
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]  # the admin class has it
            "title": move.label,
            "opts": Activity._meta,
            "move": move,
            "question": str(move.question % {"number": len(going)}),
            "going": going,
            "for_a_reason": [step for step in steps if step.goes_for_a_reason],
            "refused": [step for step in steps if step.refusals],
            "chosen": steps,
            "reason": request.POST.get("reason", "")[:REASON_LENGTH],
            "reason_length": REASON_LENGTH,
            "errors": errors or [],
            "checkbox": ACTION_CHECKBOX_NAME,
            "to": PublicationState(move.to).label,
        }
        return TemplateResponse(request, "admin/activities/activity/move.html", context)

    def _carry_out(self, request: HttpRequest, chosen: "models.QuerySet[Any]", move: Move) -> HttpResponse | None:
        """Move what was shown, as it was shown; when something changed in between, show it again."""
        reason = " ".join(request.POST.get("reason", "").split())[:REASON_LENGTH]
        with transaction.atomic():
            list(Activity.objects.select_for_update().filter(pk__in=chosen.values("pk")).order_by("pk").values("pk"))
            steps = plan(chosen, move, timezone.localdate())
            changed = [s for s in steps if request.POST.get(f"seen-{s.activity.pk}") != str(s.activity.version)]
            if changed:
                sentence = _("Somebody changed one of these meanwhile: look again.")
                return self._show_plan(request, steps, move, [sentence])
            going = [step for step in steps if step.goes or (step.goes_for_a_reason and reason)]
            for step in going:
                self._save_step(request, step, move, reason)
        if going:
            messages.success(request, str(move.done % {"number": len(going)}))
        if len(going) < len(steps):
            left = len(steps) - len(going)
            sentence = ngettext(
                "%(number)s activity stays as it was.", "%(number)s activities stay as they were.", left
            )
            messages.warning(request, sentence % {"number": left})
        return None

    def _save_step(self, request: HttpRequest, step: Step, move: Move, reason: str) -> None:
        activity = step.activity
        activity.state = move.to
        activity.version += 1
        activity.saved_by = request.user
        if reason and step.goes_for_a_reason:
            activity._change_reason = reason_of("waived", reason)
        activity.save()
        self.log_change(request, activity, [{"changed": {"fields": [str(_("publication"))]}}])  # type: ignore[attr-defined]
