"""Atom feeds in one language, each of which names its twin in the other."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.feedgenerator import Atom1Feed, Enclosure
from django.utils.html import escape

from bilingual.languages import other_language
from bilingual.text import Bilingual

NEWEST = 50  # entries of a feed


@dataclass(frozen=True)
class Entry:
    """What a feed tells of one record: ``identity`` never changes, ``page`` is where it is read."""

    identity: str
    title: str
    page: Bilingual
    updated: datetime
    summary: str
    enclosures: Sequence[Enclosure] = ()


class TwinFeed(Atom1Feed):
    """An Atom feed whose pages are there in both languages, and which says so."""

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        self._name_twin(handler, self.feed["twin"])

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        self._name_twin(handler, item["twin"])

    def _name_twin(self, handler: Any, address: str) -> None:
        language = other_language(self.feed["language"])
        handler.addQuickElement("link", "", {"rel": "alternate", "hreflang": language, "href": address})


def feed(language: str, title: str, *, page: Bilingual, feed: Bilingual, entries: Iterable[Entry]) -> HttpResponse:
    """Answer with a feed in ``language`` of what ``page`` shows; ``feed`` is its own address, and its name too."""
    atom = TwinFeed(
        title=title,
        link=page.in_(language),
        description=None,
        language=language,
        feed_url=feed.in_(language),
        feed_guid=feed.in_(language),
        author_name="SESRIC",
        twin=page.in_(other_language(language)),
    )
    for entry in entries:
        atom.add_item(
            title=entry.title,
            link=entry.page.in_(language),
            description=escape(entry.summary),  # the feed says that its summaries are HTML
            updateddate=entry.updated,
            unique_id=entry.identity,
            enclosures=list(entry.enclosures),
            twin=entry.page.in_(other_language(language)),
        )
    return HttpResponse(atom.writeString("utf-8"), content_type=atom.content_type)
