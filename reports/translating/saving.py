"""Saving a record's texts from its page: all of them or none, and never over what the editor has not seen."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction

from bilingual.languages import direction_of
from bilingual.states import mark_reviewed
from bilingual.translating import NewText, TextsChangedError, locked, put_texts
from reports.translating.forms import TextsForm


@dataclass(frozen=True)
class Overtaken:
    """A text that somebody else changed: what stands now, beside the input with what was to be saved."""

    new: NewText
    input: Any
    theirs: str

    @property
    def direction(self) -> str:
        return direction_of(self.new.language)


@dataclass(frozen=True)
class Saved:
    """What came of saving: how many texts were written and reviewed; of which the original moved meanwhile."""

    written: int
    reviewed: int
    unread: int


@transaction.atomic
def save_texts(form: TextsForm, user: Any) -> Saved:
    """Write what the valid ``form`` says. Raises `TextsChangedError`, ``ValidationError`` or ``DoesNotExist``.

    A review counts for what was seen: where one of both languages has changed since, it is not written down.
    """
    record = locked(form.record)
    before = _faults(record)
    written = put_texts(record, form.new_texts(), user, lambda row, texts: _refuse_new_faults(row, before, texts))
    reviewed = form.reviewed()
    seen = [text for text in reviewed if form.saw_pair(text[0], record)]
    for field, language in seen:
        if getattr(record, f"{field}_{language}"):
            mark_reviewed(record, field, language, user)
    return Saved(len(written), len(seen), len(reviewed) - len(seen))


def overtaken(form: TextsForm, error: TextsChangedError) -> list[Overtaken]:
    """Return both versions of each text that somebody else changed."""
    return [Overtaken(new, form[new.column], getattr(error.record, new.column) or "") for new in error.texts]


def _faults(record: Any) -> set[tuple[str, str]]:
    """What the record's own rules say of it, by field."""
    try:
        record.full_clean(validate_unique=False)
    except ValidationError as error:
        return {(field, message) for field, messages in error.message_dict.items() for message in messages}
    return set()


def _refuse_new_faults(record: Any, before: set[tuple[str, str]], written: list[NewText]) -> None:
    """Raise ``ValidationError`` for what the new texts broke; what was wrong before does not stand in their way."""
    columns = {new.column for new in written}
    faults: dict[str, list[str]] = {}
    for field, message in sorted(_faults(record)):
        if field in columns or (field, message) not in before:
            faults.setdefault(field if field in columns else NON_FIELD_ERRORS, []).append(message)
    if faults:
        raise ValidationError(faults)
