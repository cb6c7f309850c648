import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    """Indexes that answer what the start page asks, and the sum that one of them rests on."""

    dependencies = [("activities", "0008_named_standings")]

    operations = [
        migrations.AddField(
            model_name="participation",
            name="sum_of_countries",
            field=models.PositiveBigIntegerField(
                editable=False,
                help_text="The people of all its countries, where each has its number; kept by `sum_countries`",
                null=True,
            ),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["status", "end_date"], name="activity_status_end"),
        ),
        migrations.AddIndex(
            model_name="participation",
            index=models.Index(fields=["headcount_standing"], name="participation_standing"),
        ),
        migrations.AddIndex(
            model_name="participation",
            index=models.Index(
                condition=models.Q(
                    (
                        "headcount__gt",
                        django.db.models.expressions.CombinedExpression(models.F("women"), "+", models.F("men")),
                    ),
                    (
                        "headcount__lt",
                        django.db.models.expressions.CombinedExpression(models.F("women"), "+", models.F("men")),
                    ),
                    ("headcount__gt", models.F("sum_of_countries")),
                    ("headcount__lt", models.F("sum_of_countries")),
                    _connector="OR",
                ),
                fields=["activity"],
                name="counts_disagree",
            ),
        ),
    ]
