"""Doors from a figure to what it rests on: the field of its record, or the list of records it was summed from."""

import re
from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model
from django.urls import NoReverseMatch, reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from activities.models import Activity, ActivityLink, CountryParticipation, Participation, Partnership
from bilingual.findings import Finding
from bilingual.languages import active_language
from reports.models import CoverageNote, Report, ReportItem, ReportSection

# Where the admin's form of an activity holds a fact of it.
_FIELDS = {
    "dates": "start_date",
    "year": "year",
    "area": "area",
    "call": "funding_call",
    "status": "status",
    "headcount": "participation-0-headcount",
    "women": "participation-0-women",
    "men": "participation-0-men",
    "countries": "participation-0-member_countries",
}
_OF_A_RECORD = re.compile(r"(?P<code>[0-9]{4}-[0-9]{3,7})\.(?P<name>\w+)")
_OF_THE_REPORT = {"report.as_of": "id_as_of", "report.period": "id_period_start"}
_COUNTED = re.compile(r"(?:report|area|kind|month|country|promise)\.[\w.-]+(?<!\.number)(?<!\.month)|before\.\w+")
_TAG = re.compile(r"<(?P<end>/?)(?P<name>span|a)\b(?P<rest>[^>]*)>")
_FACT = re.compile(r'\bdata-fact="(?P<fact>[^"]*)"')


def with_doors(html: str, report: Report, language: str) -> SafeString:
    """Return ``html``, composed for ``report``, with each marked figure as a link; pages open in ``language``.

    A figure inside another link, and one that rests on nothing that could be opened, stays as it is.
    """
    return Doors(report, language).in_(html)


class Doors:
    """The doors of one report: the records are looked up once, however many texts are opened."""

    def __init__(self, report: Report, language: str):
        self.report = report
        self.language = language
        with override(language):
            self._desk = reverse("desk_report", args=[report.code])
            self._records = reverse("desk_records", args=[report.code])
            self._change = reverse("admin:activities_activity_change", args=[0])
            self._meetings = {
                "meeting": admin_address(report.meeting),
                "before": reverse("admin:roadmap_meeting_changelist"),
            }
        items = Activity.objects.filter(report_items__report=report)
        rows = list(items.values_list("code", "pk", "parts__code", "parts__pk"))
        self._keys = {code: pk for row in rows for code, pk in (row[:2], row[2:]) if code}
        # A part stands on the desk within its project.
        self._stands_in = {part: project for project, _, part, _ in rows if part}

    def address(self, fact: str) -> str:
        """Return where the fact with that id can be read, or ``""``."""
        if own := _OF_THE_REPORT.get(fact):
            return f"{self._desk}#{own}"
        if record := _OF_A_RECORD.fullmatch(fact):
            return self._of_record(record["code"], record["name"])
        if fact.startswith(("report.meeting.", "report.before.")):
            return self._meetings[fact.split(".")[1]]
        return f"{self._records}?fact={fact}" if _COUNTED.fullmatch(fact) else ""

    def record(self, code: str) -> str:
        """Return the address of the form of an activity of the report, or ``""``."""
        return self._change.replace("/0/", f"/{self._keys[code]}/") if code in self._keys else ""

    def _of_record(self, code: str, name: str) -> str:
        if name == "number":
            return f"{self._desk}#item-{self._stands_in.get(code, code)}"
        page = self.record(code)
        return f"{page}#id_{_FIELDS[name]}" if page and name in _FIELDS else page

    def in_(self, html: str) -> SafeString:
        """Return ``html`` with its figures as links."""
        return mark_safe("".join(self._pieces(html)))  # noqa: S308 -- our own composed HTML, addresses escaped

    def _pieces(self, html: str) -> Iterator[str]:
        """The HTML piece by piece; a span that became a link ends as one."""
        ends: list[str] = []
        done = 0
        for tag in _TAG.finditer(html):
            yield html[done : tag.start()]
            done = tag.end()
            if tag["end"]:
                yield ends.pop() if ends else tag[0]
                continue
            opened = "" if "</a>" in ends else self._opened(tag)
            ends.append("</a>" if opened or tag["name"] == "a" else "</span>")
            yield opened or tag[0]
        yield html[done:]

    def _opened(self, tag: "re.Match[str]") -> str:
        marked = _FACT.search(tag["rest"]) if tag["name"] == "span" else None
        address = self.address(marked["fact"]) if marked else ""
        return f'<a class="door" href="{escape(address)}"{tag["rest"]}>' if address else ""


def admin_address(record: Model, field: str = "") -> str:
    """Return the address of a record's form in the admin, at ``field`` if one is named; ``""`` where there is none."""
    meta = record._meta
    try:
        page = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk])
    except NoReverseMatch:
        return ""
    return f"{page}#id_{field.replace('.', '-0-')}" if field else page


def address_of(finding: Finding, user: AbstractBaseUser | Any) -> str:
    """Return where ``user`` can mend what was found, at the very field; ``""`` where nobody can.

    What belongs to a report is mended on the desk, a record in the admin.
    """
    target, field = finding.target, finding.field
    if isinstance(target, Report):
        return _on_the_desk(target, f"id_{field}" if field else "head")
    if isinstance(target, ReportItem):
        return _at_row(target.report, f"i-{target.activity.code}", f"item-{target.activity.code}", field)
    if isinstance(target, ReportSection):
        return _at_row(target.report, f"s-{target.kind}", f"section-{target.kind}", field)
    if isinstance(target, CoverageNote):
        return _at_row(target.report, f"a-{target.area_id}", f"area-{target.area_id}", field)
    return _in_the_admin(target, field, user) if isinstance(target, Model) else ""


def _at_row(report: Report, controls: str, row: str, field: str) -> str:
    """A text in one of the languages has its field in the row; anything else is seen to in the row as a whole."""
    return _on_the_desk(report, f"{controls}-{field}" if field.endswith(("_ar", "_en")) else row)


def _on_the_desk(report: Report, anchor: str) -> str:
    return f"{reverse('desk_report', args=[report.code])}#{anchor}"


def _in_the_admin(target: Model, field: str, user: Any) -> str:
    if isinstance(target, Participation):
        target, field = target.activity, f"participation-0-{field}" if field else ""
    elif isinstance(target, Partnership):  # one of the form's rows, which stand in their own order there too
        place = list(target.activity.partnerships.all()).index(target)
        target, field = target.activity, f"partnerships-{place}-{field}"
    elif isinstance(target, ActivityLink):
        place = list(target.activity.links.all()).index(target)
        target, field = target.activity, f"links-{place}-{field}"
    elif isinstance(target, CountryParticipation):
        target, field = target.activity, ""  # which of its rows that is, the form alone knows
    meta = target._meta
    if not (user.has_perm(f"{meta.app_label}.view_{meta.model_name}") or user.has_perm(_change(meta))):
        return ""
    return admin_address(target, field)


def _change(meta: Any) -> str:
    return f"{meta.app_label}.change_{meta.model_name}"


def doors_of(report: Report) -> Doors:
    """Return the doors of ``report``, whose pages open in the language being spoken."""
    return Doors(report, active_language())
