"""Records by the state of their texts, asked of the database: what `bilingual.states` tells of one record.

What is to be done is found by indexes: states that are open, and texts in one language only where the model has an
index of them (`in_one_language`). So a list of work costs what there is to do, not what there is.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, Exists, Func, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Concat
from django.utils.translation import pgettext_lazy

from bilingual.languages import other_language
from bilingual.states import LANGUAGES, Progress, TranslationState, bilingual_fields

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


def in_one_language(fields: Iterable[str]) -> Q:
    """Return the condition that one of ``fields`` is written in one language only.

    A model with many rows has an index of the rows that meet it. No values stand in it: SQLite compares the condition
    of an index with that of a query word by word, and does not know what a parameter will be.
    """
    return _any(_is_missing(field, language) for field in fields for language in LANGUAGES)


def not_official(texts: Iterable[Text]) -> Q:
    """Return the condition that one of ``texts`` is said not to be official: for an index as well."""
    return _any(Q(**{_flag(*text): False}) for text in texts)


def _missing(model: type[models.Model], texts: list[Text]) -> Q:
    fields = dict.fromkeys(field for field, _language in texts)
    lacking = _all(model).filter(in_one_language(fields)).filter(_any(_is_missing(*text) for text in texts))
    return Q(pk__in=lacking.values("pk"))


def _draft(model: type[models.Model], texts: list[Text]) -> Q:
    drafts = _open_states(model, texts).filter(progress=Progress.DRAFT)
    return Q(pk__in=drafts.values("object_id")) | _unofficial(model, texts)


def _stale(model: type[models.Model], texts: list[Text]) -> Q:
    """Found among the open ones, and compared with the other text as it is now."""
    behind = _open_states(model, texts).annotate(address=Concat("field", Value("_"), "language"))
    other = Case(
        *(When(address=f"{f}_{each}", then=_other(f, each)) for f, each in texts), output_field=models.TextField()
    )
    behind = behind.filter(object_id=OuterRef("pk")).exclude(made_from="").filter(~Q(made_from=TextHash(other)))
    return Q(pk__in=_open_states(model, texts).values("object_id")) & Q(Exists(behind))


def _open(model: type[models.Model], texts: list[Text]) -> Q:
    known = Q(pk__in=_open_states(model, texts).values("object_id"))
    return known | _missing(model, texts) | _unofficial(model, texts)


def _reviewed(model: type[models.Model], texts: list[Text]) -> Q:
    return _any(_is_written(*text) & ~_draft(model, [text]) & ~_stale(model, [text]) for text in texts)


def _unofficial(model: type[models.Model], texts: list[Text]) -> Q:
    """Texts that are drafts because their record says that they are not official, and nobody has reviewed them."""
    columns = {field.name for field in model._meta.concrete_fields}
    flagged = [
        (field, each) for field in bilingual_fields(model) for each in LANGUAGES if _flag(field, each) in columns
    ]
    if not flagged:
        return Q(pk__in=[])
    unknown = (
        Q(**{_flag(*text): False})
        & _is_written(*text)
        & ~Q(Exists(_states(model, [text]).filter(object_id=OuterRef("pk"))))
        for text in flagged
        if text in texts
    )
    return Q(pk__in=_all(model).filter(not_official(flagged)).filter(_any(unknown)).values("pk"))


def _all(model: type[models.Model]) -> QuerySet[Any]:
    return model._default_manager.order_by()


def _states(model: type[models.Model], texts: list[Text]) -> QuerySet[TranslationState]:
    return (
        TranslationState.objects.filter(content_type=ContentType.objects.get_for_model(model))
        .filter(_any(Q(field=field, language=language) for field, language in texts))
        .order_by()
    )


def _open_states(model: type[models.Model], texts: list[Text]) -> QuerySet[TranslationState]:
    return _states(model, texts).filter(is_open=True)


def _flag(field: str, language: str) -> str:
    return f"{field}_{language}_is_official"


def _other(field: str, language: str) -> Any:
    """The text that a state is compared with. Where there is none nothing is true: the hash of nothing is NULL."""
    return OuterRef(f"{field}_{other_language(language)}")


def _is_missing(field: str, language: str) -> Q:
    return Q(**{f"{field}_{other_language(language)}__isnull": False, f"{field}_{language}__isnull": True})


def _is_written(field: str, language: str) -> Q:
    return Q(**{f"{field}_{language}__isnull": False})


def _any(conditions: Iterable[Q]) -> Q:
    """At least one of ``conditions``; of none, nothing."""
    found = [*conditions]
    return Q(*found, _connector=Q.OR) if found else Q(pk__in=[])


_CONDITIONS: dict[Condition, Callable[[type[models.Model], list[Text]], Q]] = {
    Condition.OPEN: _open,
    Condition.MISSING: _missing,
    Condition.DRAFT: _draft,
    Condition.STALE: _stale,
    Condition.REVIEWED: _reviewed,
}
