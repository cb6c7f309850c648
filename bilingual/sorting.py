"""The order of names in a list, the same on every database and in both languages."""

from bilingual.search import fold


def alphabetical(name: object) -> str:
    """Return what to sort a name by: its letters as search folds them, without the article it begins with.

    ``المغرب`` stands under م and "The Gambia" under G. The hamza of ``ألبانيا`` says that its first two letters are
    no article.
    """
    text = str(name)
    for article in ("ال", "The "):
        if text.startswith(article):
            return fold(text.removeprefix(article))
    return fold(text)
