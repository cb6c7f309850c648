"""The brief of a country: one page on paper, in both languages, from the same account as its page on the portal.

Anybody can ask for one, so each is printed once for every state of the data and day, and never two at a time.
"""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString

from activities.country_account import CountryAccount
from activities.figures import partner_institutions
from activities.models import Activity
from activities.views.country import PARTS
from activities.views.parts import PartTables
from bilingual.data_version import data_version
from bilingual.languages import direction_of
from bilingual.sorting import alphabetical
from partners.models import Country
from reports.files import built_files, write_whole
from reports.rendering import STATIC_DIR, Limits, render_pdf

LANGUAGES = ("ar", "en")
STYLES = ("css/fonts.css", "css/tokens.css", "css/brief.css")
TEMPLATES = Path(settings.BASE_DIR) / "templates" / "briefs"
# One page takes three seconds; what takes ten times as long is not worth a reader's wait.
LIMITS = Limits(processor=25, clock=30, memory=1 << 30)
# What the page has room for, however long the titles are: each is cut after two lines.
AREAS, LATEST, COMING, INSTITUTIONS, FOCAL_POINTS = 5, 2, 2, 2, 1


class BusyError(RuntimeError):
    """Another brief is being printed; one can be asked for again in a few seconds."""


def brief(country: Country, day: date) -> Path:
    """Return the PDF of the brief of ``country`` (its memberships prefetched) on ``day``, printed now or before.

    Raises `BusyError` while another brief is printed, and what `render_pdf` and the file system raise.
    """
    folder = Path(settings.REPORTS_DIR) / "briefs"
    target = folder / f"{country.code}-{_state(day)}.pdf"
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with _one_at_a_time(folder):
            if not target.exists():
                write_whole(target, render_pdf(compose_brief(country, day), limits=LIMITS, styles=STYLES))
                _clear(folder, country, target)
    return target


def compose_brief(country: Country, day: date) -> str:
    """Return the brief as an HTML document of two columns, each in one language.

    The language that is active makes no difference: one copy is kept for both.
    """
    with translation.override(LANGUAGES[0]):
        facts = _facts(country, day)
    columns = [(language, direction_of(language), _column(facts, country.code, language)) for language in LANGUAGES]
    return render_to_string("briefs/document.html", {**facts, "columns": columns})


def _facts(country: Country, day: date) -> dict[str, object]:
    """Everything that both columns tell, read once."""
    account = CountryAccount(country, day)
    latest = Activity.objects.involving(Country.objects.filter(pk=country.pk)).counted().held().latest_first()
    institutions = list(partner_institutions(Activity.objects.published()).filter(country=country))
    return {
        "country": country,
        "account": account,
        "compared": {each.part.value: each for each in account.compared},
        "by_area": PartTables(account.breakdown, PARTS, {}, account.may_have).by_area(account.areas[:AREAS]),
        "standing": country.standing_on(day),
        "day": day,
        "latest": list(latest[:LATEST]),
        "coming": list(account.coming[:COMING]),
        "institutions": sorted(institutions, key=alphabetical)[:INSTITUTIONS],
        "more_institutions": max(0, len(institutions) - INSTITUTIONS),
        "focal_points": list(account.focal_points[:FOCAL_POINTS]),
    }


def _column(facts: dict[str, object], code: str, language: str) -> SafeString:
    with translation.override(language):
        address = settings.PORTAL_URL + reverse("country", args=[code])
        return render_to_string("briefs/column.html", {**facts, "address": address})


def _state(day: date) -> str:
    """Return twelve characters that are the same as long as the briefs would be: by data, day, and our own files."""
    digest = hashlib.sha256(f"{data_version()} {day} {settings.PORTAL_URL}".encode())
    for path in (*sorted(TEMPLATES.glob("*.html")), *(STATIC_DIR / name for name in STYLES)):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Hold the lock of the folder; the kernel lets it go with the process, however that ends. Raises `BusyError`."""
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BusyError from error
        yield


def _clear(folder: Path, country: Country, target: Path) -> None:
    """Remove the former briefs of the country."""
    for older in built_files(folder, country.code):
        if older.path != target:
            older.path.unlink(missing_ok=True)
