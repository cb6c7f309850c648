"""The check before a report is issued: what was found, what somebody let pass, and what still stands in the way."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from bilingual.findings import Finding, Severity
from bilingual.text import normalise, validate_reason_at
from reports.assembly import assemble
from reports.facts import ReportFacts
from reports.findings import Reading, frame_findings, item_findings, promise_findings, read, text_findings
from reports.models import Report, Waiver

# With one of these the report cannot be told at all, so there are no facts to check its texts against.
_UNTELLABLE = {"period-unknown", "programme-missing", "kind-incomplete", "profile-incomplete", "dates-missing"}


@dataclass(frozen=True)
class Preflight:
    """What was found in a report, the gravest first; ``waived`` holds by key the waivers that count."""

    findings: tuple[Finding, ...]
    waived: dict[str, Waiver]

    def by_severity(self) -> dict[Severity, list[Finding]]:
        """Return the findings by severity, the gravest first; every severity is there."""
        return {severity: [each for each in self.findings if each.severity == severity] for severity in Severity}

    @property
    def standing(self) -> list[Finding]:
        """The blocking findings that nobody let pass."""
        return [each for each in self.by_severity()[Severity.BLOCKING] if each.key not in self.waived]

    @property
    def can_issue(self) -> bool:
        """Whether nothing stands in the way."""
        return not self.standing


def preflight(report: Report, facts: ReportFacts | None = None) -> Preflight:
    """Return what is found in ``report`` now, in a number of queries that does not grow with it.

    Whoever has just assembled its ``facts`` hands them over.
    """
    reading = read(report)
    found = [*frame_findings(reading), *item_findings(reading)]
    facts = facts or _facts(reading, found)
    found += [*promise_findings(reading, facts), *text_findings(reading, facts)]
    findings = tuple(sorted(_once(found), key=lambda finding: list(Severity).index(finding.severity)))
    return Preflight(findings, _waived(report, findings))


def waive(report: Report, key: str, reason: str, user: Any) -> Waiver:
    """Let the finding with that key pass, for ``reason``; return what was written down.

    Raises ``ValidationError``: without a reason that says something, for a finding that is not there, and for one that
    nobody can waive.
    """
    finding = next((each for each in preflight(report).findings if each.key == key), None)
    if finding is None:
        raise ValidationError(_("This finding is not there any more."))
    if not _can_be_waived(finding):
        raise ValidationError(_("This finding cannot be waived: it has to be solved."))
    waiver = Waiver(report=report, finding=key, sentence=_sentence(finding), reason=_reason(reason), waived_by=user)
    with transaction.atomic():
        report.waivers.filter(finding=key).delete()
        waiver.save()
    return waiver


def _reason(text: str) -> str:
    if not normalise(text):
        raise ValidationError({"reason": _("Say why the finding may pass: the edition keeps the reason.")})
    field = Waiver._meta.get_field("reason")
    try:
        MaxLengthValidator(field.max_length)(text)
        reason = str(field.clean(text, None))
    except ValidationError as error:
        raise ValidationError({"reason": error.messages}) from error
    validate_reason_at("reason", reason)
    return reason


def _facts(reading: Reading, found: Iterable[Finding]) -> ReportFacts | None:
    if any(finding.code in _UNTELLABLE for finding in found):
        return None
    return assemble(reading.report)


def _once(found: Iterable[Finding]) -> list[Finding]:
    """Each finding once: many activities share a kind or a partner."""
    return list({finding.key: finding for finding in reversed(list(found))}.values())[::-1]


def _waived(report: Report, findings: Iterable[Finding]) -> dict[str, Waiver]:
    """The waivers of what is still there, and still says what it said when somebody let it pass."""
    waivers = {waiver.finding: waiver for waiver in report.waivers.select_related("waived_by")}
    return {
        finding.key: waivers[finding.key]
        for finding in findings
        if finding.key in waivers and _can_be_waived(finding) and waivers[finding.key].sentence in _sentences(finding)
    }


def _can_be_waived(finding: Finding) -> bool:
    return finding.severity == Severity.BLOCKING and finding.is_waivable


def _sentence(finding: Finding) -> str:
    """The sentence in the language being spoken, as a waiver keeps it."""
    return normalise(str(finding.message)[: Waiver._meta.get_field("sentence").max_length])


def _sentences(finding: Finding) -> set[str]:
    said = set()
    for language in ("ar", "en"):
        with override(language):
            said.add(_sentence(finding))
    return said
