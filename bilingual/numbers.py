"""Numbers as every page and report writes them: Western digits, groups of three, in both languages."""


def say_number(n: int, language: str) -> str:
    """Return a whole number with Western digits and a comma between thousands, as in ``1,284``.

    The two languages write numbers alike. ``language`` is asked for all the same, so that the day one of them
    changes, this function changes and its callers do not.
    """
    return f"{n:,}"
