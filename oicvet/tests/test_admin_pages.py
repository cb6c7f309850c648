"""Every page of the back office opens in both languages, and none runs, loads or shows what it should not."""

import re

import pytest
from django.contrib.auth.models import User

from activities.models import Activity, PublicationState
from activities.tests.factories import make_activity
from focalpoints.models import ConfirmationRequest
from oicvet.loading import load_demo_data
from oicvet.tests.backoffice import MODELS, RECEIPTS, address, make_everything
from partners.models import Country
from reports.models import Edition, Report
from roadmap.models import Programme

pytestmark = pytest.mark.django_db

LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])
EACH_MODEL = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)


@LANGUAGES
@EACH_MODEL
def test_every_page_of_every_model_opens(root, model, language):
    make_everything()
    Activity.objects.update(state=PublicationState.DRAFT)
    row = model._default_manager.first()
    pages = [("changelist",), ("change", row.pk), ("history", row.pk)]
    pages += [] if model in (Programme, Edition, *RECEIPTS) else [("add",)]
    pages += [] if model in (Programme, Edition, ConfirmationRequest, *RECEIPTS) else [("delete", row.pk)]
    for page, *args in pages:
        response = root.get(address(model, page, *args, language=language))
        assert response.status_code == 200, page
        text = response.content.decode()
        assert f'<html lang="{language}"' in text
        assert not re.search(r"\bobject \(\d+\)", text), page


@LANGUAGES
def test_the_demo_data_open_for_the_demo_administrator(client, language):
    load_demo_data()
    client.force_login(User.objects.get(username="demo-administrator"))
    for page in ("", "activities/", "jsi18n/", "activities/activity/export/"):
        assert client.get(f"/{language}/admin/{page}").status_code == 200, page
    for model in MODELS:
        assert client.get(address(model, "changelist", language=language)).status_code == 200
        for row in model._default_manager.all()[: None if model is Activity else 3]:
            assert client.get(address(model, "change", row.pk, language=language)).status_code == 200, row


@LANGUAGES
def test_the_frame_leads_to_the_same_page_in_the_other_language_and_to_the_portal(root, language):
    other = {"ar": "en", "en": "ar"}[language]
    text = root.get(f"/{language}/admin/activities/activity/?status__exact=held").content.decode()
    assert f'href="/{other}/admin/activities/activity/?status__exact=held" lang="{other}"' in text
    assert f'href="/{language}/"' in text


@LANGUAGES
def test_the_way_in_offers_the_other_language(client, language):
    text = client.get(f"/{language}/admin/", follow=True).content.decode()
    assert f'<html lang="{language}"' in text
    assert text.count('class="language"') == 1


@EACH_MODEL
def test_no_form_has_a_field_that_speaks_whichever_language_saved_last(root, model):
    if model in RECEIPTS:
        return
    make_everything()
    response = root.get(address(model, "change", model._default_manager.first().pk))
    names = {field.name for field in model._meta.get_fields()}
    without_language = {name for name in names if f"{name}_ar" in names}
    assert without_language & set(response.context["adminform"].form.fields) == set()


def test_both_languages_of_a_text_stand_in_their_own_direction_and_say_when_they_are_empty(root):
    activity = make_activity(title_en=None, state=PublicationState.DRAFT)
    text = root.get(address(Activity, "change", activity.pk)).content.decode()
    arabic, english = (re.search(rf'<textarea[^>]*name="title_{each}"[^>]*>', text)[0] for each in ("ar", "en"))
    assert ('dir="rtl"' in arabic, 'lang="ar"' in arabic) == (True, True)
    assert ('dir="ltr"' in english, 'lang="en"' in english) == (True, True)
    assert 'placeholder="Not written in English"' in english
    # Side by side: in one row of the form.
    assert re.search(r'class="form-row[^"]* field-title_ar field-title_en"', text)


@LANGUAGES
@pytest.mark.parametrize("model", [Activity, Report, Country, User], ids=lambda model: model._meta.label)
def test_a_page_runs_nothing_inline_and_loads_nothing_from_elsewhere(root, model, language):
    make_everything()
    for page in (address(model, "changelist"), address(model, "change", model._default_manager.first().pk)):
        text = root.get(page).content.decode()
        scripts = re.findall(r"<script([^>]*)>([^<]*)", text)
        assert [body for attributes, body in scripts if body.strip() and "json" not in attributes] == []
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"", text)
        assert not re.search(r"(src|href)=\"(https?:)?//", text)
