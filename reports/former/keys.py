"""Proposals as other programmes read them: plain values under the names that our files of facts use."""

from activities.models import Mode, Role
from reports.former.proposals import Proposal
from reports.former.vocabulary import Vocabulary

_KINDS = {"training-of-trainers": "tot"}
_MODES = {Mode.NOT_STATED: "unknown", Mode.HYBRID: "mixed"}


def to_keys(proposal: Proposal, language: str, vocabulary: Vocabulary) -> dict:
    """Return one activity as JSON can hold it: ``null`` where the report states nothing, the passages beside."""
    start, end = proposal.value("dates", (None, None))
    kind = proposal.value("kind", "").replace("_", "-")
    mode = proposal.value("mode", Mode.NOT_STATED)
    row = {
        "number": proposal.number,
        "parent_number": proposal.parent or None,
        f"title_{language}": proposal.value("title"),
        "kind": _KINDS.get(kind, kind.replace("-", "_")),
        "mode": _MODES.get(mode, mode),
        "venue": proposal.value("venue"),
        "start_date": start,
        "end_date": end,
        "status_in_report": proposal.value("status"),
        "cooperation_area": proposal.value("area"),
        "partners": _partners(proposal, language, vocabulary),
        "participants_total": proposal.value("headcount"),
        f"participants_label_{language}": proposal.value("label"),
        "countries_count": proposal.value("countries"),
        "countries": proposal.value("country_list"),
        "funding_call": proposal.value("funding_call"),
        "year": proposal.value("year"),
    }
    row["readings"] = {
        name: {"passage": said.passage, "confidence": said.confidence} for name, said in proposal.readings.items()
    }
    return row


def _partners(proposal: Proposal, language: str, vocabulary: Vocabulary) -> list[dict]:
    """The partners, each once with all its roles."""
    rows: dict[str, dict] = {}
    for partner, said in proposal.partners:
        row = rows.setdefault(partner.code or partner.name, {"roles": [], "passage": said.passage})
        named = vocabulary.institution(partner.code) if partner.code else None
        row[f"name_{language}"] = partner.name
        if named:
            row |= {"name_ar": named.name.ar or None, "name_en": named.name.en or None, "code": named.code}
            row["country_iso3"] = named.country or None
        if partner.post:
            row["post"] = partner.post
        row["roles"].append(str(Role(partner.role).value))
        row["confidence"] = min(row.get("confidence", 1.0), said.confidence)
    return list(rows.values())
