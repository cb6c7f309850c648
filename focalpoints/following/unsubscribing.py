"""Links by which a digest is stopped with one click, by whoever has the message and without an account (RFC 8058)."""

from datetime import timedelta
from urllib.parse import urlencode

from django.core.signing import BadSignature, SignatureExpired, dumps, loads

from bilingual.addresses import page_addresses
from focalpoints.models import Subscription

# Old messages are found again long after; a link that is older than this is told to be so.
VALID_FOR = timedelta(days=400)
_SALT = "focalpoints.unsubscribe"


class LinkExpiredError(Exception):
    """The link was ours, and is too old."""


class LinkUnknownError(Exception):
    """The link is not one that we sent, or what it would stop is no more."""


def unsubscribe_address(subscription: Subscription) -> str:
    """Return the link for a message to the reader of ``subscription``, in their language.

    What is signed stands in the query string, which no log of ours holds.
    """
    page = page_addresses("unsubscribe").in_(subscription.language)
    return f"{page}?{urlencode({'token': dumps(subscription.pk, salt=_SALT)})}"


def subscription_of(token: str) -> Subscription:
    """Return what ``token`` would stop. Raises ``LinkExpiredError`` and ``LinkUnknownError``."""
    try:
        key = loads(token, salt=_SALT, max_age=VALID_FOR)
        return Subscription.objects.get(pk=key)
    except SignatureExpired as error:
        raise LinkExpiredError from error
    except (BadSignature, Subscription.DoesNotExist) as error:
        raise LinkUnknownError from error
