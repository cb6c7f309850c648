"""Who changed what and when: every saved state of a record, in both languages, grouped by what was done together.

Registered in each app's ``translation.py``, after the bilingual fields, since the history of a model holds the columns
it has at that moment. Saving writes the history by itself; whoever writes past ``save()`` calls `write_versions`.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import simple_history
from django.db import connection, models
from django.utils import timezone
from simple_history.utils import get_history_model_for_model

from bilingual.data_version import note_change
from bilingual.text import Bilingual

# Below what any database takes as parameters of one statement.
_COPIED = 900
_open: ContextVar[uuid.UUID | None] = ContextVar("change_set", default=None)


def current_change_set() -> uuid.UUID:
    """Return the id under which changes are grouped now; outside of any group, one of its own."""
    return _open.get() or uuid.uuid4()


@contextmanager
def change_set() -> Iterator[uuid.UUID]:
    """Group what is saved inside: a record with its rows, a file that is imported. An open group goes on."""
    outer = _open.get()
    token = _open.set(outer or uuid.uuid4())
    try:
        yield current_change_set()
    finally:
        _open.reset(token)


class ChangeSetMiddleware:
    """Group what one request changes."""

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> Any:
        with change_set():
            return self.get_response(request)


class Version(models.Model):
    """What every saved state has besides the record's own columns."""

    change_set = models.UUIDField(default=current_change_set, editable=False, db_index=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        note_change()


def keep_history(*kinds: type[models.Model], left_out: tuple[str, ...] = ()) -> None:
    """Let each of the models ``kinds`` keep its saved states as ``versions``, without the columns ``left_out``."""
    for model in kinds:
        present = {field.name for field in model._meta.fields}
        simple_history.register(
            model,
            app=model._meta.app_label,
            manager_name="versions",
            bases=[Version],
            excluded_fields=[name for name in left_out if name in present],
        )


# What a saved state holds of the reason that people give, after its kind.
REASON_LENGTH = 90
SHORT = 40
# Between the English and the Arabic of what a reason is about.
BOTH_LANGUAGES = " | "


def reason_of(kind: str, what: str | Bilingual = "") -> str:
    """Return what to keep as the reason of a change, so that `bilingual.changes` can tell it in either language."""
    if isinstance(what, Bilingual):
        what = f"{what.en[:SHORT]}{BOTH_LANGUAGES}{what.ar[:SHORT]}"
    return f"{kind}: {what}"[:100]


def write_versions(instances: Iterable[models.Model], *, added: bool, user: Any = None, reason: str = "") -> None:
    """Write the stored state of ``instances``, all of one model, after a bulk statement went past ``save()``.

    Records and history are written in one transaction, the caller's. Who writes many tables at a stroke calls
    `copy_versions` for each and `note_change` once.
    """
    copy_versions(instances, added=added, user=user, reason=reason)
    note_change()


def copy_versions(instances: Iterable[models.Model], *, added: bool, user: Any = None, reason: str = "") -> None:
    """Do as `write_versions`, without noting the change.

    The database copies its own rows: what is kept is what is stored, and ten thousand rows need no second objects.
    """
    rows = list(instances)
    if not rows:
        return
    model = type(rows[0])
    versions = get_history_model_for_model(model)
    author = user or versions.get_default_history_user(rows[0])
    said = {
        "history_date": timezone.now(),
        "history_type": "+" if added else "~",
        "history_change_reason": reason,
        "history_user": author.pk if author else None,
        "change_set": current_change_set(),
    }
    for start in range(0, len(rows), _COPIED):
        _copy(model, versions, [row.pk for row in rows[start : start + _COPIED]], said)


def _copy(model: type[models.Model], versions: Any, keys: list[Any], said: dict[str, Any]) -> None:
    """Add the rows of ``model`` with these keys to its history, each with what is ``said`` of all of them."""
    quote = connection.ops.quote_name
    fields = [(versions._meta.get_field(name), value) for name, value in said.items() if value is not None]
    own = [quote(field.column) for field in versions.tracked_fields]
    columns = ", ".join([*own, *(quote(field.column) for field, _value in fields)])
    copied = ", ".join([*own, *["%s"] * len(fields)])
    key, wanted = quote(str(model._meta.pk.column)), ", ".join(["%s"] * len(keys))
    source = f"{quote(model._meta.db_table)} WHERE {key} IN ({wanted}) ORDER BY {key}"
    with connection.cursor() as cursor:
        cursor.execute(
            # Names of our own tables and columns, quoted; all that anybody wrote is a parameter.
            f"INSERT INTO {quote(versions._meta.db_table)} ({columns}) SELECT {copied} FROM {source}",  # noqa: S608
            [*(field.get_db_prep_save(value, connection) for field, value in fields), *keys],
        )
