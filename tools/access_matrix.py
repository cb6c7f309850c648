"""Writes docs/ACCESS.md, the policy by role: ``.venv/bin/python tools/access_matrix.py``."""

import os
import sys
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oicvet.settings.test")
    import django

    django.setup()

from accounts.roles import ROLES  # noqa: E402 -- needs the settings
from oicvet.policy.back_office import TABLES, pages_of  # noqa: E402
from oicvet.policy.routes import SECTIONS  # noqa: E402
from oicvet.policy.who import Rule  # noqa: E402

TARGET = ROOT / "docs" / "ACCESS.md"
HEAD = """# Who may do what

Written by `tools/access_matrix.py` from `oicvet/policy/` and `accounts/roles.py`: change those, and run it.

**r** reads (GET, HEAD), **s** sends (POST), **–** is told that there is no such page; without an account, and in the
back office without being staff, one is led to the login. No other method is answered anywhere. Which records a page
then shows is for its querysets to say, so a role that may open a page can still be told that a record is not there.
"""


@dataclass(frozen=True)
class Member:
    """Somebody with one role, as the policy looks at people."""

    permissions: frozenset[str] = frozenset()
    is_authenticated: bool = False
    is_staff: bool = False

    def has_perm(self, permission: str) -> bool:
        return permission in self.permissions

    def has_perms(self, permissions: tuple[str, ...]) -> bool:
        return self.permissions.issuperset(permissions)


def member_of(role: str | None) -> Member:
    """Return somebody with the role of that code; ``None`` is somebody without an account."""
    if role is None:
        return Member()
    known = next(each for each in ROLES if each.code == role)
    return Member(known.permissions, is_authenticated=True, is_staff=known.is_staff)


def matrix() -> str:
    """Return the page."""
    sections = [f"## {title}\n\n{_table('Route', rules)}" for title, rules in SECTIONS.items()]
    tables = f"## The tables of the back office\n\n{_table('Table: pages', _back_office())}"
    return "\n".join([HEAD, *sections, tables])


def _back_office() -> dict[str, Rule]:
    rows: dict[str, Rule] = {}
    for table, pages in TABLES.items():
        rules = pages_of(table)
        ordered = sorted(pages, key=lambda page: _cells(rules[page]))
        for _cells_alike, alike in groupby(ordered, key=lambda page: _cells(rules[page])):
            names = sorted(alike, key=pages.index)
            rows[f"{table}: {', '.join(names)}"] = rules[names[0]]
    return rows


def _table(title: str, rules: dict[str, Rule]) -> str:
    heads = [title, "Without account", *(role.group_name for role in sorted(ROLES, key=lambda role: role.is_staff))]
    lines = [heads, ["---"] * len(heads), *([f"`{name}`", *_cells(rule)] for name, rule in rules.items())]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _cells(rule: Rule) -> list[str]:
    roles = [None, *(role.code for role in sorted(ROLES, key=lambda role: role.is_staff))]
    return [_cell(rule, member_of(role)) for role in roles]


def _cell(rule: Rule, member: Member) -> str:
    letters = [letter for letter, who in (("r", rule.read), ("s", rule.sent)) if who and who.lets(member)]
    return " ".join(letters) or "–"


if __name__ == "__main__":
    TARGET.write_text(matrix(), encoding="utf-8")
    sys.stdout.write(f"Wrote {TARGET.relative_to(ROOT)}.\n")
