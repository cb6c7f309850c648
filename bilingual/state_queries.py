"""Records by the state of their texts, asked of the database: what `bilingual.states` tells of one record."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Exists, Func, OuterRef, Q, QuerySet
from django.utils.translation import pgettext_lazy

from bilingual.languages import other_language
from bilingual.states import Progress, TranslationState

Text = tuple[str, str]


class Condition(models.TextChoices):
    """What a text in one language may need; `OPEN` is any of the first three."""

    OPEN = "open", pgettext_lazy("state of texts", "anything to do")
    MISSING = "missing", pgettext_lazy("state of texts", "missing")
    DRAFT = "draft", pgettext_lazy("state of texts", "draft")
    STALE = "stale", pgettext_lazy("state of texts", "behind the other language")
    REVIEWED = "reviewed", pgettext_lazy("state of texts", "reviewed")


class TextHash(Func):
    """`bilingual.states.text_hash` in the database: on SQLite the framework supplies it."""

    function = "SHA256"
    output_field = models.CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """PostgreSQL takes the hash of bytes, and gives bytes."""
        template = "ENCODE(SHA256(CONVERT_TO(%(expressions)s, 'UTF8')), 'hex')"
        return self.as_sql(compiler, connection, template=template, **context)


def with_texts_that_are(
    records: QuerySet[Any], condition: Condition, fields: Iterable[str], languages: Iterable[str]
) -> QuerySet[Any]:
    """Narrow ``records`` to those of which a text, of ``fields`` in one of ``languages``, is as ``condition`` says.

    A text that is written in neither language is not missing: nobody has begun it.
    """
    texts = [(field, language) for field in fields for language in languages]
    return records.filter(_CONDITIONS[condition](records.model, texts))


def _missing(model: type[models.Model], texts: list[Text]) -> Q:
    return _any(
        _is_written(field, other_language(language)) & ~_is_written(field, language) for field, language in texts
    )


def _draft(model: type[models.Model], texts: list[Text]) -> Q:
    return Q(_row_of_any(model, texts, lambda field, language: Q(progress=Progress.DRAFT))) | _unofficial(model, texts)


def _stale(model: type[models.Model], texts: list[Text]) -> Q:
    return Q(_row_of_any(model, texts, _is_behind))


def _open(model: type[models.Model], texts: list[Text]) -> Q:
    known = _row_of_any(model, texts, lambda field, language: Q(progress=Progress.DRAFT) | _is_behind(field, language))
    return Q(known) | _missing(model, texts) | _unofficial(model, texts)


def _reviewed(model: type[models.Model], texts: list[Text]) -> Q:
    return _any(_is_written(*text) & ~_draft(model, [text]) & ~_stale(model, [text]) for text in texts)


def _unofficial(model: type[models.Model], texts: list[Text]) -> Q:
    """Texts that are drafts because their record says that they are not official, and nobody has reviewed them."""
    flags = {field.name for field in model._meta.concrete_fields}
    return _any(
        _is_written(field, language)
        & Q(**{f"{field}_{language}_is_official": False})
        & ~Q(_row_of_any(model, [(field, language)], lambda *text: Q()))
        for field, language in texts
        if f"{field}_{language}_is_official" in flags
    )


def _row_of_any(model: type[models.Model], texts: list[Text], says: Callable[[str, str], Q]) -> Exists:
    """Whether what is known of one of ``texts`` is as ``says`` asks: one look at the rows of each record."""
    rows = TranslationState.objects.filter(
        content_type=ContentType.objects.get_for_model(model), object_id=OuterRef("pk")
    ).order_by()
    return Exists(
        rows.filter(_any(Q(field=field, language=language) & says(field, language) for field, language in texts))
    )


def _is_behind(field: str, language: str) -> Q:
    """Of a text without another one nothing is true here: the hash of nothing is NULL."""
    other = OuterRef(f"{field}_{other_language(language)}")
    return ~Q(made_from="") & ~Q(made_from=TextHash(other))


def _is_written(field: str, language: str) -> Q:
    column = f"{field}_{language}"
    return Q(**{f"{column}__isnull": False}) & ~Q(**{column: ""})


def _any(conditions: Iterable[Q]) -> Q:
    """At least one of ``conditions``; of none, nothing."""
    found = Q(pk__in=[])
    for condition in conditions:
        found |= condition
    return found


_CONDITIONS: dict[Condition, Callable[[type[models.Model], list[Text]], Q]] = {
    Condition.OPEN: _open,
    Condition.MISSING: _missing,
    Condition.DRAFT: _draft,
    Condition.STALE: _stale,
    Condition.REVIEWED: _reviewed,
}
