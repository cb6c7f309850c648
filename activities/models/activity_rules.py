"""What an activity must keep to beyond what the database holds: rules over several fields and other rows."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from activities.models.states import ActivityStatus, PublicationState


class ActivityRules:
    """The rules of `activities.models.Activity`, each reported at the field that mends it."""

    def clean(self):
        """Rules that look at other rows, each reported at its field; imports call them too."""
        super().clean()
        errors = {}
        self._check_dates(errors)
        self._check_project(errors)
        self._check_roadmap(errors)
        self._check_status(errors)
        self.check_taking_part(errors)
        self._check_publication(errors)
        if errors:
            raise ValidationError(errors)

    def _check_dates(self, errors: dict) -> None:
        for day, field in (
            (self.start_date, "start_date"),
            (self.end_date, "end_date"),
            (self.registration_until, "registration_until"),
        ):
            if day and not 1969 <= day.year <= 2100:
                errors[field] = _("The year lies between 1969 and 2100.")
        if self.start_date and self.end_date and self.end_date < self.start_date:
            errors["end_date"] = _("An activity cannot end before it starts.")
        elif bool(self.start_date) != bool(self.end_date):
            missing = "end_date" if self.start_date else "start_date"
            errors[missing] = _("Give both days, the same one twice for an activity of one day.")
        elif self.kind_id and not self.is_project and not self.start_date and self.state != PublicationState.DRAFT:
            errors["start_date"] = _("Review and publication need the dates.")

    def _check_project(self, errors: dict) -> None:
        if self.kind_id and self.is_project:
            if self.parent_id:
                errors["parent"] = _("A project cannot be part of another project.")
            if self.start_date or self.end_date:
                errors["start_date"] = _("A project has no dates of its own: its sub-activities have them.")
            if self.status:
                errors["status"] = _("A project has no status of its own: leave it empty.")
        elif self.kind_id:
            if not self.status:
                errors["status"] = _("Say whether the activity is planned, held, postponed or cancelled.")
            if self.pk and self.parts.exists():
                errors["kind"] = _("This entry has sub-activities: it can only be a project.")
        if self.parent_id and self.parent_id == self.pk:
            errors["parent"] = _("An activity cannot be its own project.")
        elif self.parent_id and not self.parent.is_project:
            errors["parent"] = _("Only a project can have sub-activities.")

    def _check_roadmap(self, errors: dict) -> None:
        if self.area_id and self.area.roadmap_id != self.roadmap_id:
            errors["area"] = _("This area belongs to another roadmap.")

    def _check_status(self, errors: dict) -> None:
        moved = self.status in (ActivityStatus.POSTPONED, ActivityStatus.CANCELLED)
        if moved and self.state != PublicationState.DRAFT:
            for language in ("ar", "en"):
                if not getattr(self, f"status_reason_{language}"):
                    errors[f"status_reason_{language}"] = _("Say why it was postponed or cancelled.")

    def _check_publication(self, errors: dict) -> None:
        if self.state in (PublicationState.IN_REVIEW, PublicationState.PUBLISHED):
            for language in ("ar", "en"):
                if not getattr(self, f"title_{language}"):
                    errors[f"title_{language}"] = _("Review and publication need the title in both languages.")
            if self.kind_id and not self.kind.is_complete:
                errors["kind"] = _("Complete the forms of this kind before anything of it is published.")
        elif not self.title_ar and not self.title_en:
            errors["title_ar"] = _("Give the title in Arabic or in English.")
