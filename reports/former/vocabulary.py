"""What a former report can name, as the database knows it: kinds, profiles, institutions, countries, areas, words.

No word of a reader belongs to one activity or institution: whatever has a name is looked up here.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import pairwise

from babel.messages.mofile import read_mo
from django.conf import settings
from django.db.models import Model

from activities.models import Activity, ActivityKind, ParticipantProfile
from bilingual.grammar import NOUNS, ArabicNoun, Case, Compound, EnglishNoun, Noun
from bilingual.models import FormsMissingError
from bilingual.search import fold, stem
from bilingual.text import Bilingual
from partners.models import Country, Institution
from reports.former.skeletons import bones_of, letters_of
from roadmap.models import Abbreviation, CooperationArea, Programme, Roadmap

SHORTEST_NAME = 6  # letters; a shorter one is looked for as a whole word
RECENT = 1000  # activities whose titles teach words
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Named:
    """Something with names: ``bones`` are the skeletons it is found by."""

    code: str
    name: Bilingual
    bones: tuple[str, ...]
    country: str = ""
    is_organ: bool = False


@dataclass(frozen=True)
class KindWords(Named):
    """A kind of activity, with the forms a sentence may use."""

    implied_mode: str = ""
    is_project: bool = False


@dataclass(frozen=True)
class ProfileWords:
    """Whom a headcount counts, as the stems of its words."""

    code: str
    name: Bilingual
    stems: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Vocabulary:
    """Everything that can be recognised, in both languages."""

    kinds: tuple[KindWords, ...]
    profiles: tuple[ProfileWords, ...]
    institutions: tuple[Named, ...]
    countries: tuple[Named, ...]
    areas: tuple[tuple[int, tuple[str, ...]], ...]
    organ: str
    organ_names: tuple[str, ...]
    texts: tuple[str, ...]
    lexicon: tuple[str, ...] = ()  # teaches how words are written, and nothing about their order

    @cached_property
    def words(self) -> frozenset[str]:
        """Every folded word of the database's texts and of our own: what damaged words are mended by."""
        return frozenset(word for text in (*self.texts, *self.lexicon) for word in words_of(text))

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Folded words that follow each other: what tells a line from its mirror."""
        found: set[tuple[str, str]] = set()
        for text in self.texts:
            words = words_of(text)
            found.update(pairwise(words))
        return frozenset(found)

    def institution(self, code: str) -> Named | None:
        """The institution of that code, if there is one."""
        return next((each for each in self.institutions if each.code == code), None)

    def to_row(self) -> dict:
        """Return the vocabulary as JSON can hold it."""
        return asdict(self)

    @classmethod
    def from_row(cls, row: dict) -> "Vocabulary":
        """Read back what `to_row` gave, a journey through JSON included."""
        return cls(
            kinds=tuple(KindWords(**_named(each)) for each in row["kinds"]),
            profiles=tuple(
                ProfileWords(each["code"], Bilingual(**each["name"]), tuple(tuple(form) for form in each["stems"]))
                for each in row["profiles"]
            ),
            institutions=tuple(Named(**_named(each)) for each in row["institutions"]),
            countries=tuple(Named(**_named(each)) for each in row["countries"]),
            areas=tuple((number, tuple(titles)) for number, titles in row["areas"]),
            organ=row["organ"],
            organ_names=tuple(row["organ_names"]),
            texts=tuple(row["texts"]),
            lexicon=tuple(row["lexicon"]),
        )


def _named(row: dict) -> dict:
    return {**row, "name": Bilingual(**row["name"]), "bones": tuple(row["bones"])}


def words_of(text: str) -> list[str]:
    """Return the folded words of a text, numbers left out."""
    return _WORD.findall(fold(text))


def load_vocabulary() -> Vocabulary:
    """Read the vocabulary from the database, in a dozen queries."""
    kinds = list(ActivityKind.objects.all())
    programme = Programme.objects.select_related("organ__country", "organ__seat").first()
    institutions = list(Institution.objects.select_related("country", "seat"))
    organ = programme.organ if programme else None
    countries = list(Country.objects.all())
    return Vocabulary(
        kinds=tuple(_kind(kind) for kind in kinds),
        profiles=tuple(_profile(profile) for profile in ParticipantProfile.objects.all()),
        institutions=tuple(_institution(each, organ, programme) for each in institutions),
        countries=tuple(_country(country) for country in countries),
        areas=tuple(
            (area.number, tuple(letters_of(title) for title in _both(area, "title")))
            for area in CooperationArea.objects.all()
        ),
        organ=organ.code if organ else "",
        organ_names=_organ_names(programme),
        texts=tuple(_texts(programme, kinds, institutions, countries)),
        lexicon=tuple(_own_texts()),
    )


def _organ_names(programme: Programme | None) -> tuple[str, ...]:
    if programme is None:
        return ()
    short, full = Bilingual.of(programme, "organ_short_name"), programme.organ.full_name
    names = (short.ar, short.en, full.ar, full.en, programme.organ.acronym)
    return tuple(dict.fromkeys(bones_of(name) for name in names if name))


def _forms(noun: ArabicNoun) -> Iterator[str]:
    for case in Case:
        for definite in (False, True):
            yield noun.in_singular(case, definite=definite)


def _kind(kind: ActivityKind) -> KindWords:
    forms = [*_both(kind, "name"), kind.singular_ar, kind.singular_en, kind.definite_ar]
    with suppress(FormsMissingError):
        forms += list(_forms(kind.noun.ar))
    # A later sentence calls a webinar «الندوة»: too short a form for a kind that shares it with others.
    bones = dict.fromkeys(bones_of(form) for form in forms if form)
    return KindWords(
        code=kind.code,
        name=Bilingual.of(kind, "name"),
        bones=tuple(sorted(bones, key=len, reverse=True)),
        implied_mode=kind.implied_mode,
        is_project=kind.is_project,
    )


def _profile(profile: ParticipantProfile) -> ProfileWords:
    forms = [*_both(profile, "name"), profile.singular_ar, profile.plural_ar]
    forms += [profile.singular_en, profile.plural_en]
    name = Bilingual.of(profile, "name")
    return ProfileWords(profile.code, name, tuple(dict.fromkeys(stems_of(form) for form in forms if form)))


def stems_of(phrase: str) -> tuple[str, ...]:
    """Return the stems of a phrase's words, without the “and” that Arabic writes on a word and English apart."""
    found = []
    for place, word in enumerate(words_of(phrase)):
        if word == "and":
            continue
        if place and word.startswith("و") and len(word) > 4:
            word = word[1:]
        found.append(people_stem(word))
    return tuple(found)


def people_stem(word: str) -> str:
    """Return what singular, dual and plural of a word for people share; Arabic breaks «خبير» into «خبراء»."""
    broken = {"خبرا": "خبير", "كبار": "كبير"}
    return broken.get(word) or stem(word)


def _institution(each: Institution, organ: Institution | None, programme: Programme | None) -> Named:
    former = [line.strip() for line in (each.former_names or "").splitlines()]
    names = [*_both(each, "name"), each.acronym, *former, *each.spellings.splitlines()]
    is_organ = organ is not None and each.pk == organ.pk
    if is_organ and programme:
        names += _both(programme, "organ_short_name")
    return Named(
        code=each.code,
        name=each.full_name,
        bones=_found_by(names),
        country=each.country.code if each.country else each.seat.code if each.seat else "",
        is_organ=is_organ,
    )


def _country(country: Country) -> Named:
    names = [*_both(country, "short_name"), *_both(country, "formal_name")]
    names += (country.spellings or "").splitlines()
    return Named(country.code, country.name, _found_by(names), country.code)


def _found_by(names: Iterable[str | None]) -> tuple[str, ...]:
    bones = dict.fromkeys(letters_of(name) for name in names if name)
    return tuple(sorted((each for each in bones if len(each) >= 3), key=len, reverse=True))


def _texts(
    programme: Programme | None,
    kinds: Iterable[ActivityKind],
    institutions: Iterable[Institution],
    countries: Iterable[Country],
) -> Iterator[str]:
    """Every text that can teach how words are written."""
    if programme:
        for field in ("name", "organ_short_name", "aim", "history", "mandate"):
            yield from _both(programme, field)
    for row in institutions:
        yield from (*_both(row, "name"), row.former_names or "")
    for country in countries:
        yield from _both(country, "short_name")
    for kind in kinds:
        yield from (getattr(kind, form) or "" for form in ("name_ar", "name_en", *kind.FORMS))
    for profile in ParticipantProfile.objects.all():
        yield from (getattr(profile, form) or "" for form in ("name_ar", "name_en", *profile.FORMS))
    for noun in NOUNS.values():
        yield from _noun_texts(noun)
    for roadmap in Roadmap.objects.all():
        yield from (*_both(roadmap, "title"), *_both(roadmap, "short_title"))
    for area in CooperationArea.objects.all():
        yield from _both(area, "title")
    for abbreviation in Abbreviation.objects.all():
        yield from _both(abbreviation, "meaning")
    fields = ("title", "audience", "objective", "topics", "summary")
    columns = [f"{field}_{language}" for field in fields for language in ("ar", "en")]
    for values in Activity.objects.order_by("-pk").values_list(*columns)[:RECENT]:
        yield from (value or "" for value in values)


def _own_texts() -> Iterator[str]:
    """What the portal itself says, in both languages: the words of its subject, spelt as they should be."""
    with (settings.LOCALE_PATHS[0] / "ar/LC_MESSAGES/django.mo").open("rb") as catalogue:
        for message in read_mo(catalogue):
            for said in (message.id, message.string):
                yield from (said,) if isinstance(said, str) else (said or ())


def _noun_texts(noun: Noun | Compound) -> Iterator[str]:
    nouns = noun.nouns if isinstance(noun, Compound) else (noun,)
    for each in nouns:
        arabic, english = each.ar, each.en
        if isinstance(arabic, ArabicNoun):
            yield from (arabic.singular, arabic.accusative, arabic.dual, arabic.dual_oblique)
            yield from (arabic.plural, arabic.plural_oblique)
        if isinstance(english, EnglishNoun):
            yield from (english.singular, english.plural)


def _both(row: Model, field: str) -> tuple[str, str]:
    text = Bilingual.of(row, field)
    return text.ar, text.en
