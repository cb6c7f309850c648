"""What both kinds of data are read and added with."""

import json
from collections import Counter
from typing import Any, TypeVar

from django.conf import settings
from django.db import models

Row = TypeVar("Row", bound=models.Model)

FIXTURES = settings.BASE_DIR / "fixtures"


def read(name: str) -> list[dict[str, Any]]:
    """Return the rows of a file in fixtures/, such as ``reference/countries``."""
    return json.loads((FIXTURES / f"{name}.json").read_text("utf-8"))


def add(row: Row) -> Row:
    """Save a new row, as long as it breaks no rule. Raises ``ValidationError`` otherwise."""
    row.full_clean()
    row.save()
    return row


def codes(model: type[models.Model], field: str = "code") -> set[str]:
    """Return what the rows of ``model`` are known by."""
    return set(model._default_manager.values_list(field, flat=True))


def by_code(model: type[models.Model]) -> dict[str | None, Any]:
    """Return the rows of ``model`` by their code, and ``None`` for no code."""
    return {None: None} | {row.code: row for row in model._default_manager.all()}


def said(added: Counter[str]) -> str:
    """Return what was added as one line: ``added countries 62, meetings 19``."""
    counts = ", ".join(f"{noun} {number:,}" for noun, number in added.items() if number)
    return f"added {counts}" if counts else "nothing was missing"
