"""Programmes made up by chance, and their figures counted by hand."""

from datetime import date
from random import Random

from activities.figures import Tally
from activities.models import Activity, ActivityStatus, Participation, PublicationState
from activities.tests.factories import (
    add_country,
    add_partner,
    count_participants,
    make_activity,
    make_kind,
    make_members,
    make_project,
)
from partners.tests.factories import make_country, make_institution
from roadmap.tests.factories import make_area, make_programme, make_roadmap


def random_programme(seed, size=40):
    """Make activities that differ in everything a summary looks at, some of which it must not count."""
    random = Random(seed)  # noqa: S311 -- test data
    organ = make_programme().organ
    countries = [*make_members().values(), make_country()]
    bodies = [make_institution(country=random.choice([None, *countries])) for _ in range(6)] + [organ]
    roadmap = make_roadmap()
    areas = [None, *(make_area(roadmap) for _ in range(3))]
    kinds = [make_kind(), make_kind("webinar", name_en="Webinar")]
    project = make_project()
    add_country(project, countries[0], 99)
    for _ in range(size):
        area = random.choice(areas)
        activity = make_activity(
            kind=random.choice(kinds),
            area=area,
            roadmap=area and area.roadmap,
            parent=random.choice([None, project]),
            end_date=date(random.randint(2019, 2023), random.randint(1, 12), random.randint(1, 28)),
            status=random.choice(ActivityStatus.values + [ActivityStatus.HELD] * 3),
            state=random.choice([PublicationState.DRAFT] + [PublicationState.PUBLISHED] * 5),
            is_reportable=random.random() < 0.9,
            venue_country=random.choice([None, *countries]),
        )
        if random.random() < 0.7:
            count_participants(activity, random.choice([None, random.randint(1, 90)]))
        for country in random.sample(countries, random.randint(0, 3)):
            add_country(activity, country, random.choice([None, random.randint(1, 9)]))
        for body in random.sample(bodies, random.randint(0, 3)):
            add_partner(activity, body)


def counted():
    published = Activity.objects.filter(state=PublicationState.PUBLISHED, is_reportable=True)
    return [activity for activity in published if not activity.is_project]


def held():
    return [activity for activity in counted() if activity.status == ActivityStatus.HELD]


def tally_of(activities):
    """Count by hand."""
    done = [each for each in activities if each.status == ActivityStatus.HELD]
    counts = {row.activity_id: row for row in Participation.objects.all()}
    heads = [counts[each.pk].headcount for each in done if each.pk in counts and counts[each.pk].headcount]
    return Tally(
        held=len(done),
        planned=sum(each.status == ActivityStatus.PLANNED for each in activities),
        participations=sum(heads) if heads else None,
        reporting=len(heads),
        pending=len(done) - len(heads),
    )
