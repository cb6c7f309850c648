"""The rules of countries, memberships, institutions and focal points, in the database and at the field."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from partners.models import Country, Institution, Membership, MembershipStatus, NationalFocalPoint, OICGroup
from partners.tests.factories import make_country, make_focal_point, make_institution, suspend

pytestmark = pytest.mark.django_db


def refused_by_database(row):
    """Whether the database refuses ``row`` although nothing checked it before."""
    with pytest.raises(IntegrityError), transaction.atomic():
        type(row)._base_manager.bulk_create([row])
    return True


def fields_with_errors(row):
    with pytest.raises(ValidationError) as caught:
        row.full_clean()
    return set(caught.value.message_dict)


def membership(**said):
    values = {"country": make_country(member_since=None), "status": MembershipStatus.MEMBER, "start": date(1990, 1, 1)}
    return Membership(**values | said)


BROKEN = [
    (lambda: Country(code="tur", short_name_ar="تركيا", short_name_en="Türkiye"), "code"),
    (lambda: membership(until=date(1990, 1, 1)), "until"),
    (lambda: membership(until=date(1980, 1, 1)), "until"),
    (lambda: membership(country=make_country(member_since=date(1990, 1, 1))), "start"),
    (lambda: Institution(code="nameless"), "name_ar"),
    (
        lambda: NationalFocalPoint(
            country=make_country(), name_en="A", language="en", start=date(2024, 5, 1), end=date(2024, 4, 30)
        ),
        "end",
    ),
    (lambda: NationalFocalPoint(country=make_country(), language="en", start=date(2024, 5, 1)), "name_ar"),
]


@pytest.mark.parametrize(("make", "field"), BROKEN)
def test_a_bad_row_is_refused_by_the_database_and_named_at_its_field(make, field):
    assert field in fields_with_errors(make())
    assert refused_by_database(make())


def test_an_institution_is_not_part_of_itself():
    institution = make_institution()
    institution.parent = institution
    assert fields_with_errors(institution) == {"parent"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Institution.objects.filter(pk=institution.pk).update(parent=institution)


def test_a_country_is_a_member_from_the_first_day_to_the_day_before_the_end():
    country = make_country(member_since=date(1990, 5, 1))
    country.memberships.update(until=date(2000, 1, 1))
    days = [date(1990, 4, 30), date(1990, 5, 1), date(1999, 12, 31), date(2000, 1, 1)]
    assert [country.is_member_on(day) for day in days] == [False, True, True, False]


def test_a_suspended_country_is_no_member_while_it_lasts():
    country, other = make_country(), make_country()
    suspend(country, date(2012, 8, 15), date(2025, 3, 7))
    members = {
        day: set(Country.objects.members_on(day)) for day in (date(2012, 8, 14), date(2012, 8, 15), date(2025, 3, 7))
    }
    assert list(members.values()) == [{country, other}, {other}, {country, other}]
    assert set(Country.objects.ever_members()) == {country, other}


def test_an_observer_is_no_member():
    country = make_country(member_since=None)
    Membership.objects.create(country=country, status=MembershipStatus.OBSERVER, start=date(1990, 1, 1))
    assert not country.is_member_on(date(2024, 1, 1))
    assert not Country.objects.ever_members().exists()


def test_a_country_is_found_by_any_of_its_spellings():
    country = make_country(
        "TUR", short_name_ar="تركيا", short_name_en="Türkiye", spellings="Turkey\nالجمهورية التركية"
    )
    for word in ("turkiye", "turkey", "تركيا", "التركيه", "tur"):
        assert f" {word}"[:4] in country.search, word


def test_an_institution_is_found_by_former_names_whatever_the_hamza():
    institution = make_institution(name_ar="مؤسسة الإنتاج", former_names="Former Office")
    assert set(Institution.objects.matching("الانتاج")) == {institution}
    assert set(Institution.objects.matching("former")) == {institution}
    assert not Institution.objects.matching("elsewhere").exists()


def test_an_institution_gets_a_code_that_nobody_has():
    codes = [
        Institution.objects.create(name_en="Vocational Training Corporation", acronym="VTC").code for _ in range(3)
    ]
    assert codes == ["vtc", "vtc-2", "vtc-3"]
    assert Institution.objects.create(name_ar="هيئة").code == "institution"


def test_an_international_body_is_named_with_its_seat():
    bangladesh = make_country("BGD", short_name_ar="بنغلاديش", short_name_en="Bangladesh")
    abroad = make_institution(name_ar="الجامعة", name_en="The University", acronym="IUT", seat=bangladesh)
    assert (abroad.full_name.ar, abroad.full_name.en) == (
        "الجامعة (IUT) في بنغلاديش",
        "The University (IUT), Bangladesh",
    )
    own = make_institution(name_ar="الوزارة", name_en="The Ministry", country=bangladesh, seat=bangladesh)
    assert own.full_name.en == "The Ministry"


def test_empty_names_are_kept_as_nothing():
    institution = Institution.objects.create(name_ar="هيئة", name_en="  ")
    institution.refresh_from_db()
    assert institution.name_en is None


def test_every_row_says_what_it_is():
    country = make_country("QQQ", short_name_ar="بلد", short_name_en="Land", oic_group=OICGroup.ASIA)
    assert "Land" in str(make_focal_point(country=country)) or "بلد" in str(make_focal_point(country=country))
    assert "1969" in str(country.memberships.get())


@pytest.mark.parametrize(
    ("day", "serves"),
    [
        (date(2023, 12, 31), False),
        (date(2024, 1, 1), True),
        (date(2025, 6, 30), True),
        (date(2025, 7, 1), False),
    ],
)
def test_a_focal_point_is_in_office_from_its_first_day_to_its_last(day, serves):
    user = User.objects.create_user("amina")
    point = make_focal_point(user=user, start=date(2024, 1, 1), end=date(2025, 6, 30))
    assert list(NationalFocalPoint.objects.in_office_of(user, day)) == ([point] if serves else [])
    assert NationalFocalPoint.objects.in_office_on(day).exists() is serves
    assert point.is_in_office_on(day) is serves


def test_a_term_is_of_its_own_account_alone_and_ends_with_it():
    user, day = User.objects.create_user("amina"), date(2024, 6, 1)
    make_focal_point(user=None)  # nobody's account yet: nobody who is not signed in serves it
    point = make_focal_point(user=user)

    def in_office(who):
        return list(NationalFocalPoint.objects.in_office_of(who, day))

    assert in_office(user) == [point]
    assert in_office(User.objects.create_user("somebody")) == []
    assert in_office(AnonymousUser()) == []
    User.objects.update(is_active=False)
    assert in_office(user) == []
