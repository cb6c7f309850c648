"""Valid roadmaps, areas, meetings, and the programme; a test says only what matters to it."""

from datetime import date, timedelta
from itertools import count

from partners.models import Country, Institution
from partners.tests.factories import make_institution
from roadmap.models import (
    Abbreviation,
    Collaborator,
    CooperationArea,
    ItemKind,
    Meeting,
    MeetingKind,
    Programme,
    Roadmap,
    WorkPlanItem,
)

_numbers = count(1)


def make_programme(**said) -> Programme:
    """Return the programme, executed by SESRIC; there is one, so a second call changes it."""
    organ = said.pop("organ", None) or Institution.objects.filter(code="sesric").first()
    organ = organ or make_institution(code="sesric", name_ar="المركز", name_en="The Centre", acronym="SESRIC")
    values = {
        "name_ar": "برنامج التعليم المهني",
        "name_en": "Vocational Education Programme",
        "acronym": "OIC-VET",
        "organ": organ,
        "organ_short_name_ar": "سيسرك",
        "organ_short_name_en": "SESRIC",
    }
    return Programme.objects.update_or_create(pk=1, defaults=values | said)[0]


def make_roadmap(**said) -> Roadmap:
    """Return a roadmap valid from 2020 to 2025."""
    number = next(_numbers)
    values = {
        "code": f"roadmap-{number}",
        "title_ar": f"خارطة طريق {number}",
        "title_en": f"Roadmap {number}",
        "valid_from": date(2020, 1, 1),
        "valid_to": date(2025, 12, 31),
    }
    return Roadmap.objects.create(**values | said)


def make_area(roadmap: Roadmap | None = None, **said) -> CooperationArea:
    """Return the next area of ``roadmap``, or of a new one."""
    roadmap = roadmap or make_roadmap()
    number = said.setdefault("number", roadmap.areas.count() + 1)
    values = {"title_ar": f"مجال {number}", "title_en": f"Area {number}"}
    return CooperationArea.objects.create(roadmap=roadmap, **values | said)


def make_objective(area: CooperationArea | None = None, **said) -> WorkPlanItem:
    """Return the next objective of ``area``, or of a new one, with nobody to coordinate it."""
    area = area or make_area()
    number = said.setdefault("number", area.work_plan.filter(parent=None).count() + 1)
    values = {"title_ar": f"هدف {number}", "title_en": f"Objective {number}"}
    return WorkPlanItem.objects.create(area=area, **values | said)


def make_action(objective: WorkPlanItem | None = None, **said) -> WorkPlanItem:
    """Return the next action below ``objective``, below a new one, or directly below ``area`` where that is said."""
    if "area" not in said:
        objective = objective or make_objective()
        said["area"] = objective.area
    beside = objective.actions if objective else said["area"].work_plan.filter(parent=None)
    number = said.setdefault("number", beside.count() + 1)
    values = {"title_ar": f"إجراء {number}", "title_en": f"Action {number}"}
    return WorkPlanItem.objects.create(kind=ItemKind.ACTION, parent=objective, **values | said)


def add_collaborator(item: WorkPlanItem, body: Country | Institution) -> Collaborator:
    """Add a country or an institution to those that work on an item."""
    name = "country" if isinstance(body, Country) else "institution"
    return Collaborator.objects.create(item=item, **{name: body})


def make_meeting(number: int = 40, kind: str = MeetingKind.SESSION, **said) -> Meeting:
    """Return a meeting of four days; sessions stand in early November, the committee in mid May.

    The 40th of each kind is that of 2024, and the others are a year apart.
    """
    year = 1984 + number
    start = date(year, 11, 2) if kind == MeetingKind.SESSION else date(year, 5, 14)
    values = {"start": start, "end": start + timedelta(days=3), "place_ar": "إسطنبول", "place_en": "Istanbul"}
    return Meeting.objects.create(kind=kind, number=number, **values | said)


def make_abbreviation(**said) -> Abbreviation:
    """Return an abbreviation with its meaning in both languages."""
    number = next(_numbers)
    values = {"short": f"AB{number}", "meaning_ar": f"مختصر {number}", "meaning_en": f"Abbreviation {number}"}
    return Abbreviation.objects.create(**values | said)
