"""Whether an edition is still what it was when it was issued: its checksums, and its files made again."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.utils import timezone

from reports.codes import edition_code
from reports.facts import Imprint, ReportFacts
from reports.models import Edition, EditionFile, FrozenAsset
from reports.rendering import render_pdf
from reports.versions import current_versions, differing
from reports.word import to_word
from reports.workbook import to_workbook

# How often a code may have been taken when an edition was issued: far more than will ever happen.
ATTEMPTS = 10


@dataclass(frozen=True)
class Verdict:
    """What came of looking at an edition.

    ``damaged`` names each thing that is not as it was issued; ``differing`` the versions that have changed since, in
    which case nothing was made again; ``repeated`` the files that were made again with the same bytes.
    """

    damaged: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)


def check_edition(edition: Edition) -> Verdict:
    """Compare what is stored with its checksums and, under the same versions, make each file again and compare it."""
    damaged = [*_damaged_files(edition), *_damaged_assets(edition), *_damaged_facts(edition)]
    if damaged:
        return Verdict(damaged)
    if changed := differing(edition.versions, current_versions()):
        return Verdict(differing=changed)
    same: list[str] = []
    other: list[str] = []
    for file, content in _made_again(edition):
        (same if content == bytes(file.content) else other).append(file.name)
    return Verdict(damaged=other, repeated=same)


def _damaged_files(edition: Edition) -> Iterator[str]:
    for file in edition.files.all():
        content = bytes(file.content)
        if (hashlib.sha256(content).hexdigest(), len(content)) != (file.sha256, file.size):
            yield file.name


def _damaged_assets(edition: Edition) -> Iterator[str]:
    kept = {asset.sha256: bytes(asset.content) for asset in FrozenAsset.objects.filter(pk__in=edition.assets.values())}
    for name, sha256 in edition.assets.items():
        if sha256 not in kept or hashlib.sha256(kept[sha256]).hexdigest() != sha256:
            yield name


def _damaged_facts(edition: Edition) -> Iterator[str]:
    """The facts stand three times: by themselves, in their file, and in the code made from them."""
    stored = edition.facts.encode()
    if any(bytes(file.content) != stored for file in edition.files.filter(format="json")):
        yield "facts"
    elif edition.code not in _codes(edition):
        yield "code"


def _codes(edition: Edition) -> Iterator[str]:
    for attempt in range(ATTEMPTS):
        yield edition_code(str(edition), edition.facts, attempt)


@dataclass(frozen=True)
class KeptFacts:
    """The facts as an edition keeps them, letter by letter, for the printer to attach again."""

    text: str

    def to_json(self) -> str:
        return self.text

    @property
    def as_of(self) -> date:
        return ReportFacts.from_json(self.text).as_of


def _made_again(edition: Edition) -> Iterator[tuple[EditionFile, bytes]]:
    """Yield each file of the edition with what the frozen HTML, assets and facts give today."""
    facts = KeptFacts(edition.facts)
    with tempfile.TemporaryDirectory() as folder:
        _lay_out_assets(edition, Path(folder))
        makers: dict[str, Callable[[str], bytes]] = {
            "pdf": lambda language: render_pdf(edition.documents[language], facts, static_dir=Path(folder)),
            "docx": lambda language: to_word(edition.documents[language], language),
            "xlsx": lambda language: to_workbook(ReportFacts.from_json(edition.facts), _imprint(edition)),
            "json": lambda language: edition.facts.encode(),
        }
        for file in edition.files.all():
            yield file, makers[file.format](file.language)


def _imprint(edition: Edition) -> Imprint:
    """What the workbook says of the edition: its number, its day and its code."""
    return Imprint(edition.number, edition.code, timezone.localdate(edition.issued_at), address="")


def _lay_out_assets(edition: Edition, folder: Path) -> None:
    kept = FrozenAsset.objects.in_bulk(edition.assets.values())
    for name, sha256 in edition.assets.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes(kept[sha256].content))
