"""The names of countries as staff paste them are understood with the reference data alone."""

import pytest

from bilingual.text import Bilingual
from oicvet.loading.reference import load_reference_data
from partners.country_list import CountryNames
from partners.models import Country

pytestmark = pytest.mark.django_db

PASTED = {
    "ARE": "UAE, U.A.E., United Arab Emirates, The Emirates, الإمارات, دولة الإمارات, الامارات العربية المتحدة",
    "SAU": "KSA, K.S.A., Saudi Arabia, Kingdom of Saudi Arabia, السعودية, العربية السعودية, المملكة العربية السعودية",
    "TUR": "Türkiye, Turkiye, Turkey, TÜRKİYE, Republic of Türkiye, تركيا, تركيّا, الجمهورية التركية",
    "CIV": "Côte d'Ivoire, Cote d’Ivoire, COTE D'IVOIRE, Ivory Coast, The Ivory Coast, كوت ديفوار, ساحل العاج",
    "IRN": "Iran, IR Iran, I.R. Iran, Iran (Islamic Republic of), Islamic Republic of Iran, ايران, إيران",
    "BRN": "Brunei, Brunei Darussalam, بروناي, بروناي دار السلام",
    "SYR": "Syria, Syrian Arab Republic, سوريا, سورية, الجمهورية العربية السورية",
    "PSE": "Palestine, State of Palestine, فلسطين, دولة فلسطين",
    "KGZ": "Kyrgyzstan, Kyrgyz Republic, Kyrgyz, قيرغيزستان, قرغيزستان, قرغيزيا",
    "GNB": "Guinea-Bissau, Guinea Bissau, Guinée-Bissau, غينيا بيساو, غينيا-بيساو",
    "GIN": "Guinea, Guinée, Guinea-Conakry, غينيا, غينيا كوناكري",
    "GMB": "Gambia, The Gambia, Gambia (The), غامبيا, جامبيا",
    "SUR": "Suriname, Surinam, سورينام",
    "GUY": "Guyana, Co-operative Republic of Guyana, غيانا, غويانا",
    "LBY": "Libya, State of Libya, Libyan Arab Jamahiriya, ليبيا",
    "MDV": "Maldives, The Maldives, المالديف, جزر المالديف",
    "COM": "Comoros, Union of the Comoros, Comores, جزر القمر",
    "BGD": "Bangladesh, بنغلاديش, بنجلاديش",
    "UGA": "Uganda, أوغندا, يوغندا",
    "OMN": "Oman, Sultanate of Oman, عمان, سلطنة عُمان",
    "RUS": "Russia, Russian Federation, روسيا",
}
NO_MEMBERS = {"Moldova": "MDV", "Mauritius": "MRT", "DRC": None, "الكونغو": None, "Atlantis": None}


@pytest.fixture
def names():
    load_reference_data()
    return CountryNames(Country.objects.all())


def test_what_staff_paste_is_understood(names):
    read = {written: names.read(f"{written} 3").found for said in PASTED.values() for written in said.split(", ")}
    assert read == {written: {code: 3} for code, said in PASTED.items() for written in said.split(", ")}


def test_a_whole_list_in_both_languages_is_understood_at_once(names):
    read = names.read("UAE 3; KSA، ساحل العاج ٤\n1. Türkiye\n2) Kyrgyz Republic (2)\n• السعودية")
    assert (read.found, read.unread) == ({"ARE": 3, "SAU": None, "CIV": 4, "TUR": None, "KGZ": 2}, ())


@pytest.mark.parametrize(("written", "nearest"), NO_MEMBERS.items())
def test_who_is_no_member_comes_back_with_what_may_be_meant(names, written, nearest):
    read = names.read(f"{written} 2")
    assert (read.found, [each.written for each in read.unread]) == ({}, [f"{written} 2"])
    assert nearest is None or nearest in [country.code for country in read.unread[0].nearest]


def test_no_name_belongs_to_two_countries(names):
    for country in names.countries.values():
        formal = Bilingual.of(country, "formal_name")
        called = [
            country.code,
            country.name.ar,
            country.name.en,
            formal.ar,
            formal.en,
            *country.spellings.splitlines(),
        ]
        assert [name for name in called if name and names.read(name).found != {country.code: None}] == []
