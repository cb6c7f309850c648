"""The names and abbreviations of the programme, for comparing texts with."""

from bilingual.house_words import HouseWords, OfficialName, house_words
from bilingual.text import Bilingual
from partners.models import Institution
from roadmap.models import Abbreviation, Programme


def programme_words(*, are_listed: bool = False) -> HouseWords:
    """Return institutions and abbreviations as texts should name them: three queries.

    The programme and the organ that runs it are known to every reader by their acronyms, and so are all abbreviations
    where a list of them follows the texts (``are_listed``).
    """
    known = set(Programme.objects.values_list("acronym", "organ__acronym").first() or ())
    bodies = Institution.objects.values_list("name_ar", "name_en", "acronym", "former_names")
    short = Abbreviation.objects.values_list("short", "meaning_ar", "meaning_en")
    if are_listed:
        known |= {word for word, _ar, _en in short}
    return house_words(
        (
            OfficialName(
                Bilingual(ar or "", en or ""), "" if acronym in known else acronym, tuple(former.splitlines())
            )
            for ar, en, acronym, former in bodies
        ),
        ((word, Bilingual(ar or "", en or "")) for word, ar, en in short if word not in known),
    )
