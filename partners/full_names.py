"""What institutions are called in full."""

from bilingual.text import Bilingual


def full_name_of(name: Bilingual, acronym: str, seat: Bilingual) -> Bilingual:
    """Return ``name`` with its acronym, and for an international body with its seat, a country's name.

    ``seat`` is empty for an institution of a country. A language without a name stays without.
    """
    arabic, english = (_with_acronym(each, acronym) for each in (name.ar, name.en))
    return Bilingual(
        ar=f"{arabic} في {seat.ar}" if arabic and seat else arabic,
        en=f"{english}, {seat.en}" if english and seat else english,
    )


def _with_acronym(name: str, acronym: str) -> str:
    return f"{name} ({acronym})" if name and acronym and acronym not in name else name
