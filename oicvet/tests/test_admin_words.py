"""Words of the back office that Django leaves in English, whatever the language of the page."""

import re

import pytest

from oicvet.tests.backoffice import address
from partners.models import Institution, NationalFocalPoint
from partners.tests.factories import make_focal_point, make_institution

pytestmark = pytest.mark.django_db

PICTURES = re.compile(r'<img src="[^"]*icon-(yes|no)\.svg" alt="([^"]*)">')


@pytest.mark.parametrize(("language", "yes", "no"), [("ar", "نعم", "لا"), ("en", "yes", "no")])
def test_the_pictures_of_a_list_say_yes_and_no(root, language, yes, no):
    make_institution(name_ar="الأول", name_en="First")
    make_institution(name_ar="الثاني", name_en="")
    make_focal_point(is_public=False)
    named = root.get(address(Institution, "changelist", language=language)).content.decode()
    public = root.get(address(NationalFocalPoint, "changelist", language=language)).content.decode()
    assert set(PICTURES.findall(named)) == {("yes", yes), ("no", no)}
    assert set(PICTURES.findall(public)) == {("no", no)}
