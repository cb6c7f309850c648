"""The ways in which an activity has to do with a country or an institution, each written once.

A filter asks whether any way leads to a country; a count needs every pair of activity and country, once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Aggregate, ManyToOneRel, Model, Q, QuerySet, TextField


@dataclass(frozen=True)
class Way:
    """A path of lookups that starts at an activity, and what must hold along it."""

    path: str
    only: Q = field(default_factory=Q)


# A partner counts for the state it belongs to: an international body that sits in Dhaka is not Bangladesh's.
TO_COUNTRIES = (
    Way("country_participations__country"),
    Way("venue_country"),
    Way("partnerships__institution__country"),
)

# A part has its project's funder too. What an unpublished project says stays out of sight.
TO_INSTITUTIONS = (
    Way("partnerships__institution"),
    Way(
        "parent__partnerships__institution",
        Q(parent__partnerships__role="funder", parent__state="published"),
    ),
)


def linked(activities: QuerySet[Any], ways: Sequence[Way], targets: QuerySet[Any]) -> QuerySet[Any]:
    """Return those of ``activities`` that some way leads to one of ``targets``."""
    every = activities.model._default_manager
    reached = Q()
    for way in ways:
        reached |= Q(pk__in=every.filter(way.only, **{f"{way.path}__in": targets}).values("pk"))
    return activities.filter(reached)


def pairs(activities: Any, ways: Sequence[Way]) -> QuerySet[Any]:
    """Return each activity's key with the code of what a way leads it to: every pair once, in one query."""
    # Rewritten for the active language, each query would order its columns its own way, and a union would mix them up.
    plain = activities.rewrite(False).order_by()
    first, *others = (
        plain.filter(way.only, **{f"{way.path}__isnull": False}).values_list("pk", f"{way.path}__code") for way in ways
    )
    return first.union(*others)


def keys_by_code(model: type[Model], ways: Sequence[Way]) -> Iterator[tuple[str, list[int]]]:
    """Yield the code of what a way leads to with the keys of all activities that it leads from, way after way.

    ``model`` is that of the activities. The keys come as one text for each code: a driver hands that over many times
    faster than as many rows.
    """
    for way in ways:
        rows, activity, path = _start_of(way, model)
        found = rows.order_by().filter(way.only, **{f"{path}__isnull": False})
        for code, keys in found.values_list(f"{path}__code").annotate(keys=_Joined(activity)):
            yield code, list(map(int, keys.split(",")))


def _start_of(way: Way, model: type[Model]) -> tuple[QuerySet[Any], str, str]:
    """Return rows at which a way can begin, their field for the activity, and the path from them.

    Where rows of a table link activities, the way begins with them: to read activities too takes ten times as long.
    """
    name, _dot, rest = way.path.partition("__")
    field = model._meta.get_field(name)
    if isinstance(field, ManyToOneRel) and not way.only:
        return field.related_model._default_manager.all(), field.field.name, rest
    return model._default_manager.all(), "pk", way.path


class _Joined(Aggregate):
    """Numbers as one text, with commas between."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="STRING_AGG((%(expressions)s)::text, ',')", **context)
