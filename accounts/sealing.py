"""Secrets of second factors as the database keeps them: sealed with a key that is made from `SECRET_KEY`.

Whoever holds a copy of the database alone can make no codes. Former keys (`SECRET_KEY_FALLBACKS`) still open what was
sealed with them.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes

# No secret of ours holds a colon, so what was stored before we sealed is told from what is sealed.
_MARK = "sealed:"
_PURPOSE = b"accounts.second_factor"


class SealBrokenError(Exception):
    """No key of this installation opens what is sealed."""


def seal(text: str) -> str:
    """Return ``text`` so that only this installation's keys open it."""
    return _MARK + _keys().encrypt(text.encode()).decode()


def unseal(stored: str) -> str:
    """Return what was sealed, or ``stored`` itself where it never was. Raises `SealBrokenError`."""
    if not stored.startswith(_MARK):
        return stored
    try:
        return _keys().decrypt(stored.removeprefix(_MARK)).decode()
    except InvalidToken as error:
        raise SealBrokenError from error


def _keys() -> MultiFernet:
    """Present key first, which seals; each opens."""
    return MultiFernet([Fernet(_derived(key)) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _derived(key: str | bytes) -> bytes:
    return base64.urlsafe_b64encode(HKDF(SHA256(), 32, salt=None, info=_PURPOSE).derive(force_bytes(key)))
