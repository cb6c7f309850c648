"""How far each text has come in each language: missing, a draft, reviewed; and whether the other one has moved on.

*Missing* and *stale* are never stored: they follow from the texts themselves. The rest is written down when a text is
saved (`bilingual.remembering`), and with it whether something was to be done then, by which lists find a record
without reading any text (`bilingual.state_queries`).
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bilingual.bulk import add
from bilingual.languages import other_language
from bilingual.text import Bilingual

LANGUAGES = ("ar", "en")
MISSING = "missing"

Rows = dict[tuple[str, str], "TranslationState"]


class Progress(models.TextChoices):
    """How far a text has come that is there."""

    DRAFT = "draft", pgettext_lazy("progress of a text", "draft")
    REVIEWED = "reviewed", pgettext_lazy("progress of a text", "reviewed")


class TranslationState(models.Model):
    """What is known of one text in one language; no row says reviewed, and in step with the other language.

    ``made_from`` is the SHA-256 of the text in the other language that this one agrees with, ``""`` where there was
    none. ``by`` and ``at`` are empty where they are not known. ``is_open`` says that the text was a draft or behind
    when this was written down (`settled`): it is what lists look for, and nothing to tell a reader.
    """

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    instance = GenericForeignKey()
    field = models.CharField(_("field"), max_length=60)
    language = models.CharField(_("language"), max_length=2, choices=[("ar", _("Arabic")), ("en", _("English"))])
    progress = models.CharField(_("progress"), max_length=8, choices=Progress, default=Progress.REVIEWED)
    made_from = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, blank=True, null=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("on"), blank=True, null=True)
    is_open = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["content_type", "object_id", "field", "language"]
        verbose_name = _("state of a text")
        verbose_name_plural = _("states of texts")
        indexes = [
            # Of many states few are open: a list of work reads these and no other.
            models.Index(fields=["content_type", "object_id"], condition=Q(is_open=True), name="open_states"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "field", "language"], name="one_state_per_text_and_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} ({self.language}): {self.get_progress_display()}"

    @property
    def column(self) -> str:
        """Where the instance has the text."""
        return f"{self.field}_{self.language}"

    def is_behind(self, other: str | None) -> bool:
        """Whether the text was made from another one than ``other``; made from nothing, it is behind nothing."""
        return bool(self.made_from and other and self.made_from != text_hash(other))

    def settled(self, other: str | None) -> "TranslationState":
        """Return this state, which now knows whether it is open beside ``other``, the text in the other language."""
        self.is_open = self.progress == Progress.DRAFT or self.is_behind(other)
        return self


@dataclass(frozen=True)
class TextState:
    """How far a text has come: ``missing``, ``draft`` or ``reviewed``.

    ``is_stale`` says that the other language changed after this one. ``by`` is the key of whoever saved it last and
    ``at`` is when; both are ``None`` where nobody wrote it down.
    """

    progress: str
    is_stale: bool = False
    by: int | None = None
    at: datetime | None = None


def states_of(instances: Iterable[Any]) -> dict[Any, dict[tuple[str, str], TextState]]:
    """Return for each instance the state of each of its texts, by field and language.

    One query for all of them, whatever their models; none where ``translation_states`` was prefetched.
    """
    known = list(instances)
    rows = _rows_of(known)
    return {instance: dict(_states(instance, rows.get(address_of(instance), {}))) for instance in known}


def is_stale(instance: Any, field: str, language: str) -> bool:
    """Return whether the other language of ``field`` changed after the text in ``language``."""
    return states_of([instance])[instance][field, language].is_stale


def mark_reviewed(instance: Any, field: str, language: str, user: Any) -> None:
    """Write down that ``user`` read the text in ``language``, and that it agrees with the other one as that is now."""
    other = Bilingual.of(instance, field).in_(other_language(language))
    content_type, key = address_of(instance)
    write_states(
        [
            TranslationState(
                content_type_id=content_type,
                object_id=key,
                field=field,
                language=language,
                progress=Progress.REVIEWED,
                made_from=text_hash(other),
                by=user,
                at=timezone.now(),
                is_open=False,
            )
        ]
    )
    forget_prefetched(instance)


@cache
def bilingual_fields(model: type[models.Model]) -> tuple[str, ...]:
    """Return the names of the fields that ``model`` has in both languages, in the order in which it declares them."""
    columns = (field.attname for field in model._meta.concrete_fields if getattr(field, "translated_field", None))
    return tuple(column.removesuffix("_ar") for column in columns if column.endswith("_ar"))


def progress_at_first(instance: Any, field: str, language: str) -> str:
    """Return what a text is before anybody reviewed it: a draft where the record says that it is not official."""
    return Progress.REVIEWED if getattr(instance, f"{field}_{language}_is_official", True) else Progress.DRAFT


def text_hash(text: str | None) -> str:
    """Return the SHA-256 of ``text``; ``""`` for none."""
    return hashlib.sha256(text.encode()).hexdigest() if text else ""


def address_of(instance: Any) -> tuple[int, Any]:
    """Return how the rows of ``instance`` are found: the key of its model's content type, and its own."""
    return ContentType.objects.get_for_model(instance).pk, instance.pk


def rows_of(instance: Any) -> Rows:
    """Return the rows of ``instance`` as they are in the database, by field and language."""
    content_type, key = address_of(instance)
    rows = TranslationState.objects.filter(content_type=content_type, object_id=key).order_by()
    return {(row.field, row.language): row for row in rows}


def rows_of_many(instances: Iterable[Any]) -> dict[Any, Rows]:
    """Return the rows of ``instances``, all of one model, as they are in the database, by their keys."""
    found: dict[Any, Rows] = {}
    addresses = [address_of(instance) for instance in instances]
    rows = TranslationState.objects.filter(
        content_type__in={content_type for content_type, _key in addresses},
        object_id__in=[key for _content_type, key in addresses],
    )
    for row in rows.order_by():
        found.setdefault(row.object_id, {})[row.field, row.language] = row
    return found


def write_states(rows: list[TranslationState], are_new: bool = False) -> None:
    """Add rows; each takes the place of what was known of its text before, unless ``are_new`` says nothing was."""
    if are_new:
        add(rows)
        return
    TranslationState.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["content_type", "object_id", "field", "language"],
        update_fields=["progress", "made_from", "by", "at", "is_open"],
    )


def forget_prefetched(instance: Any) -> None:
    """Let the next look at the states of ``instance`` go to the database."""
    getattr(instance, "_prefetched_objects_cache", {}).pop("translation_states", None)


def _states(instance: models.Model, rows: Rows) -> Iterator[tuple[tuple[str, str], TextState]]:
    for field in bilingual_fields(type(instance)):
        texts = Bilingual.of(instance, field)
        for language in LANGUAGES:
            yield (field, language), _state(instance, texts, field, language, rows.get((field, language)))


def _state(instance: Any, texts: Bilingual, field: str, language: str, row: TranslationState | None) -> TextState:
    if not texts.in_(language):
        return TextState(MISSING)
    if row is None:
        return TextState(progress_at_first(instance, field, language))
    return TextState(row.progress, row.is_behind(texts.in_(other_language(language))), row.by_id, row.at)


def _rows_of(instances: list[Any]) -> dict[tuple[int, Any], Rows]:
    found: dict[tuple[int, Any], Rows] = {}
    wanted: dict[int, list[Any]] = {}
    for instance in instances:
        if "translation_states" in getattr(instance, "_prefetched_objects_cache", {}):
            rows = instance.translation_states.all()
            found[address_of(instance)] = {(row.field, row.language): row for row in rows}
        else:
            wanted.setdefault(address_of(instance)[0], []).append(instance.pk)
    those = Q()
    for content_type, keys in wanted.items():
        those |= Q(content_type=content_type, object_id__in=keys)
    for row in TranslationState.objects.filter(those).order_by() if wanted else ():
        found.setdefault((row.content_type_id, row.object_id), {})[row.field, row.language] = row
    return found
