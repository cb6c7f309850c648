"""Where findings about an activity stand: in its own form, in a row of it, in what it refers to."""

from typing import Any

from django.utils.functional import Promise

from activities.models import Activity, Participation, Partnership
from bilingual.findings import Finding, Severity, said
from bilingual.text import Bilingual, left_to_right
from bilingual.text_findings import Text, field_of
from partners.models import Institution


def found_in(
    code: str, severity: Severity, activity: Activity, field: str, message: str | Promise, **facts: Any
) -> Finding:
    """Return a finding at a field of the activity's own form, which nobody can waive."""
    return found_on(activity, code, severity, activity, field, message, **facts)


def found_on(
    target: Any,
    code: str,
    severity: Severity,
    activity: Activity,
    field: str,
    message: str | Promise,
    is_waivable: bool = False,
    **facts: Any,
) -> Finding:
    """Return a finding at a field of ``target``: the activity, or what it refers to; ``facts`` fill the message."""
    sentence = said(message, code=left_to_right(activity.code), **facts)
    return Finding(code, severity, activity.code, sentence, target, field, is_waivable=is_waivable)


def text_of(activity: Activity, field: str) -> Text:
    """A text of the activity itself."""
    return field_of(activity.code, left_to_right(activity.code), activity, field)


def counts_of(activity: Activity) -> Participation | None:
    """The counts of those who took part, ``None`` where there are none."""
    return getattr(activity, "participation", None)


def text_of_partner(partnership: Partnership, activity: Activity, field: str) -> Text:
    """A text of a partnership; an activity can have several in one role, so its key tells them apart."""
    subject = f"{activity.code}:{partnership.role}-{partnership.pk}"
    return field_of(subject, left_to_right(activity.code), partnership, field)


def text_of_institution(institution: Institution) -> Text:
    """The official name of an institution."""
    return field_of(f"institution:{institution.code}", institution_called(institution), institution, "name")


def institution_called(institution: Institution) -> Promise:
    """How a sentence calls an institution."""
    return said("%(name)s", name=called(Bilingual.of(institution, "name"), institution.code))


def called(names: Bilingual, code: str) -> Bilingual:
    """How a sentence calls something that may lack its name in a language."""
    return Bilingual(ar=names.ar or names.en or code, en=names.en or names.ar or code)
