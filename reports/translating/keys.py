"""The codes that name records at the translation desk, in addresses and workbooks, and what finds records by them.

A row that has no code of its own is named by its number in the portal, after the code of what it belongs to.
"""

import re
from collections.abc import Callable

from django.db.models import Q

from roadmap.models import Meeting

_ADDRESS = re.compile(r"(?P<report>COMCEC(?:-FC)?-[0-9]{1,4})\.(?P<rest>[\w.\-]+)")
_OF_AN_AREA = re.compile(r"(?P<roadmap>[\w\-]{1,40})\.(?P<number>[1-9][0-9]{0,3})")
_MEETING = re.compile(r"(?P<prefix>COMCEC(?:-FC)?)-(?P<number>[0-9]{1,4})")
_NUMBERED = re.compile(r"(?:[\w\-]{1,40}\.)?(?P<row>[1-9][0-9]{0,17})", re.ASCII)
NOTHING = Q(pk__in=[])


def coded(keys: list[str]) -> Q:
    """Return what finds records that have a code."""
    return Q(code__in=keys)


def numbered(keys: list[str]) -> Q:
    """Return what finds rows by their number, whatever stands before it: who asks compares the whole key."""
    found = (_NUMBERED.fullmatch(key) for key in keys)
    return Q(pk__in=[int(said["row"]) for said in found if said])


def areas_having(keys: list[str], prefix: str = "") -> Q:
    """Return what finds areas by their roadmap and number."""
    found = NOTHING
    for key in keys:
        if said := _OF_AN_AREA.fullmatch(key):
            of = {f"{prefix}roadmap__code": said["roadmap"], f"{prefix}number": int(said["number"])}
            found |= Q(**of)
    return found


def meetings_having(keys: list[str], prefix: str = "") -> Q:
    """Return what finds meetings by codes such as ``COMCEC-40``."""
    kinds = {code: kind for kind, code in Meeting.CODE_PREFIXES.items()}
    found = NOTHING
    for key in keys:
        if said := _MEETING.fullmatch(key):
            found |= Q(**{f"{prefix}kind": kinds[said["prefix"]], f"{prefix}number": int(said["number"])})
    return found


def of_reports(keys: list[str], rest: Callable[[str], Q]) -> Q:
    """Return what finds rows of reports by the code of the report and what ``rest`` makes of the rest of a key."""
    found = NOTHING
    for key in keys:
        if said := _ADDRESS.fullmatch(key):
            found |= meetings_having([said["report"]], "report__meeting__") & rest(said["rest"])
    return found
