"""Valid activities with kinds, partners and counts; a test says only what matters to it."""

from datetime import date
from itertools import count

from activities.models import (
    Activity,
    ActivityKind,
    ActivityLink,
    ActivityStatus,
    CountryParticipation,
    Mode,
    ParticipantProfile,
    Participation,
    Partnership,
    PublicationState,
    Role,
    Standing,
)
from partners.models import Country, Institution, OICGroup
from partners.tests.factories import make_country, make_institution

_numbers = count(1)

_COURSE = {
    "name_ar": "دورة تدريبية",
    "name_en": "Training course",
    "singular_en": "training course",
    "plural_en": "training courses",
    "gender": "f",
    "singular_ar": "دورة تدريبية",
    "dual_ar": "دورتان تدريبيتان",
    "plural_ar": "دورات تدريبية",
    "definite_ar": "الدورة التدريبية",
}
_EXPERTS = {
    "name_ar": "خبراء",
    "name_en": "Experts",
    "singular_en": "expert",
    "plural_en": "experts",
    "gender": "m",
    "singular_ar": "خبير",
    "dual_ar": "خبيران",
    "plural_ar": "خبراء",
    "definite_ar": "الخبير",
}


def make_kind(code: str = "training-course", **said) -> ActivityKind:
    """Return the kind of that code; a new one has the forms of a training course unless said otherwise."""
    return ActivityKind.objects.get_or_create(code=code, defaults=_COURSE | said)[0]


def make_project_kind() -> ActivityKind:
    """Return the kind whose activities are containers of others."""
    return make_kind("project", name_ar="مشروع", name_en="Project", is_project=True)


def make_profile(code: str = "experts", **said) -> ParticipantProfile:
    """Return the profile of that code; a new one counts experts unless said otherwise."""
    return ParticipantProfile.objects.get_or_create(code=code, defaults=_EXPERTS | said)[0]


def make_activity(**said) -> Activity:
    """Return a published online training course held in March 2024, with its title in both languages.

    ``end_date`` alone or ``start_date`` alone makes an activity of one day.
    """
    number = next(_numbers)
    said.setdefault("kind", None)
    said["kind"] = said["kind"] or make_kind()
    if {"start_date", "end_date"} & said.keys():
        said.setdefault("start_date", said.get("end_date"))
        said.setdefault("end_date", said.get("start_date"))
    values = {
        "title_ar": f"عنوان {number}",
        "title_en": f"Title {number}",
        "start_date": date(2024, 3, 13),
        "end_date": date(2024, 3, 14),
        "status": ActivityStatus.HELD,
        "mode": Mode.ONLINE,
        "state": PublicationState.PUBLISHED,
    }
    return Activity.objects.create(**values | said)


def make_project(**said) -> Activity:
    """Return a published project of 2024, without parts."""
    values = {"kind": make_project_kind(), "start_date": None, "end_date": None, "status": None, "year": 2024}
    return make_activity(**values | {"mode": Mode.NOT_STATED} | said)


def add_partner(
    activity: Activity, institution: Institution | None = None, role: str = Role.CO_ORGANISER, **said
) -> Partnership:
    """Give ``institution`` a role in ``activity``; a new one unless partners are only described."""
    described = {"described_as_ar", "described_as_en"} & said.keys()
    if institution is None and not described:
        institution = make_institution()
    return Partnership.objects.create(activity=activity, institution=institution, role=role, **said)


def count_participants(activity: Activity, headcount: int | None, **said) -> Participation:
    """Report ``headcount`` for ``activity``, or with ``None`` say that the figure is pending."""
    values = {"headcount": headcount, "headcount_standing": Standing.REPORTED if headcount else Standing.PENDING}
    if said.get("member_countries"):
        values["countries_standing"] = Standing.REPORTED
    if said.get("women") is not None or said.get("men") is not None:
        values["sexes_standing"] = Standing.REPORTED
    return Participation.objects.create(activity=activity, **values | said)


def add_country(activity: Activity, country: Country | None = None, count: int | None = None) -> CountryParticipation:
    """Say that ``country``, a new member country by default, took part with ``count`` people."""
    return CountryParticipation.objects.create(activity=activity, country=country or make_country(), count=count)


def add_link(activity: Activity, **said) -> ActivityLink:
    """Give ``activity`` a link to a page of its own."""
    number = activity.links.count() + 1
    values = {"label_ar": "التسجيل", "label_en": "Registration", "url": f"https://www.example.org/{number}"}
    return ActivityLink.objects.create(activity=activity, **values | said)


def countries_of(activity: Activity) -> dict[str, int | None]:
    """Return the countries that took part, by code, with their numbers of people."""
    return {row.country.code: row.count for row in CountryParticipation.objects.filter(activity=activity)}


def make_members() -> dict[str, Country]:
    """Return Morocco, Tunisia, Türkiye and Côte d'Ivoire, as members of the OIC, by code."""
    rows = (
        ("MAR", "المغرب", "Morocco", OICGroup.ARAB),
        ("TUN", "تونس", "Tunisia", OICGroup.ARAB),
        ("TUR", "تركيا", "Türkiye", OICGroup.ASIA),
        ("CIV", "كوت ديفوار", "Côte d'Ivoire", OICGroup.AFRICA),
    )
    return {
        code: make_country(code, short_name_ar=ar, short_name_en=en, oic_group=group) for code, ar, en, group in rows
    }
