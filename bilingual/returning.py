"""Records that were deleted: which they are, and one of them brought back with its rows as a new change.

The last version of a record and of its rows says what they were when they went. Rows come back that went in the same
change set as their record; what was taken out of it before stays out.
"""

from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils.translation import gettext as _

from bilingual.changes import REMOVED, Words, fields_told, label_of, rows_of_record, versions_of
from bilingual.history import reason_of
from bilingual.restoring import Plan, bring_back, check, token_of
from bilingual.states import bilingual_fields
from bilingual.text import Bilingual

_TOLD = 3  # values by which a record is told that has no name of its own


def deleted(model: Any) -> QuerySet[Any]:
    """Return the last version of each record of ``model`` that was deleted, the latest first."""
    there = model._base_manager.filter(pk=OuterRef("id"))
    later = model.versions.filter(id=OuterRef("id"), history_type=REMOVED, history_id__gt=OuterRef("history_id"))
    return model.versions.filter(~Exists(there), ~Exists(later), history_type=REMOVED).order_by("-history_id")


def called(version: Any, words: Words) -> str:
    """Return how a record was called that is no more, in the active language if it had a name there."""
    model = version.instance_type
    for field in bilingual_fields(model)[:1]:
        said = Bilingual.of(version, field)
        if name := str(said) or said.ar or said.en:
            return name
    values = (words.say(column, getattr(version, column.attname)) for column in fields_told(model))
    return " · ".join([value for value in values if value][:_TOLD])


def plan_return(last: Any, *, user: Any, kept: tuple[str, ...] = ()) -> Plan:
    """Return how to bring back the record whose last version is ``last``, without writing; `restore` does it.

    The columns ``kept`` begin as those of a new record. The number of queries depends on the sorts of rows only.
    """
    record = last.instance
    known = versions_of(record)
    made = Plan(record, last.history_date, token_of(known), reason=reason_of("returned"))
    words = Words([version for _model, versions in known for version in versions])
    kind: type[Model] = type(record)
    links = dict(rows_of_record(kind))
    for model, versions in known:
        for version in {each.id: each for each in versions}.values():  # of each row the last
            if version.history_type == REMOVED and version.change_set == last.change_set:
                instance = record if model is kind else version.instance
                if model in links:
                    setattr(instance, links[model], record)
                bring_back(made, model, None, version, (), words, instance)
    _begin_anew(made, kept, words)
    check(made, user)
    return made


def _begin_anew(made: Plan, kept: tuple[str, ...], words: Words) -> None:
    """Give the columns ``kept`` the value that a new record has, and say so where they had another."""
    for column in fields_told(type(made.record)):
        first = column.get_default()
        if column.name in kept and getattr(made.record, column.attname) != first:
            setattr(made.record, column.attname, first)
            facts = {"field": label_of(column), "value": words.say(column, first)}
            made.left.append(_("%(field)s: %(value)s, as for a new record.") % facts)
