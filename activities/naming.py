"""What an institution was called when it did something: kept on past activities when its name changes."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from activities.models import Partnership
from bilingual.history import reason_of, write_versions
from bilingual.states import LANGUAGES
from bilingual.text import Bilingual
from partners.models import Institution


def past_partnerships(institution: Institution, day: date) -> QuerySet[Any]:
    """Return what ``institution`` did in activities that ended before ``day``; a project counts by its year."""
    past = Q(activity__end_date__lt=day) | Q(activity__end_date=None, activity__year__lt=day.year)
    return Partnership.objects.filter(past, institution=institution)


def keep_names(partnerships: QuerySet[Any], names: Bilingual, *, user: Any, why: str) -> int:
    """Let each of ``partnerships`` that has no name of its time say ``names``; return how many that changed.

    A language in which ``names`` is empty stays as it is. Each change is in the history of its activity.
    """
    lacking = Q()
    for language in LANGUAGES:
        if names.in_(language):
            lacking |= Q(**{f"name_then_{language}": None})
    keys = list(partnerships.filter(lacking).values_list("pk", flat=True)) if lacking else []
    for language in LANGUAGES:
        column = f"name_then_{language}"
        if names.in_(language):
            field: Any = Partnership._meta.get_field(column)
            named = names.in_(language)[: field.max_length]
            Partnership.objects.filter(**{"pk__in": keys, column: None}).update(**{column: named})
    write_versions(Partnership.objects.filter(pk__in=keys), added=False, user=user, reason=why)
    return len(keys)


def keep_former_name(institution: Institution, before: Bilingual, day: date, *, user: Any) -> int:
    """Let what ``institution`` did before ``day`` keep ``before``, its name until then; return how many that changed.

    Only the languages in which it is called otherwise now are written.
    """
    now = institution.full_name
    changed = Bilingual(**{each: before.in_(each) if before.in_(each) != now.in_(each) else "" for each in LANGUAGES})
    return keep_names(past_partnerships(institution, day), changed, user=user, why=reason_of("renamed"))


def with_former_names(institution: Institution, *names: str | None) -> str:
    """Return the former names of ``institution`` with ``names`` added, each once and none that it still has."""
    known = [line for line in (institution.former_names or "").splitlines() if line.strip()]
    own = Bilingual.of(institution, "name")
    present = {own.ar, own.en, institution.acronym}
    for name in names:
        if name and name not in known and name not in present:
            known.append(name)
    return "\n".join(known)
