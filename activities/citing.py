"""How somebody else's paper refers to an activity, and the letter that sends its address on."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import quote

from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from activities.models import Activity
from bilingual.dates import say_date
from bilingual.languages import active_language
from bilingual.text import Bilingual
from roadmap.models import Programme


def citation(activity: Activity, programme: Programme | None, days: str, address: str, seen: date) -> SafeString:
    """Return a reference to ``activity`` in the active language, as HTML in which only directions are marked.

    ``days`` is when it was, as the page says it, or ``""``; ``address`` the full one of its page, which the reader saw
    on the day ``seen``. A title that the language lacks stands in the other one.
    """
    facts = {
        "organ": _organ(programme),
        "title": _in_either(activity.titles),
        "kind": _in_either(Bilingual.of(activity.kind, "name")),
        "days": days,
        "code": format_html('<bdi dir="ltr" class="code">{}</bdi>', activity.code),
        "address": _left_to_right(address),
        "seen": say_date(seen, active_language()),
    }
    if days:
        words = _("%(organ)s, “%(title)s” (%(kind)s, %(days)s), activity %(code)s: %(address)s (seen on %(seen)s)")
    else:
        words = _("%(organ)s, “%(title)s” (%(kind)s), activity %(code)s: %(address)s (seen on %(seen)s)")
    return _filled(words, facts)


def letter(activity: Activity, address: str) -> str:
    """Return the address (``mailto:``) of a letter to nobody yet, with the title and the page's address in it."""
    title = _in_either(activity.titles)
    lines = quote(f"{title}\r\n{address}\r\n")
    return f"mailto:?subject={quote(title)}&body={lines}"


def _organ(programme: Programme | None) -> SafeString:
    """Who publishes the page, with the programme's acronym; the acronym alone before the programme is entered."""
    acronym = _left_to_right("OIC-VET")
    short = _in_either(Bilingual.of(programme, "organ_short_name")) if programme else ""
    return _filled(_("%(organ)s, %(programme)s"), {"organ": short, "programme": acronym}) if short else acronym


def _filled(words: str, facts: Mapping[str, str]) -> SafeString:
    """Put ``facts``, each escaped unless it is HTML of ours, into a sentence."""
    return SafeString(escape(words) % {name: conditional_escape(fact) for name, fact in facts.items()})


def _left_to_right(text: str) -> SafeString:
    return format_html('<bdi dir="ltr">{}</bdi>', text)


def _in_either(text: Bilingual) -> str:
    return str(text) or text.ar or text.en
