"""Every counted noun of the programme against forms written out by hand, class by class and case by case."""

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from bilingual import grammar
from bilingual.grammar import (
    NOUNS,
    ArabicNoun,
    Case,
    EnglishNoun,
    Noun,
    compound,
    counted,
    counted_label,
    find_noun,
    plural_class,
)

NOMINATIVE, GENITIVE, ACCUSATIVE = Case.NOMINATIVE, Case.GENITIVE, Case.ACCUSATIVE

CLASSES = {
    "few": ("3", "10", "103", "110"),
    "many": ("11", "20", "99", "111", "1,284"),
    "other": ("100", "101", "102", "200", "1,000"),
}

# name: zero | one | one, accusative | two | two, oblique | few | many | other
ARABIC = {
    "participant": "لا مشاركين|مشارك واحد|مشاركا واحدا|مشاركان|مشاركين|مشاركين|مشاركا|مشارك",
    "participation": "لا مشاركات|مشاركة واحدة|مشاركة واحدة|مشاركتان|مشاركتين|مشاركات|مشاركة|مشاركة",
    "expert": "لا خبراء|خبير واحد|خبيرا واحدا|خبيران|خبيرين|خبراء|خبيرا|خبير",
    "executive_manager": "لا مديرين تنفيذيين|مدير تنفيذي واحد|مديرا تنفيذيا واحدا|مديران تنفيذيان|مديرين تنفيذيين"
    "|مديرين تنفيذيين|مديرا تنفيذيا|مدير تنفيذي",
    "executive": "لا مسؤولين تنفيذيين|مسؤول تنفيذي واحد|مسؤولا تنفيذيا واحدا|مسؤولان تنفيذيان|مسؤولين تنفيذيين"
    "|مسؤولين تنفيذيين|مسؤولا تنفيذيا|مسؤول تنفيذي",
    "academic": "لا أكاديميين|أكاديمي واحد|أكاديميا واحدا|أكاديميان|أكاديميين|أكاديميين|أكاديميا|أكاديمي",
    "official": "لا مسؤولين|مسؤول واحد|مسؤولا واحدا|مسؤولان|مسؤولين|مسؤولين|مسؤولا|مسؤول",
    "senior_official": "لا مسؤولين كبار|مسؤول كبير واحد|مسؤولا كبيرا واحدا|مسؤولان كبيران|مسؤولين كبيرين"
    "|مسؤولين كبار|مسؤولا كبيرا|مسؤول كبير",
    "teacher": "لا مدرسين|مدرس واحد|مدرسا واحدا|مدرسان|مدرسين|مدرسين|مدرسا|مدرس",
    "professional": "لا مهنيين|مهني واحد|مهنيا واحدا|مهنيان|مهنيين|مهنيين|مهنيا|مهني",
    "trainer": "لا مدربين|مدرب واحد|مدربا واحدا|مدربان|مدربين|مدربين|مدربا|مدرب",
    "woman": "لا نساء|امرأة واحدة|امرأة واحدة|امرأتان|امرأتين|نساء|امرأة|امرأة",
    "man": "لا رجال|رجل واحد|رجلا واحدا|رجلان|رجلين|رجال|رجلا|رجل",
    "country": "لا بلدان|بلد واحد|بلدا واحدا|بلدان|بلدين|بلدان|بلدا|بلد",
    "member_country": "لا بلدان أعضاء|بلد عضو واحد|بلدا عضوا واحدا|بلدان عضوان|بلدين عضوين"
    "|بلدان أعضاء|بلدا عضوا|بلد عضو",
    "institution": "لا مؤسسات|مؤسسة واحدة|مؤسسة واحدة|مؤسستان|مؤسستين|مؤسسات|مؤسسة|مؤسسة",
    "partner_institution": "لا مؤسسات شريكة|مؤسسة شريكة واحدة|مؤسسة شريكة واحدة|مؤسستان شريكتان|مؤسستين شريكتين"
    "|مؤسسات شريكة|مؤسسة شريكة|مؤسسة شريكة",
    "activity": "لا أنشطة|نشاط واحد|نشاطا واحدا|نشاطان|نشاطين|أنشطة|نشاطا|نشاط",
    "held_activity": "لا أنشطة منجزة|نشاط منجز واحد|نشاطا منجزا واحدا|نشاطان منجزان|نشاطين منجزين"
    "|أنشطة منجزة|نشاطا منجزا|نشاط منجز",
    "planned_activity": "لا أنشطة مبرمجة|نشاط مبرمج واحد|نشاطا مبرمجا واحدا|نشاطان مبرمجان|نشاطين مبرمجين"
    "|أنشطة مبرمجة|نشاطا مبرمجا|نشاط مبرمج",
    "sub_activity": "لا أنشطة فرعية|نشاط فرعي واحد|نشاطا فرعيا واحدا|نشاطان فرعيان|نشاطين فرعيين"
    "|أنشطة فرعية|نشاطا فرعيا|نشاط فرعي",
    "project": "لا مشاريع|مشروع واحد|مشروعا واحدا|مشروعان|مشروعين|مشاريع|مشروعا|مشروع",
    "training_course": "لا دورات تدريبية|دورة تدريبية واحدة|دورة تدريبية واحدة|دورتان تدريبيتان|دورتين تدريبيتين"
    "|دورات تدريبية|دورة تدريبية|دورة تدريبية",
    "training_workshop": "لا ورش عمل تدريبية|ورشة عمل تدريبية واحدة|ورشة عمل تدريبية واحدة|ورشتا عمل تدريبيتان"
    "|ورشتي عمل تدريبيتين|ورش عمل تدريبية|ورشة عمل تدريبية|ورشة عمل تدريبية",
    "workshop": "لا ورش عمل|ورشة عمل واحدة|ورشة عمل واحدة|ورشتا عمل|ورشتي عمل|ورش عمل|ورشة عمل|ورشة عمل",
    "webinar": "لا ندوات عبر الإنترنت|ندوة واحدة عبر الإنترنت|ندوة واحدة عبر الإنترنت|ندوتان عبر الإنترنت"
    "|ندوتين عبر الإنترنت|ندوات عبر الإنترنت|ندوة عبر الإنترنت|ندوة عبر الإنترنت",
    "tot": "لا دورات تدريبية لصالح المدربين|دورة تدريبية واحدة لصالح المدربين|دورة تدريبية واحدة لصالح المدربين"
    "|دورتان تدريبيتان لصالح المدربين|دورتين تدريبيتين لصالح المدربين|دورات تدريبية لصالح المدربين"
    "|دورة تدريبية لصالح المدربين|دورة تدريبية لصالح المدربين",
    "study_visit": "لا زيارات دراسية|زيارة دراسية واحدة|زيارة دراسية واحدة|زيارتان دراسيتان|زيارتين دراسيتين"
    "|زيارات دراسية|زيارة دراسية|زيارة دراسية",
    "meeting": "لا اجتماعات|اجتماع واحد|اجتماعا واحدا|اجتماعان|اجتماعين|اجتماعات|اجتماعا|اجتماع",
    "session": "لا دورات|دورة واحدة|دورة واحدة|دورتان|دورتين|دورات|دورة|دورة",
    "cooperation_area": "لا مجالات تعاون|مجال تعاون واحد|مجال تعاون واحدا|مجالا تعاون|مجالي تعاون"
    "|مجالات تعاون|مجال تعاون|مجال تعاون",
    "providing_country": "لا بلدان مقدمة للمحتوى|بلد مقدم واحد للمحتوى|بلدا مقدما واحدا للمحتوى|بلدان مقدمان للمحتوى"
    "|بلدين مقدمين للمحتوى|بلدان مقدمة للمحتوى|بلدا مقدما للمحتوى|بلد مقدم للمحتوى",
    "day": "لا أيام|يوم واحد|يوما واحدا|يومان|يومين|أيام|يوما|يوم",
    "page": "لا صفحات|صفحة واحدة|صفحة واحدة|صفحتان|صفحتين|صفحات|صفحة|صفحة",
    "report": "لا تقارير|تقرير واحد|تقريرا واحدا|تقريران|تقريرين|تقارير|تقريرا|تقرير",
    "result": "لا نتائج|نتيجة واحدة|نتيجة واحدة|نتيجتان|نتيجتين|نتائج|نتيجة|نتيجة",
}

# name: one | two | two, oblique | more | more, oblique; the number of "more" follows the noun
DEFINITE = {
    "participant": "المشارك|المشاركان|المشاركين|المشاركون الـ{n}|المشاركين الـ{n}",
    "expert": "الخبير|الخبيران|الخبيرين|الخبراء الـ{n}|الخبراء الـ{n}",
    "senior_official": "المسؤول الكبير|المسؤولان الكبيران|المسؤولين الكبيرين"
    "|كبار المسؤولين الـ{n}|كبار المسؤولين الـ{n}",
    "woman": "المرأة|المرأتان|المرأتين|النساء الـ{n}|النساء الـ{n}",
    "country": "البلد|البلدان|البلدين|البلدان الـ{n}|البلدان الـ{n}",
    "member_country": "البلد العضو|البلدان العضوان|البلدين العضوين|البلدان الأعضاء الـ{n}|البلدان الأعضاء الـ{n}",
    "held_activity": "النشاط المنجز|النشاطان المنجزان|النشاطين المنجزين|الأنشطة المنجزة الـ{n}|الأنشطة المنجزة الـ{n}",
    "training_course": "الدورة التدريبية|الدورتان التدريبيتان|الدورتين التدريبيتين"
    "|الدورات التدريبية الـ{n}|الدورات التدريبية الـ{n}",
    "training_workshop": "ورشة العمل التدريبية|ورشتا العمل التدريبيتان|ورشتي العمل التدريبيتين"
    "|ورش العمل التدريبية الـ{n}|ورش العمل التدريبية الـ{n}",
    "workshop": "ورشة العمل|ورشتا العمل|ورشتي العمل|ورش العمل الـ{n}|ورش العمل الـ{n}",
    "webinar": "الندوة عبر الإنترنت|الندوتان عبر الإنترنت|الندوتين عبر الإنترنت"
    "|الندوات الـ{n} عبر الإنترنت|الندوات الـ{n} عبر الإنترنت",
    "tot": "الدورة التدريبية لصالح المدربين|الدورتان التدريبيتان لصالح المدربين|الدورتين التدريبيتين لصالح المدربين"
    "|الدورات التدريبية الـ{n} لصالح المدربين|الدورات التدريبية الـ{n} لصالح المدربين",
    "cooperation_area": "مجال التعاون|مجالا التعاون|مجالي التعاون|مجالات التعاون الـ{n}|مجالات التعاون الـ{n}",
    "partner_institution": "المؤسسة الشريكة|المؤسستان الشريكتان|المؤسستين الشريكتين"
    "|المؤسسات الشريكة الـ{n}|المؤسسات الشريكة الـ{n}",
    "day": "اليوم|اليومان|اليومين|الأيام الـ{n}|الأيام الـ{n}",
}

ENGLISH = {
    "participant": ("participant", "participants"),
    "executive_manager": ("executive", "executives"),
    "executive": ("executive", "executives"),
    "woman": ("woman", "women"),
    "country": ("country", "countries"),
    "held_activity": ("activity held", "activities held"),
    "planned_activity": ("planned activity", "planned activities"),
    "sub_activity": ("sub-activity", "sub-activities"),
    "tot": ("training-of-trainers course", "training-of-trainers courses"),
    "study_visit": ("study visit", "study visits"),
}

MIXED = compound(NOUNS["expert"], NOUNS["executive_manager"])
THREE = compound(NOUNS["expert"], NOUNS["executive"], NOUNS["academic"])


def _whole(digits):
    return int(digits.replace(",", ""))


def test_tables_name_every_noun_of_the_lexicon():
    assert set(ARABIC) == set(NOUNS)


@pytest.mark.parametrize("name", ARABIC)
def test_arabic_counts_agree_with_their_noun_when_indefinite(name):
    zero, one, one_accusative, two, two_oblique, *beside = ARABIC[name].split("|")
    expected = {
        (0, NOMINATIVE): zero,
        (0, GENITIVE): zero,
        (0, ACCUSATIVE): zero,
        (1, NOMINATIVE): one,
        (1, GENITIVE): one,
        (1, ACCUSATIVE): one_accusative,
        (2, NOMINATIVE): two,
        (2, GENITIVE): two_oblique,
        (2, ACCUSATIVE): two_oblique,
    }
    for digits_of_class, form in zip(CLASSES.values(), beside, strict=True):
        for digits in digits_of_class:
            for case in Case:  # the noun beside a number keeps its form, whatever the case of the whole
                expected[_whole(digits), case] = f"{digits} {form}"
    assert {key: counted(key[0], NOUNS[name], "ar", key[1]) for key in expected} == expected


@pytest.mark.parametrize("name", DEFINITE)
def test_arabic_counts_agree_with_their_noun_when_definite(name):
    one, two, two_oblique, more, more_oblique = DEFINITE[name].split("|")
    expected = {
        (1, NOMINATIVE): one,
        (1, GENITIVE): one,
        (1, ACCUSATIVE): one,
        (2, NOMINATIVE): two,
        (2, GENITIVE): two_oblique,
        (2, ACCUSATIVE): two_oblique,
    }
    for digits in (digits for digits_of_class in CLASSES.values() for digits in digits_of_class):
        expected[_whole(digits), NOMINATIVE] = more.format(n=digits)
        expected[_whole(digits), GENITIVE] = more_oblique.format(n=digits)
        expected[_whole(digits), ACCUSATIVE] = more_oblique.format(n=digits)
    assert {key: counted(key[0], NOUNS[name], "ar", key[1], definite=True) for key in expected} == expected


@pytest.mark.parametrize("name", ENGLISH)
def test_english_counts_agree_with_their_noun(name):
    one, more = ENGLISH[name]
    noun = NOUNS[name]
    assert [counted(n, noun, "en") for n in (0, 1, 2, 11, 100, 1284)] == [
        f"no {more}",
        f"1 {one}",
        f"2 {more}",
        f"11 {more}",
        f"100 {more}",
        f"1,284 {more}",
    ]
    assert [counted(n, noun, "en", definite=True) for n in (0, 1, 2, 1284)] == [
        f"no {more}",
        f"the {one}",
        f"the 2 {more}",
        f"the 1,284 {more}",
    ]


@pytest.mark.parametrize(
    ("n", "case", "words"),
    [
        (0, NOMINATIVE, "لا خبراء ولا مديرين تنفيذيين"),
        (1, NOMINATIVE, "مشارك واحد"),
        (1, ACCUSATIVE, "مشاركا واحدا"),
        (2, NOMINATIVE, "مشاركان"),
        (2, GENITIVE, "مشاركين"),
        (5, GENITIVE, "5 خبراء ومديرين تنفيذيين"),
        (82, GENITIVE, "82 خبيرا ومديرا تنفيذيا"),
        (100, GENITIVE, "100 خبير ومدير تنفيذي"),
        (102, GENITIVE, "102 خبير ومدير تنفيذي"),
        (103, GENITIVE, "103 خبراء ومديرين تنفيذيين"),
        (1284, NOMINATIVE, "1,284 خبيرا ومديرا تنفيذيا"),
    ],
)
def test_arabic_compound_gives_every_part_its_form(n, case, words):
    assert counted(n, MIXED, "ar", case) == words


@pytest.mark.parametrize(
    ("n", "case", "words"),
    [
        (0, NOMINATIVE, "لا خبراء ولا مديرين تنفيذيين"),
        (1, GENITIVE, "المشارك"),
        (2, NOMINATIVE, "المشاركان"),
        (2, ACCUSATIVE, "المشاركين"),
        (82, NOMINATIVE, "الخبراء والمديرون التنفيذيون الـ82"),
        (82, GENITIVE, "الخبراء والمديرين التنفيذيين الـ82"),
    ],
)
def test_arabic_compound_is_definite_in_every_part(n, case, words):
    assert counted(n, MIXED, "ar", case, definite=True) == words


def test_compound_of_three_joins_them_all():
    assert [counted(n, THREE, "ar") for n in (4, 50, 200)] == [
        "4 خبراء ومسؤولين تنفيذيين وأكاديميين",
        "50 خبيرا ومسؤولا تنفيذيا وأكاديميا",
        "200 خبير ومسؤول تنفيذي وأكاديمي",
    ]
    assert [counted(n, THREE, "en") for n in (0, 1, 2, 50)] == [
        "no experts, executives or academics",
        "1 participant",
        "2 experts, executives and academics",
        "50 experts, executives and academics",
    ]


def test_english_compound_says_the_same_word_once():
    assert counted(9, compound(NOUNS["executive_manager"], NOUNS["executive"]), "en") == "9 executives"


def test_compound_of_things_needs_a_word_for_one():
    course, visit = NOUNS["training_course"], NOUNS["study_visit"]
    with pytest.raises(ValueError, match="alone"):
        compound(course, visit)
    assert counted(1, compound(course, visit, alone=NOUNS["activity"]), "ar") == "نشاط واحد"


def test_noun_is_found_by_name_alone_or_joined():
    assert find_noun("expert") == NOUNS["expert"]
    assert find_noun("expert+executive_manager") == MIXED


@pytest.mark.parametrize(
    ("n", "noun", "arabic", "english"),
    [
        (0, NOUNS["participant"], "مشاركين", "participants"),
        (1, NOUNS["planned_activity"], "نشاط مبرمج", "planned activity"),
        (2, NOUNS["planned_activity"], "نشاطان مبرمجان", "planned activities"),
        (3, NOUNS["held_activity"], "أنشطة منجزة", "activities held"),
        (12, NOUNS["held_activity"], "نشاطا منجزا", "activities held"),
        (25, NOUNS["member_country"], "بلدا عضوا", "member countries"),
        (100, NOUNS["member_country"], "بلد عضو", "member countries"),
        (686, NOUNS["participation"], "مشاركة", "participations"),
        (1, MIXED, "مشارك", "participant"),
        (82, MIXED, "خبيرا ومديرا تنفيذيا", "experts and executives"),
    ],
)
def test_label_under_a_figure_has_the_form_the_figure_asks_for(n, noun, arabic, english):
    assert counted_label(n, noun, "ar") == arabic
    assert counted_label(n, noun, "en") == english


def test_plural_without_a_number_stands_in_its_case():
    assert grammar.plural(MIXED, "ar", GENITIVE) == "خبراء ومديرين تنفيذيين"
    assert grammar.plural(MIXED, "ar") == "خبراء ومديرون تنفيذيون"
    assert grammar.plural(NOUNS["participant"], "ar", GENITIVE, definite=True) == "المشاركين"
    assert grammar.plural(NOUNS["member_country"], "ar", ACCUSATIVE) == "بلدانا أعضاء"
    assert grammar.plural(MIXED, "en") == "experts and executives"
    assert grammar.plural(NOUNS["day"], "en", definite=True) == "the days"


def test_phrase_of_several_nouns_takes_the_article_in_each():
    both = ArabicNoun(
        "m",
        "خبير ومدير تنفيذي",
        "خبيران ومديران تنفيذيان",
        "خبراء ومديرون تنفيذيون",
        accusative="خبيرا ومديرا تنفيذيا",
    )
    assert both.definite_plural == "الخبراء والمديرون التنفيذيون"
    assert both.definite_plural_oblique == "الخبراء والمديرين التنفيذيين"


def test_adjective_that_begins_with_waw_is_no_conjunction():
    assert ArabicNoun("f", "مؤسسة وطنية", "مؤسستان وطنيتان", "مؤسسات وطنية").definite_plural == "المؤسسات الوطنية"


@pytest.mark.parametrize(
    ("singular", "dual", "accusative"),
    [
        ("جزء", "جزءان", "جزءا"),
        ("شيء", "شيئان", "شيئا"),
        ("لقاء", "لقاءان", "لقاء"),
        ("مبدأ", "مبدآن", "مبدأ"),
        ("مستوى", "مستويان", "مستوى"),
        ("مؤتمر وزاري", "مؤتمران وزاريان", "مؤتمرا وزاريا"),
        ("برنامج تدريب مهني", "برنامجا تدريب مهنيان", "برنامج تدريب مهنيا"),
        ("برنامج من برامج المنظمة", "برنامجان من برامج المنظمة", "برنامجا من برامج المنظمة"),
    ],
)
def test_accusative_writes_an_alef_where_spelling_allows_one(singular, dual, accusative):
    assert ArabicNoun("m", singular, dual, singular).accusative == accusative


def test_irregular_form_given_by_hand_is_kept():
    matter = ArabicNoun("m", "شأن", "شأنان", "شؤون", plural_oblique="شؤون", definite_plural_oblique="الشؤون")
    assert counted(3, Noun(matter, EnglishNoun("matter")), "ar") == "3 شؤون"
    assert counted(3, Noun(matter, EnglishNoun("matter")), "ar", GENITIVE, definite=True) == "الشؤون الـ3"


def test_oblique_is_the_genitive_by_another_name():
    assert Case.OBLIQUE is Case.GENITIVE


@pytest.mark.parametrize(
    "forms", [("x", "a", "b", "c"), ("m", "", "b", "c"), ("f", "a", "", "c"), ("f", "a", "b", "")]
)
def test_noun_without_its_forms_is_refused(forms):
    with pytest.raises(ValueError, match="gender"):
        ArabicNoun(*forms)


def test_plural_class_is_that_of_cldr_up_to_a_hundred_thousand():
    cldr = Locale("ar").plural_form
    assert [n for n in range(100_001) if plural_class(n) != cldr(n)] == []


@given(
    n=st.integers(min_value=0), name=st.sampled_from(sorted(NOUNS)), case=st.sampled_from(Case), definite=st.booleans()
)
def test_counted_never_shows_an_arabic_digit_or_a_stray_space(n, name, case, definite):
    for language in ("ar", "en"):
        words = counted(n, NOUNS[name], language, case, definite)
        assert words == " ".join(words.split())
        assert not any("\u0660" <= c <= "\u0669" or "\u06f0" <= c <= "\u06f9" for c in words)
        assert n < 3 or f"{n:,}" in words
