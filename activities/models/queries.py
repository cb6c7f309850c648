"""Selections of activities that have a name; each chains with the others."""

from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery

from activities.models.links import TO_COUNTRIES, TO_INSTITUTIONS, linked
from activities.models.states import ActivityStatus, PublicationState, Standing
from bilingual.history import reason_of
from bilingual.search import query_words, word_filter
from partners.models import Institution
from roadmap.models import Period

IN_PREPARATION = (PublicationState.DRAFT, PublicationState.IN_REVIEW)
FIGURES_PENDING = (
    Q(participation=None)  # nobody has opened the counts yet: `Participation.told_of`
    | Q(participation__headcount_standing=Standing.PENDING)
    | Q(participation__sexes_standing=Standing.PENDING)
    | Q(participation__countries_standing=Standing.PENDING)
)


class ActivityQuerySet(models.QuerySet):
    def published(self):
        """What readers of the portal may see."""
        return self.filter(state=PublicationState.PUBLISHED)

    def reportable(self):
        """What a report may tell."""
        return self.filter(is_reportable=True)

    def counted(self):
        """What public figures count: published, reportable, and no containers."""
        return self.published().reportable().filter(kind__is_project=False)

    def listed(self):
        """What the catalogue lists: published, and no projects, since their parts stand for them."""
        return self.published().filter(kind__is_project=False)

    def held(self):
        return self.filter(status=ActivityStatus.HELD)

    def planned(self):
        return self.filter(status=ActivityStatus.PLANNED)

    def coming(self, day: date):
        """Planned and not yet begun on ``day``, the soonest first."""
        return self.planned().filter(start_date__gte=day).order_by("start_date", "code")

    def open_for_registration(self, day: date):
        """Planned, and one can still register for them on ``day``."""
        return self.planned().filter(registration_until__gte=day)

    def open_to(self, country):
        """Those that people of ``country`` may join: that name it, or name none and so mean every member."""
        wanted = Q(open_to__contains=country.code)  # three capitals each, so that no code begins within another
        return self.filter(wanted | Q(open_to="") if country.oic_group else wanted)

    def in_calendar(self):
        """What the calendar shows on its days: dated, listed, and not put off to a day nobody knows."""
        return self.listed().filter(start_date__isnull=False).exclude(status=ActivityStatus.POSTPONED)

    def announced(self):
        """Listed and to come on a day that nobody knows: without dates, or put off."""
        undated = Q(status=ActivityStatus.PLANNED, start_date=None)
        return self.listed().filter(undated | Q(status=ActivityStatus.POSTPONED))

    def overdue(self, day: date):
        """Still planned although their last day is before ``day``: what became of them is not recorded."""
        return self.planned().filter(end_date__lt=day)

    def with_country_lists(self):
        """Each knows as ``lists_countries`` whether it lists the countries that took part."""
        lists = self._rows("country_participations").filter(activity=OuterRef("pk"))
        return self.annotate(lists_countries=Exists(lists))

    def within(self, period: Period):
        """Activities that end in ``period``; a project without dates belongs wherever a part of it does."""
        parts = self.model._default_manager.filter(parent=OuterRef("pk"), end_date__range=(period.start, period.end))
        return self.filter(Q(end_date__range=(period.start, period.end)) | Q(kind__is_project=True) & Exists(parts))

    def matching(self, query: str):
        """Activities for which every word of ``query`` is in their own texts or in a partner's names."""
        found = self
        for word in query_words(query):
            partners = Institution.objects.filter(word_filter(word), partnerships__activity=OuterRef("pk"))
            found = found.filter(word_filter(word) | Exists(partners))
        return found

    def in_areas(self, addresses, *, or_in_none=False):
        """Activities of the areas at ``addresses``, pairs of a roadmap's code and a number, or that name no area."""
        wanted = Q(area=None) if or_in_none else Q(pk__in=[])
        for roadmap, number in addresses:
            wanted |= Q(area__roadmap__code=roadmap, area__number=number)
        return self.filter(wanted)

    def involving(self, countries):
        """Activities with which one of ``countries`` had to do: it took part, hosted, or has a partner in them."""
        return linked(self, TO_COUNTRIES, countries)

    def in_preparation_for(self, country):
        """Not before readers yet, and ``country`` has to do with them, or they are open to it by name."""
        involved = self.model._default_manager.involving([country])
        theirs = Q(pk__in=involved.values("pk")) | Q(open_to__contains=country.code)
        return self.filter(theirs, state__in=IN_PREPARATION)

    def awaiting_figures_from(self, country):
        """Held and before readers, with figures pending that ``country`` can give.

        Those of an activity that it hosted or whose content its institutions provided, and the number of its own
        people wherever it is listed without one.
        """
        every = self.model._default_manager
        provided = every.filter(partnerships__role="content_provider", partnerships__institution__country=country)
        listed = every.filter(country_participations__country=country, country_participations__count=None)
        gave = Q(venue_country=country) | Q(pk__in=provided.values("pk"))
        return self.listed().held().filter(gave & FIGURES_PENDING | Q(pk__in=listed.values("pk")))

    def with_partners(self, institutions):
        """Activities in which one of ``institutions`` had a role, as the funder of their project too."""
        return linked(self, TO_INSTITUTIONS, institutions)

    def for_findings(self):
        """With all that `activities.findings.findings_of` reads, in a number of queries that does not grow."""
        return self.select_related("kind", "participation__profile").prefetch_related(
            "partnerships__institution__seat",
            "links",
            "country_participations__country__memberships",
            "parts",
            "translation_states",
        )

    def for_readers(self):
        """With all that files and programs are told of each, in a number of queries that does not grow."""
        partnerships = self._rows("partnerships").select_related("institution__seat").order_by("order", "pk")
        countries = self._rows("country_participations").select_related("country").order_by("country__code")
        return self.select_related(
            "kind", "parent", "venue_country", "area__roadmap", "roadmap", "participation__profile"
        ).prefetch_related(
            Prefetch("partnerships", partnerships),
            Prefetch("parent__partnerships", partnerships),
            Prefetch("country_participations", countries),
            Prefetch("parts", self.model._default_manager.listed().order_by("code")),
        )

    def for_form(self):
        """With all that their form in the back office shows, in a number of queries that does not grow."""
        countries = self._rows("country_participations").select_related("country")
        partnerships = self._rows("partnerships").select_related("institution__seat")
        return (
            self.select_related(
                "kind", "parent__kind", "venue_country", "area__roadmap", "roadmap", "participation__profile"
            )
            .prefetch_related(
                Prefetch("partnerships", partnerships),
                Prefetch("country_participations", countries),
                "links",
                "translation_states",
            )
            .annotate(published_for=self._reason_of_publication())
        )

    def _reason_of_publication(self):
        """The kept reason for which something found was let pass when an activity was published as it is now."""
        own = self.model.versions.filter(id=OuterRef("pk"))
        later = self.model.versions.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
        since = own.filter(~Exists(later.exclude(state=PublicationState.PUBLISHED)), state=PublicationState.PUBLISHED)
        given = since.filter(history_change_reason__startswith=reason_of("waived")).order_by("-history_id")
        return Subquery(given.values("history_change_reason")[:1])

    def _rows(self, name):
        return self.model._meta.get_field(name).related_model.objects.all()

    def latest_first(self):
        """Newest first; a record without a date stands last, on every database."""
        return self.order_by(F("end_date").desc(nulls_last=True), "-code")

    def in_order(self):
        """By the day on which they began; a project, which has none, stands last."""
        return self.order_by(F("start_date").asc(nulls_last=True), "code")
