"""Who may do what at which address: one list of all routes, asked before any view runs.

What does not stand in the list is not answered. docs/ACCESS.md shows the list by role, and
docs/decisions/0022-route-policy.md tells why it is asked at run time.
"""

from oicvet.policy.back_office import BACK_OFFICE
from oicvet.policy.routes import ROUTES
from oicvet.policy.who import Rule

__all__ = ["BACK_OFFICE", "ROUTES", "rule_of"]


def rule_of(route: str) -> Rule | None:
    """Return the rule of a route by its full name (``admin:index``); ``None`` where it is not listed."""
    return ROUTES.get(route) or BACK_OFFICE.get(route)
