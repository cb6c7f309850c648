"""What changes a report: each action saves one thing and leads back to its place on the page."""

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.forms import ModelForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from bilingual.text import Bilingual
from reports.desk.access import ReportView
from reports.desk.forms import (
    CoverageForm,
    HeadForm,
    ItemInclusionForm,
    OverrideForm,
    SectionForm,
    SectionInclusionForm,
)
from reports.desk.saving import StaleError, differing, save_at
from reports.desk.workspace import Workspace
from reports.models import CoverageNote, Report, ReportItem, ReportSection
from reports.overrides import basis
from roadmap.models import CooperationArea


class _SaveView(ReportView):
    """Saves a form of one row. A form with errors, or a row that somebody else saved first, comes back as a page."""

    http_method_names = ["post"]
    form_class: type[ModelForm]
    anchor = ""

    @property
    def row(self):
        raise NotImplementedError

    @property
    def name(self) -> str:
        """What the row is called, for the page that asks about it."""
        return str(self.row)

    def post(self, request, **kwargs):
        form = self.form_class(request.POST, instance=self.row)
        form.instance.saved_by = request.user
        if not form.is_valid():
            return self.again(form, 422)
        try:
            with transaction.atomic():
                said = self.save(form)
        except StaleError as stale:
            return self.conflict(form, stale.current)
        except ObjectDoesNotExist as error:
            raise Http404 from error
        return self.back(self.anchor, said)

    def save(self, form) -> str:
        """Write what the form says and return a sentence about it. Raises `StaleError`."""
        save_at(form.instance, form.cleaned_data["version"], form.compared)
        return _("Saved.")

    def again(self, form, status: int, differences=()) -> HttpResponse:
        """Return the form as a page, with its errors or beside what somebody else saved."""
        shown = {difference.field.name for difference in differences}
        context = {
            "form": form,
            "name": self.name,
            "anchor": self.anchor,
            "action": self.request.path,
            "differences": differences,
            "fields": [field for field in form if not (shown or field.is_hidden) or field.errors],
            "kept": [field for field in form if field.name not in shown and field.name not in form.errors],
        }
        return self.render("desk/conflict.html" if differences else "desk/mend.html", context, status)

    def conflict(self, form, current) -> HttpResponse:
        """Show both versions and let the officer choose; where both say the same there is nothing to choose."""
        differences = differing(form, current)
        if not differences:
            return self.back(self.anchor, _("Somebody else has saved the same already."))
        form.renew(current)
        return self.again(form, 409, differences)


class HeadView(_SaveView):
    """The day the report speaks of, its roadmaps, and the days it accounts for."""

    form_class = HeadForm
    anchor = "head"

    @property
    def row(self):
        return self.report

    @cached_property
    def name(self) -> str:
        return str(self.report)

    def save(self, form) -> str:
        fields = [name for name in form.compared if name != "roadmaps"]
        save_at(form.instance, form.cleaned_data["version"], fields)
        form.instance.roadmaps.set(form.cleaned_data["roadmaps"])
        return _("Saved.")


class _SectionView(_SaveView):
    @cached_property
    def row(self):
        section = get_object_or_404(ReportSection, report=self.report, kind=self.kwargs["kind"])
        section.report = self.report
        return section

    @property
    def anchor(self):
        return f"section-{self.kwargs['kind']}"


class SectionTextView(_SectionView):
    """What officers write in a section. A text that was taken over waits until somebody says that it is checked."""

    form_class = SectionForm

    def post(self, request, **kwargs):
        if not self.row.is_written:
            raise Http404
        return super().post(request, **kwargs)

    def save(self, form) -> str:
        section = form.instance
        section.needs_check = section.needs_check and bool(section.texts) and not form.cleaned_data["is_checked"]
        save_at(section, form.cleaned_data["version"], [*form.compared, "needs_check"])
        return _("Saved.")


class SectionInclusionView(_SectionView):
    form_class = SectionInclusionForm


class _ItemView(_SaveView):
    @cached_property
    def row(self):
        items = ReportItem.objects.select_related("activity", "activity__kind")
        item = get_object_or_404(items, report=self.report, activity__code=self.kwargs["activity"])
        item.report = self.report
        return item

    @property
    def name(self) -> str:
        return str(Bilingual.of(self.row.activity, "title")) or self.row.activity.code

    @property
    def anchor(self):
        return f"item-{self.kwargs['activity']}"


class ItemInclusionView(_ItemView):
    """Tells an activity, or leaves it out for a reason."""

    form_class = ItemInclusionForm


class OverrideView(_ItemView):
    """An officer's own paragraphs in place of the generated ones; it remembers on which facts they rest.

    Those are the facts that the officer saw, which may have changed while the words were written.
    """

    form_class = OverrideForm

    def save(self, form) -> str:
        item = form.instance
        item.override_basis = (form.cleaned_data["seen"] or self._basis()) if item.overrides else ""
        save_at(item, form.cleaned_data["version"], [*form.compared, "override_basis"])
        return _("Saved.") if item.overrides else _("The generated paragraphs stand again.")

    def _basis(self) -> str:
        facts = Workspace(self.report).facts
        told = next((each for each in facts.items if each.code == self.kwargs["activity"]), None) if facts else None
        return basis(told) if told else ""


class CoverageNoteView(_SaveView):
    """Why the report tells of no activity in an area."""

    form_class = CoverageForm

    @cached_property
    def area(self) -> CooperationArea:
        areas = CooperationArea.objects.filter(roadmap__reports=self.report).select_related("roadmap")
        return get_object_or_404(areas, pk=self.kwargs["area"])

    @cached_property
    def row(self):
        return self._note() or CoverageNote(report=self.report, area=self.area)

    @property
    def anchor(self):
        return f"area-{self.area.pk}"

    def save(self, form) -> str:
        """Write the note if it still reads as it did; the report's row is held meanwhile."""
        Report.objects.select_for_update().get(pk=self.report.pk)
        current = self._note()
        if form.seen != Bilingual.of(current or CoverageNote(), "reason"):
            raise StaleError(current or CoverageNote(report=self.report, area=self.area))
        form.instance.pk = current.pk if current else None
        form.instance._state.adding = current is None
        form.save()
        return _("Saved.")

    def _note(self) -> CoverageNote | None:
        return self.report.coverage_notes.filter(area=self.area).first()
