"""What stands between a report and its issue: findings that were waived, and the first of two signatures."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bilingual.fields import NameField, ProseField
from reports.models.report import Report


class Waiver(models.Model):
    """A blocking finding that somebody let pass, and why; an edition keeps it."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="waivers", verbose_name=_("report"))
    finding = models.CharField(_("finding"), max_length=200)
    sentence = NameField(_("what was found"), max_length=600)
    reason = ProseField(_("reason"), max_length=2000)
    waived_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    waived_at = models.DateTimeField(_("on"), auto_now_add=True)

    class Meta:
        ordering = ["report", "finding"]
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        constraints = [
            models.UniqueConstraint(fields=["report", "finding"], name="a_waiver_once_per_finding"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="waived_for_a_reason"),
        ]

    def __str__(self):
        return f"{self.finding}: {self.reason}"


class IssueProposal(models.Model):
    """Where two people must agree: who put which state of a report forward. Another one issues exactly that."""

    report = models.OneToOneField(Report, models.CASCADE, related_name="proposal", verbose_name=_("report"))
    facts_hash = models.CharField(max_length=64)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    proposed_at = models.DateTimeField(_("on"), auto_now=True)

    class Meta:
        verbose_name = _("proposal to issue")
        verbose_name_plural = _("proposals to issue")

    def __str__(self):
        return str(self.report)
