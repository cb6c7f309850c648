"""The text layer of the PDF: Arabic words come out whole, and the pages look as the engine draws them."""

import io
import re
import shutil
import subprocess
import sys
from collections import Counter

import pypdfium2
import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.core.management import call_command
from pypdf import PdfReader

from bilingual.text import Bilingual
from reports.assembly import assemble
from reports.composition import compose
from reports.models import Report
from reports.rendering import print_job, printer_command, render_pdf
from reports.tests.programmes import PARTNERS, PartnersByRole, report_of_one, taking_part

# Marks of direction are no letters, and readers of a text leave them out or keep them as they like.
MARKS = re.compile("[\u061c\u200c-\u200f\u202a-\u202e\u2066-\u2069]")
WORD = re.compile("[\u0621-\u0652]+")
# Words with ligatures, with marks above and below, and with letters between which the font leaves a gap.
TITLE = "لأكثر الأطر كفاءة: الإطلاع على التقارير في أكتوبر تُجرى بلا إبطاء"


@pytest.fixture(scope="module")
def html() -> str:
    partners = PartnersByRole(co_organisers=PARTNERS[:3], providers=PARTNERS[3:])
    facts = report_of_one(title=Bilingual(TITLE, "Title"), partners=partners, participation=taking_part(82, 14))
    return compose(facts, "ar")


@pytest.fixture(scope="module")
def pdf(html) -> bytes:
    return render_pdf(html)


def words(text: str) -> Counter:
    return Counter(WORD.findall(MARKS.sub("", text)))


def share_found(html: str, text: str) -> float:
    soup = BeautifulSoup(html, "html.parser")
    for unseen in soup.select(".running-title, .running-words, svg"):
        unseen.decompose()
    for block in soup.select("p, h1, h2, h3, h4, li, td, th, caption, figcaption, div, address, br"):
        block.append("\n")
    wanted, found = words(soup.body.get_text()), words(text)
    return sum(min(number, found[word]) for word, number in wanted.items()) / wanted.total()


def text_in_a_browser(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def text_in_the_order_of_drawing(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def text_by_place(pdf: bytes) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler-utils is not installed")
    printed = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)  # noqa: S607 -- our own file
    return printed.stdout.decode()


READERS = [text_in_a_browser, text_in_the_order_of_drawing, text_by_place]


@pytest.mark.parametrize("read", READERS)
def test_readers_find_the_words(html, pdf, read):
    assert share_found(html, read(pdf)) >= 0.99


@pytest.mark.django_db
def test_readers_find_the_words_of_the_demo_report():
    call_command("load_demo_data", stdout=io.StringIO())
    html = compose(assemble(Report.objects.get(meeting__number=40, meeting__kind="session")), "both")
    pdf = render_pdf(html)
    assert [read.__name__ for read in READERS if share_found(html, read(pdf)) < 0.99] == []


@pytest.mark.parametrize("read", READERS)
def test_brackets_open_and_close_in_both_languages(read):
    facts = report_of_one(title=Bilingual("البرنامج 31 (لم يُذكر من قبل)", "Programme 31 (not stated before)"))
    text = MARKS.sub("", read(render_pdf(compose(facts, "both"))))
    assert "Programme 31 (not stated before)" in " ".join(text.split())
    assert not re.search(r"\)[A-Za-z ]+\(", text)


def printed_as_the_engine_comes(html: str) -> bytes:
    """Return the PDF of ``html`` without our text layer, with everything else."""
    without = (
        "import sys; from reports import engine, printer; engine.MENDS = [name for name in engine.MENDS if name !="
        "'textlayer']; sys.exit(printer.main(sys.argv[1:]))"
    )
    printed = subprocess.run(  # noqa: S603 -- our own module
        [sys.executable, "-c", without, *printer_command()[3:]],
        input=print_job(html),
        capture_output=True,
        check=True,
        cwd=settings.BASE_DIR,
    )
    return printed.stdout


def pictures(pdf: bytes, folder, resolution: int) -> list[bytes]:
    folder.mkdir()
    command = ["pdftoppm", "-r", str(resolution), "-gray", "-", str(folder / "page")]
    subprocess.run(command, input=pdf, check=True)  # noqa: S603 -- our own file
    return [path.read_bytes() for path in sorted(folder.iterdir())]


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler-utils is not installed")
def test_the_pages_are_the_same_to_the_pixel(html, pdf, tmp_path):
    plain = printed_as_the_engine_comes(html)
    assert plain != pdf
    for resolution in (60, 100):
        ours = pictures(pdf, tmp_path / f"ours-{resolution}", resolution)
        assert ours == pictures(plain, tmp_path / f"plain-{resolution}", resolution)
