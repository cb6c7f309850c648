"""Models that write down, when they are saved, which of their texts changed and which were left behind.

Covered is what goes through ``save()``: forms, the back office, code. ``QuerySet.update`` and fixtures go past it.
What they change still shows as stale on the record where the state of the other language is known, though lists of
work find it only once it is saved; what they translate stays stale until somebody saves or reviews it. Code that
writes a row in a way of its own calls ``write_down_texts``, for rows written in bulk `record_texts`.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models, transaction
from django.utils import timezone

from bilingual.languages import other_language
from bilingual.states import (
    LANGUAGES,
    Progress,
    Rows,
    TranslationState,
    address_of,
    bilingual_fields,
    forget_prefetched,
    progress_at_first,
    rows_of,
    rows_of_many,
    text_hash,
    write_states,
)
from bilingual.text import Bilingual


class RemembersTexts(models.Model):
    """A model that remembers its bilingual texts as they are stored; to stand before its other bases.

    Set ``saved_by`` before saving, where it is known who saves.
    """

    translation_states = GenericRelation(TranslationState)
    saved_by: Any = None

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the row and, in the same transaction, the states of the texts that changed."""
        is_new = self._state.adding
        with transaction.atomic(savepoint=False):
            super().save(*args, **kwargs)
            self.write_down_texts(kwargs.get("update_fields"), is_new=is_new)

    def write_down_texts(self, columns: Collection[str] | None = None, *, is_new: bool = False) -> None:
        """Write the states of the texts that changed since they were read; ``columns`` are those that were written.

        For code that writes a row in a way of its own: ``save()`` calls it.
        """
        stored = dict.fromkeys(_watched(type(self)), "") if is_new else self._stored
        _Change(self, stored, is_new, columns).record()
        self._remember(columns)

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Any:
        """Build the instance from a row, and remember its texts."""
        instance = super().from_db(*args, **kwargs)
        instance._remember()
        return instance

    def refresh_from_db(self, using: Any = None, fields: Any = None, from_queryset: Any = None) -> None:
        """Read the row again, and remember what was read."""
        super().refresh_from_db(using=using, fields=fields, from_queryset=from_queryset)
        self._remember(fields)

    @property
    def whole(self) -> Any:
        """The record whose form holds the texts: this one, unless it is a row of another."""
        return self

    @property
    def _stored(self) -> dict[str, Any]:
        """The texts as the database has them; a column that was never read is not there."""
        return self.__dict__.setdefault("_texts_as_stored", {})

    def _remember(self, columns: Collection[str] | None = None) -> None:
        for column in _watched(type(self)):
            if column in self.__dict__ and (columns is None or column in columns):
                self._stored[column] = _plain(self.__dict__[column])


@dataclass(frozen=True)
class _Change:
    """What a save did to the texts of ``instance``: ``stored`` has them as they were before."""

    instance: RemembersTexts
    stored: dict[str, Any]
    is_new: bool
    written: Collection[str] | None

    def record(self) -> None:
        """Write the states of every field of which a text changed, or whether it is official."""
        fields = [field for field in bilingual_fields(type(self.instance)) if self._touches(field)]
        if not fields:
            return
        rows = {} if self.is_new else rows_of(self.instance)
        write_states([row for field in fields for row in self._states_of(field, rows)])
        emptied = [row.pk for row in rows.values() if not getattr(self.instance, row.column)]
        if emptied:
            TranslationState.objects.filter(pk__in=emptied).delete()
        forget_prefetched(self.instance)

    def states(self, rows: Rows) -> list[TranslationState]:
        """Return the states to write, where ``rows`` are what is known so far."""
        touched = (field for field in bilingual_fields(type(self.instance)) if self._touches(field))
        return [state for field in touched for state in self._states_of(field, rows)]

    def emptied(self, rows: Rows) -> list[int]:
        """Return the keys of ``rows`` whose text is gone."""
        return [row.pk for row in rows.values() if not getattr(self.instance, row.column)]

    def _states_of(self, field: str, rows: Rows) -> Iterator[TranslationState]:
        texts = Bilingual.of(self.instance, field)
        for language in LANGUAGES:
            if texts.in_(language):
                other = rows.get((field, other_language(language)))
                yield self._state(field, language, texts, rows.get((field, language)), other)

    def _state(
        self,
        field: str,
        language: str,
        texts: Bilingual,
        row: TranslationState | None,
        other_row: TranslationState | None,
    ) -> TranslationState:
        """Return the state of one text, which itself changed or whose other language did."""
        column, other = f"{field}_{language}", f"{field}_{other_language(language)}"
        content_type, key = address_of(self.instance)
        state = TranslationState(content_type_id=content_type, object_id=key, field=field, language=language)
        state.progress = row.progress if row else progress_at_first(self.instance, field, language)
        state.made_from = row.made_from if row else text_hash(self.stored.get(other))
        state.by_id, state.at = (row.by_id, row.at) if row else (None, None)
        if self._is_changed(column):
            state.by_id, state.at = getattr(self.instance.saved_by, "pk", None), timezone.now()
        if self._is_changed(f"{column}_is_official") or self._is_changed(column):
            state.progress = self._progress(field, language, row)
        if self._is_changed(column) or self._catches_up(other, other_row, self.stored.get(column)):
            state.made_from = text_hash(texts.in_(other_language(language)))
        return state.settled(texts.in_(other_language(language)))

    def _progress(self, field: str, language: str, row: TranslationState | None) -> str:
        """Not official, a text is a draft again; turned official, it is reviewed; otherwise it stays what it is."""
        at_first = progress_at_first(self.instance, field, language)
        turned_official = self._is_changed(f"{field}_{language}_is_official")
        return row.progress if row and at_first != Progress.DRAFT and not turned_official else at_first

    def _catches_up(self, other: str, other_row: TranslationState | None, stored: str | None) -> bool:
        """Whether the other text changed because it was missing, or behind this one: then both are in step again.

        Any other change of it leaves this text behind.
        """
        if not self._is_changed(other):
            return False
        return self.stored.get(other) == "" or bool(other_row and other_row.is_behind(stored))

    def _touches(self, field: str) -> bool:
        columns = [f"{field}_{language}" for language in LANGUAGES]
        return any(self._is_changed(name) for column in columns for name in (column, f"{column}_is_official"))

    def _is_changed(self, column: str) -> bool:
        values = self.instance.__dict__
        if column not in values or (self.written is not None and column not in self.written):
            return False
        return bool(_plain(values[column]) != self.stored.get(column))


def record_texts(instances: Collection[RemembersTexts], *, added: bool) -> None:
    """Write down what a bulk statement did to the texts of ``instances``, all of one model, as `save()` does for one.

    With ``added`` they are new; otherwise they were read from the database before they were changed. A few statements,
    however many they are.
    """
    nothing = dict.fromkeys(_watched(type(next(iter(instances)))), "") if instances else {}
    changes = [_Change(each, nothing if added else each._stored, added, None) for each in instances]
    known = {} if added else rows_of_many(instances)
    rows = [known.get(change.instance.pk, {}) for change in changes]
    write_states([state for change, found in zip(changes, rows, strict=True) for state in change.states(found)], added)
    if emptied := [key for change, found in zip(changes, rows, strict=True) for key in change.emptied(found)]:
        TranslationState.objects.filter(pk__in=emptied).delete()
    for each in instances:
        each._remember()
        forget_prefetched(each)


@cache
def _watched(model: type[models.Model]) -> tuple[str, ...]:
    """The columns of ``model`` that hold its texts, and those that say whether a text is official."""
    names = {field.attname for field in model._meta.concrete_fields}
    texts = [f"{field}_{language}" for field in bilingual_fields(model) for language in LANGUAGES]
    return (*texts, *(f"{text}_is_official" for text in texts if f"{text}_is_official" in names))


def _plain(value: Any) -> Any:
    """A text that nobody wrote is ``""``, however it is stored."""
    return "" if value is None else value
