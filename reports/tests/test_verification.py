"""The page on which a visitor verifies a copy: genuine is what an edition holds, bit by bit, and nothing else."""

import random
from hashlib import sha256

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from reports.models import EditionFile
from reports.tests.factories import make_edition, make_report
from reports.verification import LARGEST

pytestmark = pytest.mark.django_db

BOTH_LANGUAGES = pytest.mark.parametrize("language", ["ar", "en"])
VERDICTS = {"ar": ("أصلي", "غير أصلي"), "en": ("Genuine", "Not genuine")}


def send(content, name="copy.pdf", language="en", **more):
    """Post a file as a browser does, from one that must carry a token wherever one is asked for."""
    client = Client(enforce_csrf_checks=True)
    return client.post(f"/{language}/verify/", {"file": SimpleUploadedFile(name, content)} | more)


def text_of(node):
    return " ".join(node.get_text(" ").split())


def verdict(response):
    """Return the heading of the answer, and the whole of it."""
    assert response.status_code == 200
    (answer,) = BeautifulSoup(response.content, "html.parser").select(".verdict")
    return text_of(answer.h2), text_of(answer)


@BOTH_LANGUAGES
def test_each_file_of_an_edition_is_genuine_and_named(language):
    edition = make_edition(code="7ZK4M0QD")
    for file in edition.files.all():
        response = send(bytes(file.content), name="renamed", language=language)
        heading, answer = verdict(response)
        assert heading == VERDICTS[language][0]
        assert file.name in answer
        assert file.sha256 in answer
        assert f'href="/{language}/editions/7ZK4M0QD/"' in response.content.decode()
        assert response["Cache-Control"] == "no-store"
        assert not response.cookies


@BOTH_LANGUAGES
def test_any_other_file_is_not_genuine(language):
    make_edition()
    heading, answer = verdict(send(b"%PDF-1.7 of somebody else", language=language))
    assert heading == VERDICTS[language][1]
    assert sha256(b"%PDF-1.7 of somebody else").hexdigest() in answer


def altered(content, chance):
    """Return ``content`` with bits flipped, its end cut off, something added or bytes moved: never as it was."""
    match chance.choice(["flip", "truncate", "append", "prepend", "swap"]):
        case "flip":
            changed = bytearray(content)
            for _ in range(chance.choice([1, 1, 2, 8])):
                changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
            return bytes(changed)
        case "truncate":
            return content[: chance.randrange(len(content))]
        case "append":
            return content + chance.randbytes(chance.choice([1, 2, 1000]))
        case "prepend":
            return b"\n" + content
        case _:
            middle = chance.randrange(1, len(content))
            return content[middle:] + content[:middle]


@pytest.mark.parametrize("seed", range(40))
def test_a_file_that_was_altered_is_never_genuine(seed):
    make_edition()
    chance = random.Random(seed)  # noqa: S311 -- the same alterations on every run
    for file in EditionFile.objects.all():
        changed = altered(bytes(file.content), chance)
        if changed != bytes(file.content):
            assert verdict(send(changed))[0] == "Not genuine"


def test_a_genuine_file_of_an_edition_that_was_corrected_says_so():
    first = make_edition(code="0000000A")
    make_edition(first.report, number=2, code="0000000B", corrects=first)
    content = bytes(first.files.get(format="pdf", language="ar").content)
    heading, answer = verdict(send(content))
    assert heading == "Genuine"
    assert "corrects this one" in answer


def test_a_file_that_two_editions_share_names_both():
    first = make_edition(code="0000000A", facts='{"items": []}')
    make_edition(first.report, number=2, code="0000000B", corrects=first, facts='{"items": []}')
    _heading, answer = verdict(send(b'{"items": []}'))
    assert "edition 1" in answer
    assert "edition 2" in answer


def test_a_large_file_is_hashed_piece_by_piece_and_nothing_of_it_is_kept(settings, tmp_path, monkeypatch):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.MEDIA_ROOT = str(tmp_path / "media")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    content = random.Random(1).randbytes(9 << 20)  # noqa: S311
    heading, answer = verdict(send(content))
    assert heading == "Not genuine"
    assert sha256(content).hexdigest() in answer
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_too_large_is_refused_unread():
    kind = "multipart/form-data; boundary=x"
    response = Client().post("/en/verify/", data=b"x", content_type=kind, CONTENT_LENGTH=str(LARGEST * 2))
    assert response.status_code == 413
    assert "larger than 50 MB" in response.content.decode()


def test_a_file_that_turns_out_too_large_is_refused(monkeypatch):
    monkeypatch.setattr("reports.verification.LARGEST", 1000)
    assert send(b"x" * 1000).status_code == 200
    response = send(b"x" * 1001)
    assert response.status_code == 413
    assert not BeautifulSoup(response.content, "html.parser").select(".verdict")


@BOTH_LANGUAGES
@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", "multipart/form-data; boundary=x"),
        (b"file=x", "application/x-www-form-urlencoded"),
        (b"--x--\r\n", "multipart/form-data; boundary=x"),
        (
            b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\ntext\r\n--x--\r\n',
            "multipart/form-data; boundary=x",
        ),
        (b"\x00\xff", "text/plain"),
    ],
)
def test_a_form_without_a_file_is_answered_kindly(client, language, body, content_type):
    response = client.post(f"/{language}/verify/", data=body, content_type=content_type)
    assert response.status_code == 400
    shown = BeautifulSoup(response.content, "html.parser")
    assert shown.select_one(".standing")
    assert not shown.select(".verdict")


def test_a_form_that_cannot_be_read_is_answered_kindly(client):
    response = client.post("/en/verify/", data=b"x", content_type="multipart/form-data; boundary=\x00")
    assert response.status_code == 400


def test_a_file_cut_short_on_its_way_is_not_genuine(client):
    edition = make_edition()
    content = bytes(edition.files.first().content)
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n' + content[:-1]
    response = client.post("/en/verify/", data=body, content_type="multipart/form-data; boundary=x")
    assert response.status_code == 400
    assert "No file arrived." in response.content.decode()


@pytest.mark.parametrize("name", ["<script>alert(1)</script>.pdf", "\u202efdp.exe", "تقرير.pdf", "x" * 400])
def test_the_name_of_a_file_is_shown_harmlessly(name):
    response = send(b"other", name=name)
    assert verdict(response)[0] == "Not genuine"
    assert "<script>alert" not in response.content.decode()


# By code


@BOTH_LANGUAGES
@pytest.mark.parametrize("typed", ["7ZK4M0QD", "7zk4-moqd", " 7zk4 m0qd "])
def test_a_code_leads_to_its_edition(client, language, typed):
    make_edition(code="7ZK4M0QD")
    response = client.get(f"/{language}/verify/", {"code": typed})
    assert (response.status_code, response["Location"]) == (302, f"/{language}/editions/7ZK4M0QD/")


@BOTH_LANGUAGES
@pytest.mark.parametrize("typed", ["", "0", "00000000", "UUUUUUUU", "\x00" * 8, "٠" * 8, "0" * 5000, "' OR 1=1"])
def test_a_code_of_no_edition_is_said_and_kept_in_the_field(client, language, typed):
    make_edition(code="7ZK4M0QD")
    response = client.get(f"/{language}/verify/", {"code": typed})
    assert response.status_code == 200
    shown = BeautifulSoup(response.content, "html.parser")
    assert shown.select_one("#code-error")
    assert shown.select_one("#code").get("aria-invalid") == "true"


@BOTH_LANGUAGES
def test_the_page_opens_without_asking_anything(client, language, django_assert_num_queries):
    make_report()
    with django_assert_num_queries(0):
        response = client.get(f"/{language}/verify/")
    shown = BeautifulSoup(response.content, "html.parser")
    assert not shown.select(".verdict, .standing")
    assert shown.select_one("form.drop")["action"] == f"/{language}/verify/"
