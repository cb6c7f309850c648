"""The form of an activity as a browser has it: opened, changed, sent."""

from django.urls import reverse
from django.utils.translation import override


def address(page, *args, language="en"):
    with override(language):
        return reverse(f"admin:activities_activity_{page}", args=args)


def sent_by(response):
    """Return what a browser sends of a form in which nobody changed anything."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    sent = {}
    for bound in (field for form in forms for field in form):
        value = bound.value()
        if hasattr(bound.field.widget, "sent"):
            sent |= bound.field.widget.sent(bound.html_name, value)
        elif value is not None and value is not False:
            sent[bound.html_name] = "on" if value is True else value
    return sent


def opened(client, activity, language="en"):
    """Return what the form of ``activity`` holds, as somebody has it before them."""
    return sent_by(client.get(address("change", activity.pk, language=language)))


def saved(client, activity, sent, language="en"):
    return client.post(address("change", activity.pk, language=language), sent)
