"""A reader who opens everything: each link of each page, each address there could be, and questions nobody offers."""

import html
import re
from collections import Counter
from urllib.parse import urljoin, urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.urls import Resolver404, resolve

from focalpoints.models import ConfirmationRequest
from oicvet.tests.addresses import addresses_of, every_route
from oicvet.tests.canaries import content_of, found_in, links_in
from partners.models import Institution

_IN_PAGES = re.compile(r"""\b(?:href|src|action|data-[a-z-]*(?:url|page|address))=["']([^"'#]+)""")
_IN_DATA = re.compile(r"https?://[^\s\"'<>\\]+")
_OURS = {"", "testserver", urlsplit(settings.PORTAL_URL).netloc}
# A list answers alike for each value of a filter, and a calendar has a page for each month: some are enough.
MOST_ASKED, MOST_OF_A_LIST, MOST_PAGES = 1, 4, 12
# The brief of a country is the same file for everybody, and is printed anew for each test.
PRINTED = "country_brief"

# Whoever has one of these links is somebody else by it: the links are opened by readers of their own.
LINKS_OF_LETTERS = ("confirm", "invitation", "account_reset_password_from_key")

# What no page offers: to see more, to sort or filter by what is hidden, to search for it.
WIDER = (
    "state=draft&all=1",
    "is_reportable=0&status=cancelled",
    "ordering=note&o=-note",
    "q=qzdraft",
    "country=TUR&state=withdrawn",
    "user__password__startswith=md5",
    "page=2&format=json",
)
LISTS = (
    "activities",
    "activities_file",
    "calendar",
    "programme",
    "countries",
    "country",
    "partners",
    "reports",
)
ASKED_OF_TABLES = (
    "q=qz&all=&o=-1",
    "_to_field=password&_popup=1",
    "user__password__startswith=md5",
    "issued_by__password__startswith=md5",
    "history__note__contains=qz",
)


class Crawl:
    """Opens addresses as ``client`` and remembers which words and links each told, and what failed."""

    def __init__(self, client):
        self.client = client
        self.told = {}
        self.links = {}
        self.failed = {}
        self._keys = [key for each in ConfirmationRequest.objects.all() for key in (each.key.hex, str(each.key))]
        self._asked = Counter()
        self._seen = set()
        self._waiting = []

    def through(self):
        """Open every address there could be, and everything they lead to."""
        self._waiting = everything()[::-1]
        while self._waiting:
            self._open(self._waiting.pop())
        return self

    def _open(self, address):
        if address in self.told:
            return
        response = self.client.get(address)
        content = content_of(response)
        self.told[address] = found_in(content)
        if links := links_in(content) | {key for key in self._keys if key.encode() in content}:
            self.links[address] = links
        if response.status_code >= 500:
            self.failed[address] = response.status_code
        self._waiting += [link for link in self._links(address, response, content) if self._is_wanted(link)]

    def _links(self, address, response, content):
        kind = response.headers.get("Content-Type", "")
        if "Location" in response.headers:
            yield self._own(address, response.headers["Location"])
        if kind.startswith(("text/", "application/json", "application/xml", "application/atom")):
            text = content.decode("utf-8", "replace")
            found = _IN_PAGES.findall(text) if kind.startswith("text/html") else _IN_DATA.findall(text)
            for link in dict.fromkeys(found):
                yield self._own(address, html.unescape(link))

    @staticmethod
    def _own(address, link):
        """Return the path and query of a link to the portal, or nothing."""
        parts = urlsplit(urljoin(f"http://testserver{address}", link))
        if parts.scheme not in ("http", "https") or parts.netloc not in _OURS or parts.path.startswith("/static/"):
            return ""
        return f"{parts.path}?{parts.query}" if parts.query else parts.path

    def _is_wanted(self, link):
        if not link or link in self.told or link in self._seen:
            return False
        self._seen.add(link)
        path, _mark, query = link.partition("?")
        try:
            found = resolve(path)
        except Resolver404:
            return True
        parameters = frozenset(part.partition("=")[0] for part in query.split("&") if part)
        place = (found.view_name, path[:4])  # the address begins with its language
        self._asked[place, parameters] += 1
        self._asked[place, bool(query)] += 1
        if found.view_name == PRINTED or self._asked[place, parameters] > (MOST_ASKED if query else MOST_PAGES):
            return False
        return not query or self._asked[place, True] <= MOST_OF_A_LIST


def everything():
    """Return every address there could be, and the questions that no page offers."""
    left_out = ("account_logout", "admin:logout", PRINTED, *LINKS_OF_LETTERS)
    routes = [route for route in every_route() if route.name not in left_out]
    starts = ["/ar/", "/en/"]
    for route in routes:
        starts += [address for language in ("ar", "en") for address in addresses_of(route, language)]
        if route.name in LISTS or route.name.startswith("api_"):
            starts += [f"{address}?{query}" for address in addresses_of(route)[:1] for query in WIDER]
        if route.name.endswith("_changelist"):
            starts += [f"{addresses_of(route)[0]}?{query}" for query in ASKED_OF_TABLES]
    return [*dict.fromkeys([*starts, *offers_to_follow(), *suggestions()])]


def offers_to_follow():
    """Return the page that offers to follow a partner, for each there is, shown or not."""
    return [f"/en/following/add/?partner={code}" for code in Institution.objects.values_list("code", flat=True)]


def suggestions():
    """Return the address that suggests records for each field of each model, our own and those of libraries."""
    for model in apps.get_models():
        for field in model._meta.get_fields():
            target = getattr(getattr(field, "remote_field", None), "model", None)
            if target in admin.site._registry:
                meta = model._meta
                yield (
                    f"/en/admin/autocomplete/?app_label={meta.app_label}&model_name={meta.model_name}"
                    f"&field_name={field.name}&term="
                )
