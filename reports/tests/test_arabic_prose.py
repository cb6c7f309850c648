"""How the report's Arabic reads to a native editor: no word follows its own echo, no text begins with an “and”."""

from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup

from bilingual.grammar import NOUNS
from bilingual.text import Bilingual
from reports.composition import compose
from reports.tests import programmes
from reports.tests.programmes import report_of_one, taking_part
from reports.tests.reading import visible

BEFORE, AFTER = date(2024, 6, 1), date(2024, 11, 1)


def words(facts, where: str) -> str:
    """The paragraphs of a part of the report, as a reader sees them."""
    part = BeautifulSoup(compose(facts, "ar"), "html.parser").select_one(f"#ar-{where}")
    return " ".join(visible(tag) for tag in part.select("p"))


def told(**said) -> str:
    return words(report_of_one(**said), "2024-001")


@pytest.mark.parametrize(
    ("status", "as_of", "said"),
    [("held", AFTER, "وحضرها مشاركون من"), ("planned", BEFORE, "ومن المنتظر أن يحضرها مشاركون من")],
)
def test_participants_do_not_participate(status, as_of, said):
    text = told(status=status, as_of=as_of, participation=taking_part(noun=NOUNS["participant"]))
    assert said in text
    assert "شارك" not in text.replace("مشاركون", "")


def project(*implementers) -> str:
    partners = programmes.PartnersByRole(implementers=implementers)
    return told(kind=programmes.PROJECT, status="", start=None, end=None, partners=partners)


def test_a_project_is_not_carried_out_by_being_carried_out():
    assert "من المقرر إنجاز مشروع بعنوان «العنوان»، بتنفيذ من وزارة" in project(programmes.PARTNERS[0])
    assert "من المقرر تنفيذ مشروع بعنوان «العنوان»." in project()


def test_a_report_does_not_begin_with_and():
    facts = report_of_one()
    bare = replace(facts, programme=replace(facts.programme, history=Bilingual(), mandate=Bilingual()))
    assert words(bare, "introduction").startswith("يعرض هذا التقرير المرحلي")
    told = replace(facts, programme=replace(facts.programme, history=Bilingual("بدأ البرنامج.", "It began.")))
    assert "بدأ البرنامج. ويعرض هذا التقرير المرحلي" in words(told, "introduction")
