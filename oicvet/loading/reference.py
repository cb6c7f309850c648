"""Reference data: what the portal has to know before anybody enters anything."""

from collections import Counter
from datetime import date

from django.db import transaction

from accounts.roles import ensure_roles
from activities.models import ActivityKind, ParticipantProfile
from oicvet.loading.rows import add, codes, read
from partners.models import Country, Institution, Membership, Precision
from roadmap.models import Abbreviation, CooperationArea, Meeting, Programme, Roadmap

_PRECISION = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}


@transaction.atomic
def load_reference_data() -> Counter[str]:
    """Add what is missing of the reference data and of the roles; return how many of each."""
    return Counter(
        {
            "countries": _countries(),
            "roadmaps": _roadmaps(),
            "cooperation areas": _areas(),
            "kinds of activity": _kinds(),
            "participant profiles": _profiles(),
            "meetings": _meetings(),
            "abbreviations": _abbreviations(),
            "programme": _programme(),
            "roles": ensure_roles(),
        }
    )


def partial_date(text: str) -> tuple[date, Precision]:
    """Read ``1969``, ``1979-05`` or ``2012-08-15``: the missing part stands at its first day."""
    precision = _PRECISION[len(text)]
    return date.fromisoformat(f"{text}-01-01"[:10]), precision


def _countries() -> int:
    present = codes(Country)
    missing = [row for row in read("reference/countries") if row["code"] not in present]
    for row in missing:
        memberships = row.pop("memberships")
        country = add(Country(**row | {"spellings": "\n".join(row["spellings"])}))
        for period in memberships:
            add(_membership(country, **period))
    return len(missing)


def _membership(country: Country, status: str, start: str, until: str | None = None) -> Membership:
    period = Membership(country=country, status=status)
    period.start, period.start_precision = partial_date(start)
    if until:
        period.until, period.until_precision = partial_date(until)
    return period


def _roadmaps() -> int:
    present = codes(Roadmap)
    missing = [row for row in read("reference/roadmaps") if row["code"] not in present]
    for row in missing:
        add(Roadmap(**{name: value for name, value in row.items() if name != "areas"}))
    return len(missing)


def _areas() -> int:
    present = set(CooperationArea.objects.values_list("roadmap__code", "number"))
    added = 0
    for row in read("reference/roadmaps"):
        missing = [area for area in row["areas"] if (row["code"], area["number"]) not in present]
        if missing:
            roadmap = Roadmap.objects.get(code=row["code"])
            added += len([add(CooperationArea(roadmap=roadmap, **area)) for area in missing])
    return added


def _kinds() -> int:
    present = codes(ActivityKind)
    return len([add(ActivityKind(**row)) for row in read("reference/activity_kinds") if row["code"] not in present])


def _profiles() -> int:
    present = codes(ParticipantProfile)
    rows = read("reference/participant_profiles")
    return len([add(ParticipantProfile(**row)) for row in rows if row["code"] not in present])


def _meetings() -> int:
    present = set(Meeting.objects.values_list("kind", "number"))
    rows = read("reference/meetings")
    return len([add(Meeting(**row)) for row in rows if (row["kind"], row["number"]) not in present])


def _abbreviations() -> int:
    present = codes(Abbreviation, "short")
    return len([add(Abbreviation(**row)) for row in read("reference/abbreviations") if row["short"] not in present])


def _programme() -> int:
    """The programme and the institution that carries it out."""
    if Programme.objects.exists():
        return 0
    [row] = read("reference/programme")
    organ = Institution.objects.filter(code=row["institution"]["code"]).first() or add(_organ(**row["institution"]))
    add(Programme(pk=1, organ=organ, **row["programme"]))
    return 1


def _organ(seat: str, **row: str) -> Institution:
    return Institution(seat=Country.objects.get(code=seat), **row)
