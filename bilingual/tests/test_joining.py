"""Lists, particles before names, ordinals and the English article."""

import pytest
from django.utils.safestring import SafeString, mark_safe

from bilingual.grammar import Case, attach, join, ordinal, with_article


@pytest.mark.parametrize(
    ("items", "arabic"),
    [
        ([], ""),
        (["سيسرك"], "سيسرك"),
        (["سيسرك", "إيسيسكو"], "سيسرك وإيسيسكو"),
        (["تركيا", "الجزائر", "وزارة المالية"], "تركيا والجزائر ووزارة المالية"),
        (["تركيا", "الجزائر", "مصر"], "تركيا والجزائر ومصر"),
        (["سيسرك", "KOBIA"], "سيسرك و\u00a0KOBIA"),
        (["12 دورة تدريبية", "3 ورش عمل"], "12 دورة تدريبية و3 ورش عمل"),
        (['"المهارات"', '"الجودة"'], '"المهارات" و"الجودة"'),
        (["سيسرك", "\u2068KOBIA\u2069"], "سيسرك و\u00a0\u2068KOBIA\u2069"),
        (["سيسرك", ""], "سيسرك و"),
    ],
)
def test_arabic_list_writes_and_onto_each_next_word(items, arabic):
    assert join(items, "ar") == arabic


def test_arabic_list_of_long_names_is_set_apart_by_commas():
    names = ["وزارة التعليم والثقافة", "مركز اليونسكو", "مكتب التحول الرقمي"]
    assert join(names, "ar") == "وزارة التعليم والثقافة، ومركز اليونسكو، ومكتب التحول الرقمي"


@pytest.mark.parametrize(
    ("items", "english"),
    [
        ([], ""),
        (["SESRIC"], "SESRIC"),
        (["SESRIC", "ICESCO"], "SESRIC and ICESCO"),
        (["experts", "executives", "academics"], "experts, executives and academics"),
        (["Industry and Technology", "Finance", "TOBB"], "Industry and Technology, Finance, and TOBB"),
        (["IUT, Bangladesh", "ICESCO"], "IUT, Bangladesh, and ICESCO"),
        (["ICESCO", "IUT, Bangladesh"], "ICESCO and IUT, Bangladesh"),
        (["Education, Culture and Research", "Finance", "TOBB"], "Education, Culture and Research; Finance; and TOBB"),
    ],
)
def test_english_list_puts_and_before_its_last_item(items, english):
    assert join(items, "en") == english


def test_list_with_marked_html_stays_safe_and_escapes_the_rest():
    joined = join([mark_safe("<b>سيسرك</b>"), "<i>", mark_safe('<bdi dir="ltr">KOBIA</bdi>')], "ar")
    assert joined == '<b>سيسرك</b> و&lt;i&gt; و\u00a0<bdi dir="ltr">KOBIA</bdi>'
    assert isinstance(joined, SafeString)


@pytest.mark.parametrize(
    ("particle", "name", "written"),
    [
        ("ل", "الجامعة الإسلامية للتكنولوجيا", "للجامعة الإسلامية للتكنولوجيا"),
        ("ل", "البنك الإسلامي للتنمية", "للبنك الإسلامي للتنمية"),
        ("ل", "اللجنة الدائمة", "للجنة الدائمة"),
        ("ل", "الاتحاد", "للاتحاد"),
        ("ل", "مؤسسة التدريب المهني", "لمؤسسة التدريب المهني"),
        ("ل", "اتحاد الغرف", "لاتحاد الغرف"),
        ("ل", "ألبانيا", "لألبانيا"),
        ("ل", "التزام البلدان", "لالتزام البلدان"),
        ("ل", "الالتزام", "للالتزام"),
        ("ل", "التماسك", "للتماسك"),
        ("ل", "KOBIA", "لـ\u00a0KOBIA"),
        ("ل", "82 خبيرا", "لـ82 خبيرا"),
        ("ل", '"الجودة"', 'لـ"الجودة"'),
        ("ل", "\u2067الجامعة\u2069", "\u2067للجامعة\u2069"),
        ("ب", "الكومسيك", "بالكومسيك"),
        ("ب", "وزارة التعليم", "بوزارة التعليم"),
        ("ب", "UNEVOC", "بـ\u00a0UNEVOC"),
        ("ب", "\u2067سيسرك\u2069", "\u2067بسيسرك\u2069"),
        ("ك", "الشباب", "كالشباب"),
        ("ك", "ICESCO", "كـ\u00a0ICESCO"),
        ("ف", "البلدان", "فالبلدان"),
        ("و", "البنك", "والبنك"),
        ("و", "اللجنة", "واللجنة"),
        ("و", "KOBIA", "و\u00a0KOBIA"),
        ("و", "5 بلدان", "و5 بلدان"),
    ],
)
def test_particle_is_written_onto_the_name(particle, name, written):
    assert attach(particle, name) == written


@pytest.mark.parametrize("particle", ["", "ال", "من", "س", "لل", "x"])
def test_particle_of_another_kind_is_refused(particle):
    with pytest.raises(ValueError, match="particle"):
        attach(particle, "البنك")


@pytest.mark.parametrize(
    ("n", "masculine", "feminine", "feminine_genitive"),
    [
        (1, "الأول", "الأولى", "الأولى"),
        (2, "الثاني", "الثانية", "الثانية"),
        (3, "الثالث", "الثالثة", "الثالثة"),
        (6, "السادس", "السادسة", "السادسة"),
        (8, "الثامن", "الثامنة", "الثامنة"),
        (10, "العاشر", "العاشرة", "العاشرة"),
        (11, "الحادي عشر", "الحادية عشرة", "الحادية عشرة"),
        (12, "الثاني عشر", "الثانية عشرة", "الثانية عشرة"),
        (19, "التاسع عشر", "التاسعة عشرة", "التاسعة عشرة"),
        (20, "العشرون", "العشرون", "العشرين"),
        (35, "الخامس والثلاثون", "الخامسة والثلاثون", "الخامسة والثلاثين"),
        (39, "التاسع والثلاثون", "التاسعة والثلاثون", "التاسعة والثلاثين"),
        (40, "الأربعون", "الأربعون", "الأربعين"),
        (41, "الحادي والأربعون", "الحادية والأربعون", "الحادية والأربعين"),
        (50, "الخمسون", "الخمسون", "الخمسين"),
        (66, "السادس والستون", "السادسة والستون", "السادسة والستين"),
        (77, "السابع والسبعون", "السابعة والسبعون", "السابعة والسبعين"),
        (88, "الثامن والثمانون", "الثامنة والثمانون", "الثامنة والثمانين"),
        (99, "التاسع والتسعون", "التاسعة والتسعون", "التاسعة والتسعين"),
        (100, "المائة", "المائة", "المائة"),
        (101, "الأول بعد المائة", "الأولى بعد المائة", "الأولى بعد المائة"),
        (111, "الحادي عشر بعد المائة", "الحادية عشرة بعد المائة", "الحادية عشرة بعد المائة"),
        (120, "العشرون بعد المائة", "العشرون بعد المائة", "العشرين بعد المائة"),
        (199, "التاسع والتسعون بعد المائة", "التاسعة والتسعون بعد المائة", "التاسعة والتسعين بعد المائة"),
        (0, "رقم 0", "رقم 0", "رقم 0"),
        (200, "رقم 200", "رقم 200", "رقم 200"),
        (1500, "رقم 1,500", "رقم 1,500", "رقم 1,500"),
    ],
)
def test_arabic_ordinal_agrees_in_gender_and_case(n, masculine, feminine, feminine_genitive):
    assert ordinal(n, "ar") == masculine
    assert ordinal(n, "ar", "f") == feminine
    assert ordinal(n, "ar", "f", Case.GENITIVE) == feminine_genitive
    assert ordinal(n, "ar", "f", Case.ACCUSATIVE) == feminine_genitive


def test_arabic_ordinals_are_all_different_up_to_199():
    assert len({ordinal(n, "ar", "f") for n in range(1, 200)}) == 199


@pytest.mark.parametrize(
    ("n", "english"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (32, "32nd"),
        (40, "40th"),
        (111, "111th"),
        (123, "123rd"),
        (1001, "1,001st"),
    ],
)
def test_english_ordinal_has_the_ending_of_its_last_word(n, english):
    assert ordinal(n, "en") == english


@pytest.mark.parametrize(
    "phrase",
    [
        "an online training course",
        "a webinar",
        "a university visit",
        "an expert meeting",
        "an hour",
        "an honorary guest",
        "a European partner",
        "a one-day workshop",
        "a once-a-year meeting",
        "an on-site visit",
        "a hybrid meeting",
        "a unified framework",
        "a union",
        "an unidentified body",
        "an uninterrupted session",
        "an upcoming event",
        "an urban area",
        "a useful tool",
        "a utility",
        "a Ugandan institution",
        "a Ukrainian expert",
        "an Uzbek ministry",
        "a UN body",
        "a UNESCO-UNEVOC centre",
        "a SESRIC course",
        "a COMCEC session",
        "a MAC meeting",
        "a TVET programme",
        "a ToT course",
        "an NFP",
        "an MSME",
        "an SME",
        "an SMEs forum",
        "an NVQF",
        "an IsDB project",
        "an OIC-TVET roadmap",
        "an ICESCO workshop",
        "an MoU",
        "a PhD",
        "an 8-day visit",
        "an 11th session",
        "an 18-month plan",
        "an 80-page report",
        "a 100-page report",
        "a 1,800-page report",
        "an 11,000-strong list",
        'an "Introduction to Quality" course',
        "an État",
    ],
)
def test_english_article_follows_the_sound(phrase):
    _article, rest = phrase.split(" ", 1)
    assert with_article(rest) == phrase


def test_english_article_stands_before_words_only():
    assert with_article("") == ""
