"""A kind of record that is translated: its texts, who may change them, and how a record is named by a code."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise

from bilingual.languages import active_language
from bilingual.states import bilingual_fields
from bilingual.text import Bilingual, left_to_right
from reports.models import Report


@dataclass(frozen=True)
class Kind:
    """A kind of record. ``key`` names a record among its kind, made of codes; ``having`` finds some.

    Whoever has all ``permissions`` may change its texts: those without which the back office would not let them.
    """

    code: str
    label: Promise
    model: type[Model]
    permissions: tuple[str, ...]
    key: Callable[[Any], str]
    having: Callable[[list[str]], Q]
    name: Callable[[Any], Bilingual]
    related: tuple[str, ...] = ()
    only: Q | None = None
    in_area: Callable[[int], Q] | None = None
    in_report: Callable[[Report], Q] | None = None
    matching: Callable[[str], Q] | None = None
    order: tuple[str, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of its texts."""
        return bilingual_fields(self.model)

    @property
    def is_in_areas(self) -> bool:
        """Whether a list of it can be narrowed to a cooperation area."""
        return self.in_area is not None

    @property
    def is_in_reports(self) -> bool:
        """Whether a list of it can be narrowed to a report."""
        return self.in_report is not None

    @property
    def is_searchable(self) -> bool:
        return self.matching is not None

    def records(self) -> QuerySet[Any]:
        """Return all records of the kind, in order."""
        return self.model._default_manager.filter(self.only or Q()).select_related(*self.related).order_by(*self.order)

    def by_key(self, keys: Iterable[str]) -> dict[str, Any]:
        """Return the records that have ``keys``, by them: one query."""
        found = self.records().filter(self.having(list(keys)))
        return {self.key(record): record for record in found}

    def label_of(self, field: str) -> str:
        """What forms call a text."""
        return str(getattr(self.model._meta.get_field(field), "verbose_name", field))

    def title(self, record: Any) -> str:
        """What a record is called in the active language, or in the other one where that lacks it."""
        names = self.name(record)
        return names.in_(active_language()) or names.ar or names.en or left_to_right(self.key(record))
