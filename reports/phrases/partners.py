"""Who did what in an activity, in one language: names joined, posts, and the clauses that name each role."""

from collections.abc import Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from bilingual.grammar import attach, join
from bilingual.languages import other_language
from bilingual.text import Bilingual
from reports.facts import ActivityFacts, PartnerFacts
from reports.phrases.marks import mark_name

# How each role joins a sentence after the title, in the order in which they are told.
_SUPPORTS = {
    "ar": {
        "organisers": "بتنظيم من {}",
        "co_organisers": "بالتعاون مع {}",
        "hosts": "باستضافة من {}",
        "funders": "بتمويل من {}",
        "implementers": "بتنفيذ من {}",
        "facilitators": "بتيسير من {}",
    },
    "en": {
        "organisers": "organised by {}",
        "co_organisers": "in collaboration with {}",
        "hosts": "hosted by {}",
        "funders": "with funding from {}",
        "implementers": "implemented by {}",
        "facilitators": "facilitated by {}",
    },
}


class PartnerPhrases:
    """The partners of ``facts`` as parts of a sentence; a role that nobody holds is empty."""

    facts: ActivityFacts
    project: ActivityFacts | None
    language: str

    @property
    def organisers(self) -> SafeString:
        """Who organised it, the executing organ first."""
        return self._names(sorted(self.facts.partners.organisers, key=lambda partner: not partner.is_organ))

    @property
    def is_organised_by_organ(self) -> bool:
        return any(partner.is_organ for partner in self.facts.partners.organisers)

    @property
    def implementers(self) -> SafeString:
        return self._names(sorted(self.facts.partners.implementers, key=lambda partner: not partner.is_organ))

    @property
    def carriers(self) -> SafeString:
        """Of a project: who implements it or, where nobody is named for that, who organises it."""
        return self.implementers or self.organisers

    @property
    def is_carried_by_organ(self) -> bool:
        return any(partner.is_organ for partner in self._carriers)

    @property
    def project_supports(self) -> SafeString:
        """Whoever carries a project beside those whom its sentence has for a subject; its funders open it."""
        has_subject = self.is_carried_by_organ if self.language == "ar" else bool(self._carriers)
        carriers = "implementers" if self.facts.partners.implementers else "organisers"
        untold = () if has_subject else (carriers, "co_organisers")
        return self._supports((*untold, "hosts", "facilitators"))

    @property
    def _carriers(self) -> tuple[PartnerFacts, ...]:
        return self.facts.partners.implementers or self.facts.partners.organisers

    @property
    def verb_to_be(self) -> str:
        """The English verb that agrees with the subject: who organises an activity, who carries a project."""
        return "is" if self._has_one_subject else "are"

    @property
    def verb_to_intend(self) -> str:
        return "intends" if self._has_one_subject else "intend"

    @property
    def _has_one_subject(self) -> bool:
        subjects = self.facts.partners.organisers if self.facts.status else self._carriers
        return len(subjects) == 1 and not subjects[0].is_described

    @property
    def co_organisers(self) -> SafeString:
        return self._names(self.facts.partners.co_organisers)

    @property
    def hosts(self) -> SafeString:
        return self._names(self.facts.partners.hosts)

    @property
    def all_supports(self) -> SafeString:
        """Everybody who carried it, for a sentence that has not named them: a clause with its comma, or nothing."""
        return self._supports(_SUPPORTS[self.language])

    @property
    def other_supports(self) -> SafeString:
        """Whoever carried it beside the organisers, where the sentence has named those."""
        return self._supports(("hosts", "funders", "implementers", "facilitators"))

    def _supports(self, roles: Iterable[str]) -> SafeString:
        told: list[SafeString] = []
        for role in roles:
            if not (names := getattr(self, role)):
                continue
            clause = format_html(_SUPPORTS[self.language][role], names)
            if self.language == "en" and role == "co_organisers" and told:
                told[-1] = format_html("{}, {}", told[-1], clause)  # whom it was organised with, and no role beside it
            else:
                told.append(clause)
        return format_html("{}{}", self._and_then[0], self._in_turn(told)) if told else SafeString()

    @property
    def _and_then(self) -> tuple[str, str]:
        """What opens a clause that may itself hold commas, and what stands before the last of several."""
        return ("، ", "، و") if self.language == "ar" else (", ", ", and ")

    def _in_turn(self, items: Sequence[SafeString]) -> SafeString:
        """Join clauses that hold lists themselves: each after a comma, in Arabic each with its “and”."""
        comma, last = self._and_then
        between = last if self.language == "ar" else comma
        head = format_html_join(between, "{}", ((item,) for item in items[:-1]))
        return format_html("{}{}{}", head, last, items[-1]) if len(items) > 1 else items[0]

    @property
    def funders(self) -> SafeString:
        """Who funded it; what a project's own sentence says of its funders, its parts do not repeat."""
        told = self.project.partners.funders if self.project else ()
        return self._names([partner for partner in self.facts.partners.funders if partner not in told])

    @property
    def facilitators(self) -> SafeString:
        return self._names(self.facts.partners.facilitators)

    @property
    def providers(self) -> SafeString:
        """Who provided the content: experts from institutions, then whoever held a post."""
        providers = self.facts.partners.providers
        bodies = [partner for partner in providers if not partner.post]
        holders = [self._holder(partner) for partner in providers if partner.post]
        words = "خبراء من {}" if self.language == "ar" else "experts from {}"
        by = "{}" if self.language == "ar" or not bodies else "by {}"
        told = [format_html(words, self._names(bodies))] if bodies else []
        told += [format_html(by, holder) for holder in holders]
        return self._in_turn(told) if told else SafeString()

    def _holder(self, partner: PartnerFacts) -> SafeString:
        """The holder of a post: “the Assistant Director General of the Vocational Training Corporation”."""
        post = partner.post.in_(self.language) or partner.post.in_(other_language(self.language))
        if self.language == "ar":
            name = Bilingual(ar=attach("ل", partner.name.ar) if partner.name.ar else "", en=f"لـ {partner.name.en}")
            return format_html("<span data-name>{}</span> {}", post, mark_name(name, "ar"))
        return format_html("the <span data-name>{}</span> of {}", post, self._name(partner))

    def _names(self, partners: Sequence[PartnerFacts]) -> SafeString:
        return self._joined([self._name(partner) for partner in partners])

    def _name(self, partner: PartnerFacts) -> SafeString:
        name = mark_name(partner.name, self.language)
        if self.language == "en" and partner.takes_the and partner.name.en and not partner.name.en.startswith("The "):
            return format_html("the {}", name)
        return name

    def _joined(self, items: list[SafeString]) -> SafeString:
        return mark_safe(join(items, self.language))  # noqa: S308 -- join escapes what is not marked safe
