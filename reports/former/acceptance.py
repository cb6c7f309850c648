"""From a proposal that a person accepts to a draft activity, through the rules that hold for everything entered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Model
from django.utils.translation import gettext as _

from activities.models import (
    Activity,
    ActivityKind,
    ActivityStatus,
    CountryParticipation,
    Mode,
    ParticipantProfile,
    Participation,
    Partnership,
    Standing,
)
from partners.models import Country, Institution
from reports.former.proposals import Partner, Proposal
from reports.former.skeletons import letters_of
from reports.models import FormerReading
from roadmap.models import CooperationArea, Roadmap


class ChangedError(Exception):
    """Somebody else accepted rows of the same reading in the meantime: nothing was saved."""


@dataclass(frozen=True)
class Outcome:
    """What became of the rows somebody accepted: activities by number, and refusals with their sentences."""

    made: dict[str, Activity]
    refused: dict[str, list[str]]


def accept(reading: FormerReading, numbers: Iterable[str]) -> Outcome:
    """Make draft activities of the proposals with these numbers, each whole or not at all.

    What was accepted before is passed over. A part finds its project when that was accepted before or with it.
    Raises `ChangedError` when ``reading`` is no longer as it was loaded.
    """
    wanted = set(numbers)
    proposals = [Proposal.from_row(row) for row in reading.proposals]
    chosen = [each for each in proposals if each.number in wanted and each.number not in reading.accepted]
    made: dict[str, Activity] = {}
    refused: dict[str, list[str]] = {}
    with transaction.atomic():
        _claim(reading)
        accepted = dict(reading.accepted)
        for proposal in sorted(chosen, key=lambda each: bool(each.parent)):
            try:
                with transaction.atomic():
                    made[proposal.number] = _Draft(proposal, reading, accepted).save()
            except ValidationError as error:
                refused[proposal.number] = error.messages
                continue
            accepted[proposal.number] = made[proposal.number].code
        FormerReading.objects.filter(pk=reading.pk).update(accepted=accepted)
    reading.accepted = accepted
    return Outcome(made, refused)


def _claim(reading: FormerReading) -> None:
    """Let only one of two people go on; the row stays locked until the transaction ends."""
    same = FormerReading.objects.filter(pk=reading.pk, version=reading.version)
    if not same.update(version=F("version") + 1):
        raise ChangedError
    reading.version += 1


class _Draft:
    """One proposal on its way into the tables."""

    def __init__(self, proposal: Proposal, reading: FormerReading, accepted: dict[str, str]):
        self.proposal = proposal
        self.reading = reading
        self.language = reading.language
        self.accepted = accepted

    def save(self) -> Activity:
        """Save the activity with its rows. Raises ``ValidationError`` where one of them breaks a rule."""
        activity = self._activity()
        self._keep(activity)
        if not activity.is_project:
            self._keep(self._participation(activity))
            for code in self.proposal.value("country_list", []):
                self._keep(CountryParticipation(activity=activity, country=Country.objects.get(code=code)))
        for partnership in self._partnerships(activity):
            self._keep(partnership)
        return activity

    def _keep(self, row: Model) -> None:
        row.full_clean(exclude=["code"] if isinstance(row, Activity) else None)
        row.save()

    def _activity(self) -> Activity:
        said = self.proposal
        kind = ActivityKind.objects.filter(code=said.value("kind", "")).first()
        if kind is None:
            raise ValidationError(_("The kind of this activity is no longer known."))
        start, end = (date.fromisoformat(day) for day in said.value("dates")) if said.value("dates") else (None, None)
        roadmap, area = self._area(end)
        texts = {f"title_{self.language}": said.value("title"), f"venue_{self.language}": said.value("venue")}
        return Activity(
            kind=kind,
            parent=self._project(),
            start_date=start,
            end_date=end,
            year=said.value("year"),
            # How people met is said of the parts of a project.
            mode=Mode.NOT_STATED if kind.is_project else said.value("mode", Mode.NOT_STATED),
            status=None if kind.is_project else said.value("status", ActivityStatus.PLANNED),
            roadmap=roadmap,
            area=area,
            funding_call=said.value("funding_call"),
            note=self._note(),
            **texts,
        )

    def _note(self) -> str:
        about = {"file": self.reading.file_name, "number": self.proposal.number}
        return _("Read from the former report “%(file)s”, item %(number)s.") % about

    def _project(self) -> Activity | None:
        code = self.accepted.get(self.proposal.parent)
        return Activity.objects.filter(code=code).first() if code else None

    def _area(self, end: date | None) -> tuple[Roadmap | None, CooperationArea | None]:
        """The roadmap of the time and its area; an area of which no roadmap is known stays out."""
        number = self.proposal.value("area")
        if number is None:
            return None, None
        roadmap = Roadmap.objects.current_on(end) if end else Roadmap.objects.order_by("-valid_from").first()
        area = CooperationArea.objects.filter(roadmap=roadmap, number=number).first() if roadmap else None
        return (roadmap, area) if area else (None, None)

    def _participation(self, activity: Activity) -> Participation:
        headcount, countries = self.proposal.value("headcount"), self.proposal.value("countries")
        unknown = Standing.NOT_DUE if activity.status == ActivityStatus.PLANNED else Standing.PENDING
        known = Standing.ESTIMATED if self.proposal.value("is_estimate") else Standing.REPORTED
        return Participation(
            activity=activity,
            profile=ParticipantProfile.objects.filter(code=self.proposal.value("profile", "")).first(),
            headcount=headcount,
            headcount_standing=known if headcount else unknown,
            sexes_standing=unknown,
            member_countries=countries,
            countries_standing=Standing.REPORTED if countries else unknown,
            source=(_("Former report: %(file)s") % {"file": self.reading.file_name})[:300],
        )

    def _partnerships(self, activity: Activity) -> Iterator[Partnership]:
        for order, (partner, _reading) in enumerate(self.proposal.partners):
            yield Partnership(activity=activity, role=partner.role, order=order, **self._named(partner))

    def _named(self, partner: Partner) -> dict:
        """The institution, or the words of the report where the portal knows none."""
        institution = Institution.objects.filter(code=partner.code).first() if partner.code else None
        if institution is None:
            return {f"described_as_{self.language}": partner.name}
        return {"institution": institution, f"post_{self.language}": partner.post or None}


def already_entered(proposals: list[Proposal], language: str) -> dict[str, Activity]:
    """Return, by number, an activity that has the title of a proposal and its days, in one query."""
    days = {each.value("dates")[0] for each in proposals if each.value("dates")}
    titles = {each.value("title") for each in proposals if each.value("title")}
    near = Activity.objects.filter(start_date__in=days) | Activity.objects.filter(**{f"title_{language}__in": titles})
    known = {(letters_of(getattr(each, f"title_{language}") or ""), str(each.start_date or "")): each for each in near}
    found = {}
    for proposal in proposals:
        day = (proposal.value("dates") or [""])[0]
        same = known.get((letters_of(proposal.value("title") or ""), day))
        if same:
            found[proposal.number] = same
    return found
