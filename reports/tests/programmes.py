"""Generated programmes: reports whose activities have every optional fact, or any of them missing."""

from datetime import date, timedelta

from hypothesis import strategies as st

from activities.figures import Figures, Tally
from bilingual.grammar import NOUNS, Compound
from bilingual.text import Bilingual
from reports.facts import (
    ActivityFacts,
    AreaFacts,
    KindFacts,
    KindRow,
    MeetingFacts,
    ParticipationFacts,
    PartnerFacts,
    PartnersByRole,
    ProgrammeFacts,
    ReportFacts,
    RoadmapFacts,
)

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
KINDS = (
    KindFacts("course", Bilingual("دورة تدريبية", "Training course"), NOUNS["training_course"], "about", ""),
    KindFacts("webinar", Bilingual("ندوة عبر الإنترنت", "Webinar"), NOUNS["webinar"], "about", "online"),
    KindFacts("meeting", Bilingual("اجتماع", "Meeting"), NOUNS["meeting"], "about", ""),
)
PROJECT = KindFacts("project", Bilingual("مشروع", "Project"), NOUNS["project"], "entitled", "")
MIXED = Compound((NOUNS["expert"], NOUNS["executive"]), alone=NOUNS["participant"])
ROADMAP = RoadmapFacts(
    "2020-2025",
    Bilingual("خارطة الطريق الاستراتيجية لفترة 2020-2025", "OIC-TVET Strategic Roadmap 2020-2025"),
    Bilingual("خارطة الطريق 2020-2025", "Roadmap 2020-2025"),
)
ISTANBUL = Bilingual("إسطنبول", "Istanbul")
START, END = date(2023, 12, 6), date(2024, 11, 5)

counts = st.sampled_from([None, 1, 2, 3, 7, 10, 11, 82, 99, 100, 101, 102, 103, 1284])
several = st.lists(st.sampled_from(PARTNERS), unique_by=lambda partner: partner.name.en, max_size=4).map(tuple)
texts = st.sampled_from(
    [
        Bilingual(),
        Bilingual("تعزيز نظم التدريب", "strengthen training systems"),
        Bilingual("بناء الخبرات", "build expertise"),
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
    return ActivityFacts(
        code=code,
        number=number,
        kind=draw(st.sampled_from(KINDS)),
        title=Bilingual(f"النشاط رقم {code}", f"Activity number {code}"),
        status=draw(st.sampled_from(["held", "planned", "postponed", "cancelled"])),
        status_reason=draw(texts),
        mode=draw(st.sampled_from(["online", "in_person", "hybrid", "not_stated"])),
        venue=draw(st.sampled_from([Bilingual(), Bilingual("أنقرة", "Ankara")])),
        start=start,
        end=start + timedelta(days=draw(st.sampled_from([0, 1, 3, 40, 400]))),
        year=None,
        roadmap=None if is_part else roadmap,
        area=draw(st.none() | st.integers(1, 4)) if roadmap and not is_part else None,
        funding_call=None,
        partners=PartnersByRole(organisers, *(draw(several) for _ in range(6))),
        participation=draw(participations()),
        audience=draw(texts),
        objective=draw(texts),
        topics=draw(st.sampled_from([Bilingual(), Bilingual("أولا\nثانيا\nثالثا", "first\nsecond\nthird")])),
    )


@st.composite
def projects(draw, number: str, code: str) -> ActivityFacts:
    bare = draw(activities(number, code))
    size = draw(st.integers(0, 3))
    parts = [draw(activities(f"{number}.{n}", f"{code}{n}", is_part=True)) for n in range(1, size + 1)]
    return ActivityFacts(
        **{
            **vars(bare),
            "kind": PROJECT,
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
def reports(draw, max_size: int = 3) -> ReportFacts:
    size = draw(st.integers(0, max_size))
    items = tuple(
        draw(st.one_of(activities(str(n), f"2024-{n:03d}"), projects(str(n), f"2024-{n:03d}")))
        for n in range(1, size + 1)
    )
    kind = draw(st.sampled_from(["session", "follow_up"]))
    tally = draw(tallies())
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
        programme=ProgrammeFacts(
            Bilingual("برنامج التعليم المهني والتدريب", "Vocational Education and Training Programme"),
            "OIC-VET",
            Bilingual("مركز الأبحاث", "Research Centre"),
            ORGAN.name,
            Bilingual("أنقرة، تركيا", "Ankara, Türkiye"),
            Bilingual("بدأ البرنامج سنة 2009.", "The programme began in 2009."),
            Bilingual(),
        ),
        roadmaps=draw(st.sampled_from([(), (ROADMAP,)])),
        sections=(),
        items=items,
        figures=Figures(tally, draw(st.integers(0, 103)), draw(st.integers(0, 12)), None),
        areas=(AreaFacts("2020-2025", 1, Bilingual("الإطار التشريعي", "Legislative Framework"), draw(tallies())),),
        without_area=draw(tallies()),
        kinds=(KindRow(KINDS[0], draw(tallies())),),
        abbreviations=(),
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
    """A report of one activity that says what the test says."""
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
            "sections": (),
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
