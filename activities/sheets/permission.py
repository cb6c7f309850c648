"""What somebody may import: nothing that the forms would refuse them."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from activities.models import PublicationState
from activities.sheets.plan import Draft
from activities.sheets.shape import ACTIVITIES, Sheet

_STATE = [column.key for column in ACTIVITIES.told].index("state")
_NEEDS_AN_EDITOR = {PublicationState.PUBLISHED.value, PublicationState.WITHDRAWN.value}


class Permissions:
    """The permissions of ``user``, each asked for once; ``None``, on the server's own terminal, has them all."""

    def __init__(self, user: Any):
        self.user = user
        self._known: dict[str, bool] = {}

    def missing(self, sheet: Sheet, draft: Draft) -> Iterator[tuple[str, str]]:
        """Yield the column and the sentence of each thing in ``draft`` that the user may not do."""
        action = "add" if draft.is_new else "change"
        model = sheet.model._meta
        if not self.has(f"{model.app_label}.{action}_{model.model_name}"):
            yield "", _("Your role may not do this: ask an editor to import the row.")
        elif sheet is ACTIVITIES and self._publishes(draft) and not self.has("activities.publish_activity"):
            yield "state", _("Publishing and withdrawing are for editors: leave the publication as it is.")

    def has(self, permission: str) -> bool:
        """Whether the user has ``permission``."""
        if self.user is None:
            return True
        if permission not in self._known:
            self._known[permission] = self.user.has_perm(permission)
        return self._known[permission]

    @staticmethod
    def _publishes(draft: Draft) -> bool:
        before = draft.before[_STATE] if draft.before is not None else None
        after = draft.values[_STATE]
        return before != after and bool({before, after} & _NEEDS_AN_EDITOR)
