"""The short code by which an edition is found and verified: eight characters that survive being typed.

They are of Crockford's alphabet, which leaves out I, L, O and U. Whoever reads a zero as the letter O, or a one as I
or L, still finds the edition, and so does whoever types small letters or a hyphen in the middle.
"""

import hashlib

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
_ALIKE = str.maketrans("OIL", "011")


def edition_code(name: str, facts: str, attempt: int = 0) -> str:
    """Return the code of the edition called ``name`` (``COMCEC-40/1``) that states ``facts``.

    A later ``attempt`` gives another one, for the day when two editions would share the first.
    """
    digest = hashlib.sha256(f"{name}#{attempt}\n{facts}".encode()).digest()
    number = int.from_bytes(digest[:5], "big")  # 40 bits are eight characters of five
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(LENGTH)))


def in_halves(code: str) -> str:
    """Return a code as it is shown and printed, easier to copy: ``7ZK4-M0QD``."""
    return f"{code[:4]}-{code[4:]}"


def read_code(typed: str) -> str:
    """Return the code that somebody typed, as it is stored. Raises ``ValueError`` for what is no code."""
    code = typed.strip().replace("-", "").replace(" ", "").upper().translate(_ALIKE)
    if len(code) != LENGTH or not set(code) <= set(ALPHABET):
        raise ValueError(f"not the code of an edition: {typed[:40]!r}")
    return code
