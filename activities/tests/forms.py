"""The form of an activity as a browser has it: opened, changed, sent."""

from html.parser import HTMLParser

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


class Sent(HTMLParser):
    """Reads what a browser sends of a page without scripts: each named input, its value or its text."""

    def __init__(self, page):
        super().__init__()
        self.values = {}
        self.name = self.area = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        if tag == "input" and said.get("name") and (said.get("type") != "checkbox" or "checked" in said):
            self.values[said["name"]] = said.get("value", "on" if said.get("type") == "checkbox" else "")
        elif tag == "select":
            self.name = said["name"]
        elif tag == "option" and (self.name not in self.values or "selected" in said):
            self.values[self.name] = said.get("value", "")
        elif tag == "textarea":
            self.area = said["name"]
            self.values[self.area] = ""

    def handle_data(self, data):
        if self.area:
            self.values[self.area] += data.removeprefix("\n")

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.area = ""


def sent_by_browser(client, activity, language="en", whole=""):
    """Return what a browser without scripts sends of the page itself, if nobody changes anything."""
    page = client.get(address("change", activity.pk, language=language) + whole).content.decode()
    values = Sent(page[page.index('id="activity_form"') :]).values
    return {name: value for name, value in values.items() if "__prefix__" not in name and not name.startswith("_")}
