"""How each value was when a form was read: a digest of each, which the form carries along in few characters."""

import hashlib

LONGEST = 20_000  # characters of all digests; a form with every country and a hundred rows has a third of it


class Seen:
    """The digests of a form, by the keys of what they are of."""

    def __init__(self, digests: dict[str, str]):
        self.digests = digests

    @classmethod
    def read(cls, text: str) -> "Seen":
        """Return what a form carried; of a text that makes no sense, nothing."""
        pairs = (word.rpartition(":") for word in text[:LONGEST].split())
        return cls({key: value for key, _colon, value in pairs if key})

    def written(self) -> str:
        """Return the digests as a form carries them."""
        return " ".join(f"{key}:{value}" for key, value in self.digests.items())

    def at(self, key: str) -> str | None:
        """Return the digest at ``key``, ``None`` if the form did not have it; a country unnamed took no part then."""
        if key.startswith("countries.") and self.digests:
            return self.digests.get(key, digest(""))
        return self.digests.get(key)


def digest(value: str) -> str:
    """Return what stands for ``value``: long enough to tell two versions of one field from each other."""
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:6]
