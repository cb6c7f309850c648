"""Issuing an edition: a report as it stands now, in every file, written once and for good.

All files are made first, outside any transaction, from one consistent look at the database. One transaction then
looks again, refuses if anything has changed meanwhile, and writes the edition with all that belongs to it: it is
whole or absent.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import count

from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.models import Activity
from bilingual.data_version import note_change
from reports.assembly import assemble
from reports.codes import edition_code
from reports.composition import BOTH, LANGUAGES, compose
from reports.differences import differences
from reports.facts import Imprint, ReportFacts
from reports.models import Citation, Edition, EditionFile, FrozenAsset, IssueProposal, Report
from reports.preflight import preflight
from reports.rendering import STATIC_DIR, assets, render_pdf
from reports.versions import current_versions
from reports.word import to_word
from reports.workbook import to_workbook

Progress = Callable[[], None]
PERMISSION = "reports.issue_report"


class IssueError(Exception):
    """An edition was not issued, and nothing of it is left; the message says why, in the active language."""


@dataclass(frozen=True)
class State:
    """What would be issued now: the facts, the findings that were waived, and the edition that stands so far."""

    facts: ReportFacts
    waivers: tuple[dict[str, str], ...]
    latest: Edition | None

    @property
    def fingerprint(self) -> str:
        """What two people agree on: the SHA-256 of facts and waivers."""
        said = json.dumps([self.facts.to_json(), self.waivers], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True)
class File:
    """A file of an edition before it is written."""

    format: str
    language: str
    content: bytes


def propose_issue(report: Report, user: User) -> IssueProposal:
    """Put the present state of ``report`` forward, for somebody else to issue; it replaces an earlier proposal.

    Raises `IssueError` when it could not be issued, and what `reports.assembly.assemble` raises.
    """
    state = _state_to_issue(report, user)
    values = {"facts_hash": state.fingerprint, "proposed_by": user}
    return IssueProposal.objects.update_or_create(report=report, defaults=values)[0]


def check_issue(report: Report, user: User) -> None:
    """Raise `IssueError` where ``user`` could not issue the present state of ``report``, before anything is made."""
    _agreed_by(report, user, _state_to_issue(report, user))


def issue(
    report: Report,
    user: User,
    *,
    progress: Progress | None = None,
    written: Callable[[Edition], None] | None = None,
) -> Edition:
    """Issue ``report`` as it stands and return the edition; ``user`` is named as its issuer.

    ``progress`` is called between the steps and while a file is printed, ``written`` in the transaction that writes
    the edition; what they raise ends the work and leaves nothing behind. Raises `IssueError` when findings stand in
    the way, the second person is missing, nothing has changed since the last edition or something changes while it
    is made; `reports.rendering.RenderingError` when a file cannot be printed; and what `reports.assembly.assemble`
    raises.
    """
    state = _state_to_issue(report, user)
    _agreed_by(report, user, state)
    now = timezone.now()
    imprint = _imprint(state, now)
    documents = {language: compose(state.facts, language, imprint=imprint) for language in (*LANGUAGES, BOTH)}
    frozen = {name: (STATIC_DIR / name).read_bytes() for name in assets()}
    versions = current_versions()
    files = _files(documents, state.facts, imprint, progress or _go_on)
    edition = Edition(
        report=report,
        number=imprint.number,
        code=imprint.code,
        corrects=state.latest,
        issued_at=now,
        issued_by=user,
        facts=state.facts.to_json(),
        documents=documents,
        assets={name: _sha256(content) for name, content in frozen.items()},
        versions=versions,
        waivers=list(state.waivers),
        changes=[asdict(sentence) for sentence in imprint.changes],
    )
    try:
        with transaction.atomic():
            _write(edition, state, frozen, files)
            note_change()
            if written:
                written(edition)
            return edition
    except IntegrityError as error:
        raise IssueError(
            _("The edition was not issued: something else was written at the same moment. Try again.")
        ) from error


def _go_on() -> None:
    """Do what nobody wants to be told of."""


# What is issued


def _state_to_issue(report: Report, user: User) -> State:
    """Return what ``user`` would issue now. Raises `IssueError` when that is not possible."""
    if not user.has_perm(PERMISSION):
        raise IssueError(_("You may prepare this report, but not issue it."))
    # On PostgreSQL, several queries see one moment only if asked to; SQLite locks for the time being.
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        return _state(report)


def _state(report: Report) -> State:
    report = Report.objects.select_related("meeting").get(pk=report.pk)  # as it is stored, not as it was read
    checked = preflight(report)
    if checked.standing:
        raise IssueError(_how_many_stand(len(checked.standing)))
    waivers = tuple(
        {
            "finding": key,
            "sentence": waiver.sentence,
            "reason": waiver.reason,
            "by": waiver.waived_by.get_full_name() or waiver.waived_by.get_username(),
            "on": waiver.waived_at.isoformat(),
        }
        for key, waiver in sorted(checked.waived.items())
    )
    facts = assemble(report)
    latest = report.editions.order_by("-number").first()
    if latest and ReportFacts.from_json(latest.facts) == facts:
        raise IssueError(_("Nothing has changed since edition %(number)d was issued.") % {"number": latest.number})
    return State(facts, waivers, latest)


def _how_many_stand(number: int) -> str:
    sentence = ngettext(
        "%(number)d finding stands in the way of issuing this report: solve it, or waive it with a reason.",
        "%(number)d findings stand in the way of issuing this report: solve them, or waive them with a reason.",
        number,
    )
    return sentence % {"number": number}


def _agreed_by(report: Report, user: User, state: State) -> User | None:
    """Return who proposed exactly this state, ``None`` where one person is enough. Raises `IssueError` otherwise."""
    if not settings.REPORT_TWO_PERSON_ISSUE:
        return None
    proposal = IssueProposal.objects.filter(report=report).select_related("proposed_by").first()
    if proposal is None:
        raise IssueError(_("Two people issue a report here: somebody else has to propose this one first."))
    if proposal.proposed_by == user:
        raise IssueError(_("You proposed this report yourself: somebody else has to issue it."))
    if proposal.facts_hash != state.fingerprint:
        raise IssueError(_("The report has changed since it was proposed: it has to be proposed again."))
    return proposal.proposed_by


def _imprint(state: State, now: datetime) -> Imprint:
    number = state.latest.number + 1 if state.latest else 1
    name, facts = f"{state.facts.code}/{number}", state.facts.to_json()
    code = next(
        code
        for code in (edition_code(name, facts, attempt) for attempt in count())
        if not Edition.objects.filter(code=code).exists()
    )
    before = ReportFacts.from_json(state.latest.facts) if state.latest else None
    return Imprint(
        number=number,
        code=code,
        issued_on=timezone.localdate(now),
        address=f"{settings.PORTAL_URL}/v/{code}/",
        corrects=state.latest.number if state.latest else None,
        changes=tuple(each.sentence for each in differences(before, state.facts)) if before else (),
    )


def _files(documents: dict[str, str], facts: ReportFacts, imprint: Imprint, progress: Progress) -> list[File]:
    files = []
    for language, html in documents.items():
        files.append(File("pdf", language, render_pdf(html, facts, progress=progress)))
    for language in LANGUAGES:
        progress()
        files.append(File("docx", language, to_word(documents[language], language)))
    progress()
    files.append(File("xlsx", BOTH, to_workbook(facts, imprint)))
    files.append(File("json", BOTH, facts.to_json().encode()))
    progress()
    return files


# Writing it down


@transaction.atomic
def _write(edition: Edition, state: State, frozen: dict[str, bytes], files: list[File]) -> Edition:
    """Write the edition and everything that belongs to it, or nothing."""
    report = Report.objects.select_for_update().get(pk=edition.report_id)  # whoever issues it too waits here
    if _state(report) != state:
        raise IssueError(
            _("The report was changed while the edition was being made. Look at it, then issue it again.")
        )
    edition.proposed_by = _agreed_by(report, edition.issued_by, state)
    kept = set(FrozenAsset.objects.values_list("sha256", flat=True))
    new = {_sha256(content): content for content in frozen.values()}
    FrozenAsset.objects.bulk_create(
        (FrozenAsset(sha256=sha256, content=content) for sha256, content in new.items() if sha256 not in kept),
    )
    edition.save()
    EditionFile.objects.bulk_create(_row(edition, file) for file in files)
    Citation.objects.bulk_create(
        Citation(edition=edition, activity=activity)
        for activity in Activity.objects.filter(code__in=_told(state.facts))
    )
    IssueProposal.objects.filter(report=report).delete()
    return edition


def _row(edition: Edition, file: File) -> EditionFile:
    language = "" if (file.language, file.format) in ((BOTH, "xlsx"), (BOTH, "json")) else f"-{file.language}"
    return EditionFile(
        edition=edition,
        format=file.format,
        language=file.language,
        name=f"{edition.report.code}-{edition.number}{language}.{file.format}",
        sha256=_sha256(file.content),
        size=len(file.content),
        content=file.content,
    )


def _told(facts: ReportFacts) -> set[str]:
    """Return the codes of all activities that the facts tell of, parts of projects and kept promises too."""
    told = {row.code for item in facts.items for row in (item, *item.parts)}
    return told | {promise.code for promise in facts.promises}


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
