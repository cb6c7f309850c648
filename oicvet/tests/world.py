"""A small portal with one record of everything, and beside what is public all that is not.

Each text that must be kept from somebody is a word of its own (`oicvet.tests.canaries`).
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from accounts.models import Invitation
from accounts.roles import FOCAL_POINT, ROLES, ensure_roles
from activities.models import (
    Activity,
    ActivityLink,
    ImportReceipt,
    Participation,
    Partnership,
    PublicationState,
    Role,
)
from activities.models.queries import IN_PREPARATION
from activities.tests.factories import (
    add_country,
    add_link,
    add_partner,
    count_participants,
    make_activity,
    make_profile,
    make_project,
)
from focalpoints.facts import FACTS
from focalpoints.models import Answer, AnswerState, Follow, Subscription
from focalpoints.tests.factories import make_request
from oicvet.tests.canaries import Canaries
from partners.models import Country, Institution, NationalFocalPoint
from partners.tests.factories import make_country, make_focal_point, make_institution
from reports.models import CoverageNote, FormerReading, Rendering, Report, ReportItem, ReportSection, Waiver
from reports.tests.factories import make_edition, make_report
from roadmap.tests.factories import (
    add_collaborator,
    make_abbreviation,
    make_action,
    make_area,
    make_meeting,
    make_objective,
    make_programme,
    make_roadmap,
)

HIDDEN = [state for state in PublicationState if state != PublicationState.PUBLISHED]
# Everybody who may come: without an account, and with each role.
EVERY_ROLE = (None, *(role.code for role in ROLES))
# Those of an entry's facts that are texts: a country may propose others.
TEXTS_ASKED = [fact.name for fact in FACTS if fact.language]


@dataclass
class World:
    canaries: Canaries
    users: dict[str, User] = field(default_factory=dict)

    def enter(self, client, role):
        """Let ``client`` come as somebody with ``role``; ``None`` is somebody without an account."""
        if role is not None:
            client.force_login(self.users[role])
        return client


def make_world():
    """Return the world, with somebody for each role."""
    world = World(Canaries())
    ensure_roles()
    for role in ROLES:
        user = User.objects.create_user(f"somebody-{role.code}", password="several words", is_staff=role.is_staff)
        user.groups.add(Group.objects.get(name=role.group_name))
        world.users[role.code] = user
    Group.objects.create(name="Another group")
    actor = _account(world.canaries, "actor")
    _account(world.canaries, "account")
    country = make_country("TUR", short_name_ar="تركيا", short_name_en="Türkiye", oic_group="asia")
    other = make_country("MAR", short_name_ar="المغرب", short_name_en="Morocco", oic_group="arab")
    area = _plan(world.canaries, country)
    shown = _published(world.canaries, area, country, actor)
    hidden = _hidden(world.canaries, area, (country, other), shown)
    points = _people(world.canaries, (country, other), world.users["focal-point"])
    _reports(world.canaries, shown, hidden, actor, area)
    _files(world.canaries, actor)
    _answers(world.canaries, points, shown, actor)
    _followers(world, area)
    _invitations(world.canaries, country, actor)
    return world


def _account(canaries, kind):
    """An account whose names are told to whoever sees what it did, its address and its secrets to hardly anybody."""
    name = canaries.word(kind)
    user = User.objects.create_user(name, email=f"{canaries.word('account')}@example.org", is_staff=True)
    User.objects.filter(pk=user.pk).update(password=f"md5$salt${canaries.word('secret')}")
    session = SessionStore(canaries.word("secret"))
    session["_auth_user_id"] = str(user.pk)
    session.save(must_create=True)
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": canaries.word("secret")})
    return user


def _plan(canaries, country):
    """A roadmap with its work plan, which is public; how an item read before is not."""
    make_programme(aim_ar="غاية", aim_en="Aim")
    make_abbreviation()
    area = make_area(make_roadmap(code="2020-2025"))
    objective = make_objective(area, **canaries.texts("former", "title_ar", "title_en"))
    objective.title_ar, objective.title_en = "هدف", "Objective"
    objective.save()
    add_collaborator(make_action(objective, coordinator_country=country), make_institution(code="collaborating"))
    return area


def _published(canaries, area, country, actor):
    """A project with a part and an institution, all public; what was written before and beside them is not."""
    project = make_project(note=canaries.word("note"))
    shown = make_activity(
        parent=project,
        area=area,
        roadmap=area.roadmap,
        venue_country=country,
        note=canaries.word("note"),
        **canaries.texts("former", "title_ar", "title_en", "summary_ar", "summary_en"),
    )
    shown.title_ar, shown.title_en, shown.summary_ar, shown.summary_en = "عنوان", "Title", "ملخص", "Summary"
    shown._history_user = actor
    shown.save()
    add_partner(
        shown,
        make_institution(code="shown", name_ar="وزارة", name_en="Ministry", country=country),
        role=Role.CONTENT_PROVIDER,
    )
    add_link(shown)
    add_country(shown, country, 3)
    count_participants(shown, 82, profile=make_profile(), member_countries=1)
    gone = make_activity(state=PublicationState.DRAFT, **canaries.every_text("deleted", Activity))
    gone.delete()
    return shown


def _hidden(canaries, area, countries, shown):
    """In each state but the public one an activity with all that belongs to it, and a project with a public part.

    Of those that are prepared with its country, a focal point reads the titles.
    """
    country, other = countries
    institution = shown.partnerships.get().institution
    for state in HIDDEN:
        hidden = make_activity(
            state=state,
            area=area,
            roadmap=area.roadmap,
            venue_country=country,
            **canaries.every_text("draft", Activity)
            | canaries.texts("preparing" if state in IN_PREPARATION else "draft", "title_ar", "title_en"),
        )
        described = ("described_as_ar", "described_as_en")
        add_partner(hidden, institution, **canaries.every_text("draft", Partnership, *described))
        add_partner(hidden, role=Role.HOST, **canaries.texts("draft", *described))
        count_participants(hidden, 7, **canaries.every_text("draft", Participation))
        add_link(hidden, **canaries.every_text("draft", ActivityLink, "url"))
        add_country(hidden, country)
    make_activity(state=PublicationState.DRAFT, venue_country=other, **canaries.every_text("draft", Activity))
    project = make_project(state=PublicationState.DRAFT, **canaries.every_text("draft", Activity))
    add_partner(project, make_institution(**canaries.every_text("draft", Institution)), role=Role.FUNDER)
    make_activity(parent=project, area=area, roadmap=area.roadmap, note=canaries.word("note"))
    make_activity(parent=shown.parent, state=PublicationState.DRAFT, **canaries.every_text("draft", Activity))
    return hidden


def _people(canaries, countries, user):
    """Return the focal points in office who were asked to confirm: ``user``, of the first country, and another's."""
    country, other = countries
    secret = canaries.every_text("person", NationalFocalPoint)
    make_focal_point(country=country, email=f"{canaries.word('person')}@example.org", **secret)
    shown = {"name_ar": "اسم معلن", "name_en": "A public name"}
    own = make_focal_point(
        country=country, user=user, is_public=True, email=f"{canaries.word('person')}@example.org", **shown
    )
    return own, make_focal_point(
        country=other,
        email=f"{canaries.word('person')}@example.org",
        **canaries.every_text("person", NationalFocalPoint),
    )


def _reports(canaries, shown, hidden, actor, area):
    issued = make_report(shown.parent)
    waivers = [{"sentence": canaries.word("report"), "reason": canaries.word("report"), "by": canaries.word("report")}]
    make_edition(issued, shown, issued_by=actor, waivers=waivers)
    period = {"as_of": date(2025, 10, 31), "period_start": date(2024, 11, 6), "period_end": date(2025, 10, 31)}
    report = make_report(meeting=make_meeting(41), **period, **canaries.every_text("report", Report))
    report.roadmaps.add(area.roadmap)
    ReportItem.objects.create(report=report, activity=hidden, position=1, **canaries.every_text("report", ReportItem))
    for section in ReportSection.objects.filter(report=report)[:1]:
        ReportSection.objects.filter(pk=section.pk).update(**canaries.every_text("report", ReportSection))
    CoverageNote.objects.create(report=report, area=area, **canaries.every_text("report", CoverageNote))
    Waiver.objects.create(report=report, finding="x", waived_by=actor, **canaries.every_text("report", Waiver))
    Rendering.objects.create(report=report, requested_by=actor, state="failed", reason=canaries.word("desk"))
    said = {"value": canaries.word("desk"), "passage": canaries.word("desk"), "confidence": 0.95}
    row = {"number": "1", "parent": "", "readings": {"title": said}, "partners": []}
    FormerReading.objects.create(
        file_name=canaries.word("desk"), language="en", read_by=actor, reason=canaries.word("desk"), proposals=[row]
    )


def _files(canaries, actor):
    """A file that was sent, and the draft of a report that was built."""
    ImportReceipt.objects.create(
        file_name=canaries.word("import"), file_hash="0" * 64, file_size=1, sent_by=actor, state="done"
    )
    folder = Path(settings.REPORTS_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "COMCEC-41-en-0123456789ab.pdf").write_bytes(f"%PDF {canaries.word('report')}".encode())


def _answers(canaries, points, shown, actor):
    """What two countries said of two entries, by the links of their letters: each a correction to either."""
    another = make_activity(venue_country=points[0].country)
    for point, kind in zip(points, ("own", "answer"), strict=True):
        asked = make_request(point, asked_by=actor)
        waits = {"state": AnswerState.OPEN, "note": canaries.word(kind)}
        refused = {"state": AnswerState.REFUSED, "decided_by": actor, "decided_at": timezone.now()}
        for activity, standing in ((shown, waits), (another, refused | canaries.every_text(kind, Answer))):
            Answer.objects.create(
                country=point.country,
                activity=activity,
                focal_point=point,
                request=asked,
                facts=canaries.texts("former", *TEXTS_ASKED),
                proposed=canaries.texts(kind, *TEXTS_ASKED),
                **standing,
            )


def _followers(world, area):
    """Everybody follows what there is, since yesterday: a partner too that no reader sees any more."""
    reader = User.objects.create_user(world.canaries.word("account"), email=f"{world.canaries.word('account')}@x.org")
    yesterday = timezone.now() - timedelta(days=1)
    hidden = Institution.objects.get(former_names__startswith="qzdraft")
    followed = [{"area": area}, *({"country": each} for each in Country.objects.all()), {"institution": hidden}]
    for user in (*world.users.values(), reader):
        Subscription.objects.create(user=user, language="en", told_until=yesterday)
        for target in followed:
            Follow.objects.create(user=user, since=yesterday, **target)


def _invitations(canaries, country, actor):
    """Somebody who is to be a focal point, whom editors invited, and a colleague, whom an administrator did."""
    term = make_focal_point(country=country, **canaries.every_text("person", NationalFocalPoint))
    for kind, point, role in (("invited", term, FOCAL_POINT), ("account", None, ROLES[0])):
        said = {"language": "en", "focal_point": point, "invited_by": actor, "sendings": 1, "sent_at": timezone.now()}
        invitation = Invitation.objects.create(email=f"{canaries.word(kind)}@example.org", **said)
        invitation.roles.add(Group.objects.get(name=role.group_name))
