"""The entries of a country in a period, and the page of one of them: confirm it, or propose a correction.

The same pages for whoever opened a link and for a focal point who is signed in.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from activities.models import Activity
from activities.models.queries import ActivityQuerySet
from bilingual.languages import active_language
from bilingual.text import left_to_right
from focalpoints.answering import ChangedMeanwhileError, Respondent, answer
from focalpoints.facts import Entry
from focalpoints.forms import CorrectionForm
from focalpoints.models import Answer, AnswerState
from focalpoints.models.confirmation import entries_of
from focalpoints.own import Part, parts_of, with_parts_of
from focalpoints.telling import ToldFact, told, told_of
from focalpoints.views.access import ByAccount, ByLink, NotOpenError, PersonalPage
from partners.models import Country
from roadmap.models import Period

CONFIRM = "confirm"


@dataclass(frozen=True)
class EntryRow:
    """An entry as the page shows it: what the country is to it, its facts, and what the country said of it."""

    entry: Entry
    parts: list[Part]
    answer: Answer | None
    address: str

    @property
    def facts(self) -> list[ToldFact]:
        """What it says, but for the title that stands above it."""
        plain, above = self.entry.plain, f"title_{active_language()}"
        facts = (fact for fact in self.entry.facts if fact.name != above or not plain[above])
        return [told(fact, plain[fact.name], self.entry.standing(fact)) for fact in facts]

    @property
    def has_changed(self) -> bool:
        """Whether the entry says something else than when the country answered."""
        return self.answer is not None and self.entry.has_changed_since(self.answer.facts)

    @property
    def is_settled(self) -> bool:
        """Whether the country confirmed just what the entry says."""
        return self.answer is not None and self.answer.state == AnswerState.CONFIRMED and not self.has_changed

    @property
    def proposed(self) -> list[ToldFact]:
        """What the country wants the entry to say, while that is not decided."""
        return told_of(self.answer.proposed) if self.answer else []


class _Entries(PersonalPage):
    """What the list and the page of one entry share. A subclass says who answers, for which period, and where."""

    respondent: Respondent
    period: Period | None
    page: str  # the names of the addresses of the list and of one entry
    entry_page: str

    @property
    def country(self) -> Country:
        return self.respondent.country

    @cached_property
    def list_address(self) -> str:
        return reverse(self.page, args=[self.kwargs["number"]])

    def address_of(self, activity: Activity) -> str:
        return reverse(self.entry_page, args=[self.kwargs["number"], activity.code])

    @property
    def activities(self) -> ActivityQuerySet:
        found = entries_of(self.country, self.period).select_related("participation")
        return with_parts_of(self.country, found)

    def row(self, activity: Activity, said: Answer | None) -> EntryRow:
        entry = Entry(activity, self.country)
        return EntryRow(entry, parts_of(self.country, activity), said, self.address_of(activity))

    def frame(self) -> dict[str, Any]:
        return {
            "country": self.country,
            "period": self.period,
            "list_address": self.list_address,
            "by_link": self.respondent.request,
        }


class EntriesPage(_Entries):
    """The list."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.respondent  # noqa: B018 -- whoever may not come in is answered here
        activities = list(self.activities)
        said = Answer.objects.latest_of(self.country, activities)
        rows = [self.row(activity, said.get(activity.pk)) for activity in activities]
        return self.render("focalpoints/entries.html", {**self.frame(), "rows": rows})


class EntryPage(_Entries):
    """One entry. What is sent is answered with the list, or with this page again when something is to be mended."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        row = self._row()
        return self._show(row, CorrectionForm(row.entry, self._standing(row)))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        row = self._row()
        if request.POST.get("answer") == CONFIRM:
            unsent = CorrectionForm(row.entry, self._standing(row))
            return self._take_down(row, unsent, request.POST.get("seen", ""))
        form = CorrectionForm(row.entry, self._standing(row), request.POST)
        if not form.is_valid():
            return self._show(row, form, status=400)
        facts = {"proposed": form.proposed, "note": form.cleaned_data["note"]}
        return self._take_down(row, form, form.cleaned_data["seen"], **facts)

    def _take_down(self, row: EntryRow, form: CorrectionForm, seen: str, **facts: Any) -> HttpResponse:
        try:
            taken = answer(row.entry.activity.code, self.respondent, seen, **facts)
        except (ChangedMeanwhileError, Activity.DoesNotExist):
            return self._changed(row, form)
        messages.success(self.request, _said_of(taken))
        return HttpResponseRedirect(f"{self.list_address}#entry-{taken.activity.code}")

    def _changed(self, row: EntryRow, form: CorrectionForm) -> HttpResponse:
        """Show the entry as it is now, and keep what was typed; sent again, it is taken as seen."""
        if form.is_bound:
            form.data = form.data.copy()
            form.data["seen"] = row.entry.digest
        return self._show(row, form, status=409, has_changed=True)

    def _show(
        self, row: EntryRow, form: CorrectionForm, status: int = 200, *, has_changed: bool = False
    ) -> HttpResponse:
        context = {**self.frame(), "row": row, "form": form, "has_changed": has_changed}
        return self.render("focalpoints/entry.html", context, status=status)

    def _row(self) -> EntryRow:
        """The entry of the address. Raises `NotOpenError` for one that the country is not asked about."""
        self.respondent  # noqa: B018 -- whoever may not come in is answered here
        activity = self.activities.filter(code=self.kwargs["code"]).first()
        if activity is None:
            context = {"section": "countries", **self.frame()}
            raise NotOpenError(render(self.request, "focalpoints/no_entry.html", context, status=404))
        return self.row(activity, Answer.objects.latest_of(self.country, [activity]).get(activity.pk))

    def _standing(self, row: EntryRow) -> Answer | None:
        """The correction that waits for an editor, which the country may change."""
        return row.answer if row.answer and row.answer.state == AnswerState.OPEN else None


def _said_of(taken: Answer) -> str:
    """What was taken down, in a sentence."""
    facts = {"code": left_to_right(taken.activity.code)}
    if taken.state == AnswerState.CONFIRMED:
        return _("%(code)s is confirmed. Thank you.") % facts
    return _("Your correction of %(code)s was sent. Nothing changes before an editor has accepted it.") % facts


class LinkedEntriesView(ByLink, EntriesPage):
    page, entry_page = "linked_entries", "linked_entry"


class LinkedEntryView(ByLink, EntryPage):
    page, entry_page = "linked_entries", "linked_entry"


class OwnEntriesView(ByAccount, EntriesPage):
    page, entry_page = "own_entries", "own_entry"


class OwnEntryView(ByAccount, EntryPage):
    page, entry_page = "own_entries", "own_entry"
