"""Every address of the portal: each route of its URL configuration, with the keys of all records, hidden ones too."""

from dataclasses import dataclass
from datetime import date
from itertools import product

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.urls import ResolverMatch, URLResolver, get_resolver, reverse
from django.urls.resolvers import RoutePattern
from django.utils.translation import override
from simple_history.utils import get_history_model_for_model

from accounts import invitations
from accounts.models import Invitation
from accounts.oidc import PROVIDER
from activities.models import Activity, ImportReceipt
from bilingual.changes import keeps_history
from bilingual.returning import deleted
from focalpoints.following.unsubscribing import unsubscribe_address
from focalpoints.models import Answer, ConfirmationRequest, Subscription
from partners.models import Country, Institution
from reports.models import Edition, EditionFile, FormerReading, Rendering, Report, Waiver
from roadmap.models import CooperationArea, Meeting, Roadmap


@dataclass(frozen=True)
class Route:
    """One pattern: its full name, as the policy lists it, and the names of the parts that vary."""

    name: str
    parts: tuple[str, ...]


def every_route(resolver=None, namespaces=(), parts=()):
    """Yield each route of the URL configuration."""
    for each in (resolver or get_resolver()).url_patterns:
        here = (*parts, *_parts_of(each.pattern))
        if isinstance(each, URLResolver):
            inside = (*namespaces, each.namespace) if each.namespace else namespaces
            yield from every_route(each, inside, here)
        else:
            match = ResolverMatch(each.callback, (), {}, each.name, namespaces=[*namespaces])
            yield Route(match.view_name, here)


def _parts_of(pattern):
    return tuple(pattern.converters) if isinstance(pattern, RoutePattern) else tuple(pattern.regex.groupindex)


def addresses_of(route, language="en"):
    """Return the addresses of ``route``, one for each record that it could be about."""
    if route.name.endswith("RedirectView"):
        return [f"/{language}/admin/activities/activity/{pk}/" for pk in _keys(Activity)]
    if route.name.endswith("catch_all_view"):
        return [f"/{language}/admin/nothing/"]
    with override(language):
        return [reverse(route.name, kwargs=each) for each in _arguments(route)]


def links_that_stop_digests():
    """Return the addresses by which a digest is stopped: what they are about stands in the query."""
    return [
        unsubscribe_address(each).removeprefix(settings.PORTAL_URL) for each in Subscription.objects.order_by("pk")
    ]


def _arguments(route):
    """Each combination of values; pairs that belong together are listed as pairs."""
    known = _PAIRS.get(frozenset(route.parts))
    if route.name.startswith("admin:") and "object_id" in route.parts and route.name != "admin:view_on_site":
        return _of_table(route)
    if known and route.name != "api_activity":
        return known(route)
    return [
        dict(zip(route.parts, row, strict=True)) for row in product(*(_values(route, part) for part in route.parts))
    ]


def _of_table(route):
    _app, model, page = route.name.removeprefix("admin:").split("_", 2)
    model = next(each for each in apps.get_models() if each._meta.model_name == model)
    if page == "return":
        rows = [{"object_id": row.id} for row in deleted(model)] if keeps_history(model) else []
        return rows or [{"object_id": 1}]
    if page != "restore":
        return [{"object_id": pk} for pk in _keys(model)]
    if not keeps_history(model):
        return [{"object_id": 1, "wanted": "0" * 8 + "-0000-4000-8000-" + "0" * 12}]
    versions = get_history_model_for_model(model).objects.order_by("history_date", "history_id")
    return [{"object_id": pk, "wanted": versions.filter(id=pk).first().change_set} for pk in _keys(model)]


_PAIRS = {
    frozenset({"code", "name"}): lambda route: [
        {"code": code, "name": name} for code, name in EditionFile.objects.values_list("edition__code", "name")
    ],
    frozenset({"roadmap", "number"}): lambda route: [
        {"roadmap": code, "number": number}
        for code, number in CooperationArea.objects.values_list("roadmap__code", "number")
    ],
    frozenset({"uidb36", "key"}): lambda route: [
        {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
        for user in apps.get_model("auth.user").objects.order_by("pk")
    ],
}


def _keys(model):
    rows = model._default_manager.order_by("pk")
    # Groups of roles are declared in the code, so another one stands for what can be kept there.
    rows = rows.filter(name="Another group") if model is Group else rows
    return list(rows.values_list("pk", flat=True))


def _codes(model):
    return list(model._default_manager.order_by("pk").values_list("code", flat=True))


def _sessions():
    return list(Meeting.objects.order_by("-pk").values_list("number", flat=True))


def _token_of(invitation):
    return invitations.link_of(invitation).rstrip("/").rpartition("/")[2]


# What some parts stand for depends on the route: by the beginning of its name, the first that fits.
_BY_ROUTE = {
    "code": (
        ("activity", lambda: _codes(Activity)),
        ("api_activity", lambda: _codes(Activity)),
        ("own_entry", lambda: _codes(Activity)),
        ("linked_entry", lambda: _codes(Activity)),
        ("country", lambda: _codes(Country)),
        ("roadmap", lambda: _codes(Roadmap)),
        ("partner", lambda: _codes(Institution)),
        ("edition", lambda: _codes(Edition)),
        ("report", lambda: [report.code for report in Report.objects.order_by("-pk")]),
        ("desk", lambda: [report.code for report in Report.objects.order_by("-pk")]),
    ),
    "number": (
        ("admin:", lambda: _keys(ImportReceipt)),
        ("linked_", lambda: _keys(ConfirmationRequest)),
        ("", _sessions),
    ),
    "token": (
        ("confirm", lambda: [each.token for each in ConfirmationRequest.objects.order_by("pk")]),
        ("invitation", lambda: [_token_of(each) for each in Invitation.objects.order_by("pk")]),
    ),
    "key": (
        ("admin:focalpoints_answer", lambda: _keys(Answer)),
        ("translation", lambda: _codes(Activity)),
    ),
}
_VALUES = {
    "form": lambda: ["xlsx", "csv", "json", "ics"],
    "month": lambda: [date(2024, 3, 1)],
    "language": lambda: ["en", "ar", "both"],
    "kind": lambda: ["introduction"],
    "activity": lambda: [
        item.activity.code for report in Report.objects.order_by("-pk") for item in report.items.all()
    ],
    "area": lambda: _keys(CooperationArea),
    "waiver": lambda: _keys(Waiver),
    "rendering": lambda: _keys(Rendering),
    "reading": lambda: _keys(FormerReading),
    "section": lambda: ["pages", "activities", "roadmaps", "areas", "countries", "partners", "editions"],
    "app_label": lambda: ["activities", "partners", "reports", "roadmap", "focalpoints", "accounts", "auth"],
    "content_type_id": lambda: [1],
    "object_id": lambda: [1],
    "pk": lambda: _keys(Activity),
    "id": lambda: _keys(apps.get_model("auth.user")),
    "provider_id": lambda: [PROVIDER],
}


def _values(route, part):
    if part == "kind" and route.name == "translation":
        return ["activities"]
    if part in _BY_ROUTE:
        return next(values for start, values in _BY_ROUTE[part] if route.name.startswith(start))()
    return _VALUES[part]()
