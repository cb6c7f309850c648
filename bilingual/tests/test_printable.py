"""Which texts no page can hold."""

import pytest

from bilingual.printable import Obstacle, obstacle


@pytest.mark.parametrize(
    ("text", "longest", "expected"),
    [
        ("", None, None),
        ("تدريب مهني " * 2000, None, None),
        ("a" * 300, None, None),
        ("a" * 301, None, Obstacle.WORD),
        ("some words and then " + "ك" * 301, None, Obstacle.WORD),
        ("a\n" * 400, None, None),
        ("مُدَرِّبُونَ", None, None),
        ("a" + "\u0301" * 20, None, None),
        ("a" + "\u0301" * 21, None, Obstacle.MARKS),
        ("ب" + "\u064b" * 21, None, Obstacle.MARKS),
        ("a\u20dd" * 30, None, None),
        ("x" + "\u0301" * 20_000, None, Obstacle.WORD),
        ("abc", 3, None),
        ("abcd", 3, Obstacle.LENGTH),
        ("word " * 100_000, 20_000, Obstacle.LENGTH),
    ],
)
def test_a_text_is_printable_within_its_limits(text, longest, expected):
    assert obstacle(text, longest) == expected
