"""On which facts an officer's own paragraph rests, so that it can say when they change under it."""

import hashlib
import json
from dataclasses import asdict, replace
from datetime import date

from reports.facts import UNWRITTEN, ActivityFacts


def basis(item_facts: ActivityFacts) -> str:
    """Return the SHA-256 of everything the report knows of an item, its place and the officer's words left out."""
    facts = json.dumps(asdict(_bare(item_facts)), ensure_ascii=False, sort_keys=True, default=date.isoformat)
    return hashlib.sha256(facts.encode()).hexdigest()


def _bare(facts: ActivityFacts) -> ActivityFacts:
    parts = tuple(_bare(part) for part in facts.parts)
    return replace(facts, number="", override=UNWRITTEN, group="", parts=parts)
