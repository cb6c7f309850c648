"""The house style of texts: what is found in which language, what is left alone, and input nobody should send."""

import time

import pytest
from django.utils.translation import override

from activities.models import Activity
from bilingual.findings import Severity
from bilingual.house_style import house_style, house_style_of
from bilingual.house_words import NO_WORDS, OfficialName, house_words
from bilingual.text import Bilingual
from bilingual.text_findings import Text

WORDS = house_words(
    [
        OfficialName(
            Bilingual("وزارة التربية والتعليم العالي", "Ministry of Education and Higher Education"),
            "MEHE",
            ("وزارة المعارف", "Ministry of Public Instruction"),
        ),
        OfficialName(Bilingual("المعهد الوطني للإحصاء", "National Institute of Statistics")),
        OfficialName(Bilingual("المركز", "The")),
        OfficialName(Bilingual("هيئة العمل", "Labour Board"), former=("مجلس العمل",)),
        OfficialName(Bilingual("مكتب العمل", "Labour Office"), former=("مجلس العمل",)),
    ],
    [
        ("TVET", Bilingual("التعليم والتدريب التقني والمهني", "technical and vocational education and training")),
        ("NVQF", Bilingual("الإطار الوطني للمؤهلات المهنية", "National vocational qualifications framework")),
    ],
)


def found(ar="", en="", words=NO_WORDS, field="objective"):
    """What is found in a text: the rule and the language."""
    activity = Activity(code="2024-001", **{f"{field}_ar": ar, f"{field}_en": en})
    findings = list(house_style(Text("2024-001", "Objective", activity, field), words))
    assert all(finding.severity == Severity.NOTE and not finding.is_waivable for finding in findings)
    return [(finding.code.removeprefix("style-"), finding.field[-2:]) for finding in findings]


ARABIC = [
    ("نظم, ومعايير", ["punctuation"]),
    ("نظم ، ومعايير؛ هل تم؟", []),
    ("هل تم ذلك?", ["punctuation"]),
    ("أولا; ثانيا", ["punctuation"]),
    ("(المعايير), والنظم", ["punctuation"]),
    ("بلغ العدد 1,284 مشاركا", []),
    ("منصة Moodle, Canvas للتعلم عن بعد في الدول", []),
    ("منصة Moodle, وغيرها", ["punctuation"]),
    ("في عام ٢٠٢٤", ["digits"]),
    ("۱۲ مشاركا", ["digits"]),
    ("في عام 2024", []),
    ("في كانون الثاني 2024", ["months"]),
    ("خلال تشرين الاول", ["months"]),
    ("من أيار إلى حزيران", ["months"]),
    ("وشباط", ["months"]),
    ("12 آب 2024", ["months"]),
    ("عاد آب من السفر", []),
    ("في يناير وأغسطس 2024", []),
    ("نيسانية", []),
    ("تعزيز strengthen the systems of quality assurance in member countries", ["language"]),
    ("Strengthen systems of quality", ["language"]),
    ("استخدام منصة Moodle وأدوات Google Classroom", []),
    ("دورة حول TVET و QA و ISO-9001 و NQF", []),
    ("{headcount:genitive} من {2024-003.countries}", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "rules"), ARABIC)
def test_what_is_found_in_an_arabic_text(text, rules):
    assert found(ar=text) == [(rule, "ar") for rule in rules]


ENGLISH = [
    ("systems، standards", ["punctuation"]),
    ("systems, standards; done?", []),
    ("in ٢٠٢٤", ["digits"]),
    ("تعزيز النظم والمعايير المهنية في الدول", ["language"]),
    ("strengthen systems تعزيز النظم والمعايير المهنية للدول الأعضاء", ["language"]),
    ("the term تلمذة صناعية is used", []),
    ("Türkiye, Côte d’Ivoire and Azərbaycan", []),
    ("كانون الثاني", []),
]


@pytest.mark.parametrize(("text", "rules"), ENGLISH)
def test_what_is_found_in_an_english_text(text, rules):
    assert found(en=text) == [(rule, "en") for rule in rules]


@pytest.mark.parametrize(
    ("ar", "en", "expected"),
    [
        ("كلمة " * 20, "word " * 20, []),
        ("كلمة", "word " * 20, [("length", "ar")]),
        ("كلمة " * 40, "word", [("length", "en")]),
        ("كلمة", "a word or two", []),
        ("كلمة " * 40, "", []),
    ],
)
def test_a_text_far_shorter_than_the_other_is_found_in_its_language(ar, en, expected):
    assert found(ar.strip(), en.strip()) == expected


def test_an_acronym_is_as_long_as_its_full_name():
    ar = "خارطة الطريق الاستراتيجية لمنظمة التعاون الإسلامي في مجال التعليم والتدريب التقني والمهني لفترة 2020-2025"
    assert found(ar, "OIC-TVET Strategic Roadmap 2020-2025", words=WORDS, field="title") == []
    assert found(ar, "OIC-XYZ Strategic Roadmap 2020-2025", words=WORDS, field="title") == [("length", "en")]
    assert found("برامج تي فت للدول الأعضاء", "TVET of OIC-TVET", words=WORDS, field="title") == []


ACRONYMS = [
    ("en", "training in TVET", ["acronym"]),
    ("en", "technical and vocational education and training (TVET), then TVET", []),
    ("en", "TVET (technical and vocational education and training)", []),
    (
        "en",
        "TVET is told first; later on, of technical and vocational education and training much is said",
        ["acronym"],
    ),
    ("en", "the unknown ABC and TVETS", []),
    ("ar", "التدريب في TVET", ["acronym"]),
    ("ar", "للتعليم والتدريب التقني والمهني (TVET)", []),
    ("ar", "MEHE و TVET", ["acronym"]),
    ("en", "national vocational qualifications frameworks (NVQF)", []),
    ("en", "frameworks (NVQF) of national vocational qualifications", ["acronym"]),
    ("ar", "تصميم الأطر الوطنية للمؤهلات المهنية (NVQF) وتطبيقها", []),
    ("ar", "تصميم البرامج (NVQF)", ["acronym"]),
]


@pytest.mark.parametrize(("language", "text", "rules"), ACRONYMS)
def test_an_acronym_is_told_with_its_full_name_at_first(language, text, rules):
    assert found(**{language: text}, words=WORDS) == [(rule, language) for rule in rules]


def test_an_acronym_counts_once_in_a_record():
    activity = Activity(code="2024-001", objective_en="training in TVET", summary_en="more of TVET")
    texts = [Text("2024-001", field, activity, field) for field in ("objective", "summary")]
    assert [finding.field for finding in house_style_of(texts, WORDS)] == ["objective_en"]


def test_a_title_has_no_room_for_full_names():
    assert found(en="Training in TVET", words=WORDS, field="title") == []


NAMES = [
    ("en", "with the Ministry of Education and Higher Education", []),
    ("en", "with the ministry of education and higher education", []),
    ("en", "with the Ministry of Public Instruction", ["name"]),
    ("en", "the Ministry of Public Instructions", []),
    ("ar", "وزارة التربية والتعليم العالي", []),
    ("ar", "بوزارة التربية والتعليم العالي", []),
    ("ar", "وَزارة التربية والتعليم العالي", []),
    ("ar", "وزاره التربيه والتعليم العالى", ["name"]),
    ("ar", "ووزارة المعارف", ["name"]),
    ("ar", "للمعهد الوطني للإحصاء", []),
    ("ar", "المعهد الوطني للاحصاء", ["name"]),
    ("ar", "مجلس العمل", []),  # two bodies were called so
    ("ar", "المركز", []),
]


@pytest.mark.parametrize(("language", "text", "rules"), NAMES)
def test_a_name_that_departs_from_the_official_one_is_found(language, text, rules):
    assert found(**{language: text}, words=WORDS) == [(rule, language) for rule in rules]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_finding_quotes_what_it_found(language):
    activity = Activity(code="2024-001", objective_ar="وزارة المعارف، كانون الثاني ٢٠٢٤ %(text)s {0}")
    with override(language):
        said = [str(row.message) for row in house_style(Text("2024-001", "x", activity, "objective"), WORDS)]
    assert "\u2068٢٠٢٤\u2069" in said[0]
    assert "\u2068كانون الثاني\u2069" in said[1]
    assert "\u2068وزارة المعارف (وزارة التربية والتعليم العالي)\u2069" in said[2]


HOSTILE = ["a" * 20_000, "ا" * 20_000, "," * 20_000, "ا," * 10_000, "{" * 20_000, "A-" * 10_000, "a.a@" * 5_000]
HOSTILE += [
    "وزارة " * 3_300,
    "ل" * 20_000,
    "\u064b" * 20_000,
    "https://" * 2_500,
    "x\u0301" * 10_000,
    "تشرين " * 3_300,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_keeps_a_reader_waiting(text):
    many = house_words(
        [OfficialName(Bilingual(f"وزارة {'أ' * (n % 50 + 1)} {n}", f"A {n} a a"), f"A{n}") for n in range(2_000)]
    )
    before = time.process_time()
    found(text, text, many)
    assert time.process_time() - before < 10  # a runaway takes minutes: no measure, only a guard
