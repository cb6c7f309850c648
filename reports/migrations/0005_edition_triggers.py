"""The database refuses to change or delete what was issued."""

from django.db import migrations

from reports.triggers import install, uninstall


def create(apps, schema_editor):
    install(schema_editor.connection)


def remove(apps, schema_editor):
    uninstall(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_without_lead_in")]

    operations = [migrations.RunPython(create, remove)]
