"""Generated programmes: reports whose activities have every optional fact, or any of them missing."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from activities.figures import Figures, Tally
from bilingual.grammar import NOUNS, ArabicNoun, Compound, EnglishNoun, Noun
from bilingual.text import Bilingual
from reports.facts import (
    UNWRITTEN,
    AbbreviationFacts,
    ActivityFacts,
    AreaFacts,
    AttendanceFacts,
    BeforeFacts,
    CountryFacts,
    Imprint,
    KindFacts,
    KindRow,
    MeetingFacts,
    MonthRow,
    ParticipationFacts,
    PartnerFacts,
    PartnersByRole,
    ProgrammeFacts,
    PromiseFacts,
    ReportFacts,
    RoadmapFacts,
    SectionFacts,
)
from reports.models.sections import WRITTEN, SectionKind

ORGAN = PartnerFacts(Bilingual("سيسرك", "SESRIC"), Bilingual(), is_organ=True, is_described=False, takes_the=False)
PARTNERS = (
    PartnerFacts(
        Bilingual("وزارة التعليم الماليزية", "Ministry of Education of Malaysia"), Bilingual(), False, False, True
    ),
    PartnerFacts(
        Bilingual("الجامعة الإسلامية للتكنولوجيا (IUT)", "Islamic University of Technology (IUT)"),
        Bilingual(),
        False,
        False,
        True,
    ),
    PartnerFacts(Bilingual("", "KOBIA"), Bilingual(), False, False, False),
    PartnerFacts(
        Bilingual("مؤسسة التدريب المهني", "Vocational Training Corporation"),
        Bilingual("المدير العام المساعد", "Assistant Director General"),
        False,
        False,
        True,
    ),
    PartnerFacts(Bilingual("مراكز وطنية", "national centres"), Bilingual(), False, True, False),
)
# As the reference data has it: later sentences call it by less than its name.
WEBINAR = replace(NOUNS["webinar"], ar=replace(NOUNS["webinar"].ar, definite="الندوة"))
KINDS = (
    KindFacts("course", Bilingual("دورة تدريبية", "Training course"), NOUNS["training_course"], "about", ""),
    KindFacts("webinar", Bilingual("ندوة عبر الإنترنت", "Webinar"), WEBINAR, "about", "online"),
    KindFacts("meeting", Bilingual("اجتماع", "Meeting"), NOUNS["meeting"], "about", ""),
)
PROJECT = KindFacts("project", Bilingual("مشروع", "Project"), NOUNS["project"], "entitled", "")
CAMPAIGN = KindFacts(
    "campaign",
    Bilingual("حملة", "Campaign"),
    Noun(ArabicNoun("f", "حملة", "حملتان", "حملات"), EnglishNoun("campaign")),
    "entitled",
    "",
)
MIXED = Compound((NOUNS["expert"], NOUNS["executive"]), alone=NOUNS["participant"])
ROADMAP = RoadmapFacts(
    "2020-2025",
    Bilingual("خارطة الطريق الاستراتيجية لفترة 2020-2025", "OIC-TVET Strategic Roadmap 2020-2025"),
    Bilingual("خارطة الطريق 2020-2025", "Roadmap 2020-2025"),
)
TVET = AbbreviationFacts("TVET", Bilingual("التعليم والتدريب الفني والمهني", "vocational education and training"))
ISTANBUL = Bilingual("إسطنبول", "Istanbul")
START, END = date(2023, 12, 6), date(2024, 11, 5)


def sections_of(*kinds: str) -> tuple[SectionFacts, ...]:
    """Sections of these kinds, without texts."""
    return tuple(SectionFacts(kind) for kind in kinds)


EVERY_SECTION = sections_of(*SectionKind)
COUNTRIES = (
    ("DZA", Bilingual("الجزائر", "Algeria")),
    ("MYS", Bilingual("ماليزيا", "Malaysia")),
    ("TUR", Bilingual("تركيا", "Türkiye")),
)

counts = st.sampled_from([None, 1, 2, 3, 7, 10, 11, 82, 99, 100, 101, 102, 103, 1284])
several = st.lists(st.sampled_from(PARTNERS), unique_by=lambda partner: partner.name.en, max_size=4).map(tuple)
objectives = st.sampled_from(
    [
        UNWRITTEN,
        Bilingual("تعزيز نظم التدريب", "strengthen training systems"),
        Bilingual("بناء الخبرات", "build expertise"),
    ]
)
audiences = st.sampled_from(
    [
        UNWRITTEN,
        Bilingual("السلطات المعنية بالتعليم والتدريب الفني والمهني", "TVET authorities"),
        Bilingual("المؤسسات الوطنية", "national institutions"),
    ]
)
reasons = st.sampled_from(
    [
        UNWRITTEN,
        Bilingual("تعذر سفر المدربين", "the trainers could not travel"),
        Bilingual("ضيق الوقت", "time was short"),
    ]
)
topics = st.sampled_from(
    [
        UNWRITTEN,
        Bilingual("ضمان الجودة", "quality assurance"),
        Bilingual(
            "ضمان الجودة\nالتمويل الأخضر\nريادة الأعمال", "quality assurance\ngreen financing\nentrepreneurship"
        ),
    ]
)
overrides = st.sampled_from(
    [
        UNWRITTEN,
        UNWRITTEN,
        Bilingual("وقد عُقد النشاط كما أُعلن عنه.", "It took place as announced."),
        Bilingual(
            "وعُقد النشاط {dates:when}، وشارك فيه {headcount}.\n\nوحضرته وفود من {countries:genitive}.",
            "It took place {dates:when}, and {headcount} took part.\n\nDelegations came from {countries}.",
        ),
        Bilingual("المشاركون: {headcount:digits}.", "Participants: {headcount:digits}."),
    ]
)
written = st.sampled_from(
    [
        UNWRITTEN,
        Bilingual("واجه البرنامج صعوبات في السفر.", "Travel was difficult."),
        Bilingual(
            "بلغ عدد المشاركات {report.participations:digits} في {report.held:genitive}، حتى {report.as_of}.",
            "By {report.as_of}, {report.held} had {report.participations:digits} participations.",
        ),
    ]
)


@st.composite
def participations(draw) -> ParticipationFacts:
    headcount, countries = draw(counts), draw(counts)
    known = st.sampled_from(["reported", "estimated"])
    return ParticipationFacts(
        people=draw(st.sampled_from([NOUNS["participant"], NOUNS["expert"], MIXED])),
        headcount=headcount,
        headcount_standing=draw(known) if headcount else "pending",
        women=draw(st.none() | st.integers(1, headcount)) if headcount else None,
        countries=countries,
        countries_standing=draw(known) if countries else "pending",
    )


@st.composite
def activities(draw, number: str = "1", code: str = "2024-001", *, is_part: bool = False) -> ActivityFacts:
    start = draw(st.dates(date(2023, 12, 1), date(2025, 1, 31)))
    organisers = draw(st.sampled_from([(), (ORGAN,), (ORGAN, PARTNERS[0]), (PARTNERS[1],), (PARTNERS[4],)]))
    roadmap = draw(st.sampled_from([None, ROADMAP]))
    kind = draw(st.sampled_from(KINDS))
    modes = (
        ["online", "hybrid", "not_stated"] if kind.implied_mode else ["online", "in_person", "hybrid", "not_stated"]
    )
    return ActivityFacts(
        code=code,
        number=number,
        kind=kind,
        title=Bilingual(f"النشاط رقم {code}", f"Activity number {code}"),
        status=draw(st.sampled_from(["held", "planned", "postponed", "cancelled"])),
        status_reason=draw(reasons),
        mode=draw(st.sampled_from(modes)),
        venue=draw(st.sampled_from([Bilingual(), Bilingual("أنقرة", "Ankara")])),
        start=start,
        end=start + timedelta(days=draw(st.sampled_from([0, 1, 3, 40, 400]))),
        year=None,
        roadmap=None if is_part else roadmap,
        area=draw(st.none() | st.integers(1, 4)) if roadmap and not is_part else None,
        funding_call=None,
        partners=PartnersByRole(organisers, *(draw(several) for _ in range(6))),
        participation=draw(participations()),
        audience=draw(audiences),
        objective=draw(objectives),
        topics=draw(topics),
        override=UNWRITTEN if is_part else draw(overrides),
        group=draw(st.sampled_from(["", "A", "B"])),
    )


@st.composite
def projects(draw, number: str, code: str) -> ActivityFacts:
    bare = draw(activities(number, code))
    size = draw(st.integers(0, 3))
    parts = [draw(activities(f"{number}.{n}", f"{code}{n}", is_part=True)) for n in range(1, size + 1)]
    return ActivityFacts(
        **{
            **vars(bare),
            "kind": draw(st.sampled_from([PROJECT, PROJECT, CAMPAIGN])),
            "status": "",
            "start": None,
            "end": None,
            "mode": "not_stated",
            "participation": None,
            "year": draw(st.sampled_from([None, 2024])),
            "funding_call": draw(st.sampled_from([None, 1, 2, 10, 11, 19, 20, 21, 100])),
            "parts": tuple(parts),
        }
    )


@st.composite
def reports(draw, min_size: int = 0, max_size: int = 3) -> ReportFacts:
    """A report with that many items; from the seventh on they repeat the first ones under other codes."""
    size = draw(st.integers(min_size, max_size))
    drawn = [draw(st.one_of(activities(), projects("1", "2024-001"))) for _ in range(min(size, 6))]
    items = tuple(_placed(drawn[n % 6], n + 1) for n in range(size))
    kind = draw(st.sampled_from(["session", "follow_up"]))
    tally = draw(tallies())
    announced = draw(st.sampled_from([0, 1, 2, 3, 12]))
    return ReportFacts(
        code="COMCEC-40",
        document_code=draw(st.sampled_from(["", "OIC/COMCEC/36-20/REP"])),
        original_language=draw(st.sampled_from(["", "ar", "en"])),
        as_of=draw(st.dates(date(2023, 12, 1), date(2025, 3, 1))),
        meeting=MeetingFacts("COMCEC-40", kind, 40, date(2024, 11, 2), END, draw(st.booleans()), draw(places)),
        session_before=MeetingFacts(
            "COMCEC-39", "session", 39, date(2023, 12, 2), date(2023, 12, 5), draw(st.booleans()), draw(places)
        ),
        start=START,
        end=END,
        programme=draw(programmes()),
        roadmaps=draw(st.sampled_from([(), (ROADMAP,)])),
        sections=draw(sections()),
        items=items,
        figures=draw(figures(tally)),
        areas=tuple(
            AreaFacts("2020-2025", number, title, draw(tallies()), draw(reasons))
            for number, title in enumerate(draw(st.sampled_from([(), AREAS[:1], AREAS])), start=1)
        ),
        without_area=draw(tallies()),
        kinds=tuple(KindRow(kind, draw(tallies())) for kind in draw(st.sampled_from([(), KINDS[:1], KINDS]))),
        abbreviations=draw(st.sampled_from([(), (TVET,)])),
        months=tuple(MonthRow(month, draw(tallies())) for month in draw(st.sampled_from([(), MONTHS[1:-1], MONTHS]))),
        attendance=draw(attendances(tally.held)),
        promises=tuple(draw(promises(f"2024-9{n:02d}")) for n in range(announced)),
        before=draw(st.none() | befores()) if not announced else draw(befores()),
    )


@st.composite
def befores(draw) -> BeforeFacts:
    """The edition before, which mostly counts the same way."""
    return BeforeFacts("COMCEC-39", 39, 1, draw(st.sampled_from([1, 1, 2])), draw(figures(draw(tallies()))))


@st.composite
def programmes(draw) -> ProgrammeFacts:
    return ProgrammeFacts(
        Bilingual("برنامج التعليم المهني والتدريب", "Vocational Education and Training Programme"),
        "OIC-VET",
        Bilingual("مركز الأبحاث", "Research Centre"),
        ORGAN.name,
        draw(st.sampled_from([UNWRITTEN, Bilingual("أنقرة، تركيا", "Ankara, Türkiye")])),
        draw(st.sampled_from([UNWRITTEN, Bilingual("بدأ البرنامج سنة 2009.", "The programme began in 2009.")])),
        draw(st.sampled_from([UNWRITTEN, Bilingual("وهو يخدم البلدان الأعضاء.", "It serves the member countries.")])),
    )


def _placed(item: ActivityFacts, place: int) -> ActivityFacts:
    """The item under the code and number of its place, its parts with it."""
    code = f"2024-{place:03d}"
    title = Bilingual(f"النشاط رقم {code}", f"Activity number {code}")
    parts = tuple(
        replace(part, code=f"{code}{n}", number=f"{place}.{n}") for n, part in enumerate(item.parts, start=1)
    )
    return replace(item, code=code, number=str(place), title=title, parts=parts)


AREAS = (
    Bilingual("الإطار التشريعي", "Legislative Framework"),
    Bilingual("المعايير المهنية ونظام المؤهلات", "Occupational Standards and Qualifications"),
    Bilingual("برامج إصدار الشهادات", "Certification"),
)
MONTHS = ("earlier", "2023-12", "2024-01", "2024-02", "2024-05", "later", "none")


@st.composite
def sections(draw) -> tuple[SectionFacts, ...]:
    """Any sections in any order, the written ones with a text or without."""
    kinds = draw(st.permutations(SectionKind))
    kept = kinds[: draw(st.sampled_from([0, 3, len(kinds), len(kinds)]))]
    return tuple(SectionFacts(kind, draw(written) if kind in WRITTEN else UNWRITTEN) for kind in kept)


@st.composite
def figures(draw, tally: Tally) -> Figures:
    return Figures(tally, draw(st.integers(0, 103)), draw(st.integers(0, 12)), draw(counts))


@st.composite
def attendances(draw, held: int) -> AttendanceFacts:
    listed = draw(st.integers(0, held))
    most = st.integers(0, listed)
    return AttendanceFacts(held, listed, tuple(CountryFacts(code, name, draw(most)) for code, name in COUNTRIES))


@st.composite
def promises(draw, code: str) -> PromiseFacts:
    outcome = draw(st.sampled_from(["held", "planned", "moved", "postponed", "cancelled", "unrecorded"]))
    days = st.dates(date(2023, 12, 1), date(2025, 1, 31)).map(lambda day: (day, day + timedelta(days=1)))
    announced = draw(st.just((None, None)) | days)
    now = draw(st.just((None, None)) | days) if outcome in ("held", "planned", "moved") else (None, None)
    reason = draw(reasons) if outcome in ("postponed", "cancelled") else UNWRITTEN
    kind = draw(st.sampled_from(KINDS))
    return PromiseFacts(
        code, kind, Bilingual(f"الموعود {code}", f"Promised {code}"), *announced, outcome, *now, reason
    )


@st.composite
def imprints(draw) -> Imprint:
    corrects = draw(st.sampled_from([None, 1, 2]))
    changes = (Bilingual("تغير عدد المشاركين من 80 إلى 82.", "The headcount changed from 80 to 82."),)
    return Imprint(
        number=(corrects or 0) + 1,
        code="K7Q2MX",
        issued_on=draw(st.dates(date(2024, 11, 6), date(2025, 3, 1))),
        address="https://vet.example.org/v/K7Q2MX",
        corrects=corrects,
        changes=changes if corrects else (),
    )


places = st.sampled_from([Bilingual(), ISTANBUL])


@st.composite
def tallies(draw) -> Tally:
    held = draw(st.integers(0, 12))
    reporting = draw(st.integers(0, held))
    return Tally(
        held=held,
        planned=draw(st.integers(0, 3)),
        participations=draw(st.integers(1, 2000)) if reporting else None,
        reporting=reporting,
        pending=held - reporting,
    )


def report_of_one(*, as_of=date(2024, 11, 1), **said) -> ReportFacts:
    """A report of one activity that says what the test says, with every section."""
    held = {
        "code": "2024-001",
        "number": "1",
        "kind": KINDS[0],
        "title": Bilingual("العنوان", "Title"),
        "status": "held",
        "status_reason": Bilingual(),
        "mode": "not_stated",
        "venue": Bilingual(),
        "start": date(2024, 6, 25),
        "end": date(2024, 6, 25),
        "year": None,
        "roadmap": None,
        "area": None,
        "funding_call": None,
        "partners": PartnersByRole(organisers=(ORGAN,)),
        "participation": None,
        "audience": Bilingual(),
        "objective": Bilingual(),
        "topics": Bilingual(),
    }
    activity = ActivityFacts(**{**held, **said})
    tally = Tally(held=1)
    return ReportFacts(
        **{
            "code": "COMCEC-40",
            "document_code": "",
            "original_language": "",
            "as_of": as_of,
            "meeting": MeetingFacts(
                "COMCEC-40",
                "session",
                40,
                date(2024, 11, 2),
                date(2024, 11, 5),
                False,
                Bilingual("إسطنبول", "Istanbul"),
            ),
            "session_before": MeetingFacts(
                "COMCEC-39",
                "session",
                39,
                date(2023, 12, 2),
                date(2023, 12, 5),
                False,
                Bilingual("إسطنبول", "Istanbul"),
            ),
            "start": START,
            "end": END,
            "programme": ProgrammeFacts(
                Bilingual("البرنامج", "Programme"),
                "OIC-VET",
                Bilingual("المركز", "Centre"),
                ORGAN.name,
                Bilingual(),
                Bilingual(),
                Bilingual(),
            ),
            "roadmaps": (),
            "sections": EVERY_SECTION,
            "items": (activity,),
            "figures": Figures(tally, 0, 0, None),
            "areas": (),
            "without_area": tally,
            "kinds": (),
            "abbreviations": (),
        }
    )


def taking_part(headcount=None, countries=None, noun=NOUNS["expert"], women=None, standing="reported"):
    return ParticipationFacts(
        noun, headcount, standing if headcount else "pending", women, countries, "reported" if countries else "pending"
    )
