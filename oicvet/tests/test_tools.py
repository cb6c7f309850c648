"""The checks check: each finds what it is there to find, and lets through what is right."""

from io import BytesIO

import check_messages
import check_stylesheets
import pytest
from babel.messages.pofile import read_po


@pytest.mark.parametrize(
    "declaration",
    [
        "margin-left: 1rem",
        "border-right: 1px solid",
        "border-top-left-radius: 4px",
        "left: 0",
        "text-align: right",
        "float: left",
        "inset: 0 auto 0 0",
        "padding: 0 1em 0 2em",
        "border-radius: 4px 0 0 4px",
        "transform-origin: left center",
    ],
)
def test_physical_directions_are_refused(declaration):
    assert list(check_stylesheets.problems_of(f"a:hover {{\n  {declaration};\n}}")) == [(2, declaration)]


@pytest.mark.parametrize(
    "sheet",
    [
        "p { margin-inline-start: 1rem; text-align: start; inset: 0; padding: 0 1em; margin: 1px 2px 3px 2px; }",
        "p { border-radius: 4px 4px 0 0; --left: 1px; width: calc(100% - var(--left)); }",
        "@page rtl { margin-left: 3cm; @top-left { content: none; text-align: left; } }",
        'p::before { content: "left: 0;"; } /* float: left; */',
        "/* physical: a map is never mirrored */\n.map { left: 0; }",
    ],
)
def test_logical_properties_pages_and_reasons_are_let_through(sheet):
    assert list(check_stylesheets.problems_of(sheet)) == []


def test_a_physical_direction_needs_a_reason():
    assert list(check_stylesheets.problems_of(".map { left: 0; } /* physical: */")) == [(1, "left: 0")]


SIX = "لا أنشطة|نشاط واحد|نشاطان|%(n)d أنشطة|%(n)d نشاطا|%(n)d نشاط"


def problems(source, translation, comment=""):
    """What the check says of one message; forms of a plural are separated by a bar."""
    if "|" in source:
        singular, plural = source.split("|")
        entry = f'msgid "{singular}"\nmsgid_plural "{plural}"\n'
        entry += "".join(f'msgstr[{i}] "{form}"\n' for i, form in enumerate(translation.split("|")))
    else:
        entry = f'msgid "{source}"\nmsgstr "{translation}"\n'
    header = f'msgid ""\nmsgstr ""\n"Plural-Forms: {check_messages.PLURAL_RULE}\\n"\n\n'
    catalogue = read_po(BytesIO(f"{header}{comment}{entry}".encode()), locale="ar")
    return [problem.split(": ")[1] for problem in check_messages.problems_of_catalogue(catalogue)]


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("Activities", "الأنشطة"),
        ("%(done)d of %(planned)d", "%(done)d من %(planned)d"),
        ("PDF", "PDF"),
        ("%(name)s – {code}", "%(name)s – {code}"),
        ("%(n)d activity|%(n)d activities", SIX),
    ],
)
def test_a_finished_message_has_no_problem(source, translation):
    assert problems(source, translation) == []


@pytest.mark.parametrize(
    ("source", "translation", "problem"),
    [
        ("Activities", "", "untranslated"),
        ("Activities", "Activities", "no Arabic letters in the translation"),
        ("%(done)d of %(planned)d", "%(done)d من", "the placeholders differ"),
        ("In {year}", "في {سنة}", "the placeholders differ"),
        ("%(n)d activity|%(n)d activities", SIX.rpartition("|")[0] + "|", "5 of 6 plural forms are filled"),
        ("%(n)d activity|%(n)d activities", SIX.replace("%(n)d أنشطة", "أنشطة"), "the placeholders differ in form 3"),
    ],
)
def test_an_unfinished_message_is_named(source, translation, problem):
    assert problems(source, translation) == [problem]


def test_a_fuzzy_message_is_named():
    assert problems("Held", "منفذ", comment="#, fuzzy\n") == ["fuzzy"]


def test_a_wrong_plural_rule_is_named():
    catalogue = read_po(BytesIO(b'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=n != 1;\\n"\n'))
    (problem,) = check_messages.problems_of_catalogue(catalogue)
    assert "the header must state the six Arabic forms" in problem
