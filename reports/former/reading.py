"""From the text of a former report to proposals: mended, parted into items, each item read."""

from collections.abc import Sequence
from dataclasses import replace

from reports.former.fields import ItemReader
from reports.former.items import part_into_items
from reports.former.passages import part_lines
from reports.former.proposals import FAIR, Proposal, Reading
from reports.former.repair import repair
from reports.former.vocabulary import Vocabulary
from reports.former.words import Words

LANGUAGES = ("ar", "en")


def read_proposals(pages: Sequence[str], language: str, vocabulary: Vocabulary) -> list[Proposal]:
    """Return what the pages of a report in ``language`` propose, in its order. Nothing is looked up or saved."""
    lines = part_lines(repair(pages, vocabulary), vocabulary, language)
    reader = ItemReader(vocabulary, language, Words.of(lines, vocabulary))
    proposals = [reader.read(item) for item in part_into_items(lines, vocabulary, language)]
    _hand_down_funders(proposals)
    return proposals


def _hand_down_funders(proposals: list[Proposal]) -> None:
    """Whoever funds a project funds its parts: the report says it once, in the project's sentence."""
    projects = {proposal.number: proposal for proposal in proposals}
    for part in proposals:
        project = projects.get(part.parent)
        if project is None or any(partner.role == "funder" for partner, _ in part.partners):
            continue
        part.partners += [
            (replace(partner), Reading(said.value, said.passage, min(said.confidence, FAIR)))
            for partner, said in project.partners
            if partner.role == "funder"
        ]
