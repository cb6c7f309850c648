"""Who takes part: the countries of the OIC, their membership over time, institutions, and national focal points."""

from partners.models.country import Country, CountryQuerySet, Membership, MembershipStatus, OICGroup, Precision
from partners.models.focal_point import NationalFocalPoint
from partners.models.institution import Institution, InstitutionKind, InstitutionQuerySet

__all__ = [
    "Country",
    "CountryQuerySet",
    "Institution",
    "InstitutionKind",
    "InstitutionQuerySet",
    "Membership",
    "MembershipStatus",
    "NationalFocalPoint",
    "OICGroup",
    "Precision",
]
