"""Search against a list of its own of how people vary what they type: no title it was made with is here."""

import pytest
from django.db.models import Q
from hypothesis import example, given
from hypothesis import strategies as st

from bilingual.search import _TOKEN, fold, fold_digits, query_words, search_document, search_filter, stem, word_filter


def matches(condition, document):
    """Evaluate a condition on the column as a database would, by plain containment."""
    found = [
        matches(child, document) if isinstance(child, Q) else _holds(*child, document) for child in condition.children
    ]
    outcome = any(found) if condition.connector == Q.OR else all(found)
    return outcome != condition.negated


def _holds(lookup, value, document):
    if lookup == "pk__in":
        assert value == []
        return False
    assert lookup == "search__contains"
    return value in document


def finds(query, *texts):
    return matches(search_filter(query), search_document(*texts))


DOCUMENT = (
    "الملتقى الإقليمي بشأن تأهيل المدربين على صيانة الطاقات المتجددة في المعاهد التقنية",
    "برنامج لمساندة المقاولات الناشئة وبالمهارات الرقمية للفتيات",
    "كوت ديفوار، آسيا الوسطى، مبادئ الحوكمة، رؤية شاملة، مستوى ثالث",
    "Regional forum on apprenticeships and renewable energy, Türkiye and Côte d'Ivoire, 2023-014",
)


@pytest.mark.parametrize(
    "query",
    [
        # as written
        "الملتقى",
        "تأهيل المدربين",
        # the article off, the article on
        "ملتقى",
        "إقليمي",
        "طاقات",
        "معاهد",
        "الصيانة",
        "التأهيل",
        "البرنامج",
        # hamza left out or carried otherwise
        "تاهيل",
        "الاقليمي",
        "اسيا",
        "مبادي",
        "مباديء",
        "رويه",
        "رؤيا",
        # ta marbuta, alef maqsura
        "صيانه",
        "المتجدده",
        "الملتقي",
        "مستوي",
        "الوسطي",
        "حوكمه",
        # vowel signs and tatweel
        "تَأْهِيل",
        "المُتَجَدِّدَة",
        "المدربـــين",
        "طـاقـات",
        # one particle
        "بالطاقات",
        "والمدربين",
        "للمدربين",
        "لتأهيل",
        "وصيانة",
        "بصيانة",
        "كبرنامج",
        "فالحوكمة",
        # conjunction and preposition together, with and without the article
        "وبالطاقات",
        "وللمدربين",
        "ولتأهيل",
        "وبصيانة",
        "وبتأهيل",
        "فبالحوكمة",
        "فلتأهيل",
        # endings
        "مدرب",
        "مدربون",
        "مهارة",
        "المهارات",
        "مهاراتها",
        "فتيات",
        "مساندة",
        "برنامجا",
        "معاهدهم",
        # no space before and no mark after
        "كوت ديفوار",
        # Latin
        "turkiye",
        "TÜRKİYE",
        "Tu\u0308rkiye",
        "cote d'ivoire",
        "Côte d’Ivoire",
        "cote divoire",
        "ivoire",
        "apprenticeship",
        "forums",
        "energies",
        "appren",
        # digits of every keyboard, a code, several words in any order and language
        "2023",
        "٢٠٢٣",
        "۲۰۲۳",
        "2023-014",
        "energy المدربين",
        "المدربين، (الطاقات)!",
        # another keyboard's letters, invisible marks, presentation forms from a PDF
        "الملتقی",
        "کوت",
        "\u200fالملتقى\u200e",
        "\u2067المدربين\u2069",
        "\ufedf\ufee0\ufee4\ufeaa\ufead\ufe91\ufef4\ufee6",
    ],
)
def test_word_is_found_however_it_is_typed(query):
    assert finds(query, *DOCUMENT)


@pytest.mark.parametrize(
    "query", ["زراعة", "المدربين زراعة", "webinar", "2024", "ترجمة", "un", "قى", "%", "_", "مدر%ين", "____", "*", "''"]
)
def test_word_that_is_not_there_is_not_found(query):
    assert not finds(query, *DOCUMENT)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("أنشطة إعداد آلية ٱلبنك", "انشطه اعداد اليه البنك"),
        ("شؤون هيئة شيء", "شوون هييه شي"),
        ("مستوى", "مستوي"),
        ("مُدَرِّسٌ", "مدرس"),
        ("مـــدرب", "مدرب"),
        ("\u200fسيسرك\u200e \u2067نص\u2069", "سيسرك نص"),
        ("٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹", "0123456789 0123456789"),
        ("Türkiye İSTANBUL Iğdır", "turkiye istanbul igdir"),
        ("Côte d'Ivoire São Tomé", "cote divoire sao tome"),
        ("STRASSE Straße", "strasse strasse"),
        ("Azərbaycan", "azarbaycan"),
        ("\ufefb", "لا"),
        ("", ""),
    ],
)
def test_folding_leaves_one_form_of_each_letter(text, folded):
    assert fold(text) == folded


def test_digits_are_folded_and_nothing_else():
    assert fold_digits("٢٠٢٤/۰۹/05 أول") == "2024/09/05 أول"


@pytest.mark.parametrize(
    ("token", "stemmed"),
    [
        ("وبالمهارات", "مهار"),
        ("للجامعه", "جامع"),
        ("ورشتين", "ورش"),
        ("ورشتي", "ورش"),
        ("خبيرا", "خبير"),
        ("تدريبيه", "تدريب"),
        ("بلد", "بلد"),
        ("الي", "الي"),
        ("policies", "policy"),
        ("courses", "course"),
        ("process", "process"),
        ("status", "status"),
        ("ties", "tie"),
        ("tvet", "tvet"),
        ("", ""),
    ],
)
def test_stem_leaves_three_letters_at_least(token, stemmed):
    assert stem(token) == stemmed


def test_document_holds_each_word_and_stem_once():
    assert search_document("المدربين مدرب", None, "", "المدربين Courses") == " المدربين مدرب courses course "
    assert search_document(None, "", "—!") == ""


def test_short_word_is_asked_at_the_start_of_a_word():
    assert finds("UN", "UNESCO-UNEVOC")
    assert not finds("UN", "fund")


@pytest.mark.parametrize("query", ["", "   ", "\n\t"])
def test_empty_query_asks_for_nothing(query):
    assert search_filter(query) == Q()
    assert query_words(query) == []


@pytest.mark.parametrize("query", ["\x00", "\ud800", "%%%", "___", "\u202e", "ـــ", "ء", "'", "🙂", "\u0301" * 500])
def test_query_without_a_letter_matches_nothing(query):
    assert search_filter(query) == Q(pk__in=[])
    assert not finds(query, *DOCUMENT)


def test_query_of_any_length_is_cut():
    assert len(query_words("كلمة " * 10_000)) == 12
    assert query_words("x" * 50_000) == ["x" * 200]
    assert query_words(" " * 50_000 + "word") == ["word"]


def test_field_may_have_another_name():
    assert search_filter("بلد", field="activity__search") == Q(activity__search__contains="بلد")
    assert word_filter("بلد", field="name") == Q(name__contains="بلد")


@given(st.text(st.characters()))
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(), max_size=400))
def test_any_query_gives_a_storable_condition(query):
    for form in _forms_in(search_filter(query)):
        form.encode()
        assert "\x00" not in form
        assert form.strip()


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=150))
def test_text_is_found_by_itself(text):
    assert not query_words(text) or query_words(text) == [""] or finds(text, text)


def _forms_in(condition):
    for child in condition.children:
        if isinstance(child, Q):
            yield from _forms_in(child)
        elif child[0] != "pk__in":
            yield child[1]


@given(st.text(max_size=60))
@example("a\u0301b c\u00a0\u0301d\u2028\ufdfa وال\u200bكفاءة d'Ivoire")
def test_a_document_is_that_of_the_whole_text_folded_at_once(text):
    words = _TOKEN.findall(fold(text))
    forms = dict.fromkeys(form for word in words for form in (word, stem(word)))
    assert search_document(text).split() == list(forms)
