"""What tests of the back office share: addresses, one record of each sort, and forms as a browser sends them."""

import re

from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.translation import override

from accounts.tests.gate import invite
from activities.models import ImportReceipt
from activities.tests.factories import (
    add_country,
    add_partner,
    count_participants,
    make_activity,
    make_profile,
    make_project,
)
from focalpoints.models import Answer
from focalpoints.tests.factories import make_answer, make_request
from partners.tests.factories import make_country, make_focal_point
from reports.tests.factories import make_edition, make_report
from roadmap.tests.factories import (
    add_collaborator,
    make_abbreviation,
    make_action,
    make_area,
    make_programme,
)

# Written by the portal itself: nobody adds, changes or deletes them by hand, and they have no form.
RECEIPTS = {ImportReceipt, Answer}
MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)


def address(model, page, *args, language="en"):
    """Return the address of a page of a model: ``changelist``, ``add``, ``change`` with a key, …"""
    with override(language):
        return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def make_everything():
    """Make one record of each sort, with rows inside, and a project with one part; return the part."""
    activity = make_activity(parent=make_project())
    add_partner(activity)
    add_partner(activity, described_as_en="Centres", described_as_ar="مراكز")
    add_country(activity, count=3)
    count_participants(activity, 40, profile=make_profile())
    make_edition(make_report(activity.parent), activity)
    make_programme()
    make_area()
    make_abbreviation()
    action = make_action(coordinator_country=make_country())
    action.indicators.create(title_ar="مؤشر", title_en="Indicator")
    add_collaborator(action, make_country())
    make_request()
    make_answer(proposed={"title_en": "Another title"})
    Group.objects.get_or_create(name="Another group")
    invite(make_focal_point())
    ImportReceipt.objects.create(file_name="file.xlsx", file_hash="0" * 64, file_size=1)
    return activity


def form_of(response):
    """Return what a browser would send back if nothing were changed in the form of a page."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    sent = {}
    for bound in (field for form in forms for field in form):
        value = bound.value()
        if hasattr(bound.field.widget, "sent"):  # an input of several parts knows what a browser makes of them
            sent |= bound.field.widget.sent(bound.html_name, value)
            continue
        if value is None or value is False:
            continue
        sent[bound.html_name] = "on" if value is True else value
    return sent


def errors_of(response):
    """Return the names of the fields at which a page reports errors, with their sentences."""
    assert response.status_code == 200, response.status_code
    found = dict(response.context["adminform"].form.errors)
    for inline in response.context["inline_admin_formsets"]:
        for errors in inline.formset.errors:
            found |= {f"{inline.formset.prefix}.{name}": sentences for name, sentences in errors.items()}
        if above := inline.formset.non_form_errors():
            found[inline.formset.prefix] = above
    return {name: [str(sentence) for sentence in sentences] for name, sentences in found.items()}


def send(client, url, **changes):
    """Open a form, change what is named (``participation__0__women=3``), and send it; return the answer."""
    sent = form_of(client.get(url))
    for name, value in changes.items():
        sent[name.replace("__", "-")] = value
    return client.post(url, sent)


def said(response):
    """Return the text of a page as a reader sees it, on one line."""
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def history(client, record, language="en"):
    return client.get(address(type(record), "history", record.pk, language=language))
