"""Two institutions that are one: what hangs on the one that goes moves to the one that stays.

`joining` says everything that would change and writes nothing; `join` does it, in one transaction and change set.
"""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from activities.models import Partnership
from activities.naming import keep_names, with_former_names
from bilingual.changes import FieldChange, Words, fields_told, keeps_history, label_of
from bilingual.history import Version, change_set, reason_of, write_versions
from bilingual.text import Bilingual
from partners.models import Institution

# What the one that stays takes over where it says nothing itself.
_FILLED = ("name_ar", "name_en", "acronym", "website")


@dataclass
class Fold:
    """Two rows that would say the same: ``kept`` stays, with what only ``folded`` said; ``lost`` is what it drops."""

    kept: Any
    folded: Any
    filled: dict[str, Any]
    lost: list[str]


@dataclass
class Moved:
    """The rows of one sort that change hands, and those that two institutions shared."""

    model: type[models.Model]
    link: str
    rows: list[Any]
    folds: list[Fold]

    @property
    def is_of_readers(self) -> bool:
        """Whether such rows are no role's to change, as what readers follow: they are counted and never shown."""
        return not self.model._meta.default_permissions


@dataclass
class Joining:
    """What making one institution of two would change."""

    stays: Institution
    goes: Institution
    moved: list[Moved] = field(default_factory=list)
    changes: list[FieldChange] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def token(self) -> str:
        """What tells whether anything it rests on has changed since it was read."""
        facts = [self.stays.pk, self.goes.pk, self.values]
        facts += [(each.model.__name__, [row.pk for row in each.rows], len(each.folds)) for each in self.moved]
        facts += [
            [(name.name, getattr(each, name.attname)) for name in _columns()] for each in (self.stays, self.goes)
        ]
        return hashlib.sha256(repr(facts).encode()).hexdigest()

    @property
    def folds(self) -> list[Fold]:
        """Every pair of rows of which one is left, as far as people are shown them."""
        return [fold for each in self.moved if not each.is_of_readers for fold in each.folds]

    def lacking(self, user: Any) -> list[str]:
        """Return what sorts of rows ``user`` may not change as this would."""
        needed: set[tuple[Any, str]] = {(Institution, "change"), (Institution, "delete")}
        for each in self.moved:
            if each.is_of_readers:
                continue
            needed |= {(each.model, "change")} if each.rows or each.folds else set()
            needed |= {(each.model, "delete")} if each.folds else set()
        metas = {kind._meta for kind, action in needed if not _may(user, kind, action)}
        return sorted(str(meta.verbose_name_plural) for meta in metas)


def joining(stays: Institution, goes: Institution) -> Joining:
    """Return what would change if ``goes`` became ``stays``: some queries for each sort of link, whatever the rows."""
    made = Joining(stays, goes)
    for model, link in _links():
        made.moved.append(_moved(model, link, stays, goes))
    made.values = _values(stays, goes)
    words = Words([])
    for column in _columns():
        if column.attname in made.values:
            before, after = getattr(stays, column.attname), made.values[column.attname]
            made.changes.append(
                FieldChange(label_of(column), getattr(column, "language", ""), *_said(column, words, before, after))
            )
    return made


def join(made: Joining, *, user: Any, keeps_names: bool) -> None:
    """Do what ``made`` says; with ``keeps_names``, activities go on saying the name of the one that goes."""
    stays, goes = made.stays, made.goes
    why = reason_of("merged", f"{goes.full_name.en or goes.full_name.ar} ({goes.code})")
    with transaction.atomic(), change_set():
        for each in made.moved:
            _fold(each, user, why)
        if keeps_names:
            keep_names(Partnership.objects.filter(institution=goes), goes.full_name, user=user, why=why)
        for each in made.moved:
            _move(each, stays, goes, user, why)
        for attribute, value in made.values.items():
            setattr(stays, attribute, value)
        _sign(stays, user, why)
        stays.save()
        goes = Institution.objects.get(pk=goes.pk)  # as it is now that nothing hangs on it
        _sign(goes, user, why)
        goes.delete()


def _may(user: Any, model: type[models.Model], action: str) -> bool:
    return bool(user.has_perm(f"{model._meta.app_label}.{action}_{model._meta.model_name}"))


def _columns() -> list[Any]:
    return fields_told(Institution)


def _said(column: Any, words: Words, *values: Any) -> list[str]:
    if column.is_relation:
        named = column.related_model._default_manager.in_bulk([value for value in values if value])
        return [str(named[value]) if value else "" for value in values]
    return [words.say(column, value) for value in values]


def _links() -> list[tuple[type[models.Model], Any]]:
    """Every field of every model that names an institution; saved states keep what they say."""
    found: Any = Institution._meta.get_fields(include_hidden=True)
    return [
        (each.related_model, each.field)
        for each in found
        if each.auto_created and not each.concrete and not issubclass(each.related_model, Version)
    ]


def _moved(model: Any, link: Any, stays: Institution, goes: Institution) -> Moved:
    links = [each.name for each in model._meta.concrete_fields if each.many_to_one]
    rows = model._default_manager.select_related(*links).order_by("pk")
    going = [row for row in rows.filter(**{link.name: goes}) if row != stays]
    same = _same(model, link.name)
    there = {same(row): row for row in rows.filter(**{link.name: stays})} if same and going else {}
    for institution, own in ((goes, going), (stays, there.values())):
        for row in own:
            setattr(row, link.name, institution)  # the same object for all, with what its name takes
    folds = [_pair(there[same(row)], row, link.name) for row in going if same and same(row) in there]
    folded = {fold.folded.pk for fold in folds}
    return Moved(model, link.name, [row for row in going if row.pk not in folded], folds)


def _same(model: Any, link: str) -> Any:
    """What two rows of one institution may not share besides it, as a function of a row; ``None`` for nothing."""
    for rule in model._meta.constraints:
        if isinstance(rule, models.UniqueConstraint) and link in rule.fields and rule.condition is None:
            columns = [model._meta.get_field(name).attname for name in rule.fields if name != link]
            return lambda row: tuple(getattr(row, column) for column in columns)
    return None


def _pair(kept: Any, folded: Any, link: str) -> Fold:
    filled, lost = {}, []
    for column in fields_told(type(kept)) if keeps_history(kept._meta.model) else ():
        own, other = getattr(kept, column.attname), getattr(folded, column.attname)
        if column.name in (link, "order") or other in (None, "") or own == other:
            continue
        if own in (None, ""):
            filled[column.attname] = other
        else:
            lost.append(_("%(field)s: “%(value)s”") % {"field": label_of(column), "value": other})
    return Fold(kept, folded, filled, lost)


def _values(stays: Institution, goes: Institution) -> dict[str, Any]:
    """The columns of the one that stays that would change, with their new values."""
    values = {name: getattr(goes, name) for name in _FILLED if not getattr(stays, name) and getattr(goes, name)}
    if not (stays.country_id or stays.seat_id):
        values |= {name: getattr(goes, name) for name in ("country_id", "seat_id") if getattr(goes, name)}
    if _stands_below(stays, goes):
        values["parent_id"] = goes.parent_id
    taken = {values.get(name) for name in _FILLED}
    names = Bilingual.of(goes, "name")
    old = [names.ar, names.en, goes.acronym, *(goes.former_names or "").splitlines()]
    former = with_former_names(stays, *[name for name in old if name not in taken])
    spelled = "\n".join(dict.fromkeys([*stays.spellings.splitlines(), *goes.spellings.splitlines()]))
    lists = {"former_names": former, "spellings": spelled}
    return values | {name: value for name, value in lists.items() if value != (getattr(stays, name) or "")}


def _stands_below(stays: Institution, goes: Institution) -> bool:
    """Whether the one that stays is a part of the one that goes, however far down."""
    above, seen = stays.parent, set()
    while above is not None and above.pk not in seen:
        if above.pk == goes.pk:
            return True
        seen.add(above.pk)
        above = above.parent
    return False


def _fold(moved: Moved, user: Any, why: str) -> None:
    for fold in moved.folds:
        _sign(fold.folded, user, why)
        fold.folded.delete()
        if fold.filled:
            for attribute, value in fold.filled.items():
                setattr(fold.kept, attribute, value)
            _sign(fold.kept, user, why)
            fold.kept.save()


def _move(moved: Moved, stays: Institution, goes: Institution, user: Any, why: str) -> None:
    keys = [row.pk for row in moved.rows]
    rows = moved.model._default_manager.filter(pk__in=keys)
    rows.update(**{moved.link: stays})
    if keys and keeps_history(moved.model):
        write_versions(rows.all(), added=False, user=user, reason=why)


def _sign(row: Any, user: Any, why: str) -> None:
    row._change_reason, row._history_user, row.saved_by = why, user, user
