"""The codes that a file may use for other records, with the names by which people may call them instead."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.db.models import Model

from activities.models import LANGUAGES_OF_WORK, Activity, ActivityKind, ParticipantProfile
from bilingual.languages import language_name
from bilingual.search import fold
from bilingual.text import Bilingual
from partners.models import Country, Institution
from roadmap.models import CooperationArea, Roadmap

SEPARATOR = " · "  # between code and name in the lists of a template
PROMISED = -1  # the key of what is not written yet
_CHUNK = 800  # below what any database takes as parameters of one query


class Table:
    """Records known by a code: `find` a code from what somebody wrote, `key` gives what the database refers by."""

    def __init__(self, rows: Iterable[tuple[int, Any, Iterable[str]]]):
        self.keys: dict[Any, int] = {}
        self._by_name: dict[str, set[Any]] = {}
        for key, code, names in rows:
            self.keys[code] = key
            for name in names:
                if name:
                    self._by_name.setdefault(fold(name), set()).add(code)

    def __contains__(self, code: Any) -> bool:
        return code in self.keys

    def find(self, said: str) -> Any:
        """Return the code that ``said`` is, begins with, or names in either language; ``None`` for no or several."""
        if said in self.keys:
            return said
        code = said.partition(SEPARATOR)[0].strip()
        if code in self.keys:
            return code
        found = self._by_name.get(fold(said), set())
        return next(iter(found)) if len(found) == 1 else None

    def near(self, said: str) -> list[Any]:
        """Return up to three codes that look like ``said``, or whose names do."""
        from difflib import get_close_matches

        names = {**{fold(str(code)): {code} for code in self.keys}, **self._by_name}
        close = get_close_matches(fold(said), list(names)[:5000], n=3, cutoff=0.7)
        return sorted({str(code) for name in close for code in names[name]})[:3]

    def promise(self, code: Any, key: int = PROMISED) -> None:
        """Let ``code`` be known, because the same file adds it; its key follows once it is written."""
        self.keys[code] = key


class Tables:
    """All tables that columns refer to, each read once, when it is first asked for."""

    def __init__(self) -> None:
        self._activities: Table | None = None

    def __getitem__(self, name: str) -> Table:
        return getattr(self, name)

    @cached_property
    def kinds(self) -> Table:
        named = ((kind, Bilingual.of(kind, "name")) for kind in self.kind_records.values())
        return Table((kind.pk, kind.code, (name.ar, name.en)) for kind, name in named)

    @cached_property
    def kind_records(self) -> dict[int, ActivityKind]:
        """The kinds themselves, by key: their rules are asked for each activity."""
        return {kind.pk: kind for kind in ActivityKind.objects.all()}

    @cached_property
    def area_records(self) -> dict[int, CooperationArea]:
        """The areas themselves, by key."""
        return {area.pk: area for area in CooperationArea.objects.select_related("roadmap")}

    @cached_property
    def profiles(self) -> Table:
        return _named(ParticipantProfile, "name_ar", "name_en")

    @cached_property
    def roadmaps(self) -> Table:
        return _named(Roadmap, "title_ar", "title_en", "short_title_ar", "short_title_en")

    @cached_property
    def countries(self) -> Table:
        return _spelled(Country, "short_name_ar", "short_name_en", "formal_name_ar", "formal_name_en")

    @cached_property
    def languages(self) -> Table:
        """Languages of work, which have no key in the database."""
        return Table(
            (PROMISED, code, (language_name(code, "ar"), language_name(code, "en"))) for code in LANGUAGES_OF_WORK
        )

    @cached_property
    def institutions(self) -> Table:
        return _spelled(Institution, "name_ar", "name_en", "acronym")

    @cached_property
    def areas(self) -> Table:
        """Areas by the code of their roadmap and their number."""
        return Table((area.pk, (area.roadmap.code, area.number), ()) for area in self.area_records.values())

    @property
    def activities(self) -> Table:
        """Those that `know_activities` was told to look for."""
        if self._activities is None:
            self._activities = Table(())
        return self._activities

    def know_activities(self, codes: Iterable[str]) -> None:
        """Look which of ``codes`` are activities of the portal."""
        wanted = sorted({code for code in codes if code} - set(self.activities.keys))
        for chunk in chunks(wanted):
            rows = Activity.objects.filter(code__in=chunk).values_list("code", "pk")
            self.activities.keys.update(rows)

    def area_key(self, roadmap: str, number: int) -> int | None:
        """Return the key of an area."""
        return self.areas.keys.get((roadmap, number))


def chunks(values: list[Any], size: int = _CHUNK) -> Iterable[list[Any]]:
    """Yield ``values`` in lists short enough for one query."""
    return (values[start : start + size] for start in range(0, len(values), size))


def _named(model: type[Model], *names: str) -> Table:
    return Table((key, code, said) for key, code, *said in model._default_manager.values_list("pk", "code", *names))


def labels_of(record: Any, *fields: str) -> str:
    """Return how a list of a template names a record: in Arabic and English, as far as it is written."""
    texts = [Bilingual.of(record, field) for field in fields]
    return " / ".join(dict.fromkeys(text for pair in texts for text in (pair.ar, pair.en) if text))


def _spelled(model: type[Model], *names: str) -> Table:
    """A table of records that people know by other spellings as well."""
    rows = model._default_manager.values_list("pk", "code", *names, "spellings")
    return Table((key, code, [*said, *spellings.splitlines()]) for key, code, *said, spellings in rows)
