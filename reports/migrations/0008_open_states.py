import hashlib

from django.db import migrations

CHUNK = 500


def mark_open(apps, schema_editor):
    """Say of each state that is known whether its text was a draft or behind: from now on saving does."""
    states = apps.get_model("bilingual", "TranslationState")
    states.objects.filter(progress="draft").update(is_open=True)
    types = apps.get_model("contenttypes", "ContentType").objects
    for content_type in types.filter(pk__in=states.objects.order_by().values("content_type")):
        mark_behind(states.objects.filter(content_type=content_type, is_open=False).exclude(made_from=""), apps)


def mark_behind(rows, apps):
    """Mark those of ``rows``, all of one model, that were made from another text than the one that stands now."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), CHUNK):
        chunk = list(rows.model.objects.filter(pk__in=keys[start : start + CHUNK]).select_related("content_type"))
        model = apps.get_model(chunk[0].content_type.app_label, chunk[0].content_type.model)
        records = model.objects.in_bulk({row.object_id for row in chunk})
        behind = [row.pk for row in chunk if row.object_id in records and is_behind(row, records[row.object_id])]
        rows.model.objects.filter(pk__in=behind).update(is_open=True)


def is_behind(row, record):
    other = getattr(record, f"{row.field}_{'en' if row.language == 'ar' else 'ar'}", None)
    return bool(other) and row.made_from != hashlib.sha256(other.encode()).hexdigest()


class Migration(migrations.Migration):
    dependencies = [
        ("reports", "0007_former_reports"),
        ("bilingual", "0003_open_states"),
        ("activities", "0007_texts_to_do"),
        ("partners", "0002_history"),
        ("roadmap", "0002_history"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(mark_open, migrations.RunPython.noop, elidable=True)]
