"""Words that somebody must not read: one in every text of a record, named after what it must be kept from.

Each answer is searched for them as it travels: pages, files (workbooks unzipped, PDFs read), headers, mail, logs.
"""

import io
import re
import zipfile

from pypdfium2 import PdfDocument, PdfiumError

from bilingual.fields import NameField, ProseField

STAFF = {"data-entry", "editor", "report-officer", "administrator"}
WRITERS = {"report-officer", "administrator"}
EDITORS = {"editor", "administrator"}
FOCAL_POINT = "focal-point"
# Whoever holds the link of a letter, without an account: the names are those of the routes that the links open.
LINKS = ("confirm", "invitation", "account_reset_password_from_key", "unsubscribe")
# What each kind of word stands for, and the roles that may read it; anonymous readers may read none.
# A further reader of something is one word in a line here.
MAY_READ = {
    "draft": STAFF,  # activities that are not published, with all that belongs to them
    "preparing": STAFF | {FOCAL_POINT},  # the titles of those that are prepared with the focal point's country
    "note": STAFF,  # what colleagues write for each other
    "former": STAFF,  # how a published text read before it was corrected
    "deleted": STAFF - {"report-officer"},  # deleted activities: for whoever could add them again
    "person": STAFF,  # focal points who did not agree to be shown
    "own": STAFF | {FOCAL_POINT, "confirm"},  # what the country of the focal point answered, and why that was refused
    "answer": STAFF,  # the same of another country
    "invited": EDITORS | {"invitation"},  # the address to which the invitation of a focal point went
    "report": STAFF,  # reports before they are issued, with waivers and what was left out
    "actor": STAFF,  # who did something, where that is told
    "import": STAFF,  # files that were sent
    "desk": WRITERS,  # readings of former reports, renderings that failed
    "account": {"administrator"},  # names and e-mail addresses of accounts, and of whoever is to have one
    "secret": set(),  # password hashes, keys of sessions, second factors
}
# Links that open something to whoever has them: no page shows one, each stands in one letter.
_LINK = re.compile(
    rb"/confirm/[0-9a-f]{32}[\w.%-]*"
    rb"|/account/invitation/[\w:.%-]{20,}"
    rb"|/account/password/reset/[0-9a-z]+-[\w-]{20,}"
    rb"|[?&;]token=[\w:.%-]{20,}"
)
_WORD = re.compile(rb"qz[a-z]+\d{4}zq")


class Canaries:
    """Makes the words, and finds them."""

    def __init__(self):
        self.made = {kind: [] for kind in MAY_READ}

    def word(self, kind):
        number = sum(map(len, self.made.values()))
        self.made[kind].append(f"qz{kind}{number:04d}zq")
        return self.made[kind][-1]

    def texts(self, kind, *names):
        """Return a word for each of ``names``, as arguments of a factory."""
        return {name: self.word(kind) for name in names}

    def every_text(self, kind, model, *left_out):
        """Return a word for each text of ``model``, in both languages where it has two."""
        return self.texts(kind, *(name for name in texts_of(model) if name not in left_out))


def texts_of(model):
    """Return the names of the texts that people write into a record of ``model``."""
    written = [field.name for field in model._meta.fields if isinstance(field, NameField | ProseField)]
    return [name for name in written if f"{name}_ar" not in written]


def found_in(content):
    """Return the words that stand in ``content``, in any case a text may be written in."""
    return {word.decode() for word in _WORD.findall(content.lower())}


def links_in(content):
    """Return the links in ``content`` that open something to whoever has them."""
    return {link.decode() for link in _LINK.findall(content)}


def kind_of(word):
    return re.match(r"qz([a-z]+)\d", word)[1]


def forbidden(words, role):
    """Return those of ``words`` that ``role`` must not read, ``None`` being somebody without an account."""
    return sorted(word for word in words if role not in MAY_READ[kind_of(word)])


def content_of(response):
    """Return everything an answer tells, its headers too and what is packed in it."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    headers = repr(sorted(response.headers.items())) + repr(response.cookies)
    return b"\n".join([_unpacked(content), headers.encode()])


def content_of_letter(message):
    """Return everything that a letter tells, as its reader sees it; to whom it goes is no part of that."""
    bodies = [message.body, *(content for content, _kind in getattr(message, "alternatives", []))]
    return "\n".join([message.subject, *bodies, repr(message.extra_headers)]).encode()


def _unpacked(content):
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return b"\n".join([content, *(book.read(name) for name in book.namelist())])
    if content.startswith(b"%PDF"):
        return b"\n".join([content, _text_of_pdf(content)])
    return content


def _text_of_pdf(content):
    try:
        document = PdfDocument(content)
    except PdfiumError:  # the factories' editions hold no real pages
        return b""
    with document:
        return "\n".join(page.get_textpage().get_text_range() for page in document).encode()
