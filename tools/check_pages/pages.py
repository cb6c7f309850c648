"""The pages that are looked at: a new one is one line here."""

from dataclasses import dataclass

EDITION = "CHECKED1"
LONG_WORDS = "2019-901"


@dataclass(frozen=True)
class Page:
    """A page by its address after the language; ``is_daily`` ones are looked at before every change lands."""

    name: str
    address: str
    is_daily: bool = False
    staff: bool = False
    status: int = 200


PAGES = (
    Page("home", "", is_daily=True),
    Page("catalogue", "activities/?year=2024&status=held", is_daily=True),
    Page("catalogue-whole", "activities/"),
    Page("search-without-result", "activities/?q=zzzzzz&year=2024"),
    Page("activity", "activities/2024-001/", is_daily=True),
    Page("activity-planned", "activities/2024-013/"),
    Page("activity-of-long-words", f"activities/{LONG_WORDS}/"),
    Page("project", "activities/2024-008/"),
    Page("countries", "countries/"),
    Page("country", "countries/TUR/", is_daily=True),
    Page("institutions", "partners/"),
    Page("institution", "partners/turkiye-national-education/"),
    Page("roadmap", "roadmap/"),
    Page("area", "roadmap/2020-2025/1/", is_daily=True),
    Page("programme", "programme/"),
    Page("calendar", "calendar/"),
    Page("calendar-month", "calendar/2024-10/"),
    Page("periods", "periods/"),
    Page("period", "periods/40/"),
    Page("reports", "reports/"),
    Page("edition", f"editions/{EDITION}/"),
    Page("verify", "verify/"),
    Page("api-guide", "api/"),
    Page("following", "following/", staff=True),
    Page("follow", "following/add/?country=TUR", staff=True),
    Page("unsubscribe", "unsubscribe/", status=404),
    Page("link-refused", "confirm/x/", status=404),
    Page("not-found", "nothing-here/", status=404),
    Page("login", "account/login/", is_daily=True),
    Page("account", "account/", staff=True),
    Page("password", "account/password/change/", staff=True),
    Page("desk", "desk/", staff=True),
    Page("desk-new", "desk/new/", staff=True),
    Page("desk-report", "desk/COMCEC-40/", is_daily=True, staff=True),
    Page("translations", "translations/", staff=True),
    Page("translation-texts", "translations/activities/2024-001/", staff=True),
    Page("admin-home", "admin/", staff=True),
    Page("admin-list", "admin/activities/activity/", staff=True),
    Page("admin-form", "admin/activities/activity/1/change/", is_daily=True, staff=True),
    Page("admin-add", "admin/activities/activity/add/", staff=True),
    Page("admin-history", "admin/activities/activity/1/history/", staff=True),
    Page("admin-ask", "admin/focalpoints/confirmationrequest/add/", staff=True),
    Page("admin-answers", "admin/focalpoints/answer/", staff=True),
    Page("admin-import", "admin/activities/activity/import/", staff=True),
    Page("admin-institutions", "admin/partners/institution/", staff=True),
    Page("admin-help", "admin/help/", staff=True),
)
