"""Every route outside the tables of the back office, by name. A new route is one line here.

Which of the records a page then shows is for its querysets to say: whoever may open a page can still be told that
there is no such record.
"""

from oicvet.policy.who import CLOSED, EVERYBODY, SIGNED_IN, STAFF, Rule, both, may, may_any, read, sent
from reports.desk.access import MAY_ISSUE, MAY_WORK
from reports.translating.kinds import KINDS
from reports.views import MAY_SEE_DRAFTS

WRITERS = may(MAY_WORK)
ISSUERS = may(MAY_WORK, MAY_ISSUE)
FORMER_READERS = may(MAY_WORK, "reports.accept_formerreading")
# Whoever may change a record of some kind finds the records of that kind at the translation desk.
TRANSLATORS = may_any(*sorted({permission for kind in KINDS for permission in kind.permissions}))
IMPORTERS = may_any("activities.add_activity", "activities.change_activity")
READERS_OF_ACTIVITIES = may_any("activities.view_activity", "activities.change_activity")
READERS_OF_RECEIPTS = may_any("activities.view_importreceipt", "activities.change_importreceipt")
OWNERS_OF_RECEIPTS = may_any(*IMPORTERS.any_of, also=("activities.view_importreceipt",))

SECTIONS: dict[str, dict[str, Rule]] = {
    "The portal as anybody finds it": {
        "choose_language": read(EVERYBODY),
        "home": read(EVERYBODY),
        "activities": read(EVERYBODY),
        "activities_file": read(EVERYBODY),
        "activities_feed": read(EVERYBODY),
        "activity": read(EVERYBODY),
        "activity_calendar": read(EVERYBODY),
        "calendar": read(EVERYBODY),
        "programme": read(EVERYBODY),
        "roadmap": read(EVERYBODY),
        "area": read(EVERYBODY),
        "area_feed": read(EVERYBODY),
        "countries": read(EVERYBODY),
        "country": read(EVERYBODY),
        "country_feed": read(EVERYBODY),
        "country_brief": read(EVERYBODY),
        "partners": read(EVERYBODY),
        "partner": read(EVERYBODY),
        "periods": read(EVERYBODY),
        "period": read(EVERYBODY),
        "reports": read(EVERYBODY),
        "editions_feed": read(EVERYBODY),
        "latest_file": read(EVERYBODY),
        "report_file": read(EVERYBODY),
        "edition": read(EVERYBODY),
        "edition_by_code": read(EVERYBODY),
        "edition_file": read(EVERYBODY),
        "verify": both(EVERYBODY),
        "api_guide": read(EVERYBODY),
    },
    "For programs, search engines and whoever watches the service": {
        "api_activities": read(EVERYBODY),
        "api_activity": read(EVERYBODY),
        "api_countries": read(EVERYBODY),
        "api_institutions": read(EVERYBODY),
        "api_areas": read(EVERYBODY),
        "api_editions": read(EVERYBODY),
        "api_schema": read(EVERYBODY),
        "robots": read(EVERYBODY),
        "sitemap": read(EVERYBODY),
        "sitemap_section": read(EVERYBODY),
        "healthz": read(EVERYBODY),
        "readyz": read(EVERYBODY),
    },
    "The gate, and everybody's own account": {
        "account": read(SIGNED_IN),
        "account_login": both(EVERYBODY),
        "account_logout": both(EVERYBODY),
        "account_inactive": read(EVERYBODY),
        "account_signup": read(EVERYBODY),  # says that one is invited
        "invitation": both(EVERYBODY),
        "account_reauthenticate": both(SIGNED_IN),
        "account_change_password": both(SIGNED_IN),
        "account_set_password": both(SIGNED_IN),
        "account_reset_password": both(EVERYBODY),
        "account_reset_password_done": read(EVERYBODY),
        "account_reset_password_from_key": both(EVERYBODY),
        "account_reset_password_from_key_done": read(EVERYBODY),
        "mfa_index": read(SIGNED_IN),
        "mfa_authenticate": both(EVERYBODY),  # between the password and the second factor nobody is signed in
        "mfa_reauthenticate": both(SIGNED_IN),
        "mfa_activate_totp": both(SIGNED_IN),
        "mfa_deactivate_totp": both(SIGNED_IN),
        "mfa_view_recovery_codes": read(SIGNED_IN),
        "mfa_generate_recovery_codes": both(SIGNED_IN),
        "mfa_download_recovery_codes": read(SIGNED_IN),
        "openid_connect_login": both(EVERYBODY),
        "openid_connect_callback": read(EVERYBODY),
        "socialaccount_login_cancelled": read(EVERYBODY),
        "socialaccount_login_error": read(EVERYBODY),
    },
    "Countries and readers": {
        "my_country": read(SIGNED_IN),
        "own_entries": read(SIGNED_IN),
        "own_entry": both(SIGNED_IN),
        # By the link of a letter, without an account.
        "confirm": read(EVERYBODY),
        "linked_entries": read(EVERYBODY),
        "linked_entry": both(EVERYBODY),
        "following": read(SIGNED_IN),
        "follow": both(SIGNED_IN),
        "stop_following": sent(SIGNED_IN),
        "digest": sent(SIGNED_IN),
        "unsubscribe": both(EVERYBODY),
    },
    "The desk, where reports are written": {
        "report_draft": read(may(MAY_SEE_DRAFTS)),
        "desk": read(WRITERS),
        "desk_new": both(WRITERS),
        "desk_report": read(WRITERS),
        "desk_head": sent(WRITERS),
        "desk_section": sent(WRITERS),
        "desk_section_inclusion": sent(WRITERS),
        "desk_section_move": sent(WRITERS),
        "desk_propose": sent(WRITERS),
        "desk_override": sent(WRITERS),
        "desk_item_inclusion": sent(WRITERS),
        "desk_item_move": sent(WRITERS),
        "desk_area": sent(WRITERS),
        "desk_preview": read(WRITERS),
        "desk_records": read(WRITERS),
        "desk_groups": read(WRITERS),
        "desk_waive": sent(WRITERS),
        "desk_withdraw_waiver": sent(WRITERS),
        "desk_renderings": both(WRITERS),
        "desk_cancel": sent(WRITERS),
        "desk_draft": read(WRITERS),
        "desk_issue": both(ISSUERS),
        "desk_read": both(FORMER_READERS),
        "desk_proposals": both(FORMER_READERS),
        "desk_discard_reading": sent(FORMER_READERS),
    },
    "The translation desk": {
        "translations": read(TRANSLATORS),
        "translations_export": read(TRANSLATORS),
        "translations_import": both(TRANSLATORS),
        "translations_confirm": sent(TRANSLATORS),
        "translation": both(TRANSLATORS),
    },
    "The back office as a whole": {
        "admin:login": both(EVERYBODY),
        "admin:logout": sent(EVERYBODY),
        "admin:index": read(STAFF),
        "admin:app_list": read(STAFF),
        "admin_help": read(STAFF),
        "admin:password_change": both(STAFF),
        "admin:password_change_done": read(STAFF),
        "admin:jsi18n": read(STAFF),
        # Which table is asked, its address says: the table's own permission to look decides.
        "admin:autocomplete": read(STAFF),
        "admin:view_on_site": CLOSED,
        "admin:django.views.generic.base.RedirectView": read(STAFF),  # a record's address without "change/"
        "admin:django.contrib.admin.sites.catch_all_view": read(STAFF),
    },
    "What single tables of the back office have beside their usual pages": {
        "admin:activities_activity_check": sent(IMPORTERS),
        "admin:activities_activity_copy": both(
            may_any(*READERS_OF_ACTIVITIES.any_of, also=("activities.add_activity",))
        ),
        "admin:activities_activity_template": read(READERS_OF_ACTIVITIES),
        "admin:activities_activity_import": both(IMPORTERS),
        "admin:activities_activity_process_import": CLOSED,
        "admin:activities_importreceipt_confirm": sent(OWNERS_OF_RECEIPTS),
        "admin:activities_importreceipt_cancel": sent(OWNERS_OF_RECEIPTS),
        "admin:activities_importreceipt_held-back": read(READERS_OF_RECEIPTS),
        "admin:partners_country_export": both(  # the file holds the periods of membership as well
            may_any("partners.view_country", "partners.change_country", also=("partners.view_membership",))
        ),
        "admin:partners_institution_merge": both(may("partners.change_institution", "partners.delete_institution")),
        "admin:focalpoints_answer_decide": sent(may("focalpoints.decide_answer", "activities.change_activity")),
        "admin:auth_user_password_change": both(may("auth.change_user")),
    },
}

ROUTES: dict[str, Rule] = {name: rule for section in SECTIONS.values() for name, rule in section.items()}
