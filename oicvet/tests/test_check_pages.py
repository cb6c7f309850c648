"""What `make check-pages` makes of words, and what it says without a browser; the rest is checked in one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from check_pages.strings import untranslated

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("الأنشطة", "ar", ""),
        ("Activities", "ar", "Activities"),
        ("عدد الأنشطة: three", "ar", "three"),
        ("OIC-VET · SESRIC · IsDB · COMCEC-40", "ar", ""),
        ("راسلنا: someone@example.org أو https://www.example.org/words", "ar", ""),
        ("يكمل «وهدفت إلى» و“It aimed to …”", "ar", ""),
        ("يذكر النص مختصرا: \u2068TVET (Technical training)\u2069.", "ar", ""),
        ("Activities", "en", ""),
        ("Activities: الأنشطة", "en", "الأنشطة"),
        ("It completes «وهدفت إلى …»", "en", ""),
    ],
)
def test_words_of_another_language_are_found(text, language, found):
    assert untranslated(text, language) == found


def test_without_a_browser_one_sentence_says_what_to_do(tmp_path):
    run = subprocess.run(
        [sys.executable, "tools/check_pages"],
        cwd=ROOT,
        env=os.environ | {"PATH": str(tmp_path), "CHROMIUM": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert run.stdout == ""
    assert "apt-get install --no-install-recommends chromium" in run.stderr
    assert run.stderr.count("\n") == 1
