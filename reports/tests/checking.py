"""Reports as an officer leaves them, and what the pre-flight finds in them."""

from bilingual.findings import Severity
from reports.assembly import assemble
from reports.models import Report
from reports.overrides import basis
from reports.preflight import preflight
from reports.tests.factories import make_complete_report

BLOCKING, WARNING, NOTE = Severity


def found(report, *, fresh=True):
    report = Report.objects.get(pk=report.pk) if fresh else report
    return [(row.code, row.severity, row.subject, row.field, row.is_waivable) for row in preflight(report).findings]


def codes(report):
    return [row[0] for row in found(report)]


def write(report, kind="conclusion", **values):
    """Write in a section, as a form does."""
    section = report.sections.get(kind=kind)
    for name, value in values.items():
        setattr(section, name, value)
    section.save()
    return section


def override_item(report, ar="نص", en="A text", **values):
    """Write an item's own paragraph on the facts as they are now."""
    item = report.items.first()
    item.override_ar, item.override_en = ar, en
    item.override_basis = basis(assemble(report).items[0])
    for name, value in values.items():
        setattr(item, name, value)
    item.save()
    return item


def make_half_written():
    """Return a report whose conclusion is in Arabic alone, and the key of that finding."""
    report = make_complete_report()
    write(report, text_ar="خاتمة")
    return report, "section-in-one-language:section:conclusion:text_en"
