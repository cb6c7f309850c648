"""A digest as a message: plain text and HTML, to its reader alone, with a link that stops it."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from bilingual.addresses import page_addresses, portal_address
from bilingual.grammar import NOUNS, counted
from bilingual.languages import direction_of
from focalpoints.following.digests import Digest
from focalpoints.following.phrases import ToldItem, ToldSection, told
from focalpoints.following.unsubscribing import unsubscribe_address


def digest_message(digest: Digest) -> EmailMultiAlternatives:
    """Return the message that tells ``digest`` to its reader, in their language. Nothing in it is loaded from afar."""
    language = digest.subscription.language
    with override(language):
        subject, sections = _subject(digest), told(digest)
        following = page_addresses("following").in_(language)
        unsubscribe = unsubscribe_address(digest.subscription)
        message = EmailMultiAlternatives(
            subject=subject,
            body="\n".join([subject, "", *_text(sections, following, unsubscribe)]),
            to=[digest.subscription.user.email],
            headers=_headers(digest, unsubscribe),
        )
        parts = {
            "language": language,
            "direction": direction_of(language),
            "subject": subject,
            "sections": sections,
            "portal": settings.PORTAL_URL,
            "following": following,
            "unsubscribe": unsubscribe,
        }
        message.attach_alternative(render_to_string("following/message.html", parts), "text/html")
    return message


def _subject(digest: Digest) -> str:
    activities = counted(digest.total, NOUNS["activity"], digest.subscription.language)
    # Translators: the subject of the weekly message; "3 activities" stands at the end.
    return _("What is new in the OIC-VET programme: %(activities)s") % {"activities": activities}


def _headers(digest: Digest, unsubscribe: str) -> dict[str, str]:
    """What mail programs read: how to stop it with one click, and that nobody wrote it by hand.

    The id of the message is the same when it is sent a second time, after a run that was killed before it could write
    down what it had sent: a mailbox that compares ids shows it once.
    """
    subscription = digest.subscription
    host = urlsplit(settings.PORTAL_URL).hostname
    return {
        "Message-ID": f"<digest.{subscription.pk}.{subscription.told_until:%Y%m%d%H%M%S}@{host}>",
        "List-Unsubscribe": f"<{unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "Content-Language": subscription.language,
    }


def _text(sections: list[ToldSection], following: str, unsubscribe: str) -> Iterator[str]:
    for section in sections:
        yield from (section.subject.heading, portal_address(section.subject.path), "")
        for item in section.items:
            yield from (*_lines(item), "")
        if section.more:
            yield from (section.more, "")
    yield from (_("You get this once a week at most, when there is something new about what you follow."), "")
    yield from (_("Change what you follow"), following, "")
    yield from (_("Stop these messages"), unsubscribe, "")


def _lines(item: ToldItem) -> Iterator[str]:
    yield f"* {item.title}"
    yield from (f"  {each}" for each in (item.facts, *item.sentences, portal_address(item.path)) if each)
