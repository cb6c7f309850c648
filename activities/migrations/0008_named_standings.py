from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("activities", "0007_texts_to_do")]

    operations = [
        migrations.AlterField(
            model_name="historicalparticipation",
            name="countries_standing",
            field=models.CharField(
                choices=[
                    ("reported", "reported"),
                    ("estimated", "estimated"),
                    ("pending", "pending"),
                    ("not_collected", "not collected"),
                    ("not_due", "not due yet"),
                ],
                default="pending",
                max_length=13,
                verbose_name="standing of the number of member countries",
            ),
        ),
        migrations.AlterField(
            model_name="historicalparticipation",
            name="headcount_standing",
            field=models.CharField(
                choices=[
                    ("reported", "reported"),
                    ("estimated", "estimated"),
                    ("pending", "pending"),
                    ("not_collected", "not collected"),
                    ("not_due", "not due yet"),
                ],
                default="pending",
                max_length=13,
                verbose_name="standing of the number of participants",
            ),
        ),
        migrations.AlterField(
            model_name="historicalparticipation",
            name="sexes_standing",
            field=models.CharField(
                choices=[
                    ("reported", "reported"),
                    ("estimated", "estimated"),
                    ("pending", "pending"),
                    ("not_collected", "not collected"),
                    ("not_due", "not due yet"),
                ],
                default="pending",
                max_length=13,
                verbose_name="standing of the numbers of women and men",
            ),
        ),
        migrations.AlterField(
            model_name="participation",
            name="countries_standing",
            field=models.CharField(
                choices=[
                    ("reported", "reported"),
                    ("estimated", "estimated"),
                    ("pending", "pending"),
                    ("not_collected", "not collected"),
                    ("not_due", "not due yet"),
                ],
                default="pending",
                max_length=13,
                verbose_name="standing of the number of member countries",
            ),
        ),
        migrations.AlterField(
            model_name="participation",
            name="headcount_standing",
            field=models.CharField(
                choices=[
                    ("reported", "reported"),
                    ("estimated", "estimated"),
                    ("pending", "pending"),
                    ("not_collected", "not collected"),
                    ("not_due", "not due yet"),
                ],
                default="pending",
                max_length=13,
                verbose_name="standing of the number of participants",
            ),
        ),
        migrations.AlterField(
            model_name="participation",
            name="sexes_standing",
            field=models.CharField(
                choices=[
                    ("reported", "reported"),
                    ("estimated", "estimated"),
                    ("pending", "pending"),
                    ("not_collected", "not collected"),
                    ("not_due", "not due yet"),
                ],
                default="pending",
                max_length=13,
                verbose_name="standing of the numbers of women and men",
            ),
        ),
    ]
