"""Rows that are written once. The database refuses to change them too (`reports.triggers`)."""

from django.db import models
from django.utils.translation import gettext as _


class FrozenError(TypeError):
    """Something tried to change or delete what was issued."""

    def __init__(self):
        super().__init__(_("An issued edition never changes. Prepare a corrected edition instead."))


class FrozenQuerySet(models.QuerySet):
    """A selection that can be read and added to, and nothing else."""

    def update(self, **values):
        raise FrozenError

    def bulk_update(self, objs, fields, batch_size=None):
        raise FrozenError

    def delete(self):
        raise FrozenError

    def bulk_create(self, objs, *args, update_conflicts=False, **kwargs):
        """Add rows; refuses to overwrite those that are there."""
        if update_conflicts:
            raise FrozenError
        return super().bulk_create(objs, *args, **kwargs)


class FrozenModel(models.Model):
    """A row that can be added and read. Raises `FrozenError` on any other attempt."""

    objects = FrozenQuerySet.as_manager()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise FrozenError
        super().save(*args, **kwargs | {"force_insert": True})

    def delete(self, *args, **kwargs):
        raise FrozenError
