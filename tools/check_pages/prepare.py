"""Fill the database of a check: the demo data, an issued edition, a list of several pages, changes to look back on."""

import os
from datetime import date, timedelta
from itertools import cycle, islice

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "check_pages.settings"
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402 -- models need the settings
from django.core.management import call_command  # noqa: E402

from activities.models import Activity, Mode, Role  # noqa: E402
from activities.tests.factories import add_country, add_partner, count_participants, make_activity  # noqa: E402
from bilingual.history import change_set  # noqa: E402
from check_pages.pages import EDITION, LONG_WORDS  # noqa: E402
from partners.models import Country, Institution  # noqa: E402
from reports.models import Report  # noqa: E402
from reports.tests.factories import make_edition  # noqa: E402

FORMER_YEARS = range(1, 6)
LONG = ("title", "objective", "topics", "audience", "summary", "venue")
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


def leave_a_trail(activity):
    """Change ``activity`` with its partners, and delete a copy of it: its history and the list of deleted show it."""
    make_activity(title_ar=activity.title_ar, title_en=activity.title_en).delete()
    activity._history_user = get_user_model().objects.get(username="demo-editor")
    with change_set():
        activity.title_en = f"{activity.title_en}, with Examples"
        activity.mode = Mode.ONLINE
        activity.topics_ar, activity.topics_en = "موضوع أول\nموضوع ثان", ""
        activity.save()
        add_partner(activity, Institution.objects.order_by("code").last(), role=Role.HOST)


def use_long_words():
    """Hold an activity whose texts have no place for a line to break."""
    arabic, english = "قسطنطينية" * 12, "Constantinople" * 8
    texts = {f"{name}_ar": arabic for name in LONG} | {f"{name}_en": english for name in LONG}
    make_activity(code=LONG_WORDS, start_date=date(2019, 5, 6), end_date=date(2019, 5, 7), **texts)


def main():
    call_command("prepare_portal", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    countries = cycle(Country.objects.filter(oic_group__isnull=False).order_by("code"))
    for activity in list(Activity.objects.filter(end_date__isnull=False)):
        for years in FORMER_YEARS:
            repeat(activity, years, countries)
    use_long_words()
    leave_a_trail(Activity.objects.get(code="2023-001"))
    make_edition(Report.objects.get(), Activity.objects.get(code="2024-001"), code=EDITION)


if __name__ == "__main__":
    main()
