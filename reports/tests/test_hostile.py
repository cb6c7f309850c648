"""Texts made to exhaust a machine: refused when they are saved, or printed, or given up in a sentence; never more."""

import os
import tempfile
from html import escape
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import override

from activities.tests.factories import make_activity
from bilingual.fields import LinkField, NameField, ProseField
from reports.jobs import request_rendering
from reports.models import Rendering, RenderingState
from reports.rendering import Limits, RenderingError, render_pdf
from reports.tests.factories import make_report
from reports.tests.processes import printers_of
from reports.worker import Worker
from roadmap.tests.factories import make_programme

OURS = ("bilingual", "partners", "roadmap", "activities", "reports")
# What fits into a field, where whole sentences have to: strange, but no great work to print.
STRANGE = {
    "one word": "ا" * 20_000,
    "one word of Latin letters": "W" * 20_000,
    "columns": "|\t" * 10_000,
    "isolates in each other": "\u2067\u2066" * 2_500 + "x" + "\u2069" * 5_000,
    "directions that alternate": "ا a 1 " * 3_300,
    "characters of no width": "\u200b\u200d\u200c" * 6_600,
    "elements in each other": "<table><tr><td>" * 1_300,
    "braces": "{" * 20_000,
    "digits": "1234567890" * 2_000,
    "spaces before a comma": "x" + " " * 19_990 + ",",
    "references": "&lt;" * 5_000,
}
# What fits as well, and takes the engine long.
HEAVY = {
    "marks on one letter": "ب" + "\u064e" * 19_999,
    "accents on one letter": "a" + "\u0301" * 19_999,
    "paragraphs": "x\n\n" * 6_600,
}
# What does not, so only a fault of ours could bring it to the printer. Whoever lays it out for long is stopped.
FAR_TOO_MUCH = {
    "a hundred thousand words": "كلمة " * 100_000,
    "ten thousand paragraphs": "x\n\n" * 10_000,
    "a million columns": "|\t" * 1_000_000,
    "twenty thousand marks": "ب" + "\u064e" * 20_000,
}


@pytest.fixture(autouse=True)
def scratch(tmp_path, monkeypatch, settings):
    """A folder for what is written in passing, and one for reports; each must be left empty."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))  # for the printer
    settings.REPORTS_DIR = str(tmp_path / "built")
    yield folder
    assert list(folder.iterdir()) == []
    assert printers_of(os.getpid()) == []


def page(text: str) -> str:
    """Return a document with ``text`` where a report has running text."""
    styles = "".join(
        f'<link rel="stylesheet" href="/static/css/{name}.css">' for name in ("fonts", "tokens", "report")
    )
    paragraphs = "".join(f"<p>{escape(each)}</p>" for each in text.split("\n\n"))
    return f'<!DOCTYPE html><html lang="ar" dir="rtl"><title>t</title>{styles}<body>{paragraphs}</body></html>'


@pytest.mark.parametrize("name", FAR_TOO_MUCH)
def test_a_text_that_takes_too_much_is_given_up_and_leaves_nothing(name):
    with override("en"), pytest.raises(RenderingError, match=r"was not printed: it (needed|took)"):
        render_pdf(page(FAR_TOO_MUCH[name]), limits=Limits(processor=2, clock=20, memory=1 << 30))


@pytest.mark.parametrize("megabytes", [30, 120, 200, 230])
def test_a_text_that_takes_too_much_memory_is_given_up_in_a_sentence(megabytes):
    """Wherever memory runs out, in starting, in reading or in laying out, the sentence is the same."""
    with override("en"), pytest.raises(RenderingError, match="needed more time or memory"):
        render_pdf(page("x\n\n" * 30_000), limits=Limits(processor=60, clock=60, memory=megabytes << 20))


def test_elements_in_each_other_are_given_up_in_a_sentence():
    deep = "<div>" * 100_000 + "x" + "</div>" * 100_000
    with override("en"), pytest.raises(RenderingError, match="was not printed") as refused:
        render_pdf(f"<!DOCTYPE html><title>t</title>{deep}", limits=Limits(processor=3, clock=10, memory=1 << 30))
    assert "Traceback" not in str(refused.value)


def texts_of_people():
    return [
        pytest.param(field, id=f"{model._meta.label}.{field.name}")
        for app in OURS
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, NameField | ProseField | LinkField)
    ]


@pytest.mark.parametrize("field", texts_of_people())
def test_a_text_longer_than_people_write_is_refused_when_it_is_saved(field):
    assert field.max_length <= 20_000
    beginning = "https://example.org/" if isinstance(field, LinkField) else ""
    with pytest.raises(ValidationError):
        field.clean(beginning + "ا" * 20_001, None)


def write(item, text: str) -> None:
    """Give an item of a report ``text`` as its paragraph, by way of its form's rules."""
    item.override_ar = item.override_en = text
    item.full_clean()
    item.save()


def rendered(report) -> Rendering:
    """Return the rendering of ``report`` that an officer asked for in English, once the worker is done with it."""
    with override("en"):
        rendering = request_rendering(report, User.objects.create_user("officer"), Rendering.Purpose.DRAFT, "en")
    Worker("test", batch=True).run()
    rendering.refresh_from_db()
    return rendering


@pytest.mark.django_db
def test_strange_texts_are_printed_like_any_other(settings):
    make_programme()
    report = make_report(*(make_activity() for _ in STRANGE))
    for item, text in zip(report.items.all(), STRANGE.values(), strict=True):
        write(item, text)
    rendering = rendered(report)
    assert (rendering.state, rendering.reason) == (RenderingState.DONE, "")
    assert [path.name for path in Path(settings.REPORTS_DIR).iterdir()] == [rendering.file_name]


@pytest.mark.django_db
@pytest.mark.parametrize("name", HEAVY)
def test_a_text_that_takes_too_long_fails_its_job_and_nothing_else(name, client, settings):
    settings.PRINTING_SECONDS = 2
    make_programme()
    report = make_report(make_activity())
    write(report.items.get(), HEAVY[name])
    rendering = rendered(report)
    assert rendering.state == RenderingState.FAILED
    assert rendering.reason.startswith("The report was not printed: it ")
    assert list(Path(settings.REPORTS_DIR).iterdir()) == []
    assert client.get("/en/activities/").status_code == 200
