import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import activities.models.taking_part
import bilingual.fields
import bilingual.history
import partners.fields


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0005_import_receipts"),
        ("partners", "0002_history"),
        ("roadmap", "0002_history"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ActivityLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("label", bilingual.fields.NameField(blank=True, max_length=120, null=True, verbose_name="label")),
                ("label_ar", bilingual.fields.NameField(blank=True, max_length=120, null=True, verbose_name="label")),
                ("label_en", bilingual.fields.NameField(blank=True, max_length=120, null=True, verbose_name="label")),
                ("url", bilingual.fields.LinkField(max_length=500, verbose_name="address of the page")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
            ],
            options={
                "verbose_name": "link",
                "verbose_name_plural": "links",
                "ordering": ["activity", "order", "pk"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalActivityLink",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("label", bilingual.fields.NameField(blank=True, max_length=120, null=True, verbose_name="label")),
                ("label_ar", bilingual.fields.NameField(blank=True, max_length=120, null=True, verbose_name="label")),
                ("label_en", bilingual.fields.NameField(blank=True, max_length=120, null=True, verbose_name="label")),
                ("url", bilingual.fields.LinkField(max_length=500, verbose_name="address of the page")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "change_set",
                    models.UUIDField(db_index=True, default=bilingual.history.current_change_set, editable=False),
                ),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
            ],
            options={
                "verbose_name": "historical link",
                "verbose_name_plural": "historical links",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.AddField(
            model_name="activity",
            name="open_to",
            field=partners.fields.CountryCodesField(
                blank=True,
                default="",
                help_text="The countries whose people can register; where none is named, all member countries.",
                max_length=400,
                verbose_name="open to",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="registration_until",
            field=models.DateField(
                blank=True,
                help_text="The last day on which one can register.",
                null=True,
                verbose_name="registration until",
            ),
        ),
        migrations.AddField(
            model_name="activity",
            name="working_languages",
            field=activities.models.taking_part.WorkingLanguagesField(
                blank=True,
                default="",
                help_text="What is spoken or interpreted; where none is ticked, the portal does not say.",
                max_length=100,
                verbose_name="languages of work",
            ),
        ),
        migrations.AddField(
            model_name="historicalactivity",
            name="open_to",
            field=partners.fields.CountryCodesField(
                blank=True,
                default="",
                help_text="The countries whose people can register; where none is named, all member countries.",
                max_length=400,
                verbose_name="open to",
            ),
        ),
        migrations.AddField(
            model_name="historicalactivity",
            name="registration_until",
            field=models.DateField(
                blank=True,
                help_text="The last day on which one can register.",
                null=True,
                verbose_name="registration until",
            ),
        ),
        migrations.AddField(
            model_name="historicalactivity",
            name="working_languages",
            field=activities.models.taking_part.WorkingLanguagesField(
                blank=True,
                default="",
                help_text="What is spoken or interpreted; where none is ticked, the portal does not say.",
                max_length=100,
                verbose_name="languages of work",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("registration_until", None),
                    ("end_date", None),
                    ("registration_until__lte", models.F("end_date")),
                    _connector="OR",
                ),
                name="activity_registration_ends_in_time",
                violation_error_message="One cannot register after the last day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(("working_languages__regex", "^([a-z]{2}( [a-z]{2})*)?$")),
                name="activity_languages_are_codes",
                violation_error_message="Languages are given by their codes, such as ar, en and fr.",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(("open_to__regex", "^([A-Z]{3}( [A-Z]{3})*)?$")),
                name="activity_open_to_is_codes",
                violation_error_message="Countries are given by their codes, such as MAR and TUR.",
            ),
        ),
        migrations.AddField(
            model_name="activitylink",
            name="activity",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="links",
                to="activities.activity",
                verbose_name="activity",
            ),
        ),
        migrations.AddField(
            model_name="historicalactivitylink",
            name="activity",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="activities.activity",
                verbose_name="activity",
            ),
        ),
        migrations.AddField(
            model_name="historicalactivitylink",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="activitylink",
            constraint=models.CheckConstraint(
                condition=models.Q(("label_ar__isnull", False), ("label_en__isnull", False), _connector="OR"),
                name="link_has_a_label",
                violation_error_message="Say in Arabic or in English what the link leads to.",
            ),
        ),
        migrations.AddConstraint(
            model_name="activitylink",
            constraint=models.UniqueConstraint(
                fields=("activity", "url"),
                name="one_link_per_address",
                violation_error_message="This address is already among the links.",
            ),
        ),
    ]
