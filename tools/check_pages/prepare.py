"""Fill the database of a check: the demo data, an issued edition, and activities for a list of several pages."""

import os
from datetime import timedelta
from itertools import cycle, islice

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "check_pages.settings"
django.setup()

from django.core.management import call_command  # noqa: E402

from activities.models import Activity  # noqa: E402
from activities.tests.factories import add_country, add_partner, count_participants, make_activity  # noqa: E402
from check_pages.pages import EDITION  # noqa: E402 -- models need the settings
from partners.models import Country  # noqa: E402
from reports.models import Report  # noqa: E402
from reports.tests.factories import make_edition  # noqa: E402

FORMER_YEARS = range(1, 6)
COPIED = ("title_ar", "title_en", "objective_ar", "objective_en", "kind", "roadmap", "area", "mode", "venue_country")


def repeat(activity, years, countries):
    """Hold ``activity`` again, ``years`` earlier."""
    earlier = timedelta(days=364 * years)
    copy = make_activity(
        start_date=activity.start_date - earlier,
        end_date=activity.end_date - earlier,
        **{name: getattr(activity, name) for name in COPIED},
    )
    for partnership in activity.partnerships.exclude(institution=None):
        add_partner(copy, partnership.institution, role=partnership.role)
    for country in islice(countries, 6):
        add_country(copy, country)
    count_participants(copy, 20 + years)


def main():
    call_command("prepare_portal", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    countries = cycle(Country.objects.filter(oic_group__isnull=False).order_by("code"))
    for activity in list(Activity.objects.filter(end_date__isnull=False)):
        for years in FORMER_YEARS:
            repeat(activity, years, countries)
    make_edition(Report.objects.get(), Activity.objects.get(code="2024-001"), code=EDITION)


if __name__ == "__main__":
    main()
