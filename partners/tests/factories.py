"""Valid countries and institutions; a test says only what matters to it."""

from datetime import date
from itertools import count, cycle, product
from string import ascii_uppercase

from partners.models import Country, Institution, Membership, MembershipStatus, NationalFocalPoint

_numbers = count(1)
# No country of the OIC begins with Q but Qatar, and its code is left out; a long run of tests comes round again.
_codes = cycle(f"Q{second}{third}" for second, third in product(ascii_uppercase, repeat=2) if second != "A")


def make_country(code: str = "", *, member_since: date | None = date(1969, 1, 1), **said) -> Country:
    """Return a country, a member since 1969 unless said otherwise; ``member_since=None`` leaves it without periods."""
    code = code or next(_codes)
    country = Country.objects.create(
        **{"code": code, "short_name_ar": f"بلد {code}", "short_name_en": f"Country {code}", **said}
    )
    if member_since:
        Membership.objects.create(country=country, status=MembershipStatus.MEMBER, start=member_since)
    return country


def suspend(country: Country, start: date, until: date | None = None) -> Membership:
    """Add a suspension to a country's periods."""
    return Membership.objects.create(country=country, status=MembershipStatus.SUSPENDED, start=start, until=until)


def make_institution(**said) -> Institution:
    """Return an institution with a name in both languages, of no country."""
    number = next(_numbers)
    return Institution.objects.create(
        **{"code": f"body-{number}", "name_ar": f"مؤسسة {number}", "name_en": f"Body {number}", **said}
    )


def make_focal_point(**said) -> NationalFocalPoint:
    """Return a focal point who began in 2024, of a new country unless said otherwise."""
    if "country" not in said:
        said["country"] = make_country()
    values = {"name_ar": "جهة اتصال", "name_en": "A focal point", "language": "en", "start": date(2024, 1, 1)}
    return NationalFocalPoint.objects.create(**values | said)
