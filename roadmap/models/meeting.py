"""The meetings reported to, and the periods into which sessions cut time."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bilingual.constraints import ConstraintsAtFields
from bilingual.fields import NameField
from bilingual.grammar import Case, ordinal
from bilingual.remembering import RemembersTexts
from bilingual.text import Bilingual


class MeetingKind(models.TextChoices):
    """The meetings to which the programme reports."""

    SESSION = "session", _("COMCEC session")
    FOLLOW_UP = "follow_up", _("meeting of the COMCEC Follow-up Committee")


@dataclass(frozen=True)
class Period:
    """The days a report accounts for, both ends included."""

    start: date
    end: date

    @classmethod
    def after(cls, session_end: date | None, end: date | None) -> "Period | None":
        """Return the days after a session up to ``end``; ``None`` where a date is missing or they are in no order."""
        start = session_end + timedelta(days=1) if session_end else None
        return cls(start, end) if start and end and start <= end else None

    @property
    def is_open(self) -> bool:
        """Whether the period runs without a known end."""
        return self.end == date.max

    def holds(self, day: date) -> bool:
        """Whether ``day`` lies in the period."""
        return self.start <= day <= self.end


class PeriodUnknownError(ValueError):
    """The dates that bound a period are not stored; the message says which meeting to enter."""


class MeetingQuerySet(models.QuerySet):
    def by_code(self, code: str):
        """Return the meeting that ``code`` names, such as ``COMCEC-40`` or ``COMCEC-FC-40``.

        Raises `Meeting.DoesNotExist` for a code that no meeting has.
        """
        prefix, dash, number = code.upper().rpartition("-")
        kinds = {prefix: kind for kind, prefix in Meeting.CODE_PREFIXES.items()}
        if not dash or prefix not in kinds or not number.isascii() or not number.isdigit() or len(number) > 4:
            raise self.model.DoesNotExist
        return self.get(kind=kinds[prefix], number=int(number))


class Meeting(RemembersTexts, ConstraintsAtFields):
    """A session of COMCEC or a meeting of its Follow-up Committee.

    Only sessions cut time into periods: from the day after session n-1 ends to the last day of session n. A
    Follow-up Committee report is an interim account of the running period, up to the committee's last day.
    """

    CODE_PREFIXES = {MeetingKind.SESSION: "COMCEC", MeetingKind.FOLLOW_UP: "COMCEC-FC"}

    kind = models.CharField(_("kind"), max_length=10, choices=MeetingKind, default=MeetingKind.SESSION)
    number = models.PositiveSmallIntegerField(_("number"))
    start = models.DateField(_("first day"), blank=True, null=True)
    end = models.DateField(_("last day"), blank=True, null=True)
    dates_confirmed = models.BooleanField(_("dates confirmed"), default=True)
    is_online = models.BooleanField(_("online"), default=False)
    place = NameField(_("place"), blank=True, null=True)

    objects = MeetingQuerySet.as_manager()

    shown_at = {
        "one_meeting_per_kind_and_number": "number",
        "meeting_has_both_dates_in_order": "end",
    }

    class Meta:
        ordering = ["-number", "kind"]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "number"],
                name="one_meeting_per_kind_and_number",
                violation_error_message=_("This meeting is already entered."),
            ),
            models.CheckConstraint(
                condition=Q(start=None, end=None) | Q(start__isnull=False, end__isnull=False, end__gte=F("start")),
                name="meeting_has_both_dates_in_order",
                violation_error_message=_("Give both dates of the meeting, the last day not before the first."),
            ),
        ]

    def __str__(self):
        return str(self.name)

    @property
    def code(self) -> str:
        """How commands and addresses name the meeting: ``COMCEC-40``."""
        return f"{self.CODE_PREFIXES[MeetingKind(self.kind)]}-{self.number}"

    @property
    def name(self) -> Bilingual:
        """How a heading names the meeting in both languages."""
        return Bilingual(ar=self.name_in_arabic(Case.NOMINATIVE), en=self.name_in_english())

    def name_in_arabic(self, case: Case) -> str:
        """The meeting's name in Arabic, its ordinal in ``case``."""
        if self.kind == MeetingKind.SESSION:
            return f"الدورة {ordinal(self.number, 'ar', gender='f', case=case)} للكومسيك"
        return f"الاجتماع {ordinal(self.number, 'ar', gender='m', case=case)} للجنة المتابعة التابعة للكومسيك"

    def name_in_english(self) -> str:
        """The meeting's name in English, without an article."""
        number = ordinal(self.number, "en")
        if self.kind == MeetingKind.SESSION:
            return f"{number} Session of COMCEC"
        return f"{number} Meeting of the COMCEC Follow-up Committee"

    def session_before(self) -> "Meeting":
        """Return the session from whose end the meeting's period runs.

        Raises `PeriodUnknownError` when that session is not stored or has no dates.
        """
        before = Meeting.objects.filter(kind=MeetingKind.SESSION, number=self.number - 1).first()
        if before is None or before.end is None:
            raise PeriodUnknownError(
                gettext("The period is unknown: enter the dates of COMCEC session %(number)d first.")
                % {"number": self.number - 1}
            )
        return before

    def period(self) -> Period:
        """Return the days that a report to this meeting accounts for.

        Raises `PeriodUnknownError` when a date that bounds it is not stored.
        """
        if self.end is None:
            raise PeriodUnknownError(
                gettext("The period is unknown: enter the dates of %(code)s first.") % {"code": self.code}
            )
        period = Period.after(self.session_before().end, self.end)
        if period is None:
            said = gettext("The period is unknown: %(code)s ends before the session that precedes it.")
            raise PeriodUnknownError(said % {"code": self.code})
        return period

    def clean(self):
        super().clean()
        if (self.start is None) != (self.end is None):
            missing = "start" if self.start is None else "end"
            raise ValidationError({missing: _("Give both dates of the meeting, the last day not before the first.")})
