"""What search engines are told: which pages there are, in both languages, and which are not for them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from activities.models import Activity
from activities.views.institution import shown_institutions
from bilingual.addresses import portal_address
from bilingual.api.limits import FilesPerAddress, refused
from bilingual.unchanged import sent_when_changed
from partners.models import Country
from reports.models import Edition
from roadmap.models import CooperationArea, Roadmap

MOST = 50_000  # addresses that one file may hold
STAFF = ("account", "admin", "desk", "translations")


class Pages(Sitemap):
    """The pages ``name`` of some records, each in both languages; a subclass says which, as rows of keys."""

    i18n = alternates = x_default = True
    limit = MOST
    name = ""

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.PORTAL_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.PORTAL_URL).scheme

    def location(self, keys: tuple[Any, ...]) -> str:
        return reverse(self.name, args=keys)


class SitePages(Pages):
    """The pages that are always there."""

    def items(self) -> Iterable[str]:
        return ["home", "activities", "roadmap", "countries", "partners", "reports", "verify", "api_guide"]

    def location(self, name: str) -> str:
        return reverse(name)


class ActivityPages(Pages):
    """Published activities and projects, with the moment of their last change."""

    name = "activity"

    def items(self):
        return list(Activity.objects.published().order_by("code").values_list("code", "changed_at"))

    def location(self, row: tuple[str, datetime]) -> str:
        return super().location(row[:1])

    def lastmod(self, row: tuple[str, datetime]) -> datetime:
        return row[1]


class RecordPages(Pages):
    """The pages of what activities are about."""

    def __init__(self, name: str, rows: Any, *keys: str) -> None:
        self.name = name
        self.rows = rows
        self.keys = keys or ("code",)

    def items(self):
        return list(self.rows().order_by(*self.keys).values_list(*self.keys).distinct())


def _all(model: type[Model]):
    return model._default_manager.all


def _sections() -> dict[str, Pages]:
    """Return what is listed, anew for each answer: a sitemap keeps what it has seen."""
    return {
        "pages": SitePages(),
        "activities": ActivityPages(),
        "roadmaps": RecordPages("roadmap", _all(Roadmap)),
        "areas": RecordPages("area", _all(CooperationArea), "roadmap__code", "number"),
        "countries": RecordPages("country", lambda: Country.objects.filter(memberships__isnull=False)),
        "partners": RecordPages("partner", shown_institutions),
        "editions": RecordPages("edition", _all(Edition)),
    }


@require_safe
@sent_when_changed
def sitemap(request: HttpRequest) -> HttpResponse:
    """Return every page, or where one file cannot hold them, the files that do."""
    if too_often := refused(request, FilesPerAddress()):
        return too_often
    sections = _sections()
    pages = {name: site.paginator for name, site in sections.items()}
    if sum(paginator.count for paginator in pages.values()) <= MOST:
        return views.sitemap(request, sections).render()
    files = [_file(name, number) for name, paginator in pages.items() for number in paginator.page_range]
    return render(request, "sitemap_index.xml", {"sitemaps": files}, content_type="application/xml")


def _file(section: str, number: int) -> views.SitemapIndexItem:
    address = portal_address(reverse("sitemap_section", args=[section]))
    return views.SitemapIndexItem(f"{address}?p={number}" if number > 1 else address)


@require_safe
@sent_when_changed
def section(request: HttpRequest, section: str) -> HttpResponse:
    """Return the pages of one kind; ``p`` in the address is the number of the file."""
    return refused(request, FilesPerAddress()) or views.sitemap(request, _sections(), section=section).render()


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Say where the pages are listed, and that those of staff are of no use to anybody else."""
    closed = [f"Disallow: /{language}/{part}/" for language, _name in settings.LANGUAGES for part in STAFF]
    lines = ["User-agent: *", *closed, "", f"Sitemap: {portal_address(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
