"""Changing single texts of a record, so that nobody overwrites what they have not seen."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from bilingual.languages import other_language
from bilingual.states import (
    Progress,
    TranslationState,
    forget_prefetched,
    rows_of,
    text_hash,
    write_states,
)
from bilingual.text import Bilingual


@dataclass(frozen=True)
class NewText:
    """A text to be written.

    ``replaces`` is the hash of the text it takes the place of, and ``made_from`` that of the text in the other
    language it was made from, both as its writer saw them. ``progress`` is what it is from now on; ``None`` leaves
    that as saving has it.
    """

    field: str
    language: str
    text: str
    replaces: str
    made_from: str
    progress: Progress | None = None

    @property
    def column(self) -> str:
        """Where a record has the text."""
        return f"{self.field}_{self.language}"


class TextsChangedError(Exception):
    """Somebody else changed what was to be replaced: ``texts`` are those of which that is so. Nothing was written."""

    def __init__(self, record: Any, texts: list[NewText]):
        super().__init__()
        self.record = record
        self.texts = texts


def locked(record: Any) -> Any:
    """Return ``record`` as it is now, kept from others until the transaction ends. Raises its ``DoesNotExist``.

    A row of another record is kept together with that one, which comes first as it does in its form.
    """
    if record.whole is not record:
        _locked(record.whole)
    return _locked(record)


def _locked(record: Any) -> Any:
    return type(record)._default_manager.select_for_update(of=("self",)).get(pk=record.pk)


@transaction.atomic
def put_texts(
    record: Any,
    texts: Iterable[NewText],
    user: Any = None,
    check: Callable[[Any, list[NewText]], None] = lambda record, texts: None,
) -> list[NewText]:
    """Write ``texts`` into ``record``, as `locked` returned it, and return those that changed something.

    What says what is there already changes nothing. Raises `TextsChangedError`, and writes nothing, if a text is no
    longer the one to be replaced; or what ``check`` raises, which sees the record before it is saved.
    """
    moving = [new for new in texts if new.text != (getattr(record, new.column) or "")]
    overtaken = [new for new in moving if new.replaces != text_hash(getattr(record, new.column))]
    if overtaken:
        raise TextsChangedError(record, overtaken)
    if moving:
        for new in moving:
            setattr(record, new.column, new.text or None)
        check(record, moving)
        _save(record, user)
        _settle(record, moving, user)
    return moving


def _save(record: Any, user: Any) -> None:
    """Save the record; a form that shows it, or the record it is a row of, as it was is no longer current."""
    whole = record.whole
    for each in [record] if whole is record else [record, whole]:
        each.saved_by = user
        if each is whole and hasattr(each, "version"):
            each.version += 1
        each.save()


def _settle(record: Any, texts: list[NewText], user: Any) -> None:
    """Say from what each text was made, where that is not what stands beside it now, and how far it has come."""
    write_states(list(_settled(record, texts, user)))
    forget_prefetched(record)


def _settled(record: Any, texts: list[NewText], user: Any) -> Iterator[TranslationState]:
    rows = rows_of(record)
    together = {new.column for new in texts}
    for new in texts:
        row = rows.get((new.field, new.language))
        if row is None:
            continue  # a text that was taken out has no state
        other = f"{new.field}_{other_language(new.language)}"
        if other not in together:
            row.made_from = new.made_from
        row.pk, row.progress = None, new.progress or row.progress
        yield row.settled(getattr(record, other))


def hashes_of(record: models.Model, field: str) -> dict[str, str]:
    """Return the hash of a text in each language."""
    texts = Bilingual.of(record, field)
    return {language: text_hash(texts.in_(language)) for language in ("ar", "en")}
