"""What people call a group."""

from django.contrib.auth.models import Group

from accounts.roles import role_of_group


def group_label(group: Group) -> str:
    """Return a group's name as people read it; our roles have one in each language."""
    role = role_of_group(group.name)
    return str(role.name) if role else group.name
