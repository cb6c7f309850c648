"""The text layer of the PDF: Arabic words come out whole, and the pages look as the engine draws them."""

import re
import shutil
import subprocess
import sys
from collections import Counter

import pypdfium2
import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from PIL import ImageChops

from bilingual.text import Bilingual
from reports.composition import compose
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
    for unseen in soup.select(".running-title"):
        unseen.decompose()
    for block in soup.select("p, h1, h2, h3, li, td, th, address, br"):
        block.append("\n")
    wanted, found = words(soup.body.get_text()), words(text)
    return sum(min(number, found[word]) for word, number in wanted.items()) / wanted.total()


def test_a_browser_finds_the_words(html, pdf):
    text = "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    assert share_found(html, text) >= 0.99


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")
def test_pdftotext_finds_the_words(html, pdf, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf)
    printed = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True, text=True)  # noqa: S603, S607 -- our own file
    assert share_found(html, printed.stdout) >= 0.99


def test_the_pages_look_as_the_engine_draws_them(html, pdf):
    command = printer_command()
    plain = (
        "import sys; from reports.engine import lines, textlayer; from reports import printer;"
        "textlayer.install = lambda: None; sys.exit(printer.main(sys.argv[1:]))"
    )
    printed = subprocess.run(  # noqa: S603 -- our own module
        [sys.executable, "-c", plain, *command[3:]],
        input=print_job(html),
        capture_output=True,
        check=True,
        cwd=settings.BASE_DIR,
    )
    ours, theirs = pypdfium2.PdfDocument(pdf), pypdfium2.PdfDocument(printed.stdout)
    assert len(ours) == len(theirs)
    for one, other in zip(ours, theirs, strict=True):
        difference = ImageChops.difference(one.render().to_pil().convert("L"), other.render().to_pil().convert("L"))
        # A thousandth of the font's size may tint the edge of a letter; a letter elsewhere would turn white to black.
        assert difference.getextrema()[1] < 100
