"""Reads a composed report back from its visible words, by rules of its own: nothing here comes from `bilingual`."""

import re
from datetime import date

from bs4 import BeautifulSoup, Tag

MONTHS = {
    "ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split(),
    "en": "January February March April May June July August September October November December".split(),
}
MARKED = "[data-fact], [data-name], [data-fixed]"
_UNITS = "أول ثان ثالث رابع خامس سادس سابع ثامن تاسع عاشر".split()
_TENS = {"عشر": 20, "ثلاث": 30, "أربع": 40, "خمس": 50, "ست": 60, "سبع": 70, "ثمان": 80, "تسع": 90}
_INVISIBLE = re.compile("[\u061c\u200e\u200f\u2066-\u2069]")


def visible(tag: Tag) -> str:
    """The words of an element as a reader sees them."""
    return " ".join(_INVISIBLE.sub("", tag.get_text()).split())


def stated_facts(html: str, language: str) -> dict[str, set]:
    """Return every marked fact of the document with the values that its visible words state."""
    read: dict[str, set] = {}
    for tag in BeautifulSoup(html, "html.parser").select("[data-fact]"):
        read.setdefault(tag["data-fact"], set()).add(read_value(tag["data-fact"], visible(tag), language))
    return read


def unmarked_text(html: str) -> str:
    """Return what the document says outside marked facts, names, titles and fixed texts."""
    soup = BeautifulSoup(html, "html.parser")
    soup.head.decompose()
    for tag in soup.select(MARKED):
        tag.decompose()
    return visible(soup)


def read_value(fact: str, words: str, language: str):
    """Return the value that ``words`` state: a number, a day, or two days as ``start/end``."""
    name = fact.rpartition(".")[2]
    if name in ("dates", "period", "announced"):
        return _read_days(words, language)
    if name == "month":
        return _read_month(words, language)
    if name == "as_of":
        return _read_days(words, language).partition("/")[0]
    if fact in ("report.meeting.number", "report.before.number", "before.number") or name == "call":
        return _read_ordinal(words, language)
    if name == "number" and not fact.startswith(("area.", "imprint.")):
        return words
    return _read_count(words)


def _read_days(words: str, language: str) -> str:
    """Days in any of the shapes a range can have; a month or year said once serves both."""
    months = MONTHS[language]
    tokens = re.findall(rf"\d+|{'|'.join(months)}", words)
    days, found, years = [], [], []
    for token in tokens:
        if token in months:
            found.append(months.index(token) + 1)
        elif len(token) == 4:
            years.append(int(token))
        else:
            days.append(int(token))
    start = date(years[0], found[0], days[0])
    end = date(years[-1], found[-1], days[-1])
    return f"{start.isoformat()}/{end.isoformat()}"


def _read_month(words: str, language: str) -> str:
    month, year = words.split()
    return f"{year}-{MONTHS[language].index(month) + 1:02d}"


def _read_count(words: str) -> int:
    """A count in digits, the Arabic forms that say one and two by themselves, or the words for none."""
    if re.match(r"(?:no|لا) ", words):
        return 0
    digits = re.search(r"\d[\d,]*", words)
    if digits:
        return int(digits[0].replace(",", ""))
    assert not re.search("[a-zA-Z]", words), words
    return 1 if re.search(r"واحد", words) else 2


def _read_ordinal(words: str, language: str) -> int:
    if language == "en" or re.search(r"\d", words):
        return int(re.search(r"[\d,]+", words)[0].replace(",", ""))
    total = 100 if "المائة" in words else 0
    words = words.replace("بعد المائة", "").replace("المائة", "").strip()
    tens = re.search(rf"ال({'|'.join(_TENS)})(?:ون|ين)$", words)
    if tens:
        total += _TENS[tens[1]]
        words = words[: tens.start()]
    elif re.search(r" عشرة?$", words):
        total += 10
    if re.search("حادية?|أولى", words):
        return total + 1
    units = [place for place, unit in enumerate(_UNITS, start=1) if re.search(rf"ال{unit}", words)]
    return total + (units[-1] if units else 0)
