"""Who took part in an activity, how many and from how many countries, in one language."""

from django.utils.html import format_html
from django.utils.safestring import SafeString

from activities.models import Standing
from bilingual.grammar import NOUNS, Case, Compound, Noun, counted, plural
from reports.facts import ActivityFacts
from reports.phrases.marks import mark_fact
from reports.phrases.said import ESTIMATED


class PeoplePhrases:
    """The counts of ``facts`` as parts of a sentence; an unknown one reads as words, and never as zero."""

    facts: ActivityFacts
    language: str

    @property
    def people_nominative(self) -> SafeString:
        return self._people(Case.NOMINATIVE)

    @property
    def people_genitive(self) -> SafeString:
        return self._people(Case.GENITIVE)

    def _people(self, case: Case) -> SafeString:
        """How many of whom; where the number is not known, only of whom."""
        counts = self.facts.turnout
        if counts is None:
            return SafeString()
        if counts.headcount is None:
            return format_html("{}", plural(counts.people, self.language, case=case))
        return self._counted("headcount", counts.headcount, counts.people, case, counts.headcount_standing)

    @property
    def women(self) -> SafeString:
        counts = self.facts.turnout
        if not counts or not counts.women or not counts.headcount or counts.headcount < 3:
            return SafeString()
        return self._counted("women", counts.women, NOUNS["woman"], Case.NOMINATIVE, Standing.REPORTED)

    @property
    def countries_genitive(self) -> SafeString:
        """From how many member countries; “a number of” them where nobody said."""
        counts = self.facts.turnout
        if counts is None or counts.countries is None:
            return SafeString("عدد من البلدان الأعضاء" if self.language == "ar" else "a number of member countries")
        noun, standing = NOUNS["member_country"], counts.countries_standing
        return self._counted("countries", counts.countries, noun, Case.GENITIVE, standing)

    def _counted(self, name: str, n: int, noun: Noun | Compound, case: Case, standing: str) -> SafeString:
        is_estimated = standing == Standing.ESTIMATED
        words = counted(n, noun, self.language, case=Case.GENITIVE if is_estimated else case)
        marked = mark_fact(f"{self.facts.code}.{name}", words)
        return format_html("{} {}", ESTIMATED[self.language], marked) if is_estimated else marked

    @property
    def headcount_shown(self) -> SafeString:
        """The headcount in the line of facts: of participants, whoever they were."""
        counts = self.facts.turnout
        if counts is None or counts.headcount is None:
            return SafeString()
        noun, standing = NOUNS["participant"], counts.headcount_standing
        return self._counted("headcount", counts.headcount, noun, Case.NOMINATIVE, standing)

    @property
    def countries_shown(self) -> SafeString:
        counts = self.facts.turnout
        if counts is None or counts.countries is None:
            return SafeString()
        noun, standing = NOUNS["member_country"], counts.countries_standing
        return self._counted("countries", counts.countries, noun, Case.NOMINATIVE, standing)

    @property
    def headcount_digits(self) -> SafeString:
        return self._digits("headcount")

    @property
    def countries_digits(self) -> SafeString:
        return self._digits("countries")

    def _digits(self, name: str) -> SafeString:
        value = getattr(self.facts.turnout, name) if self.facts.turnout else None
        return SafeString() if value is None else mark_fact(f"{self.facts.code}.{name}", f"{value:,}")
