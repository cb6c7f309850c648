"""The facts of one page of the catalogue, read as plain columns: records would cost more than all the rest of it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from activities.index import Names
from activities.models import Activity, Partnership, PublicationState, Standing
from activities.rows import NAMED_IN_ROWS, RowFacts
from bilingual.prepared import PreparedQuery
from bilingual.states import LANGUAGES
from bilingual.text import Bilingual

_COLUMNS = (
    *(
        "code",
        "title_ar",
        "title_en",
        "start_date",
        "end_date",
        "status",
        "registration_until",
    ),
    *("kind_id", "area_id"),
    *(f"participation__{name}" for name in ("headcount", "headcount_standing", "member_countries")),
)
_TEXTS = ("summary", "objective", "topics", "audience", "venue")
_PARTNERS = ("activity_id", "institution_id", "name_then_ar", "name_then_en", "described_as_ar", "described_as_en")


def facts_of(keys: Sequence[int], names: Names, *, searched: bool = False) -> list[RowFacts]:
    """Return the facts of the activities with those keys, in that order, in two queries; none for no keys.

    Where words are ``searched`` for, a third one reads the texts in which they may stand.
    """
    partners, texts = _partners(keys, names), _texts(keys) if searched else {}
    facts = {
        key: _facts(names, tuple(partners[key]), texts.get(key, ()), *cells)
        for key, state, *cells in _activities.rows(keys)
        if state == PublicationState.PUBLISHED  # asked for here, since SQLite would rather read all that is published
    }
    return [facts[key] for key in keys if key in facts]


_activities = PreparedQuery(
    lambda keys: Activity.objects.filter(pk__in=keys).order_by().rewrite(False).values_list("pk", "state", *_COLUMNS)
)
_searched = PreparedQuery(
    lambda keys: (
        Activity.objects.filter(pk__in=keys)
        .order_by()
        .rewrite(False)
        .values_list(
            *("pk", "code", "parent__state", "parent__title_ar", "parent__title_en"),
            *(f"{text}_{language}" for text in _TEXTS for language in LANGUAGES),
        )
    )
)
_partnerships = PreparedQuery(
    lambda keys: (
        Partnership.objects.filter(activity__in=keys, role__in=NAMED_IN_ROWS)
        .order_by("order", "pk")
        .rewrite(False)
        .values_list(*_PARTNERS)
    )
)


def _facts(names: Names, partners: tuple[Bilingual, ...], texts: tuple[Bilingual, ...], *said: Any) -> RowFacts:
    code, title_ar, title_en, *cells = said
    start, end, status, until, kind, area, headcount, standing, countries = cells
    return RowFacts(
        code,
        Bilingual(title_ar or "", title_en or ""),
        (*texts, *partners) if texts else (),
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


def _texts(keys: Sequence[int]) -> dict[int, tuple[Bilingual, ...]]:
    """What each activity is found by besides its title and its partners (`Activity.search_text`)."""
    found = {}
    for key, code, project_state, *said in _searched.rows(keys):
        project, *own = map(Bilingual, *([text or "" for text in said[at::2]] for at in range(2)))
        told = (project,) if project_state == PublicationState.PUBLISHED else ()
        found[key] = (*own, *told, Bilingual(code, code))
    return found


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
