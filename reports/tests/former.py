"""The demo report as a former one: as text and as PDF, what it states, and what is read of it."""

import io
from dataclasses import dataclass
from functools import lru_cache

from bs4 import BeautifulSoup
from django.core.management import call_command
from django.db import transaction

from activities.models import Activity
from reports.assembly import assemble
from reports.composition import compose
from reports.former.reading import read_proposals
from reports.former.vocabulary import Vocabulary, load_vocabulary
from reports.models import Report, ReportItem
from reports.rendering import render_pdf

LANGUAGES = ("ar", "en")


@dataclass(frozen=True)
class Told:
    """A report of ours as text and as PDF, what it states, and what a portal without its activities knows."""

    texts: dict[str, str]
    pdfs: dict[str, bytes]
    stated: dict[str, dict]
    vocabulary: Vocabulary


@lru_cache(maxsize=1)
def told() -> Told:
    """Compose the demo report in a transaction of its own, which leaves nothing behind."""
    with transaction.atomic():
        call_command("load_demo_data", stdout=io.StringIO())
        facts = assemble(Report.objects.get(meeting__number=40, meeting__kind="session"))
        html = {language: compose(facts, language) for language in LANGUAGES}
        ReportItem.objects.all().delete()
        Activity.objects.exclude(parent=None).delete()
        Activity.objects.all().delete()
        vocabulary = load_vocabulary()
        transaction.set_rollback(True)
    each = [part for item in facts.items for part in (item, *item.parts)]
    return Told(
        texts={language: text_of(html[language]) for language in LANGUAGES},
        pdfs={language: render_pdf(html[language]) for language in LANGUAGES},
        stated={language: {part.number: stated(part, language) for part in each} for language in LANGUAGES},
        vocabulary=vocabulary,
    )


def text_of(html: str) -> str:
    soup = BeautifulSoup(html, "html.parser")
    for unseen in soup.select(".running-title, .running-words, nav"):
        unseen.decompose()
    for block in soup.select("p, h1, h2, h3, h4, li, td, th, caption, address, br"):
        block.append("\n")
    lines = (" ".join(line.split()) for line in soup.body.get_text().split("\n"))
    return "\n".join(line for line in lines if line)


def stated(activity, language: str) -> dict:
    counts = activity.participation
    return {
        "kind": activity.kind.code,
        "title": activity.title.in_(language),
        "dates": [str(activity.start), str(activity.end)] if activity.start else None,
        "area": activity.area,
        "headcount": counts.headcount if counts else None,
        "countries": counts.countries if counts else None,
        "funding_call": activity.funding_call,
    }


def read(text: str, language: str) -> dict[str, dict]:
    """What is read of the text, under the names of `stated`."""
    names = ("kind", "title", "dates", "area", "headcount", "countries", "funding_call")
    proposals = read_proposals(text.split("\f"), language, told().vocabulary)
    return {each.number: {name: each.value(name) for name in names} for each in proposals}
