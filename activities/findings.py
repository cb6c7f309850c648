"""What is missing or does not agree in one activity, for whoever publishes it, starts a day's work or checks a report.

`findings_of` reads an activity and what hangs on it, and queries nothing when that was prefetched
(`ActivityQuerySet.for_findings`): any number of activities costs the same number of queries.
"""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from activities.models import Activity, ActivityStatus, Mode, Participation, Partnership, Standing
from activities.taking_part import link_labels, link_texts, registration
from bilingual.findings import Finding, Severity, said
from bilingual.house_style import house_style_of
from bilingual.house_words import NO_WORDS, HouseWords
from bilingual.models import CountedNoun
from bilingual.states import LANGUAGES, states_of
from bilingual.text import Bilingual, left_to_right
from bilingual.text_findings import Text, field_of, in_one_language, left_behind, missing, unprintable
from partners.models import Institution, MembershipStatus

# What a report tells in words, and so has to tell in both languages.
_TOLD = ("venue", "status_reason", "audience", "objective", "topics")
_TEXTS = ("title", *_TOLD, "summary")
_MOVED = (ActivityStatus.POSTPONED, ActivityStatus.CANCELLED)


def findings_of(activity: Activity, day: date, words: HouseWords = NO_WORDS) -> list[Finding]:
    """Return what is to be looked at in ``activity`` as of ``day``, which decides what should be past.

    A project is judged without its parts, of which each has findings of its own. Each finding stands once. Names and
    abbreviations are compared with ``words`` (`activities.house_words.programme_words`).
    """
    found = [finding for rule in _RULES for finding in rule(activity, day)]
    return list(dict.fromkeys([*found, *_style(activity, words)]))


def blocking_of(activity: Activity, day: date) -> list[Finding]:
    """Return those of `findings_of` that stand in the way of publishing ``activity`` on ``day``."""
    return [found for found in findings_of(activity, day) if found.severity == Severity.BLOCKING]


def _style(activity: Activity, words: HouseWords) -> Iterator[Finding]:
    return house_style_of([*(_text(activity, field) for field in _TEXTS), *link_texts(activity)], words)


def _at(
    code: str, severity: Severity, activity: Activity, field: str, message: str | Promise, **facts: Any
) -> Finding:
    """Return a finding at a field of the activity's own form, which nobody can waive."""
    return _on(activity, code, severity, activity, field, message, **facts)


def _on(
    target: Any,
    code: str,
    severity: Severity,
    activity: Activity,
    field: str,
    message: str | Promise,
    is_waivable: bool = False,
    **facts: Any,
) -> Finding:
    sentence = said(message, code=left_to_right(activity.code), **facts)
    return Finding(code, severity, activity.code, sentence, target, field, is_waivable=is_waivable)


def _text(activity: Activity, field: str) -> Text:
    return field_of(activity.code, left_to_right(activity.code), activity, field)


# Texts


def _title(activity: Activity, day: date) -> Iterator[Finding]:
    yield from in_one_language(_text(activity, "title"), Severity.BLOCKING, "title-missing")
    unofficial = {
        "ar": _("%(code)s: the Arabic title is not official."),
        "en": _("%(code)s: the English title is not official."),
    }
    for language in LANGUAGES:
        flag = f"title_{language}_is_official"
        if activity.titles.in_(language) and not getattr(activity, flag):
            yield _at("title-not-official", Severity.NOTE, activity, flag, unofficial[language])


def _both_languages(activity: Activity, day: date) -> Iterator[Finding]:
    for field in _TOLD:
        yield from in_one_language(_text(activity, field), Severity.BLOCKING, is_waivable=True)
    yield from in_one_language(_text(activity, "summary"), Severity.WARNING)


def _objective(activity: Activity, day: date) -> Iterator[Finding]:
    if activity.status not in _MOVED and not activity.is_project:
        yield from missing(_text(activity, "objective"), Severity.WARNING)


def _progress(activity: Activity, day: date) -> Iterator[Finding]:
    states = states_of([activity])[activity]
    for field in _TEXTS:
        for finding in left_behind(_text(activity, field), states):
            if not (finding.code == "text-draft" and field == "title"):  # said by its being not official
                yield finding


def _print(activity: Activity, day: date) -> Iterator[Finding]:
    for field in _TEXTS:
        yield from unprintable(_text(activity, field))
    for partnership in activity.partnerships.all():
        for field in ("described_as", "name_then", "post"):
            yield from unprintable(_partner_text(partnership, activity, field))
        if partnership.institution:
            yield from unprintable(_institution_text(partnership.institution))


# What became of it, and when


def _dates(activity: Activity, day: date) -> Iterator[Finding]:
    if activity.is_project:
        return
    if activity.end_date is None:
        yield _at(
            "dates-missing", Severity.BLOCKING, activity, "start_date", _("%(code)s: the dates are not entered.")
        )
    elif activity.status == ActivityStatus.HELD and activity.end_date > day:
        message = _("%(code)s is entered as held, but it ends on %(end)s, after %(day)s.")
        yield _at("held-in-the-future", Severity.BLOCKING, activity, "status", message, end=activity.end_date, day=day)
    elif activity.outcome_is_unrecorded(day):
        message = _("%(code)s ended on %(end)s and is still planned: say whether it was held, postponed or cancelled.")
        yield _at("outcome-unrecorded", Severity.BLOCKING, activity, "status", message, end=activity.end_date)


def _reason(activity: Activity, day: date) -> Iterator[Finding]:
    if activity.status in _MOVED and not Bilingual.of(activity, "status_reason"):
        postponed, cancelled = _("%(code)s was postponed: say why."), _("%(code)s was cancelled: say why.")
        message = postponed if activity.status == ActivityStatus.POSTPONED else cancelled
        yield _at("reason-missing", Severity.BLOCKING, activity, "status_reason_ar", message)


def _place_in_the_programme(activity: Activity, day: date) -> Iterator[Finding]:
    if activity.area_id is None and activity.parent_id is None:
        yield _at("area-missing", Severity.NOTE, activity, "area", _("%(code)s names no cooperation area."))
    tells_its_mode = activity.is_project or activity.kind.implied_mode or activity.status in _MOVED
    if activity.mode == Mode.NOT_STATED and not tells_its_mode:
        message = _("%(code)s does not say whether people met in person or online.")
        yield _at("mode-not-stated", Severity.NOTE, activity, "mode", message)


def _parts(activity: Activity, day: date) -> Iterator[Finding]:
    if activity.is_project and not activity.parts.all():
        yield _at(
            "project-without-parts", Severity.WARNING, activity, "", _("%(code)s is a project without sub-activities.")
        )


# Forms of nouns


def _forms(activity: Activity, day: date) -> Iterator[Finding]:
    yield from _incomplete(activity.kind, "kind", _("The kind “%(name)s” lacks forms that sentences need."))
    counts = _counts(activity)
    if counts and counts.profile:
        message = _("The participant profile “%(name)s” lacks forms that sentences need.")
        yield from _incomplete(counts.profile, "profile", message)


def _incomplete(noun: Any, what: str, message: Promise) -> Iterator[Finding]:
    """Find that a kind or profile cannot be counted yet: its subject is its own, so many activities say it once."""
    empty = [form for form in CountedNoun.FORMS if not getattr(noun, form)]
    if empty:
        sentence = said(message, name=_called(Bilingual.of(noun, "name"), noun.code))
        yield Finding(f"{what}-incomplete", Severity.BLOCKING, f"{what}:{noun.code}", sentence, noun, empty[0])


def _called(names: Bilingual, code: str) -> Bilingual:
    """How a sentence calls something that may lack its name in a language."""
    return Bilingual(ar=names.ar or names.en or code, en=names.en or names.ar or code)


# Who did what


def _partners(activity: Activity, day: date) -> Iterator[Finding]:
    for partnership in activity.partnerships.all():
        if partnership.institution:
            yield from _official_name(partnership, partnership.institution)
        for field in ("described_as", "post"):
            text = _partner_text(partnership, activity, field)
            yield from in_one_language(text, Severity.BLOCKING, "partner-in-one-language", is_waivable=True)


def _official_name(partnership: Partnership, institution: Institution) -> Iterator[Finding]:
    """Find that an institution has no name in a language, unless it was called something in it then."""
    messages = {
        "ar": _("The institution “%(name)s” has no official Arabic name."),
        "en": _("The institution “%(name)s” has no official English name."),
    }
    for language in LANGUAGES:
        if not partnership.name.in_(language):
            message = said(messages[language], name=_institution_called(institution))
            yield _institution_text(institution).found(
                "institution-name-missing", Severity.BLOCKING, message, language, is_waivable=True
            )


def _partner_text(partnership: Partnership, activity: Activity, field: str) -> Text:
    """A text of a partnership; an activity can have several in one role, so its key tells them apart."""
    subject = f"{activity.code}:{partnership.role}-{partnership.pk}"
    return field_of(subject, left_to_right(activity.code), partnership, field)


def _institution_text(institution: Institution) -> Text:
    return field_of(f"institution:{institution.code}", _institution_called(institution), institution, "name")


def _institution_called(institution: Institution) -> Promise:
    return said("%(name)s", name=_called(Bilingual.of(institution, "name"), institution.code))


# How many took part


def _headcount(activity: Activity, day: date) -> Iterator[Finding]:
    if activity.status != ActivityStatus.HELD:
        return
    counts = _counts(activity)
    if counts is None or counts.headcount_standing == Standing.PENDING:
        message = _("%(code)s was held, and its number of participants is pending.")
        field = "headcount" if counts else "participation-0-headcount"
        yield _on(counts or activity, "headcount-pending", Severity.WARNING, activity, field, message)
    elif counts.headcount_standing == Standing.NOT_DUE:
        message = _("%(code)s was held, so its number of participants is due: it says “not due yet”.")
        yield _on(counts, "headcount-not-due", Severity.WARNING, activity, "headcount_standing", message)


def _sums(activity: Activity, day: date) -> Iterator[Finding]:
    """Figures that contradict each other: each can be let pass, for a reason that the edition keeps."""
    counts = _counts(activity)
    if counts is None:
        return
    for find in (_women_and_men, _listed_countries, _people_of_countries):
        yield from find(activity, counts)


def _women_and_men(activity: Activity, counts: Participation) -> Iterator[Finding]:
    if None in (counts.headcount, counts.women, counts.men):
        return
    facts = {"women": counts.women, "men": counts.men, "headcount": counts.headcount}
    if counts.women + counts.men != counts.headcount:  # type: ignore[operator]  # none of them is None
        message = _("%(code)s: women (%(women)s) and men (%(men)s) do not add up to the participants (%(headcount)s).")
        yield _contradiction("sexes-do-not-add-up", activity, counts, "women", message, **facts)


def _listed_countries(activity: Activity, counts: Participation) -> Iterator[Finding]:
    rows = activity.country_participations.all()
    if counts.member_countries is None or not rows or activity.end_date is None:
        return
    members = sum(row.country.standing_on(activity.end_date) == MembershipStatus.MEMBER for row in rows)
    if members != counts.member_countries:
        message = _(
            "%(code)s: member countries in the list (%(listed)s) differ from the number declared (%(declared)s)."
        )
        facts = {"listed": members, "declared": counts.member_countries}
        yield _contradiction("countries-do-not-add-up", activity, counts, "member_countries", message, **facts)


def _people_of_countries(activity: Activity, counts: Participation) -> Iterator[Finding]:
    rows = activity.country_participations.all()
    people = [row.count for row in rows if row.count is not None]
    if counts.headcount is None or not people or len(people) < len(rows):
        return
    if sum(people) != counts.headcount:
        message = _("%(code)s: participants by country (%(sum)s) do not add up to the participants (%(headcount)s).")
        facts = {"sum": sum(people), "headcount": counts.headcount}
        yield _contradiction("people-do-not-add-up", activity, counts, "headcount", message, **facts)


def _contradiction(
    code: str, activity: Activity, counts: Participation, field: str, message: Promise, **facts: Any
) -> Finding:
    return _on(counts, code, Severity.BLOCKING, activity, field, message, is_waivable=True, **facts)


def _counts(activity: Activity) -> Participation | None:
    return getattr(activity, "participation", None)


_RULES: tuple[Callable[[Activity, date], Iterator[Finding]], ...] = (
    _dates,
    _reason,
    _title,
    _forms,
    _both_languages,
    _partners,
    _sums,
    _print,
    _headcount,
    _objective,
    _progress,
    _parts,
    _place_in_the_programme,
    registration,
    link_labels,
)
