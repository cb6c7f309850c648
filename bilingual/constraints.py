"""Says at which field staff read that a rule of the database is broken."""

from typing import Any, ClassVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, router


class ConstraintsAtFields(models.Model):
    """A model whose constraints report at a field, instead of above the whole form.

    ``shown_at`` names the field for each constraint. The rule and its sentence stay where they are, in the
    constraint. Where a form leaves the field out, the sentence stands above the form after all.
    """

    shown_at: ClassVar[dict[str, str]] = {}

    class Meta:
        abstract = True

    def validate_constraints(self, exclude: Any = None) -> None:
        """Check every constraint as ``Model.validate_constraints`` does; raise ``ValidationError`` by field."""
        using = router.db_for_write(type(self), instance=self)
        errors: dict[str, list[ValidationError]] = {}
        for model, constraints in self.get_constraints():
            for constraint in constraints:
                try:
                    constraint.validate(model, self, exclude=exclude, using=using)
                except ValidationError as error:
                    field = self.shown_at.get(constraint.name, NON_FIELD_ERRORS)
                    errors.setdefault(NON_FIELD_ERRORS if field in (exclude or ()) else field, []).append(error)
        if errors:
            raise ValidationError(errors)
