"""Issued editions of a report: what was said, by whom, with which files. Nothing here ever changes.

Files live in the database, under the same transaction and the same triggers as what they belong to: an edition is
whole or absent, in every backup too. Two editions a year take some megabytes (docs/decisions/0016).
"""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.models import Activity
from reports.codes import in_halves
from reports.models.frozen import FrozenModel, FrozenQuerySet
from reports.models.report import Report

# What fills an edition's row; lists have no use for it.
_HEAVY = ("facts", "documents", "assets", "versions", "waivers", "changes")


class EditionQuerySet(FrozenQuerySet):
    def listed(self, *also: str):
        """The editions as lists show them, with meeting, files and what they correct; ``also`` names more to read."""
        files = models.Prefetch("files", EditionFile.objects.listed())
        related = self.select_related("report__meeting", "corrects", "corrected_by").prefetch_related(files)
        others = (f"{edition}__{name}" for edition in ("corrects", "corrected_by") for name in _HEAVY)
        return related.defer(*others, *(name for name in _HEAVY if name not in also))


class Edition(FrozenModel):
    """A report as it was issued.

    ``facts`` is canonical JSON (`ReportFacts.to_json`); ``documents`` holds the composed HTML by language (``ar``,
    ``en``, ``both``), ``assets`` the SHA-256 of each static file they load, ``versions`` those of the libraries, the
    templates and the printer, ``waivers`` the findings that were let pass, and ``changes`` what differs from the
    edition that this one corrects.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="editions", verbose_name=_("report"))
    number = models.PositiveSmallIntegerField(_("edition"))
    code = models.CharField(_("code"), max_length=12, unique=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, blank=True, null=True, related_name="corrected_by", verbose_name=_("corrects")
    )
    issued_at = models.DateTimeField(_("issued"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        blank=True,
        null=True,
        related_name="+",
        verbose_name=_("proposed by"),
    )
    facts = models.TextField()
    documents = models.JSONField()
    assets = models.JSONField()
    versions = models.JSONField()
    waivers = models.JSONField(default=list)
    changes = models.JSONField(default=list)

    objects = EditionQuerySet.as_manager()

    class Meta(FrozenModel.Meta):
        ordering = ["-issued_at", "-pk"]
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="one_edition_per_report_and_number"),
        ]

    def __str__(self):
        return f"{self.report.code}/{self.number}"

    @property
    def issued_on(self) -> date:
        """The day on which it was issued, by the portal's calendar."""
        return timezone.localdate(self.issued_at)

    @property
    def shown_code(self) -> str:
        """The code in two halves."""
        return in_halves(self.code)


class EditionFileQuerySet(FrozenQuerySet):
    def listed(self):
        """The files without what is in them."""
        return self.defer("content")


class EditionFile(FrozenModel):
    """One file of an edition: the PDF or Word in a language, the tables, the facts. ``sha256`` is of ``content``."""

    FORMATS = [("pdf", "PDF"), ("docx", "Word"), ("xlsx", "Excel"), ("json", "JSON")]
    LANGUAGES = [("ar", _("Arabic")), ("en", _("English")), ("both", _("Arabic and English in one file"))]

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="files", verbose_name=_("edition"))
    format = models.CharField(_("format"), max_length=4, choices=FORMATS)
    language = models.CharField(_("language"), max_length=4, choices=LANGUAGES)
    name = models.CharField(_("file name"), max_length=80)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField(_("size"))
    content = models.BinaryField()

    objects = EditionFileQuerySet.as_manager()

    class Meta(FrozenModel.Meta):
        ordering = ["edition", "pk"]
        verbose_name = _("file of an edition")
        verbose_name_plural = _("files of an edition")
        constraints = [
            models.UniqueConstraint(fields=["edition", "format", "language"], name="one_file_per_format_and_language"),
        ]

    def __str__(self):
        return self.name

    @property
    def kilobytes(self) -> int:
        """The size as lists show it."""
        return max(1, round(self.size / 1000))


class FrozenAsset(FrozenModel):
    """A stylesheet or font as it was when an edition was issued, kept once however many editions use it."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    content = models.BinaryField()

    class Meta(FrozenModel.Meta):
        verbose_name = _("frozen asset")
        verbose_name_plural = _("frozen assets")

    def __str__(self):
        return self.sha256


class Citation(FrozenModel):
    """An activity that an edition tells: from then on it can be withdrawn, but never deleted."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="citations", verbose_name=_("edition"))
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="citations", verbose_name=_("activity"))

    class Meta(FrozenModel.Meta):
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        constraints = [
            models.UniqueConstraint(fields=["edition", "activity"], name="an_activity_cited_once_per_edition"),
        ]

    def __str__(self):
        return f"{self.edition}: {self.activity.code}"
