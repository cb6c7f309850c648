"""Activities as rows of a table, in the words of one language.

A figure that is not known is an empty cell, and the cell after it says why. Texts that exist in the other language
alone are given in that and say so.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from activities.models import Activity, ActivityStatus, Mode, Participation, Role, Standing
from activities.partners_of import partners_of, project_of
from bilingual.addresses import page_addresses
from bilingual.languages import other_language
from bilingual.text import Bilingual

Value = str | int | date | None


@dataclass(frozen=True)
class Column:
    """A heading, the width in characters, and what stands below it."""

    heading: str
    width: int
    value: Callable[[Activity], Value]


class Teller:
    """Tells activities in one language, whichever is active; each loaded as `ActivityQuerySet.for_readers` does."""

    def __init__(self, language: str) -> None:
        self.language = language
        with override(language):
            self._words = {
                each.value: str(each.label) for kind in (ActivityStatus, Mode, Standing) for each in kind
            } | {None: ""}
            self._borrowed = " (%s)" % (_("in Arabic") if language == "en" else _("in English"))
            self.title = _("Activities")
            self.columns = [*self._what(), *self._where(), *self._who(), *self._how_many(), *self._more()]

    @property
    def headings(self) -> list[str]:
        return [column.heading for column in self.columns]

    def row(self, activity: Activity) -> list[Value]:
        return [column.value(activity) for column in self.columns]

    def say(self, text: Bilingual) -> str:
        """Return ``text`` in the language, or in the other one with a note."""
        if own := text.in_(self.language):
            return own
        other = text.in_(other_language(self.language))
        return other and f"{other}{self._borrowed}"

    def _what(self) -> list[Column]:
        return [
            Column(_("Code"), 11, lambda activity: activity.code),
            Column(_("Kind"), 20, lambda activity: self._of(activity.kind, "name")),
            Column(_("Title"), 60, lambda activity: self._of(activity, "title")),
            Column(_("First day"), 12, lambda activity: activity.start_date),
            Column(_("Last day"), 12, lambda activity: activity.end_date),
            Column(_("Year"), 8, lambda activity: activity.year),
            Column(_("Status"), 14, lambda activity: self._words[activity.status]),
            Column(_("Reason"), 30, lambda activity: self._of(activity, "status_reason")),
            Column(_("Mode"), 14, lambda activity: self._words[activity.mode]),
        ]

    def _where(self) -> list[Column]:
        return [
            Column(_("Venue"), 24, lambda activity: self._of(activity, "venue")),
            Column(_("Country of venue"), 20, lambda activity: self._of(activity.venue_country, "short_name")),
            Column(_("Roadmap"), 14, lambda activity: activity.roadmap.code if activity.roadmap else ""),
            Column(_("Area number"), 8, lambda activity: activity.area.number if activity.area else None),
            Column(_("Cooperation area"), 40, lambda activity: self._of(activity.area, "title")),
            Column(_("Project"), 40, lambda activity: self._of(project_of(activity), "title")),
        ]

    def _who(self) -> list[Column]:
        headings = {
            Role.ORGANISER: _("Organisers"),
            Role.CO_ORGANISER: _("Co-organisers"),
            Role.CONTENT_PROVIDER: _("Content providers"),
            Role.HOST: _("Hosts"),
            Role.FUNDER: _("Funders"),
            Role.IMPLEMENTER: _("Implementers"),
            Role.FACILITATOR: _("Facilitators"),
        }
        return [Column(heading, 30, self._partners(role)) for role, heading in headings.items()]

    def _how_many(self) -> list[Column]:
        return [
            Column(_("Participants"), 13, self._figure("headcount")),
            Column(_("Standing of participants"), 16, self._why("headcount_standing")),
            Column(_("Women"), 10, self._figure("women")),
            Column(_("Men"), 10, self._figure("men")),
            Column(_("Standing of women and men"), 16, self._why("sexes_standing")),
            Column(_("Member countries"), 13, self._figure("member_countries")),
            Column(_("Standing of member countries"), 16, self._why("countries_standing")),
            Column(_("Countries that took part"), 40, self._countries),
            Column(_("Source"), 24, lambda activity: Participation.told_of(activity).source),
            Column(_("Reported on"), 12, lambda activity: Participation.told_of(activity).reported_on),
        ]

    def _more(self) -> list[Column]:
        return [
            Column(_("Summary"), 60, lambda activity: self._of(activity, "summary")),
            Column(
                pgettext("column", "Page"), 44, lambda each: page_addresses("activity", each.code).in_(self.language)
            ),
        ]

    def _of(self, record: Any, field: str) -> str:
        return self.say(Bilingual.of(record, field)) if record else ""

    def _list(self, names: Iterable[str]) -> str:
        return ("؛ " if self.language == "ar" else "; ").join(names)

    def _partners(self, role: Role) -> Callable[[Activity], str]:
        return lambda activity: self._list(
            self.say(partner.name) for partner in partners_of(activity) if partner.role == role
        )

    def _figure(self, name: str) -> Callable[[Activity], int | None]:
        return lambda activity: getattr(Participation.told_of(activity), name)

    def _why(self, standing: str) -> Callable[[Activity], str]:
        return lambda activity: self._words[getattr(Participation.told_of(activity), standing)]

    def _countries(self, activity: Activity) -> str:
        rows = activity.country_participations.all()
        return self._list(
            f"{self.say(each.country.name)}{'' if each.count is None else f' {each.count}'}" for each in rows
        )
