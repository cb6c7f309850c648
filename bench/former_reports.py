"""How well former reports are read: precision and recall per field, on intact and on damaged texts.

Two reports of our own are composed in both languages: that of the demo data, and one of sixty activities made up by
chance with every field present or missing. Their activities are then removed, so that the reader knows kinds,
institutions, countries and areas but no title. FORMER_TEXT and FORMER_FACTS may name a text and its facts in JSON
(with FORMER_LANGUAGE, ``ar`` unless said otherwise), which are measured too. FORMER_SET measures one set of damage
only, such as "damaged", so that the unseen one stays unseen by whoever mends the reader. `--markdown` prints tables
for docs/PERFORMANCE.md.
"""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
WORK = Path(tempfile.mkdtemp(prefix="bench-former-"))
os.environ["DJANGO_SETTINGS_MODULE"] = "oicvet.settings.test"
os.environ["DATABASE_URL"] = f"sqlite:///{WORK}/bench.sqlite3"

import django  # noqa: E402 -- the settings above come first

django.setup()

from bs4 import BeautifulSoup  # noqa: E402
from django.core.management import call_command  # noqa: E402

from activities.models import (  # noqa: E402
    Activity,
    ActivityKind,
    Mode,
    ParticipantProfile,
    Participation,
    Partnership,
    PublicationState,
    Role,
    Standing,
)
from bilingual.search import fold  # noqa: E402
from partners.models import Institution  # noqa: E402
from reports.assembly import assemble  # noqa: E402
from reports.composition import compose  # noqa: E402
from reports.former.extraction import extract  # noqa: E402
from reports.former.glyphs import unembedded  # noqa: E402
from reports.former.keys import to_keys  # noqa: E402
from reports.former.reading import read_proposals  # noqa: E402
from reports.former.skeletons import letters_of  # noqa: E402
from reports.former.vocabulary import Vocabulary, load_vocabulary  # noqa: E402
from reports.models import Report, ReportItem  # noqa: E402
from reports.rendering import render_pdf  # noqa: E402
from reports.tests.damage import DAMAGES  # noqa: E402
from reports.tests.once_unseen_damage import ONCE_UNSEEN  # noqa: E402
from reports.tests.unseen_damage import UNSEEN  # noqa: E402
from roadmap.models import CooperationArea, Meeting, Roadmap  # noqa: E402

FIELDS = ("kind", "title", "dates", "area", "headcount", "countries", "mode", "status", "call", "partners")
SETS = {
    "damaged": DAMAGES,
    "damaged in ways once unseen": ONCE_UNSEEN,
    "damaged in ways unseen": UNSEEN,
}
ORGAN = "sesric"  # which texts call by another name than the table of institutions
TOPICS = (
    ("الطاقة المتجددة", "renewable energy"),
    ("صيانة المركبات الكهربائية", "the maintenance of electric vehicles"),
    ("اللحام والتشكيل", "welding and metal forming"),
    ("التلمذة الصناعية", "apprenticeship"),
    ("الإرشاد المهني في المدارس", "career guidance in schools"),
    ("السلامة في مواقع البناء", "safety on building sites"),
    ("الزراعة المائية", "hydroponic farming"),
    ("البرمجة للمبتدئين", "programming for beginners"),
    ("الاعتراف بالتعلم السابق", "the recognition of prior learning"),
    ("تحليل بيانات سوق العمل", "the analysis of labour market data"),
    ("النسيج والحرف التقليدية", "textiles and traditional crafts"),
    ("الضيافة والسياحة", "hospitality and tourism"),
)
FRAMES = (
    ("تطوير مناهج {}", "Developing Curricula for {}"),
    ("آفاق {} بعد عام 2030", "Prospects of {} after 2030"),
    ("{}: تجارب ودروس", "{}: Experience and Lessons"),
    ("تدريب 100 مدرب في مجال {}", "Training 100 Trainers in {}"),
    ("تمويل {} عبر الشراكة بين القطاعين العام والخاص", "Financing {} through Public-Private Partnership"),
    ("معايير {} (المستوى الثاني)", "Standards for {} (Level Two)"),
)


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("load_demo_data", stdout=io.StringIO())
    reports = {"demo": Report.objects.get(meeting__number=40, meeting__kind="session"), "made up": made_up_report()}
    facts = {name: assemble(report) for name, report in reports.items()}
    ReportItem.objects.all().delete()
    Activity.objects.exclude(parent=None).delete()
    Activity.objects.all().delete()
    vocabulary = load_vocabulary()
    tables = []
    for language in ("ar", "en"):
        texts = {name: texts_of(said, language) for name, said in facts.items()}
        tables.append((f"{language}, intact", intact(facts, texts, language, vocabulary)))
        for kind, damages in SETS.items():
            if os.environ.get("FORMER_SET", kind) == kind:
                tables.append((f"{language}, {kind}", damaged(damages, facts, texts, language, vocabulary)))
    if os.environ.get("FORMER_TEXT"):
        tables.append(("a former report", given(vocabulary)))
    for title, rows in tables:
        show(title, rows, is_markdown="--markdown" in sys.argv)


def made_up_report() -> Report:
    """Return a report of sixty activities whose fields are there or missing by chance, the same on every run."""
    chance = Random(7)  # noqa: S311 -- the same on every run
    meeting = Meeting.objects.get(kind="session", number=38)
    period = meeting.period()
    length = (period.end - period.start).days
    as_of = period.start + timedelta(days=length * 3 // 4)
    kinds = list(ActivityKind.objects.filter(is_project=False))
    bodies = list(Institution.objects.exclude(code="sesric").exclude(code="comcec-project-funding"))
    organ = Institution.objects.get(code="sesric")
    for number in range(60):
        topic, frame = TOPICS[number % len(TOPICS)], FRAMES[(number // len(TOPICS)) % len(FRAMES)]
        start = period.start + timedelta(days=chance.randrange(length - 6))
        kind = chance.choice(kinds)
        mode = chance.choice((Mode.ONLINE, Mode.IN_PERSON, Mode.NOT_STATED, Mode.HYBRID))
        activity = Activity.objects.create(
            kind=kind,
            title_ar=frame[0].format(topic[0]),
            title_en=frame[1].format(topic[1].title()),
            start_date=start,
            end_date=start + timedelta(days=chance.choice((0, 0, 1, 1, 2, 4))),
            status="planned" if start > as_of else "held",
            mode=kind.implied_mode or mode,
            state=PublicationState.PUBLISHED,
            roadmap=Roadmap.objects.first(),
            area=chance.choice([*CooperationArea.objects.all(), None]),
        )
        Partnership.objects.create(activity=activity, institution=organ, role=Role.ORGANISER)
        chosen = chance.sample(bodies, 3)
        for role, times in ((Role.CO_ORGANISER, chance.randrange(3)), (Role.CONTENT_PROVIDER, chance.randrange(4))):
            for order, body in enumerate(chosen[:times]):
                Partnership.objects.create(activity=activity, institution=body, role=role, order=order)
        headcount = chance.choice((None, chance.randint(3, 40), chance.randint(41, 199), chance.randint(1000, 1900)))
        countries = chance.choice((None, chance.randint(3, 57)))
        if activity.status == "planned":
            headcount = countries = None
        Participation.objects.create(
            activity=activity,
            profile=chance.choice(list(ParticipantProfile.objects.all())),
            headcount=headcount,
            headcount_standing=chance.choice((Standing.REPORTED, Standing.ESTIMATED))
            if headcount
            else Standing.PENDING,
            member_countries=countries,
            countries_standing=Standing.REPORTED if countries else Standing.PENDING,
        )
    report = Report.objects.create(meeting=meeting, as_of=as_of)
    report.roadmaps.set(Roadmap.objects.all())
    report.propose_items()
    return report


def texts_of(facts, language: str) -> dict[str, list[str]]:
    """Return the pages of one report as different readers of its PDF see them, and as its HTML has them."""
    html = compose(facts, language)
    pdf = render_pdf(html)
    texts = {"our PDF": extract(pdf), "its HTML": [text_of_html(html)]}
    if shutil.which("pdftotext"):
        printed = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
        texts["pdftotext"] = extract(printed.stdout)
    return texts


def text_of_html(html: str) -> str:
    soup = BeautifulSoup(html, "html.parser")
    for unseen in soup.select(".running-title, .running-words, nav"):
        unseen.decompose()
    for block in soup.select("p, h1, h2, h3, h4, li, td, th, caption, address, br"):
        block.append("\n")
    lines = (" ".join(line.split()) for line in soup.body.get_text().split("\n"))
    return "\n".join(line for line in lines if line)


def intact(facts, texts, language, vocabulary) -> dict[str, Counter]:
    rows = {}
    for way in ("our PDF", "its HTML", "pdftotext"):
        score: Counter = Counter()
        for name, said in facts.items():
            if way in texts[name]:
                score += compared(said, texts[name][way], language, vocabulary)
        if score:
            rows[way] = score
    return rows


def damaged(damages, facts, texts, language, vocabulary) -> dict[str, Counter]:
    rows = {}
    for damage in damages:
        if os.environ.get("FORMER_DAMAGE", damage.__name__) != damage.__name__:
            continue
        if all(damage(plain(page), language, Random(1)) == plain(page) for page in texts["demo"]["our PDF"]):  # noqa: S311
            continue  # it does nothing to this language
        score: Counter = Counter()
        for name, said in facts.items():
            pages = texts[name].get("pdftotext") or texts[name]["our PDF"]
            for seed in (1, 2):
                chance = Random(seed)  # noqa: S311 -- the same on every run
                # What an extractor marks as left to right is lost before the damage.
                spoilt = [damage(plain(page), language, chance) for page in pages]
                score += compared(said, spoilt, language, vocabulary)
        rows[damage.__name__.replace("_", " ")] = score
    return rows


def plain(page: str) -> str:
    """The page without what an extractor marks as left to right."""
    return "".join(c for c in unembedded(page) if c not in "\u200e\u200f\u202a\u202b\u202c\u061c")


def compared(facts, pages, language, vocabulary) -> Counter:
    """Return right, wrong and missed readings per field, ``(field, "right")`` and so on."""
    wanted = {}
    for item in facts.items:
        for each in (item, *item.parts):
            wanted[each.number] = expected(each, language)
    read = {}
    for proposal in read_proposals(pages, language, vocabulary):
        keys = to_keys(proposal, language, vocabulary)
        read[proposal.number] = values_of(keys, proposal.value("kind"), language)
    return tallied(wanted, read)


def tallied(wanted: dict, read: dict) -> Counter:
    score: Counter = Counter()
    for number in wanted.keys() | read.keys():
        if os.environ.get("FORMER_SHOW"):
            a, b = wanted.get(number, {}), read.get(number, {})
            print(number, {n: (a.get(n), b.get(n)) for n in FIELDS if a.get(n) != b.get(n)})
        for field in FIELDS:
            a, b = wanted.get(number, {}).get(field), read.get(number, {}).get(field)
            if field == "partners":
                a, b = a or set(), b or set()
                score[field, "right"] += len(a & b)
                score[field, "wrong"] += len(b - a)
                score[field, "missed"] += len(a - b)
                continue
            if b is not None:
                score[field, "right" if a == b else "wrong"] += 1
            if a is not None and a != b:
                score[field, "missed"] += 1
    return score


def expected(activity, language: str) -> dict:
    counts = activity.participation
    partners = set()
    for role, rows in vars(activity.partners).items():
        role = {"providers": "content_provider"}.get(role, role.removesuffix("s"))
        partners |= {(ORGAN if each.is_organ else letters_of(each.name.in_(language)), role) for each in rows}
    is_project = bool(activity.parts)
    return {
        "kind": activity.kind.code,
        "title": worded(activity.title.in_(language)),
        "dates": (str(activity.start), str(activity.end)) if activity.start else None,
        "area": activity.area,
        "headcount": counts.headcount if counts else None,
        "countries": counts.countries if counts else None,
        "mode": None if is_project or activity.mode == Mode.NOT_STATED else str(activity.mode),
        "status": activity.status or None,
        "call": activity.funding_call,
        "partners": partners,
    }


def values_of(keys: dict, kind: str | None, language: str) -> dict:
    mode = {"unknown": None, "mixed": "hybrid"}.get(keys["mode"], keys["mode"])
    return {
        "kind": kind,
        "title": worded(keys[f"title_{language}"]),
        "dates": (keys["start_date"], keys["end_date"]) if keys["start_date"] else None,
        "area": keys["cooperation_area"],
        "headcount": keys["participants_total"],
        "countries": keys["countries_count"],
        "mode": mode,
        "status": keys["status_in_report"],
        "call": keys["funding_call"],
        "partners": {(_partner(row, language), role) for row in keys["partners"] for role in row["roles"]},
    }


def _partner(row: dict, language: str) -> str:
    return ORGAN if row.get("code") == ORGAN else letters_of(row[f"name_{language}"])


def worded(title: str | None) -> str | None:
    """A title as two are compared: words and their order, without marks."""
    return " ".join("".join(c if c.isalnum() else " " for c in fold(title)).split()) if title else None


def given(vocabulary: Vocabulary) -> dict[str, Counter]:
    """Measure the text and the facts that the environment names. Who organised is not among such facts."""
    language = os.environ.get("FORMER_LANGUAGE", "ar")
    rows = json.loads(Path(os.environ["FORMER_FACTS"]).read_text(encoding="utf-8"))["activities"]
    wanted, read, codes = {}, {}, {}
    for row in rows:
        row = {"countries": None, "funding_call": None, **row}
        if row["status_in_report"] == "partly_held":
            row["status_in_report"] = None
        for each in row["partners"]:
            each[f"name_{language}"] = known_name(each, language, vocabulary)
        wanted[row["number"]] = values_of(row, row["kind"], language)
        codes[row["number"]] = row["kind"]
    for proposal in read_proposals(extract(Path(os.environ["FORMER_TEXT"]).read_bytes()), language, vocabulary):
        keys = to_keys(proposal, language, vocabulary)
        for each in keys["partners"]:
            each["roles"] = [role for role in each["roles"] if role != "organiser"]
        read[proposal.number] = values_of(keys, keys["kind"], language)
    for number, values in read.items():
        if os.environ.get("FORMER_SHOW"):
            print(
                {
                    n: (wanted.get(number, {}).get(n), v)
                    for n, v in values.items()
                    if wanted.get(number, {}).get(n) != v
                },
                number,
            )
    return {"as extracted": tallied(wanted, read)}


def known_name(partner: dict, language: str, vocabulary: Vocabulary) -> str:
    """The name under which the database knows a partner of the facts; its post, if it is one, left out."""
    # An acronym may stand within the name there, and behind it in the database.
    letters = letters_of(re.sub(r"\([^)]*\)", "", partner[f"name_{language}"]))
    known = [each for each in vocabulary.institutions if any(len(b) > 7 and b in letters for b in each.bones)]
    if letters in vocabulary.organ_names:
        partner["code"] = vocabulary.organ
    best = max(known, key=lambda each: max(len(b) for b in each.bones if b in letters), default=None)
    return best.name.in_(language) if best else partner[f"name_{language}"]


def show(title: str, rows: dict[str, Counter], *, is_markdown: bool) -> None:
    print(f"\n{'### ' if is_markdown else ''}{title}: precision / recall\n")
    head = ["", *FIELDS]
    table = [[name, *(rate(score, field) for field in FIELDS)] for name, score in rows.items()]
    if len(rows) > 1:
        total: Counter = Counter()
        for score in rows.values():
            total += score
        table.append(["all", *(rate(total, field) for field in FIELDS)])
    if is_markdown:
        print("| " + " | ".join(head) + " |\n|" + "---|" * len(head))
        for row in table:
            print("| " + " | ".join(row) + " |")
        return
    for row in [head, *table]:
        print(f"{row[0]:28}" + "".join(f"{cell:>12}" for cell in row[1:]))


def rate(score: Counter, field: str) -> str:
    right, wrong, missed = (score[field, each] for each in ("right", "wrong", "missed"))
    precision = f"{right / (right + wrong):.2f}" if right + wrong else "–"
    recall = f"{right / (right + missed):.2f}" if right + missed else "–"
    return f"{precision}/{recall}"


if __name__ == "__main__":
    try:
        main()
    finally:
        shutil.rmtree(WORK, ignore_errors=True)
