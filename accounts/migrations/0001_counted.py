"""The table in which the gate counts: Django's own for a cache in the database, as ``CACHES`` names it."""

from django.core.management import call_command
from django.db import migrations

TABLE = "accounts_counted"


def make_table(apps, schema_editor):
    call_command("createcachetable", TABLE, database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = []

    operations = [
        migrations.RunPython(make_table, lambda apps, schema_editor: None),
        # The way back; the way there leaves alone what the command has made.
        migrations.RunSQL(migrations.RunSQL.noop, f"DROP TABLE {TABLE}"),
    ]
