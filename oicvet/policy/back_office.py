"""The tables of the back office: which pages each has, and the permission that each page needs."""

from oicvet.policy.who import CLOSED, Rule, Who, both, may, may_any, read

# Pages with which a table is looked at, and those with which it is kept.
LOOKING = ("changelist", "change", "history")
KEEPING = (*LOOKING, "add", "delete")
BRINGING_BACK = ("restore", "deleted", "return")

# A table that is not listed has no page at all. What the admin offers beyond the pages listed here is closed.
TABLES: dict[str, tuple[str, ...]] = {
    "activities.activity": (*KEEPING, *BRINGING_BACK, "export"),
    "activities.activitykind": (*KEEPING, *BRINGING_BACK),
    "activities.participantprofile": (*KEEPING, *BRINGING_BACK),
    "activities.importreceipt": LOOKING,
    "partners.country": (*KEEPING, *BRINGING_BACK),
    "partners.institution": (*KEEPING, *BRINGING_BACK, "export"),
    "partners.nationalfocalpoint": (*KEEPING, *BRINGING_BACK, "export"),
    "roadmap.programme": (*LOOKING, "add", "restore"),
    "roadmap.roadmap": (*KEEPING, *BRINGING_BACK),
    "roadmap.cooperationarea": (*KEEPING, *BRINGING_BACK, "export"),
    "roadmap.workplanitem": (*KEEPING, *BRINGING_BACK),
    "roadmap.meeting": (*KEEPING, *BRINGING_BACK),
    "roadmap.abbreviation": (*KEEPING, *BRINGING_BACK),
    "reports.report": (*KEEPING, *BRINGING_BACK),
    "reports.edition": LOOKING,
    "focalpoints.confirmationrequest": (*LOOKING, "add"),
    "focalpoints.answer": LOOKING,
    "accounts.invitation": KEEPING,
    "auth.user": KEEPING,
    "auth.group": KEEPING,
}

# The portal writes these, and nobody else: they are read, and nothing is sent to them.
READ_ONLY = {"activities.importreceipt", "reports.edition", "focalpoints.answer"}
# Sent once and never changed: whoever may send one may send it again or withdraw it.
SENT_ONLY = {"focalpoints.confirmationrequest"}


def pages_of(table: str) -> dict[str, Rule]:
    """Return what each page that a table can have needs, as Django's admin asks for it."""
    app, model = table.split(".")
    view, add, change, delete = (f"{app}.{action}_{model}" for action in ("view", "add", "change", "delete"))
    lookers = may_any(view, change)  # whoever may change a record may look at it
    keepers: tuple[Who | None, Who | None] = (may_any(change, delete), may(change))
    if table in READ_ONLY | SENT_ONLY:
        keepers = (may(add) if table in SENT_ONLY else None, None)
    return {
        "changelist": Rule(read=lookers, sent=keepers[0]),  # what is sent there is an action on rows
        "change": Rule(read=lookers, sent=keepers[1]),
        "history": read(lookers),
        "add": both(may(add)),
        "delete": both(may(delete)),
        "restore": both(may(change)),
        "deleted": read(may_any(view, change, also=(add,))),
        "return": both(may_any(view, change, also=(add,))),
        "export": both(lookers),
    }


def _rules() -> dict[str, Rule]:
    return {
        f"admin:{table.replace('.', '_')}_{page}": rule if page in open_pages else CLOSED
        for table, open_pages in TABLES.items()
        for page, rule in pages_of(table).items()
    }


BACK_OFFICE = _rules()
