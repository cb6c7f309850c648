"""A table of generated sentences in both languages, for a reader of Arabic to look through (`make sentences`).

The activities and reports are those of the property tests, every optional fact present or absent, the same ones in
each run. What reads badly is mended in templates/reports/, reports/phrases/ or bilingual/grammar/, not here.
"""

import os
import sys
import warnings
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ["DJANGO_SETTINGS_MODULE"] = "oicvet.settings.test"

import django  # noqa: E402 -- the settings above come first

django.setup()

from bs4 import BeautifulSoup  # noqa: E402
from django.utils.html import format_html, format_html_join  # noqa: E402
from hypothesis import HealthCheck, Phase, given, settings, strategies  # noqa: E402

from reports.composition import compose  # noqa: E402
from reports.tests import programmes  # noqa: E402

Pair = tuple[str, str]
ROWS = 200
BESIDE = ("introduction", "figures", "promised", "coverage", "breakdowns", "countries", "comparison")
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Sentences of the report</title>
<style>body {{ font: 16px/1.6 sans-serif; margin: 2rem }}
table {{ border-collapse: collapse; width: 100% }}
td {{ border-top: 1px solid #ccc; padding: .6rem; vertical-align: top; width: 50%; white-space: pre-line }}</style>
</head>
<body><h1>Sentences of the report</h1><table>{}</table></body></html>"""


def told(item: programmes.ActivityFacts, language: str) -> str:
    """The paragraphs about an activity, its parts included, in one language."""
    facts = replace(
        programmes.report_of_one(), items=(item,), sections=programmes.sections_of("activities", "planned")
    )
    return _words(compose(facts, language), ".item .prose p")


def told_beside(report: programmes.ReportFacts, kind: str, language: str) -> str:
    """What a section says beside its items: its sentences, captions and the rows of its tables, in one language."""
    facts = replace(report, sections=programmes.sections_of(kind))
    return _words(compose(facts, language), f"#{language}-{kind} :is(p, li, caption, figcaption, tr)")


def _words(html: str, selector: str) -> str:
    soup = BeautifulSoup(html, "html.parser")
    for cell in soup.select("td, th"):
        cell.append(" · ")
    return "\n".join(" ".join(tag.get_text().split()).removesuffix(" ·") for tag in soup.select(selector))


def generated(strategy: strategies.SearchStrategy, tell: Callable[[object], Iterable[Pair]], size: int) -> list[Pair]:
    """Return the pairs that ``tell`` makes of ``size`` generated values, each once."""
    rows: dict[Pair, None] = {}

    @settings(
        max_examples=size,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(value=strategy)
    def collect(value):
        rows.update(dict.fromkeys(pair for pair in tell(value) if any(pair)))

    collect()
    return list(rows)


def pairs() -> list[Pair]:
    """Every pair of the table: activities first, then the sections beside them."""
    items = strategies.one_of(programmes.activities(), programmes.projects("1", "2024-001"))
    of_items = generated(items, lambda item: [(told(item, "ar"), told(item, "en"))], ROWS)
    of_reports = generated(
        programmes.reports(),
        lambda report: [(told_beside(report, kind, "ar"), told_beside(report, kind, "en")) for kind in BESIDE],
        ROWS // 5,
    )
    return of_items + of_reports


def main() -> None:
    warnings.simplefilter("ignore")
    rows = pairs()
    cells = format_html_join(
        "\n", '<tr><td lang="ar" dir="rtl">{}</td><td lang="en" dir="ltr">{}</td></tr>', ((ar, en) for ar, en in rows)
    )
    target = ROOT / "build" / "sentences.html"
    target.parent.mkdir(exist_ok=True)
    target.write_text(format_html(PAGE, cells))
    print(f"{target}: {len(rows)} pairs")


if __name__ == "__main__":
    main()
