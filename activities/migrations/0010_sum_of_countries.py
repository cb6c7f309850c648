from django.db import migrations
from django.db.models import Count, F, OuterRef, Subquery, Sum


def sum_countries(apps, schema_editor):
    """Write down how many people the countries of each activity sent, where all are known."""
    rows = apps.get_model("activities", "CountryParticipation").objects.filter(activity=OuterRef("activity"))
    sums = rows.order_by().values("activity").annotate(people=Sum("count"), all=Count("pk"), known=Count("count"))
    known = sums.filter(all=F("known")).values("people")
    apps.get_model("activities", "Participation").objects.update(sum_of_countries=Subquery(known))


class Migration(migrations.Migration):
    dependencies = [("activities", "0009_what_needs_somebody")]

    operations = [migrations.RunPython(sum_countries, migrations.RunPython.noop, elidable=True)]
