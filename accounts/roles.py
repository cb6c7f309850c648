"""The roles of the portal and what each may do. Groups carry them; nobody else needs to be a superuser.

A role's group holds exactly what stands here. Whoever needs another mixture makes another group.
"""

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

VIEW, ADD, CHANGE, DELETE = "view", "add", "change", "delete"
EVERYTHING = (VIEW, ADD, CHANGE, DELETE)

RECORDS = ("activities.activity", "activities.participation", "partners.institution")
# Rows inside an activity: whoever enters them may take one out again.
ROWS_OF_RECORDS = ("activities.partnership", "activities.countryparticipation", "activities.activitylink")
TABLES = (
    "activities.activitykind",
    "activities.participantprofile",
    "partners.country",
    "partners.membership",
    "partners.nationalfocalpoint",
    "roadmap.roadmap",
    "roadmap.cooperationarea",
    "roadmap.workplanitem",
    "roadmap.collaborator",
    "roadmap.indicator",
    "roadmap.meeting",
    "roadmap.abbreviation",
)
# What was imported: seen by whoever may import, changed by nobody.
RECEIPTS = ("activities.importreceipt",)
PROGRAMME = ("roadmap.programme",)
REPORTS = ("reports.report",)
ROWS_OF_REPORTS = ("reports.reportitem", "reports.reportsection", "reports.coveragenote", "reports.waiver")
# Issued once, and read ever after: nobody changes or deletes them, not even an administrator.
EDITIONS = ("reports.edition", "reports.editionfile")
# What countries were asked and what they answered: nobody changes it, editors ask and decide.
FROM_COUNTRIES = ("focalpoints.confirmationrequest", "focalpoints.answer")
ACCOUNTS = ("auth.user", "auth.group")
# Editors invite national focal points, and administrators everybody (`accounts.admin`).
INVITATIONS = ("accounts.invitation",)
OURS = RECORDS + ROWS_OF_RECORDS + TABLES + PROGRAMME + REPORTS + ROWS_OF_REPORTS


def _may(actions: tuple[str, ...], models: tuple[str, ...]) -> frozenset[str]:
    """Permissions such as ``activities.add_activity``, for each action on each model."""
    split = (model.split(".") for model in models)
    return frozenset(f"{app}.{action}_{model}" for app, model in split for action in actions)


@dataclass(frozen=True)
class Role:
    """What somebody with this role may do; ``code`` names it in commands, ``name`` (as its group) for people."""

    code: str
    name: str
    permissions: frozenset[str]
    is_staff: bool = True

    @property
    def group_name(self) -> str:
        """The name as the database keeps it: in English, whoever asks."""
        with override("en"):
            return str(self.name)


_READING = _may((VIEW,), OURS + RECEIPTS + EDITIONS + FROM_COUNTRIES)
_DATA_ENTRY = _READING | _may((ADD, CHANGE), RECORDS) | _may(EVERYTHING, ROWS_OF_RECORDS)
_EDITING = (
    _DATA_ENTRY
    | _may((DELETE,), RECORDS)
    | _may(EVERYTHING, TABLES)
    | _may((CHANGE,), PROGRAMME)
    | _may(EVERYTHING, INVITATIONS)
    | {"activities.publish_activity", "focalpoints.add_confirmationrequest", "focalpoints.decide_answer"}
)
# Former reports become drafts, which editors complete and publish: those who write reports may propose them, and need
# not enter activities in any other way.
_REPORTING = (
    _READING
    | _may((ADD, CHANGE), REPORTS)
    | _may(EVERYTHING, ROWS_OF_REPORTS)
    | {"reports.issue_report", "reports.accept_formerreading"}
)

ROLES = (
    Role("data-entry", _("Data entry"), _DATA_ENTRY),
    Role("editor", _("Editor"), _EDITING),
    Role("report-officer", _("Report officer"), _REPORTING),
    Role("administrator", _("Administrator"), _EDITING | _REPORTING | _may(EVERYTHING, OURS + ACCOUNTS)),
    Role("focal-point", _("National focal point"), frozenset(), is_staff=False),
)
FOCAL_POINT = ROLES[-1]


def role_of_group(name: str) -> Role | None:
    """Return the role whose group is called ``name``, if it is one of ours."""
    return next((role for role in ROLES if role.group_name == name), None)


@transaction.atomic
def ensure_roles() -> int:
    """Give each role its group with exactly its permissions; return how many groups were missing or different."""
    known = _permissions()
    return sum(_ensure(role, known) for role in ROLES)


def _ensure(role: Role, known: dict[str, int]) -> bool:
    group, is_new = Group.objects.get_or_create(name=role.group_name)
    wanted = {known[permission] for permission in role.permissions}
    present = set(group.permissions.values_list("pk", flat=True))
    if wanted != present:
        group.permissions.set(wanted)
    return is_new or wanted != present


def _permissions() -> dict[str, int]:
    """The ids of all permissions, by names such as ``activities.add_activity``."""
    told = (*OURS, *RECEIPTS, *EDITIONS, *FROM_COUNTRIES, *ACCOUNTS, *INVITATIONS)
    labels = {model.rpartition(".")[0] for model in told}
    rows = Permission.objects.filter(content_type__app_label__in=labels)
    return {f"{app}.{code}": pk for app, code, pk in rows.values_list("content_type__app_label", "codename", "pk")}
