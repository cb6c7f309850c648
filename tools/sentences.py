"""A table of generated sentences in both languages, for a reader of Arabic to look through (`make sentences`).

The activities are those of the property tests, every optional fact present or absent, the same ones in each run. What
reads badly is mended in templates/reports/ or in bilingual/grammar/, not here.
"""

import os
import sys
import warnings
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

ROWS = 200
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Sentences of the report</title>
<style>body {{ font: 16px/1.6 sans-serif; margin: 2rem }} table {{ border-collapse: collapse; width: 100% }}
td {{ border-top: 1px solid #ccc; padding: .6rem; vertical-align: top; width: 50% }}</style></head>
<body><h1>Sentences of the report</h1><table>{}</table></body></html>"""


def told(item: programmes.ActivityFacts, language: str) -> str:
    """The paragraphs about an activity, its parts included, in one language."""
    facts = replace(programmes.report_of_one(), items=(item,))
    soup = BeautifulSoup(compose(facts, language), "html.parser")
    return "\n".join(" ".join(paragraph.get_text().split()) for paragraph in soup.select(".item .prose p"))


def generated() -> list[tuple[str, str]]:
    rows: dict[tuple[str, str], None] = {}
    either = strategies.one_of(programmes.activities(), programmes.projects("1", "2024-001"))

    @settings(
        max_examples=ROWS,
        database=None,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(item=either)
    def collect(item):
        rows[told(item, "ar"), told(item, "en")] = None

    collect()
    return list(rows)


def main() -> None:
    warnings.simplefilter("ignore")
    rows = generated()
    cells = format_html_join(
        "\n", '<tr><td lang="ar" dir="rtl">{}</td><td lang="en" dir="ltr">{}</td></tr>', ((ar, en) for ar, en in rows)
    )
    target = ROOT / "build" / "sentences.html"
    target.parent.mkdir(exist_ok=True)
    target.write_text(format_html(PAGE, cells))
    print(f"{target}: {len(rows)} pairs")


if __name__ == "__main__":
    main()
