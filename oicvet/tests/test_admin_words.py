"""Words of the back office that Django leaves in English, whatever the language of the page."""

import re

import pytest

from accounts.demo import DEMO_PASSWORD
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


def test_whoever_changes_a_password_is_named_to_the_browser(root):
    page = root.get("/ar/admin/password_change/").content.decode()
    (field,) = re.findall(r'<input[^>]*name="username"[^>]*>', page)
    assert 'autocomplete="username"' in field
    assert " hidden" in field


def test_a_new_password_is_taken_and_a_wrong_one_is_told(root):
    wrong = {"old_password": "wrong", "new_password1": DEMO_PASSWORD, "new_password2": DEMO_PASSWORD}
    refused = root.post("/ar/admin/password_change/", wrong)
    assert refused.status_code == 200
    assert "errornote" in refused.content.decode()
    assert set(refused.context["form"].errors) == {"old_password"}
