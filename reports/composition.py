"""From facts to the HTML of a report: the same for the browser's preview, the PDF and whatever follows."""

import re

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from bilingual.dates import ARABIC_LETTER_MARK
from bilingual.languages import direction_of
from reports.facts import Imprint, ReportFacts
from reports.phrases.report import ReportPhrases

BOTH = "both"
LANGUAGES = ("ar", "en")


def compose(facts: ReportFacts, language: str, imprint: Imprint | None = None) -> str:
    """Return the report in ``language`` (``ar``, ``en`` or ``both``, Arabic first) as a whole HTML document.

    With its ``imprint`` it is an edition; without one, a draft, and marked so.

    The language that is active makes no difference. Each number or date stated is marked with its id in
    `ReportFacts.stated`.
    """
    languages = LANGUAGES if language == BOTH else (language,)
    parts = [_part(facts, each, imprint) for each in languages]
    with translation.override(languages[0]):
        return render_to_string(
            "reports/document.html",
            {
                "parts": parts,
                "language": languages[0],
                "direction": direction_of(languages[0]),
                "report": ReportPhrases(facts, languages[0]),
            },
        )


def compose_activity(facts: ReportFacts, code: str, language: str) -> SafeString:
    """Return the paragraphs that a report with ``facts`` tells of the activity ``code``, in ``language``."""
    report = ReportPhrases(facts, language)
    activity = next(row for row in report.rows if row.facts.code == code)
    with translation.override(language):
        html = render_to_string(f"reports/{language}/_activity.html", {"a": activity, "report": report})
    tidied = _tidy(html)
    told = _anchor_ranges(tidied) if language == "ar" else tidied
    return mark_safe(told)  # noqa: S308 -- our own template, which escapes what it is given


# The partials that each language has of its own.
_PROSE = (
    "introduction",
    "figures",
    "activity",
    "meeting",
    "promised",
    "areas",
    "coverage",
    "kinds",
    "months",
    "countries",
    "comparison",
    "method",
    "colophon",
)


def _part(facts: ReportFacts, language: str, imprint: Imprint | None) -> SafeString:
    """The report in one language, as an article of its own."""
    with translation.override(language):
        html = render_to_string(
            "reports/report.html",
            {
                "report": ReportPhrases(facts, language, imprint),
                "language": language,
                "direction": direction_of(language),
                "prose": {name: f"reports/{language}/_{name}.html" for name in _PROSE},
            },
        )
    tidied = _tidy(html)
    told = _anchor_ranges(tidied) if language == "ar" else tidied
    return mark_safe(told)  # noqa: S308 -- our own template, which escapes what it is given


_BLOCK = "(?:p|h[1-6]|li|td|th|div|section|ol|ul|table|caption|thead|tbody|tr|figure|figcaption)"


def _tidy(html: str) -> str:
    """Close up the spaces that a template's lines leave: one between words, none before a comma or a stop."""
    html = re.sub(r"[ \t\n\r\f]+", " ", html)
    html = re.sub(r" ((?:</span>|</bdi>)*)([،.,؛;:](?!\w))", r"\1\2", html)
    return re.sub(rf"(<{_BLOCK}\b[^>]*>) | (?=</{_BLOCK}>)", r"\1", html)


_TEXT = re.compile(r"(?<=>)[^<]+")
_RANGE = re.compile(r"(?<![\w/.\u2066-])(\d+-\d)")  # not what somebody keeps left to right, such as a code


def _anchor_ranges(html: str) -> str:
    """Let ``18-19`` read from the right even where a line begins with it: there, no Arabic letter stands before it.

    The engine lays out each line by itself, so what precedes on the line above does not count.
    """
    return _TEXT.sub(lambda text: _RANGE.sub(f"{ARABIC_LETTER_MARK}\\1", text[0]), html)
