"""What the form of an activity chooses from, read at once: one query instead of one for each list."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast
from django.http import HttpRequest

from activities.models import ActivityKind, ParticipantProfile
from bilingual.languages import active_language
from bilingual.text import Bilingual
from partners.models import Country
from roadmap.models import CooperationArea, Roadmap

_OF_REQUEST = "_choices_of_activities"


@dataclass(frozen=True)
class Choice:
    """A row that may be chosen. ``group`` is what it stands under: the roadmap of an area, a country's OIC group."""

    pk: int
    code: str
    group: str
    name: Bilingual
    order: str

    def __str__(self) -> str:
        language = active_language()
        return self.name.in_(language) or self.name.ar or self.name.en or self.code


class Choices:
    """The rows of the small tables from which activities choose."""

    def __init__(self) -> None:
        self._language = active_language()

    @classmethod
    def of(cls, request: HttpRequest) -> "Choices":
        """Return the choices of a request, which reads them once."""
        if not hasattr(request, _OF_REQUEST):
            setattr(request, _OF_REQUEST, cls())
        found: Choices = getattr(request, _OF_REQUEST)
        return found

    @cached_property
    def _rows(self) -> dict[str, list[Choice]]:
        kinds = _rows_of(ActivityKind.objects.all(), "kind", "name")
        others = (
            _rows_of(ParticipantProfile.objects.all(), "profile", "name"),
            _rows_of(Roadmap.objects.all(), "roadmap", "short_title", order="valid_from"),
            _rows_of(
                CooperationArea.objects.all(), "area", "title", code="number", group="roadmap__code", order="number"
            ),
            _rows_of(Country.objects.all(), "country", "short_name", group="oic_group", order="code"),
        )
        rows: dict[str, list[Choice]] = {}
        for what, pk, code, group, ar, en, order in kinds.union(*others, all=True):
            rows.setdefault(what, []).append(Choice(pk, code, group, Bilingual(ar or "", en or ""), order))
        return rows

    @property
    def kinds(self) -> list[tuple[Any, str]]:
        """Kinds of activity, in the order of their table."""
        return _named(sorted(self._rows.get("kind", ()), key=_in_order))

    @property
    def profiles(self) -> list[tuple[Any, str]]:
        """Profiles of participants, in the order of their table."""
        return _named(sorted(self._rows.get("profile", ()), key=_in_order))

    @property
    def roadmaps(self) -> list[tuple[Any, str]]:
        """Roadmaps, the latest first."""
        return _named(sorted(self._rows.get("roadmap", ()), key=lambda row: row.order, reverse=True))

    @property
    def areas(self) -> list[tuple[Any, str]]:
        """Cooperation areas by their numbers, with the codes of their roadmaps."""
        rows = sorted(self._rows.get("area", ()), key=lambda row: (row.group, int(row.code)))
        return [(row.pk, f"{row.group} · {row.code} · {row}") for row in rows]

    @property
    def countries(self) -> list[Choice]:
        """Countries, with the codes of their OIC groups."""
        return self._rows.get("country", [])

    def fill(self, field: Any, name: str) -> None:
        """Let a form field offer the rows of one of the properties above, as if its own query had found them."""
        empty = [] if field.required and field.empty_label is None else [("", field.empty_label)]
        field.choices = [*empty, *getattr(self, name)]


def _rows_of(
    rows: "QuerySet[Any]", what: str, name: str, *, code: str = "code", group: str = "", order: str = "order"
) -> "QuerySet[Any, Any]":
    """The rows as they are, whatever the language, each column as text so that all tables fit into one query."""
    text = CharField()
    return (
        rows.rewrite(False)  # type: ignore[attr-defined]  # of managers that know languages
        .order_by()
        .annotate(
            _what=Value(what, output_field=text),
            _code=Cast(code, text),
            _group=F(group) if group else Value("", output_field=text),
            _ar=F(f"{name}_ar"),
            _en=F(f"{name}_en"),
            _order=Cast(order, text),
        )
        .values_list("_what", "pk", "_code", "_group", "_ar", "_en", "_order")
    )


def _in_order(row: Choice) -> tuple[int, str]:
    return int(row.order), row.code


def _named(rows: list[Choice]) -> list[tuple[Any, str]]:
    return [(row.pk, str(row)) for row in rows]
