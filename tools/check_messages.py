"""Say what the Arabic catalogue lacks (`make messages-check`): each line names the place and what to do.

The English of the portal is the source of each message, so there is one catalogue to check.
"""

import re
import sys
from collections import Counter
from io import BytesIO

from babel.messages.pofile import read_po
from collect_messages import CATALOGUE, ROOT, can_collect, collect

PLURAL_RULE = "nplurals=6; plural=n==0?0:n==1?1:n==2?2:n%100>=3&&n%100<=10?3:n%100>=11&&n%100<=99?4:5;"
# What Arabic text writes in Latin letters: names of files and bodies that have no Arabic form.
LATIN_WORDS = {"OIC", "VET", "OIC-VET", "SESRIC", "COMCEC", "PDF", "CSV", "XLSX", "JSON", "API", "URL"}
LATIN_WORDS |= {"English"}  # in the language switch a language is called what its readers call it

PLACEHOLDER = re.compile(r"%\(\w+\)[-+#0]*\d*(?:\.\d+)?[a-zA-Z]|%[sdrif%]|\{\w*\}")
MARKUP = re.compile(r"<[^>]*>|&\w+;")
ARABIC_LETTER = re.compile("[\u0621-\u064a]")
LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z-]*")
# In Arabic, "no activities", "one activity" and "two activities" are said without a figure.
FORMS_WITHOUT_NUMBER = 3
SHOWN = 40  # more at once is a list nobody reads


def problems_of_catalogue(catalogue):
    """Yield each problem of the catalogue as it stands: the line, what is wrong, and the message."""
    stated = dict(catalogue.mime_headers).get("Plural-Forms", "")
    if re.sub(r"\s+", "", stated) != re.sub(r"\s+", "", PLURAL_RULE):
        yield f"{CATALOGUE}: the header must state the six Arabic forms: Plural-Forms: {PLURAL_RULE}"
    for message in catalogue:
        if message.id:
            for problem in problems_of_message(message):
                yield f'{CATALOGUE}:{message.lineno}: {problem}: "{shorten(message)}"'


def problems_of_message(message):
    forms = message.string if message.pluralizable else (message.string,)
    if not any(forms):
        yield "untranslated"
        return
    if message.fuzzy:
        yield "fuzzy: check the translation, then remove the mark"
    if message.pluralizable and (len(forms) != 6 or not all(forms)):
        yield f"{sum(map(bool, forms))} of 6 plural forms are filled"
    for number, form in enumerate(forms):
        if form and not same_placeholders(message, number, form):
            yield f"the placeholders differ{f' in form {number}' if message.pluralizable else ''}"
        if form and not reads_as_arabic(form):
            yield f"no Arabic letters in the translation{f', form {number}' if message.pluralizable else ''}"


def same_placeholders(message, number, form):
    """Whether a translation uses the placeholders of its source; small counts may leave the figure out."""
    source = message.id[1] if message.pluralizable else message.id
    wanted, found = Counter(PLACEHOLDER.findall(source)), Counter(PLACEHOLDER.findall(form))
    if message.pluralizable and number < FORMS_WITHOUT_NUMBER:
        return not found - wanted and (wanted - found).total() <= 1
    return wanted == found


def reads_as_arabic(form):
    """Whether a translation has Arabic letters, or says nothing but listed Latin words, figures and placeholders."""
    words = MARKUP.sub(" ", PLACEHOLDER.sub(" ", form))
    return bool(ARABIC_LETTER.search(words)) or set(LATIN_WORD.findall(words)) <= LATIN_WORDS


def problems_of_collection(catalogue):
    """Yield what the sources say that the catalogue does not know, and what it knows that nobody says any more."""
    if not can_collect():
        print("Whether every string is collected was not checked: GNU gettext is not installed.")
        return
    fresh = {key(message): message for message in read_po(BytesIO(collect().encode()), locale="ar")}
    known = {key(message): message for message in catalogue}
    for message in fresh.values():
        if key(message) not in known:
            yield f'{CATALOGUE}: not collected, run `make messages`: "{shorten(message)}"'
    for message in known.values():
        if key(message) not in fresh:
            yield f'{CATALOGUE}: no longer used, run `make messages`: "{shorten(message)}"'


def key(message):
    return message.context, message.id


def shorten(message):
    text = " ".join((message.id[0] if message.pluralizable else message.id).split())
    return text if len(text) <= 70 else f"{text[:69]}…"


def main():
    with (ROOT / CATALOGUE).open("rb") as file:
        catalogue = read_po(file, locale="ar")
    problems = [*problems_of_catalogue(catalogue), *problems_of_collection(catalogue)]
    if problems:
        print(*problems[:SHOWN], *(["…"] if len(problems) > SHOWN else []), sep="\n")
        sys.exit(f"The Arabic catalogue has {len(problems)} problem(s).")
    print(f"The Arabic catalogue is complete: {len(catalogue)} messages.")


if __name__ == "__main__":
    main()
