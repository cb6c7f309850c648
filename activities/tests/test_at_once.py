"""Several people save the same form of an activity in the same moment, each with a connection of their own."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.models import User
from django.db import connections
from django.test import Client

from activities.models import Activity, Partnership
from activities.tests.factories import (
    add_country,
    add_partner,
    count_participants,
    countries_of,
    make_activity,
    make_members,
    make_project,
)
from activities.tests.forms import opened, saved
from bilingual.tests.shared import shared_database

PEOPLE = 6


@pytest.fixture
def people(transactional_db, tmp_path):
    with shared_database(tmp_path):
        clients = [Client() for _number in range(PEOPLE)]
        for number, client in enumerate(clients):
            client.force_login(User.objects.create_superuser(f"person-{number}"))
        yield clients


def at_once(people, records, forms):
    """Let everybody send their form of their record in the same moment; return the answers in their order."""
    start = Barrier(len(people))

    def send(number):
        start.wait()
        try:
            return saved(people[number], records[number], forms[number])
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(people)) as threads:
        return list(threads.map(send, range(len(people))))


def statuses(answers):
    return sorted(answer.status_code for answer in answers)


def test_one_form_is_saved_and_everybody_else_chooses_field_by_field(people):
    members, activity = make_members(), make_activity(title_en="Before")
    partner = add_partner(activity, post_en="Before")
    count_participants(activity, 40)
    add_country(activity, members["MAR"], 3)
    sent = opened(people[0], activity)
    forms = [
        sent
        | {
            "title_en": f"Title {number}",
            "partnerships-0-post_en": f"Post {number}",
            "participation-0-headcount": f"{50 + number}",
            "countries-MAR-count": f"{10 + number}",
        }
        for number in range(PEOPLE)
    ]
    answers = at_once(people, [activity] * PEOPLE, forms)
    assert statuses(answers) == [302] + [409] * (PEOPLE - 1)
    first = next(number for number, answer in enumerate(answers) if answer.status_code == 302)
    activity = Activity.objects.get()
    post = Partnership.objects.get(pk=partner.pk).post_en
    assert (activity.title_en, post, activity.participation.headcount, countries_of(activity), activity.version) == (
        f"Title {first}",
        f"Post {first}",
        50 + first,
        {"MAR": 10 + first},
        2,
    )
    for number in set(range(PEOPLE)) - {first}:
        page = answers[number].content.decode()  # what they typed is before them, beside what stands now
        typed = (f"Title {number}", f"Post {number}", f">{50 + number}<", f">{10 + number}<")
        stands = (f"Title {first}", f"Post {first}", f">{50 + first}<", f">{10 + first}<")
        assert [words for words in (*typed, *stands) if words not in page] == []
        assert "checked" not in page  # and none of it is proposed away


def test_of_a_project_and_its_part_saved_at_once_nothing_is_lost(people):
    project = make_project()
    part = make_activity(parent=project, title_en="Before")
    whole, own = opened(people[0], project), opened(people[0], part)
    records = [project if number % 2 else part for number in range(PEOPLE)]
    forms = [
        whole | {"parts-0-title_en": f"Title {number}"} if number % 2 else own | {"title_en": f"Title {number}"}
        for number in range(PEOPLE)
    ]
    answers = at_once(people, records, forms)
    assert statuses(answers) == [302] + [409] * (PEOPLE - 1)
    first = next(number for number, answer in enumerate(answers) if answer.status_code == 302)
    part.refresh_from_db()
    assert (part.title_en, part.version) == (f"Title {first}", 2)
