"""Mends what happens to text on its way out of a PDF: marks, forms of letters, order of words, split and joined words.

Each step is a function from text to text. A step that would have to guess leaves the text as it is: what readers look
for, they look for in a skeleton, which forgives much of this anyway.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from bilingual.search import fold, fold_digits
from reports.former.vocabulary import Vocabulary, words_of

BULLET = "•"
_PRESENTATION = re.compile("[\ufb50-\ufdff\ufe70-\ufefc\ufb00-\ufb06]")
_BULLETS = re.compile("[\uf000-\uf8ff●▪■◦‣∙·○]")
_UNSEEN = re.compile(
    "[\u0640\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff]"
)
_VOWELS = re.compile("[\u064b-\u0652\u0670]")
_ARABIC = "\u0621-\u064a"
_ARABIC_LETTER = re.compile(f"[{_ARABIC}]")
# Letters that no Arabic word has in this order, unless the two of a ligature have changed places.
_TURNED_LIGATURE = re.compile("ا([أإآ])(?=ل)|ا([أإآ])")

# An item begins a line with it, or the line stands at the edge of a page on most pages.
_FURNITURE_REACH = 4
_FURNITURE_TIMES = 3

# Words that stand right before a number, and right after one, in sentences of reports.
_BEFORE_NUMBER = {
    *("رقم", "لصالح", "من", "في", "فتره", "الفتره", "لفتره", "يوم", "يومي", "بتاريخ", "سنه", "عام", "عامي", "مع"),
    *("خلال", "وحضرها", "حضرها", "حضره", "فيها", "فيه", "الي", "حوالي", "نحو", "زها", "بين"),
}


def clean(text: str) -> str:
    """Return ``text`` with usual letters and digits, without marks that cannot be seen; line and page ends stay."""
    text = _PRESENTATION.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    text = _EMBEDDED.sub(_in_reading_order, text)
    text = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _persian_mended(text)
    text = _BULLETS.sub(BULLET, fold_digits(unicodedata.normalize("NFC", text)))
    return _VOWELS.sub("", text)


# Words that end in an alef written as a yeh without dots.
_DOTLESS = re.compile(r"\b(?:[ولف]?(?:عل|إل|ال|حت|لد|مد|سو)|(?:ال)?(?:أخر|كبر|صغر|مستو|محتو))ی\b")


def _persian_mended(text: str) -> str:
    """Yeh and kaf of a Persian keyboard, or of a font that shares them, as Arabic writes them."""
    text = text.replace("ک", "ك")
    return _DOTLESS.sub(lambda found: f"{found[0][:-1]}ى", text).replace("ی", "ي")


# What an extractor marks as left to right within Arabic begins with what a reader comes to last.
_EMBEDDED = re.compile("\u202a([^\u202a-\u202c\n]*)\u202c")


def _in_reading_order(found: re.Match) -> str:
    text = found[1]
    core = text.lstrip(' .,:;()[]،؛/«»“”"\u200e\u200f')
    if not core:
        return text[::-1]
    before = text[: len(text) - len(core)]
    return f"{core}{before[::-1]}"


def repair(pages: Iterable[str], vocabulary: Vocabulary) -> list[str]:
    """Return the lines of a document, mended, without empty lines and without what repeats at the edges of pages."""
    cleaned = [[line.strip("\n") for line in clean(page).split("\n") if line.strip()] for page in pages]
    lines = [line for page in without_furniture(cleaned) for line in page]
    lines = [turn_ligatures(line) for line in lines]
    lines = turn_letters(lines)
    lines = turn_words(lines, vocabulary)
    lines = order_runs([mirror_brackets(line) for line in lines])
    lines = unroll(lines, vocabulary)
    mended = Words.of(lines, vocabulary)
    lines = [mended.mend(line) for line in lines]
    return [line for line in (" ".join(line.split()) for line in lines) if line]


def without_furniture(pages: list[list[str]]) -> list[list[str]]:
    """Leave out what stands at the top or the bottom of three pages or more, page numbers aside."""
    edges = Counter(key for page in pages for key in {_masked(line) for line in _edges(page)})
    often = {key for key, times in edges.items() if times >= _FURNITURE_TIMES}
    kept = []
    for page in pages:
        first, last = page[:_FURNITURE_REACH], page[-_FURNITURE_REACH:]
        inner = page[_FURNITURE_REACH : max(_FURNITURE_REACH, len(page) - _FURNITURE_REACH)]
        last = last[max(0, 2 * _FURNITURE_REACH - len(page)) :]
        first = [line for line in first if _masked(line) not in often]
        last = [line for line in last if _masked(line) not in often]
        kept.append([*first, *inner, *last])
    return kept


def _edges(page: list[str]) -> list[str]:
    return [*page[:_FURNITURE_REACH], *page[-_FURNITURE_REACH:]]


def _masked(line: str) -> str:
    """A line with its numbers masked; a line of nothing but a number is none that repeats: items have those too."""
    masked = re.sub(r"\d+", "#", " ".join(line.split()))
    return masked if any(letter.isalpha() for letter in masked) else line


def turn_ligatures(line: str) -> str:
    """«اإلسالمي» begins with a ligature whose letters changed places; before another alef this is beyond doubt."""
    return re.sub("(^|[^\u0621-\u064a]|[وبكف])ا([أإآا])ل", r"\1ال\2", line)


def turn_letters(lines: list[str]) -> list[str]:
    """Turn lines whose Arabic letters stand in the order of the page, the last first.

    Where most lines of a document are so, those that tell nothing by themselves are turned, too.
    """
    votes = [_mirrored_vote(line) for line in lines]
    enough = 0 if sum(vote > 1 for vote in votes) > sum(vote < -1 for vote in votes) else 2
    is_arabic = [bool(_ARABIC_LETTER.search(line)) for line in lines]
    return [
        _mirrored(line) if vote >= enough and arabic else line
        for line, vote, arabic in zip(lines, votes, is_arabic, strict=True)
    ]


def _mirrored_vote(line: str) -> int:
    """Words begin with an article and end in a ta marbuta, not the other way round: how many more do the latter."""
    words = re.findall(f"[{_ARABIC}]{{3,}}", line)
    backwards = sum(word.endswith("لا") or word.startswith(("ة", "ى")) for word in words)
    return backwards - sum(word.startswith("ال") or word.endswith(("ة", "ى")) for word in words)


_LEFT_TO_RIGHT = re.compile(
    r"[A-Za-z0-9](?:[\w.,:/\-–’'&]*[A-Za-z0-9])?(?:\s+[A-Za-z0-9](?:[\w.,:/\-–’'&]*[A-Za-z0-9])?)*"
)
_MIRROR = str.maketrans("()[]«»“”", ")(][»«”“")


def _mirrored(line: str) -> str:
    """Return the line read from its end; numbers and Latin words keep their own order."""
    kept: list[str] = []

    def keep(found: re.Match) -> str:
        kept.append(found[0])
        return chr(0xE000 + len(kept) - 1)

    turned = _LEFT_TO_RIGHT.sub(keep, line)[::-1].translate(_MIRROR)
    return re.sub("[\ue000-\uefff]", lambda found: kept[ord(found[0]) - 0xE000], turned)


def turn_words(lines: list[str], vocabulary: Vocabulary) -> list[str]:
    """Turn lines whose words stand in the order of the page: where known pairs of words are found backwards.

    Where that is so for most lines of a document, one that tells less by itself is turned, too.
    """
    votes = [_vote(line, vocabulary) for line in lines]
    enough = 1 if sum(vote > 1 for vote in votes) > sum(vote < -1 for vote in votes) else 2
    return [
        _words_turned(line) if _ARABIC_LETTER.search(line) and _is_turned(line, vote, enough) else line
        for line, vote in zip(lines, votes, strict=True)
    ]


def _vote(line: str, vocabulary: Vocabulary) -> int:
    """How many more known pairs of words a line holds backwards than forwards."""
    pairs = list(pairwise(words_of(line)))
    forwards = sum(pair in vocabulary.pairs or pair in _FORMULAS for pair in pairs)
    return sum((b, a) in vocabulary.pairs or (b, a) in _FORMULAS for a, b in pairs) - forwards


def _is_turned(line: str, vote: int, enough: int) -> bool:
    words = line.split()
    if vote >= enough or (vote > 0 and len(words) <= 6):
        return True
    # A full stop behind the first word, or a number there that nothing but its sentence can have.
    return enough == 1 and vote == 0 and len(words) > 6 and not words[0][:1].isdigit()


def _words_turned(line: str) -> str:
    return " ".join(reversed(line.split()))


def _pairs(*phrases: str) -> frozenset[tuple[str, str]]:
    return frozenset(pair for phrase in phrases for pair in pairwise(words_of(phrase)))


# What every report says again and again, so that the order of its words is known.
_FORMULAS = _pairs(
    "في إطار برنامج",
    "في إطار هذا المشروع",
    "من خارطة الطريق الاستراتيجية",
    "وتماشيا مع مجال التعاون رقم",
    "مع خارطة الطريق",
    "بالتعاون مع",
    "نظم سيسرك",
    "وذلك خلال الفترة",
    "وذلك خلال فترة",
    "وذلك يوم",
    "وذلك بتاريخ",
    "عبر الإنترنت حول",
    "وقدم محتواها خبراء من",
    "وقدم هذه الدورة التدريبية خبراء",
    "خبراء مختصون من",
    "من السلطات المعنية بالتعليم والتدريب الفني والمهني والمؤسسات الوطنية ذات الصلة من",
    "وشارك فيها",
    "بلدا عضوا في",
    "من عدد من البلدان الأعضاء",
    "تدريبية حول",
    "عمل حول",
    "within the framework of the",
    "and in line with",
    "cooperation area no",
    "of the strategic roadmap",
    "in collaboration with the",
    "during the period",
    "for the benefit of",
    "it was delivered by experts from the",
    "experts and executives from",
    "it was attended by",
    "from member countries",
    "member countries of the",
    "training course on",
    "workshop on",
    "webinar on",
    "an online",
)

_ACRONYM = re.compile(r"[()]\s*([A-Za-z][A-Za-z0-9&/\- ]{0,40})\s*[()]")


def mirror_brackets(line: str) -> str:
    """Put brackets around an acronym the right way: «)OIC-VET(» and «)OIC-VET)» are both «(OIC-VET)»."""
    mended = _ACRONYM.sub(lambda found: f" ({found[1].strip()})", line)
    return re.sub(r"(\([A-Za-z][A-Za-z0-9&/\- ]{0,40}\))(?=\w)", r"\1 ", mended)


# A number with what belongs to it, or Latin words with their brackets.
_RUN = re.compile(
    r"\(?[A-Za-z][A-Za-z0-9&/\-.’' ]*[A-Za-z0-9]\)?|[.\-–/]*\d[\d.,/\-–]*\d[.]?|[.\-–/]*\d[.\-–]?|\(?[A-Za-z]\)?"
)
# Where two pieces meet without a space between them, or a mark opens what it should close.
_SEAM = re.compile(
    rf"(?<=[{_ARABIC}][.،:؛])(?=[{_ARABIC}])"
    rf"|(?<=[{_ARABIC}]\"[:.،])(?=[{_ARABIC}])"
    rf"|(?<=[{_ARABIC}][\"»])(?=[{_ARABIC}]{{2}})"
    rf"|(?<=[{_ARABIC}]) (?=[،.] )"
)
# Against the next word and away from the one before: the space went with the order.
_GLUED = re.compile(rf"(?:^|\s)[\-.(]?[A-Za-z0-9][A-Za-z0-9.\-]*[{_ARABIC}]")


def order_runs(lines: list[str]) -> list[str]:
    """Put the pieces of right-to-left lines in order where a document holds them from left to right.

    Its pieces are the numbers, the Latin words and the Arabic between them. Which order is right shows in numbers
    glued to the next word, and in the words that usually stand before and after a number. Where most lines of a
    document are in order, a single one needs more to be turned.
    """
    gains = [_gain_of_turning(line) for line in lines]
    turned, kept = sum(gain > 0 for gain in gains), sum(gain < 0 for gain in gains)
    enough = 1 if turned > kept else 4
    return [_turned(line) if gain >= enough else line for line, gain in zip(lines, gains, strict=True)]


def _gain_of_turning(line: str) -> float:
    """How much better the pieces of a line stand the other way round."""
    pieces = _pieces(line) if _ARABIC_LETTER.search(line) else []
    if len(pieces) < 2:
        return 0
    turned = [piece for piece in reversed(pieces) if piece.strip()]
    return _score(turned) - _score(pieces) + (2 if _GLUED.search(line) else 0)


def _turned(line: str) -> str:
    return " ".join(piece.strip() for piece in reversed(_pieces(line)) if piece.strip())


def _pieces(line: str) -> list[str]:
    """Part a line into its numbers and Latin words, and the Arabic between them, parted again at its seams."""
    pieces: list[str] = []
    last = 0
    for found in _RUN.finditer(line):
        pieces += _SEAM.split(line[last : found.start()])
        pieces.append(found[0])
        last = found.end()
    pieces += _SEAM.split(line[last:])
    return [piece for piece in pieces if piece]


def _score(pieces: list[str]) -> float:
    """How well the words beside each number stand there."""
    score = 0.0
    kept = [piece.strip() for piece in pieces if piece.strip()]
    for index, piece in enumerate(kept):
        if not piece[:1].isdigit() and not piece[-1:].isdigit():
            continue
        before = words_of(kept[index - 1])[-1:] if index else []
        after = words_of(kept[index + 1])[:1] if index + 1 < len(kept) else []
        score += 2 * (bool(before) and (before[0] in _BEFORE_NUMBER or before[0] in MONTH_WORDS))
        score += 2 * (bool(after) and (after[0] in MONTH_WORDS or after[0].startswith(_COUNTED)))
    if kept and kept[0][:1] in "،.؛":
        score -= 1
    if kept and re.fullmatch(rf"[{_ARABIC}]", kept[0].split()[0]):
        score -= 0.5
    return score


def unroll(lines: list[str], vocabulary: Vocabulary) -> list[str]:
    """Put the beginning of an Arabic line back to its place where it came to stand behind the rest.

    Nothing in the line shows where: but its first word then completes its last («والتد» … «ريب»), or follows it in
    other texts, and what follows the line before begins somewhere inside.
    """
    often = Counter(pair for line in lines for pair in pairwise(words_of(line)))
    known = Words.of(lines, vocabulary)
    links = _Links(vocabulary.pairs | _FORMULAS | {pair for pair, times in often.items() if times >= 3}, known)
    found: list[str] = []
    for index, line in enumerate(lines):
        after = lines[index + 1] if index + 1 < len(lines) else ""
        found.append(_unrolled(line, found[-1] if found else "", after, links))
    return found


@dataclass(frozen=True)
class _Links:
    """How well one word follows another."""

    pairs: frozenset[tuple[str, str]]
    words: "Words"

    def between(self, first: str, second: str) -> float:
        a, b = words_of(first)[-1:], words_of(second)[:1]
        if not a or not b:
            return 0.0
        if a == b:
            return -1.0
        return float(any((x, y) in self.pairs for x in (a[0], a[0].removeprefix("و")) for y in (b[0],)))

    def glue(self, first: str, second: str) -> float:
        """Two halves of a word are worth more than two words."""
        if not first[-1:].isalpha() or not second[:1].isalpha():
            return 0.0
        if self.words.knows(_bare(first + second)) and not (
            self.words.knows(_bare(first)) and self.words.knows(_bare(second))
        ):
            return 2.0
        return 0.0


def _unrolled(line: str, before: str, after: str, links: _Links) -> str:
    """Turn the first Arabic piece of a line, up to its first number or Latin word, where that mends two links."""
    found = _RUN.search(line)
    head, rest = (line[: found.start()], line[found.start() :]) if found else (line, "")
    words = head.split()
    if len(words) < 4 or len(words) > 60 or not _ARABIC_LETTER.search(head):
        return line
    previous = before.split()[-1] if before else ""
    following = rest.split()[0] if rest.strip() else (after.split() or [""])[0]
    now = links.between(previous, words[0]) + _leads_to(words[-1], following, links)
    wrapped = max(links.between(words[-1], words[0]), links.glue(words[-1], words[0]))
    best, cut = 0.0, 0
    for place in range(1, len(words)):
        broken = links.between(words[place - 1], words[place])
        opens = previous.endswith(_ENDS) and fold(" ".join(words[place : place + 2])).startswith(_OPENERS)
        gain = links.between(previous, words[place]) + wrapped + _leads_to(words[place - 1], following, links) + opens
        if words[place - 1].endswith((".", ":")):
            broken += 1
        if gain - now - broken > best:
            best, cut = gain - now - broken, place
    if best < 2:
        return line
    joined = links.glue(words[-1], words[0])
    first = " ".join(words[cut:]) + ("" if joined else " ")
    return f"{first}{' '.join(words[:cut])} {rest}".strip()


def _leads_to(word: str, following: str, links: _Links) -> float:
    if following[:1].isdigit() or following[:1] == "-":
        return float(bool(words_of(word)) and words_of(word)[-1] in _BEFORE_NUMBER | {"التعاون"})
    return links.between(word, following)


_ENDS = (".", ":", '"', "»", "”")
# How the sentences of an item begin.
_OPENERS = tuple(
    fold(word)
    for word in (
        "وقدم",
        "وشارك",
        "وحضر",
        "وهدف",
        "وتمثل",
        "وكان",
        "وتناول",
        "وسهر",
        "وألقى",
        "وركز",
        "وغطت",
        "في إطار",
        "وأشرف",
    )
)

_COUNTED = (
    "خبير",
    "خبرا",
    "مشارك",
    "مسؤول",
    "مسول",
    "مدير",
    "بلد",
    "لدا",
    "دول",
    "مدرس",
    "مهني",
    "اكاديمي",
    "متدرب",
    "شخص",
)
MONTH_WORDS: set[str] = set()


def learn_months(names: Iterable[str]) -> None:
    """Tell how months are called, folded."""
    MONTH_WORDS.update(fold(name) for name in names)


class Words:
    """Joins and parts words by those known: from the database, and from the document where they come often."""

    def __init__(self, known: frozenset[str], often: Counter):
        self.known = known
        self.often = often

    @classmethod
    def of(cls, lines: list[str], vocabulary: Vocabulary) -> "Words":
        return cls(vocabulary.words, Counter(word for line in lines for word in words_of(line)))

    def knows(self, word: str) -> bool:
        folded = fold(word)
        return len(folded) > 1 and (folded in self.known or self.often[folded] >= 3)

    def mend(self, line: str) -> str:
        """Return the line with split words joined and joined words parted, as far as both are beyond doubt."""
        return self._away_from_numbers(" ".join(self._parted(self._joined(line.split()))))

    def _away_from_numbers(self, line: str) -> str:
        """A number stands apart from the Arabic word beside it, and from a known word of another script."""
        line = re.sub(rf"(?<=[{_ARABIC}])(?=\d)|(?<=\d)(?=[{_ARABIC}])", " ", line)
        line = re.sub(r"\b([A-Za-z]{4,})(?=\d)", lambda found: found[0] + " " * self.knows(found[0]), line)
        return re.sub(r"(?<=\d)([A-Za-z]{4,})", lambda found: " " * self.knows(found[0]) + found[0], line)

    def _joined(self, words: list[str]) -> list[str]:
        words = self._letter_from_the_end(words)
        found: list[str] = []
        index = 0
        while index < len(words):
            taken = next((n for n in (4, 3, 2) if self._is_one(words[index : index + n], n)), 1)
            found.append("".join(words[index : index + taken]))
            index += taken
        return found

    def _letter_from_the_end(self, words: list[str]) -> list[str]:
        """A letter that begins the line's first word can have come to its end."""
        if len(words) > 2 and re.fullmatch(rf"[{_ARABIC}]{{1,3}}", words[-1]) and not self.knows(words[-1]):
            whole = words[-1] + words[0]
            if fold(_bare(words[0])) not in self.known and self.knows(_bare(whole)):
                return [whole, *words[1:-1]]
        return words

    def _is_one(self, parts: list[str], n: int) -> bool:
        """Whether ``n`` parts are one word: together they are known, and not each of them is."""
        if len(parts) < n or not all(_goes_on(part) for part in parts[:-1]) or not parts[-1][:1].isalpha():
            return False
        whole, pieces = _bare("".join(parts)), [_bare(part) for part in parts]
        if n == 2 and pieces[1] in _NEVER_ALONE and len(pieces[0]) > 2:
            return True
        if any(_is_letter(piece) for piece in pieces):
            return self.knows(whole)
        return self.knows(whole) and not all(self.knows(piece) for piece in pieces)

    def _parted(self, words: list[str]) -> list[str]:
        return [part for word in words for part in self._parts(word)]

    def _parts(self, word: str) -> list[str]:
        core = _bare(word)
        if len(core) < 5 or not core.isalpha() or fold(core) in self.known:
            return [word]
        turned = self._ligature_turned(core)
        if turned:
            return [word.replace(core, turned)]
        cuts = [(core[:cut], core[cut:]) for cut in range(2, len(core) - 1)]
        fitting = [cut for cut in cuts if self._may_part(core, *cut)]
        if not fitting:
            return [word]
        first, rest = max(fitting, key=lambda cut: min(self._weight(part) for part in cut))
        return word.replace(core, f"{first} {rest}").split(" ")

    def _may_part(self, core: str, first: str, rest: str) -> bool:
        """Whether a word can be two that lost their space: both are known, and found far more often than it."""
        if len(rest) < 3 or (len(first) < 3 and first not in _SHORT):
            return False
        if not (self.knows(first) and self.knows(rest)):
            return False
        return min(self._weight(first), self._weight(rest)) >= 4 * self.often[fold(core)]

    def _weight(self, word: str) -> int:
        return self.often[fold(word)] + 3 * (fold(word) in self.known)

    def _ligature_turned(self, core: str) -> str:
        """The word with «لا» for «ال» inside it, where only so it is known."""
        if self.knows(core):
            return ""
        for found in re.finditer("(?<=.)ال", core):
            turned = f"{core[: found.start()]}لا{core[found.end() :]}"
            if self.knows(turned):
                return turned
        return ""


_NEVER_ALONE = ("ي", "ى", "ة", "ه")
_SHORT = {"في", "من", "مع", "عن", "of", "to", "in", "on", "by", "or", "an"}


def _bare(word: str) -> str:
    return word.strip('«»"“”()[]،,.:;؛؟!-–')


def _goes_on(part: str) -> bool:
    """Whether more of a word may follow: no mark closes it."""
    return part[-1:].isalpha()


def _is_letter(piece: str) -> bool:
    """A letter that stands alone; «و» may, as it is a word."""
    return len(piece) == 1 and piece != "و" and bool(_ARABIC_LETTER.match(piece))
