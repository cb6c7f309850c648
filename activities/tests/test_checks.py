"""Rules of the database asked in memory give what the database itself would say."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db.models import F, Q, Value
from django.db.models.functions import Length
from django.utils.translation import override

from activities.models import Activity, Participation, Partnership
from bilingual.checks import UnknownLookup, answer, broken_rules
from partners.models import Country, Membership

pytestmark = pytest.mark.django_db

RECORDS = [
    Activity(title_ar="عنوان", state="published"),
    Activity(title_ar="عنوان", title_en="Title", state="published"),
    Activity(start_date=date(2024, 3, 2), end_date=date(2024, 3, 1), title_en="x"),
    Activity(start_date=date(2024, 3, 2), title_en="x", year=1900),
    Participation(headcount=0, headcount_standing="reported"),
    Participation(headcount=5, headcount_standing="pending"),
    Participation(headcount=5, headcount_standing="reported", women=3, men=3, sexes_standing="reported"),
    Participation(headcount=5, headcount_standing="reported", women=3, sexes_standing="reported"),
    Participation(women=3, sexes_standing="pending", member_countries=0, countries_standing="estimated"),
    Partnership(role="host"),
    Partnership(role="host", institution_id=7, described_as_en="x"),
    Partnership(role="host", institution_id=7),
    Country(code="tur"),
    Country(code="TUR"),
    Membership(start=date(2000, 1, 1), until=date(2000, 1, 1)),
]


@pytest.mark.parametrize("record", RECORDS, ids=range(len(RECORDS)))
def test_the_answers_are_those_of_the_database(record):
    asked = set()
    for constraint in type(record)._meta.constraints:
        if hasattr(constraint, "condition") and not hasattr(constraint, "fields"):
            try:
                constraint.validate(type(record), record)
            except ValidationError as error:
                asked |= set(error.messages)
    assert {sentence for _field, sentence in broken_rules(record)} == asked


def test_a_rule_is_shown_at_its_field():
    with override("en"):
        assert dict(broken_rules(Country(code="tur"))) == {"code": "A country code is three capital letters."}


def test_what_is_not_known_here_is_left_to_the_database():
    with pytest.raises(UnknownLookup):
        answer(Q(code__contains="x"), Country(code="x"))
    with pytest.raises(UnknownLookup):
        answer(Q(code=Length(F("code"))), Country(code="x"))


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (Q(count=None), True),
        (~Q(count=3), None),
        (Q(count=3) | Q(count=None), True),
        (Q(count=3) & Q(code="x"), None),
        (Q(code="x") & ~Q(code="x"), False),
        (Q(code=Value("x")), True),
    ],
)
def test_an_empty_value_leaves_a_comparison_open(condition, said):
    class Record:
        code, count = "x", None

        class _meta:  # noqa: N801 -- as Django calls it
            @staticmethod
            def get_field(name):
                return type("Field", (), {"attname": name})

    assert answer(condition, Record()) is said
