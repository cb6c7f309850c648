"""Give each report its sections, and move its lead-in to the text of its introduction."""

from django.db import migrations

KINDS = (
    "introduction",
    "figures",
    "activities",
    "planned",
    "promised",
    "coverage",
    "breakdowns",
    "countries",
    "comparison",
    "challenges",
    "recommendations",
    "conclusion",
    "summary",
    "groups",
    "annex",
    "method",
    "abbreviations",
)


def lay_out(apps, schema_editor):
    section = apps.get_model("reports", "ReportSection")
    for report in apps.get_model("reports", "Report").objects.all():
        for position, kind in enumerate(KINDS, start=1):
            texts = {}
            if kind == "introduction":
                texts = {"text": report.lead_in_ar, "text_ar": report.lead_in_ar, "text_en": report.lead_in_en}
            section.objects.create(report=report, kind=kind, position=position, **texts)


def take_back(apps, schema_editor):
    sections = apps.get_model("reports", "ReportSection").objects
    for section in sections.filter(kind="introduction").select_related("report"):
        section.report.lead_in_ar = section.text_ar
        section.report.lead_in_en = section.text_en
        section.report.save()
    sections.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0002_desk_and_editions"),
    ]

    operations = [migrations.RunPython(lay_out, take_back)]
