"""The shape of the house: who may import whom, calls written where they happen, nothing loaded from elsewhere."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
# Each may import itself and what stands before it.
FLOORS = ["bilingual", "partners", "roadmap", "activities", "reports", "focalpoints", "accounts", "oicvet"]
# What builds and checks the portal is not part of it.
OUTSIDE = {"tools", "bench"}

# A namespace is a name that looks like an address; nobody fetches it.
NAMESPACES = re.compile(r"https?://(?:www\.w3\.org/\d{4}/[\w/]+|schema\.org/\w+)")
LINKS_FOR_READERS = re.compile(r"<a\b[^>]*>", re.IGNORECASE)
FOREIGN = re.compile(r"(?:https?:)?//(?:[a-z0-9-]+\.)+[a-z]{2,}", re.IGNORECASE)


def modules(*names):
    return [path for name in names for path in sorted((ROOT / name).rglob("*.py"))]


def imports(path):
    """Yield the line and the full name of everything a module imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"), str(path))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = ".".join(path.relative_to(ROOT).parts[: -node.level]) if node.level else ""
            module = ".".join(filter(None, [start, node.module]))
            yield from ((node.lineno, f"{module}.{name.name}") for name in node.names)


@pytest.mark.parametrize("app", FLOORS)
def test_an_app_imports_only_itself_and_what_stands_below_it(app):
    allowed = FLOORS[: FLOORS.index(app) + 1]
    upward = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in modules(app)
        for line, name in imports(path)
        if name.split(".")[0] in {*FLOORS, *OUTSIDE} - set(allowed)
    ]
    assert upward == []


def test_calls_are_written_where_they_happen():
    receivers = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in modules(*FLOORS)
        if "tests" not in path.parts
        for line, name in imports(path)
        if {"signals", "dispatch"} & set(name.split("."))
    ]
    assert receivers == []


def foreign_hosts(text):
    """Return the hosts that a page or sheet would load from; a link that a reader may follow is not loaded."""
    return FOREIGN.findall(LINKS_FOR_READERS.sub("", NAMESPACES.sub("", text)))


def test_nothing_is_loaded_from_another_host():
    shown = {".html", ".css", ".js", ".mjs", ".svg", ".json"}
    folders = [ROOT / "templates", ROOT / "static", *(ROOT / app / "templates" for app in FLOORS)]
    found = {
        str(path.relative_to(ROOT)): hosts
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.suffix in shown and (hosts := foreign_hosts(path.read_text("utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ('<script src="https://cdn.example.com/x.js"></script>', ["https://cdn.example.com"]),
        ("@import url(//fonts.example.com/css);", ["//fonts.example.com"]),
        ('<a class="more" href="https://www.example.org/">Example</a>', []),
        ('<svg xmlns="http://www.w3.org/2000/svg"></svg>', []),
        ('<div itemscope itemtype="https://schema.org/Event"></div>', []),
        ("// a comment. Nothing else", []),
    ],
)
def test_foreign_hosts_are_told_from_links_and_namespaces(text, hosts):
    assert foreign_hosts(text) == hosts
