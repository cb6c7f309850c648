"""Letters that were sent inside the request: those that the mail server took, and those that it did not."""

from django.db import migrations


def tell(apps, schema_editor):
    requests = apps.get_model("focalpoints", "ConfirmationRequest").objects
    requests.filter(sent_at=None).update(letter="failed")
    requests.exclude(sent_at=None).update(letter="sent")


class Migration(migrations.Migration):
    dependencies = [("focalpoints", "0003_letters")]

    operations = [migrations.RunPython(tell, migrations.RunPython.noop)]
