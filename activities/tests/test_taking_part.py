"""What somebody is told who may want to take part: languages of work, registration, links; and all that carries it."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override

from activities.copying import copy_for_next_year
from activities.findings import findings_of
from activities.models import LANGUAGES_OF_WORK, Activity, ActivityLink, ActivityStatus
from activities.tests.factories import add_link, make_activity, make_kind, make_project
from activities.tests.forms import address, opened, saved
from bilingual.changes import entries_of
from bilingual.restoring import plan, restore
from partners.tests.factories import make_country

pytestmark = pytest.mark.django_db

LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])
DAY = date(2024, 3, 1)


@pytest.fixture
def root(client):
    client.force_login(User.objects.create_superuser("root"))
    return client


@pytest.fixture
def members():
    rows = (("MAR", "المغرب", "Morocco"), ("TUR", "تركيا", "Türkiye"), ("CIV", "كوت ديفوار", "Côte d'Ivoire"))
    return {code: make_country(code, short_name_ar=ar, short_name_en=en, oic_group="arab") for code, ar, en in rows}


def planned(**said):
    """Return a published activity of 20 to 22 June 2024 that is planned."""
    dates = {"start_date": date(2024, 6, 20), "end_date": date(2024, 6, 22)}
    return make_activity(**dates | {"status": ActivityStatus.PLANNED} | said)


def errors_of(record):
    with override("en"), pytest.raises(ValidationError) as caught:
        record.full_clean()
    return caught.value.message_dict


# The facts


@pytest.mark.parametrize(
    ("given", "kept"),
    [("fr en ar en", "ar en fr"), ("  tr\nar ", "ar tr"), ("", ""), ("uz sq", "sq uz")],
)
def test_codes_are_kept_once_and_in_order_whoever_writes_them(given, kept):
    by_save, by_bulk = make_activity(working_languages=given), Activity(code="2024-900", kind=make_kind("x"))
    by_bulk.title_en, by_bulk.working_languages, by_bulk.open_to = "Title", given, "TUR MAR TUR"
    Activity.objects.bulk_create([by_bulk])
    assert set(Activity.objects.values_list("working_languages", flat=True)) == {kept}
    assert Activity.objects.get(code="2024-900").open_to == "MAR TUR"
    assert by_save.working_languages == kept


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("working_languages", "ar xx"), ("working_languages", "arabic"), ("open_to", "MAR tur"), ("open_to", "QQQ")],
)
def test_a_code_that_is_none_is_refused_at_its_field(members, field, wrong):
    assert list(errors_of(make_activity_unsaved(**{field: wrong}))) == [field]


def make_activity_unsaved(**said):
    activity = planned()
    for name, value in said.items():
        setattr(activity, name, value)
    return activity


@pytest.mark.parametrize(("field", "wrong"), [("working_languages", "ar,en"), ("open_to", "tur")])
def test_the_database_holds_nothing_but_codes(field, wrong):
    activity = planned()
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.filter(pk=activity.pk).update(**{field: wrong})


def test_nobody_registers_after_the_last_day_nor_for_a_project():
    late = make_activity_unsaved(registration_until=date(2024, 6, 23))
    assert errors_of(late) == {"registration_until": ["One cannot register after the last day."]}
    with pytest.raises(IntegrityError), transaction.atomic():
        late.save()
    project = make_project()
    project.registration_until = DAY
    assert list(errors_of(project)) == ["registration_until"]
    planned(registration_until=date(2024, 6, 22)).full_clean()


def test_who_can_register_until_when(members):
    until = {"registration_until": date(2024, 6, 5)}
    to_all, to_some = planned(**until), planned(open_to="CIV MAR", **until)
    planned(open_to="TUR"), planned(status="cancelled", **until), make_activity(registration_until=DAY)
    june = Activity.objects.open_for_registration(date(2024, 6, 5))
    assert set(june) == {to_all, to_some}
    assert all(activity.is_open_for_registration(date(2024, 6, 5)) for activity in june)
    assert not Activity.objects.open_for_registration(date(2024, 6, 6)).exists()
    assert not to_all.is_open_for_registration(date(2024, 6, 6))
    assert set(june.open_to(members["MAR"])) == {to_all, to_some}
    assert set(june.open_to(members["TUR"])) == {to_all}
    assert set(june.open_to(make_country("BIH", oic_group=""))) == set()


# Links


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"url": "http://www.example.org/"}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "https://www.example.org/1"}, "url"),
        ({"label_ar": None, "label_en": None}, "label_ar"),
    ],
)
def test_a_link_is_a_safe_address_once_with_a_label(said, field):
    activity = planned()
    add_link(activity)
    values = {"label_en": "Programme", "url": "https://www.example.org/2"} | said
    assert list(errors_of(ActivityLink(activity=activity, **values))) == [field]


# The form


@LANGUAGES
def test_the_form_takes_boxes_a_pasted_list_a_day_and_links(root, members, language):
    activity = planned()
    page = root.get(address("change", activity.pk, language=language)).content.decode()
    assert page.count('name="working_languages"') == len(LANGUAGES_OF_WORK)
    assert ("الفرنسية" if language == "ar" else "French") in page
    sent = opened(root, activity, language) | {
        "working_languages": ["fr", "ar"],
        "open_to": "Türkiye; المغرب",
        "registration_until": "٥/٦/٢٠٢٤",
        "links-TOTAL_FORMS": "1",
        "links-0-label_ar": "التسجيل",
        "links-0-url": "www.example.org/registration",
        "links-0-order": "1",
    }
    assert saved(root, activity, sent, language).status_code == 302
    activity = Activity.objects.get()
    assert (activity.working_languages, activity.open_to) == ("ar fr", "MAR TUR")
    assert (activity.registration_until, activity.version) == (date(2024, 6, 5), 2)
    assert [(row.label_ar, row.url) for row in activity.links.all()] == [
        ("التسجيل", "https://www.example.org/registration")
    ]
    shown = opened(root, activity, language)
    assert shown["open_to"] == ("المغرب؛ تركيا" if language == "ar" else "Morocco; Türkiye")
    assert saved(root, activity, shown, language).status_code == 302
    assert Activity.objects.get().version == 2  # nothing changed


@LANGUAGES
@pytest.mark.parametrize("text", ["Morroco; Türkiye", "Türkiye 5", "Atlantis", "x" * 6_000, "\x00", "; ;" * 50])
def test_a_name_that_is_not_known_comes_back_as_it_was_typed(root, members, language, text):
    activity = planned(open_to="CIV")
    response = saved(root, activity, opened(root, activity, language) | {"open_to": text}, language)
    if response.status_code == 302:  # nothing but signs: nobody is named
        assert (Activity.objects.get().open_to, text.strip("; ")) == ("", "")
        return
    [*sentences] = response.context["adminform"].form.errors["open_to"]
    assert Activity.objects.get().open_to == "CIV"
    assert response.context["adminform"].form["open_to"].value() == text
    if text.startswith("Morroco"):
        assert ("المغرب" if language == "ar" else "Did you mean Morocco") in sentences[0]


@LANGUAGES
def test_a_box_that_is_not_there_is_refused_and_the_error_leads_to_the_boxes(root, language):
    activity = planned()
    sent = opened(root, activity, language) | {"working_languages": ["ar", "klingon", "ar fr"]}
    response = saved(root, activity, sent, language)
    assert [link.anchor for link in response.context["errors_at"]] == ["id_working_languages"]
    assert Activity.objects.get().working_languages == ""


def test_a_project_has_links_but_no_registration(root):
    project = make_project()
    shown = opened(root, project)
    assert not {"working_languages", "open_to", "registration_until"} & shown.keys()
    assert "links-TOTAL_FORMS" in shown


def test_two_people_who_say_different_things_choose(root, members):
    activity = planned(working_languages="ar")
    link = add_link(activity)
    mine, theirs = opened(root, activity), opened(root, activity)
    saved(root, activity, theirs | {"working_languages": ["ar", "fr"], "open_to": "MAR", "links-0-label_en": "Theirs"})
    mine |= {"working_languages": ["ar", "en"], "links-0-label_en": "Mine"}
    asked = saved(root, activity, mine)
    assert asked.status_code == 409
    found = {each.key: (each.mine, each.theirs, each.proposed) for each in asked.context["differences"]}
    assert found["working_languages"] == ("Arabic and English", "Arabic and French", "")
    assert found["open_to"] == ("", "Morocco", "theirs")
    assert found.keys() == {"working_languages", "open_to", f"links.{link.pk}"}
    carried = {}
    for name, value in asked.context["carried"]:
        carried.setdefault(name, []).append(value)
    choices = {"choice-working_languages": "theirs", "choice-open_to": "theirs", f"choice-links.{link.pk}": "mine"}
    sent = carried | choices | {"version": str(asked.context["version"])}
    assert saved(root, activity, sent).status_code == 302
    activity = Activity.objects.get()
    assert (activity.working_languages, activity.open_to) == ("ar fr", "MAR")
    assert activity.links.get().label_en == "Mine"


# History, copies


@LANGUAGES
def test_the_history_tells_languages_and_countries_by_name(members, language):
    activity = planned(working_languages="ar")
    activity.working_languages, activity.open_to = "ar en", "MAR TUR"
    activity.save()
    with override(language):
        fields = [(each.before, each.after) for row in entries_of(activity)[0].rows for each in row.fields]
    expected = {
        "ar": [("العربية", "العربية والإنجليزية"), ("", "المغرب وتركيا")],
        "en": [("Arabic", "Arabic and English"), ("", "Morocco and Türkiye")],
    }
    assert fields == expected[language]


def test_a_former_state_comes_back_with_its_links(members):
    activity = planned(working_languages="ar fr", open_to="MAR")
    link = add_link(activity)
    wanted = entries_of(activity)[0].change_set
    key = link.pk
    link.delete()
    activity.working_languages = activity.open_to = ""
    activity.save()
    made = plan(Activity.objects.get(), wanted, user=User.objects.create_superuser("root"))
    assert made.refusals == []
    restore(made, user=None)
    activity = Activity.objects.get()
    assert (activity.working_languages, activity.open_to, activity.links.get().pk) == ("ar fr", "MAR", key)


def test_a_copy_keeps_all_but_the_day_of_registration(members):
    activity = planned(working_languages="ar fr", open_to="MAR", registration_until=date(2024, 6, 5))
    add_link(activity, order=3)
    draft = copy_for_next_year(activity, None)
    assert (draft.working_languages, draft.open_to, draft.registration_until) == ("ar fr", "MAR", None)
    assert [(row.label_ar, row.label_en, row.url, row.order) for row in draft.links.all()] == [
        ("التسجيل", "Registration", "https://www.example.org/1", 3)
    ]


# Findings and the page


def codes_of(activity):
    return {
        finding.code: finding.severity
        for finding in findings_of(Activity.objects.for_findings().get(pk=activity.pk), DAY)
        if finding.code.startswith("registration") or "label" in finding.field
    }


def test_registration_that_makes_no_sense_is_told_and_stands_in_nobodys_way():
    late, dumb = planned(registration_until=date(2024, 6, 21)), planned(registration_until=DAY)
    assert codes_of(late) == {"registration-after-start": "warning", "registration-without-link": "note"}
    assert codes_of(dumb) == {"registration-without-link": "note"}
    add_link(dumb, label_ar=None)
    assert codes_of(dumb) == {"text-in-one-language": "warning"}
    assert codes_of(planned(registration_until=DAY, state="draft")) == {}
    assert codes_of(planned()) == {}


def test_labels_of_links_follow_the_house_style():
    activity = planned()
    add_link(activity, label_ar="التسجيل, البرنامج")
    assert codes_of(activity) == {"style-punctuation": "note"}


@LANGUAGES
def test_readers_are_told_what_is_known_and_nothing_else(client, members, language):
    url = "/{}/activities/{}/"
    silent = planned()
    page = client.get(url.format(language, silent.code)).content.decode()
    assert not [word for word in ("Registration", "التسجيل", "Languages of work", "لغات العمل") if word in page]
    told = planned(
        working_languages="ar en",
        open_to="MAR TUR",
        start_date=date(2100, 6, 20),
        end_date=date(2100, 6, 22),
        registration_until=date(2100, 6, 5),
    )
    add_link(told, label_ar=None, label_en="<b>Register</b>")
    page = client.get(url.format(language, told.code)).content.decode()
    assert ("العربية والإنجليزية" if language == "ar" else "Arabic and English") in page
    assert ("حتى 5 يونيو 2100" if language == "ar" else "Until 5 June 2100") in page
    assert ("المغرب" if language == "ar" else "Open to Morocco and Türkiye") in page
    assert 'href="https://www.example.org/1"' in page
    assert "&lt;b&gt;Register" in page


@LANGUAGES
def test_registration_that_is_over_is_told_as_over(client, language):
    activity = planned(registration_until=date(2024, 6, 5))
    page = client.get(f"/{language}/activities/{activity.code}/").content.decode()
    assert ("انتهى في 5 يونيو 2024" if language == "ar" else "Ended on 5 June 2024") in page
