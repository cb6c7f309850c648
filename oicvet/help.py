"""What a reader of the back office may do, and how fields are filled in: from the roles and the models themselves."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.roles import OURS, ROLES, role_of_group
from activities.admin.workflow import MOVES, Move
from activities.models import PublicationState
from bilingual.changes import label_of

_ACTIONS = (
    ("view", _("look at it")),
    ("add", _("add")),
    ("change", _("change")),
    ("delete", _("delete")),
)
# What a permission allows that is no look, addition, change or deletion.
_SPECIAL = (
    ("activities.publish_activity", _("Publish and withdraw activities.")),
    ("reports.issue_report", _("Issue reports.")),
    ("reports.accept_formerreading", _("Read former reports, and accept what they tell as drafts.")),
)
DESCRIPTIONS = {
    "data-entry": _("Writes activities with their partners and figures, and institutions; sends them to review."),
    "editor": _("Reviews and publishes what was entered, and keeps the tables that activities choose from."),
    "report-officer": _("Writes the reports on the desk, and issues them."),
    "administrator": _("Does everything, and keeps the accounts."),
}


@dataclass(frozen=True)
class Table:
    """A table that the reader sees: what they may do there, and what is written into its fields."""

    name: str
    actions: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Stage:
    """A step of an activity on its way: from which states to which, whose it is, and whether it is the reader's."""

    name: str
    start: tuple[str, ...]
    to: str
    roles: tuple[str, ...]
    is_ours: bool


@dataclass(frozen=True)
class Help:
    """What one reader may do; ``roles`` are names with descriptions, ``specials`` sentences."""

    roles: tuple[tuple[str, str], ...]
    specials: tuple[str, ...]
    stages: tuple[Stage, ...]
    tables: tuple[Table, ...]


def help_for(user: Any) -> Help:
    """Return what ``user`` may do and how it is done, in the active language."""
    specials = tuple(str(sentence) for name, sentence in _SPECIAL if user.has_perm(name))
    tables = tuple(table for label in OURS if (table := _table(user, apps.get_model(label))))
    stages = tuple(_stage(user, move) for move in MOVES) if user.has_perm("activities.view_activity") else ()
    return Help(_roles(user), specials, stages, tables)


def _roles(user: Any) -> tuple[tuple[str, str], ...]:
    own = {role.code for group in user.groups.all() if (role := role_of_group(group.name))}
    if user.is_superuser:
        own.add("administrator")
    told = (role for role in ROLES if role.code in own and role.code in DESCRIPTIONS)
    return tuple((str(role.name), str(DESCRIPTIONS[role.code])) for role in told)


def _stage(user: Any, move: Move) -> Stage:
    permission = f"activities.{move.permission}_activity"
    return Stage(
        str(move.label),
        tuple(str(PublicationState(state).label) for state in move.start),
        str(PublicationState(move.to).label),
        tuple(str(role.name) for role in ROLES if permission in role.permissions),
        user.has_perm(permission),
    )


def _table(user: Any, model: Any) -> Table | None:
    meta = model._meta
    may = tuple(str(words) for name, words in _ACTIONS if user.has_perm(f"{meta.app_label}.{name}_{meta.model_name}"))
    if not may:
        return None
    return Table(capfirst(str(meta.verbose_name_plural)), may, _fields(model))


def _fields(model: Any) -> tuple[tuple[str, str], ...]:
    """The fields that have something to explain, each once, whatever its languages."""
    told = {label_of(each): str(each.help_text) for each in model._meta.fields if each.editable and each.help_text}
    return tuple(told.items())


def help_page(request: Any) -> Any:
    """Show what the reader may do; for staff, through the back office."""
    context = {**admin.site.each_context(request), "title": _("What you may do here"), "help": help_for(request.user)}
    return TemplateResponse(request, "admin/help.html", context)
