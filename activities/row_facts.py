"""The facts of one page of the catalogue, read as plain columns: records would cost more than all the rest of it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from activities.index import Names
from activities.models import Activity, Partnership, PublicationState, Standing
from activities.rows import NAMED_IN_ROWS, RowFacts
from bilingual.prepared import PreparedQuery
from bilingual.text import Bilingual

_COLUMNS = (
    *(
        "code",
        "title_ar",
        "title_en",
        "summary_ar",
        "summary_en",
        "start_date",
        "end_date",
        "status",
        "registration_until",
    ),
    *("kind_id", "area_id"),
    *(f"participation__{name}" for name in ("headcount", "headcount_standing", "member_countries")),
)
_PARTNERS = ("activity_id", "institution_id", "name_then_ar", "name_then_en", "described_as_ar", "described_as_en")


def facts_of(keys: Sequence[int], names: Names) -> list[RowFacts]:
    """Return the facts of the activities with those keys, in that order, in two queries; none for no keys."""
    partners = _partners(keys, names)
    facts = {
        key: _facts(names, tuple(partners[key]), *cells)
        for key, state, *cells in _activities.rows(keys)
        if state == PublicationState.PUBLISHED  # asked for here, since SQLite would rather read all that is published
    }
    return [facts[key] for key in keys if key in facts]


_activities = PreparedQuery(
    lambda keys: Activity.objects.filter(pk__in=keys).order_by().rewrite(False).values_list("pk", "state", *_COLUMNS)
)
_partnerships = PreparedQuery(
    lambda keys: (
        Partnership.objects.filter(activity__in=keys, role__in=NAMED_IN_ROWS)
        .order_by("order", "pk")
        .rewrite(False)
        .values_list(*_PARTNERS)
    )
)


def _facts(names: Names, partners: tuple[Bilingual, ...], code: str, *said: Any) -> RowFacts:
    title_ar, title_en, summary_ar, summary_en, *cells = said
    start, end, status, until, kind, area, headcount, standing, countries = cells
    return RowFacts(
        code,
        Bilingual(title_ar or "", title_en or ""),
        Bilingual(summary_ar or "", summary_en or ""),
        _day(start),
        _day(end),
        status or "",
        _day(until),
        names.kinds.get(kind, Bilingual()),
        names.areas.get(area),
        partners,
        headcount,
        standing or Standing.PENDING,
        countries,
    )


def _day(stored: date | str | None) -> date | None:
    """Read a day as the driver gives it: SQLite keeps it as a text."""
    return date.fromisoformat(stored) if isinstance(stored, str) else stored


def _partners(keys: Sequence[int], names: Names) -> dict[int, list[Bilingual]]:
    """The partners of each activity as it names them (`Partnership.name`), in their order."""
    partners: defaultdict[int, list[Bilingual]] = defaultdict(list)
    for activity, institution, then_ar, then_en, *described in _partnerships.rows(keys):
        now = names.institutions.get(institution) or Bilingual(*(text or "" for text in described))
        partners[activity].append(Bilingual(then_ar or now.ar, then_en or now.en))
    return partners
