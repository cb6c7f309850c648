"""A programme of any size for `bench/catalogue.py`: made up, its words, links and figures in lifelike proportion."""

import random
from collections import Counter
from datetime import date, timedelta
from itertools import islice

from django.db import connection, transaction

SYLLABLES = "ba ce di fo gu ha ke li mo nu pa re si to vu wa ze tra plo".split()
ROOTS = (
    "درب علم عمل مهن جود قيم عمد خبر بحث نشط شرك مول صنع زرع سيح قني رقم طقه بيء سلم حرف وظف نظم خطط نفذ شبك".split()
)
PATTERNS = (
    "{0}{1}ا{2}",
    "م{0}{1}{2}",
    "ت{0}{1}ي{2}",
    "{0}ا{1}{2}",
    "م{0}ا{1}{2}ات",
    "ال{0}{1}{2}",
    "{0}{1}ي{2}ة",
    "است{0}{1}ا{2}",
)
COUNTRIES_EACH, PARTNERS_EACH, INSTITUTIONS = 20, 2, 300


def build(size: int, seed: int = 5) -> None:
    """Fill an empty, migrated database with ``size`` published activities."""
    from activities.models import Activity, CountryParticipation, Participation, Partnership
    from bilingual.data_version import note_change

    chance = random.Random(seed)  # noqa: S311 -- made up, no secret
    reference = _reference(chance)
    _in_batches(Activity, _activities(size, chance, reference))
    keys = list(Activity.objects.order_by("pk").values_list("pk", flat=True))
    with transaction.atomic():
        _link(Participation, _COUNTS, _counts(keys, chance))
        _link(CountryParticipation, _COUNTRIES, _countries(keys, chance, reference["countries"]))
        _in_batches(Partnership, _partnerships(keys, chance, reference["institutions"]))
    note_change()


def _in_batches(model, rows, length=20_000):
    while batch := list(islice(rows, length)):
        model.objects.bulk_create(batch, batch_size=500)


def _link(model, columns, rows, length=20_000):
    """Write rows of a table that only links others, millions of them, past the ORM."""
    names = ", ".join(columns)
    into = f"INSERT INTO {model._meta.db_table} ({names}) VALUES"
    with connection.cursor() as cursor:
        while batch := list(islice(rows, length)):
            if connection.vendor == "postgresql":
                from psycopg2.extras import execute_values

                execute_values(cursor.cursor, f"{into} %s", batch)
            else:
                places = ", ".join(["%s"] * len(columns))
                cursor.executemany(f"{into} ({places})", batch)


def _reference(chance):
    """Load countries, kinds and areas as they are, and make institutions and sessions up."""
    import io

    from django.core.management import call_command

    from activities.models import ActivityKind
    from partners.models import Country, Institution
    from roadmap.models import CooperationArea, Meeting

    call_command("load_reference_data", stdout=io.StringIO())
    countries = list(Country.objects.order_by("code")[:57])
    for number in range(INSTITUTIONS):
        name = " ".join(_english(chance) for _ in range(4)).title()
        arabic = " ".join(_arabic(chance) for _ in range(4))
        Institution.objects.create(
            code=f"made-{number}",
            name_en=name,
            name_ar=arabic,
            acronym=name[:3].upper(),
            country=chance.choice(countries),
        )
    for number in range(20, 40):
        day = date(1984 + number, 11, 5)
        Meeting.objects.get_or_create(kind="session", number=number, defaults={"start": day, "end": day})
    return {
        "countries": [country.pk for country in countries],
        "institutions": list(Institution.objects.values_list("pk", flat=True)),
        "kinds": list(ActivityKind.objects.filter(is_project=False).values_list("pk", flat=True)),
        "areas": [*CooperationArea.objects.values_list("pk", "roadmap_id"), (None, None)],
        "arabic": _vocabulary(_arabic, chance),
        "english": _vocabulary(_english, chance),
    }


def _vocabulary(make, chance, length=3000):
    """Words, each with what search keeps of it."""
    from bilingual.search import search_document

    words = sorted({make(chance) for _ in range(length)})
    chance.shuffle(words)
    return [(word, search_document(word)) for word in words]


def _english(chance):
    return "".join(chance.choices(SYLLABLES, k=chance.randrange(2, 5)))


def _arabic(chance):
    letters = list(chance.choice(ROOTS))
    letters[chance.randrange(3)] = chance.choice("بتثجحخدذرزسشصضطظعغفقكلمنهوي")
    return chance.choice(PATTERNS).format(*letters)


def _activities(size, chance, reference):
    from activities.models import Activity

    first, numbers = date(2004, 1, 1), Counter()
    for _ in range(size):
        end = first + timedelta(chance.randrange(365 * 20))
        area, roadmap = chance.choice(reference["areas"])
        arabic, english = (_some(reference[each], chance, 24) for each in ("arabic", "english"))
        numbers[end.year] += 1
        code = f"{end.year}-{numbers[end.year]:03d}"
        yield Activity(
            code=code,
            kind_id=chance.choice(reference["kinds"]),
            title_ar=" ".join(word for word, _kept in arabic[:7]),
            title_en=" ".join(word for word, _kept in english[:7]).capitalize(),
            topics_ar="\n".join(word for word, _kept in arabic[7:]),
            topics_en="\n".join(word for word, _kept in english[7:]),
            start_date=end - timedelta(chance.randrange(4)),
            end_date=end,
            year=end.year,
            mode=chance.choice(("online", "online", "in_person", "hybrid", "not_stated")),
            status=chance.choice(("held",) * 8 + ("planned", "cancelled")),
            area_id=area,
            roadmap_id=roadmap,
            state="published",
            search=_document(code, *(kept for _word, kept in (*arabic, *english))),
        )


def _some(words, chance, count):
    """Words as frequent as words are: the first ones by far the most."""
    return [words[int(len(words) * chance.random() ** 3)] for _ in range(count)]


def _document(code, *kept):
    return f" {' '.join(dict.fromkeys([*code.split('-'), *' '.join(kept).split()]))} "


_COUNTS = (
    "activity_id",
    "headcount",
    "headcount_standing",
    "member_countries",
    "countries_standing",
    "sexes_standing",
    "source",
)
_COUNTRIES = ("activity_id", "country_id", "count")


def _counts(keys, chance):
    for key in keys:
        yield key, chance.randrange(5, 200), "reported", COUNTRIES_EACH, "reported", "pending", ""


def _countries(keys, chance, countries):
    for key in keys:
        for country in chance.sample(countries, COUNTRIES_EACH):
            yield key, country, 3


def _partnerships(keys, chance, institutions):
    from activities.models import Partnership

    for key in keys:
        for order, institution in enumerate(chance.sample(institutions, PARTNERS_EACH)):
            role = "co_organiser" if order else "content_provider"
            yield Partnership(activity_id=key, institution_id=institution, role=role, order=order)
