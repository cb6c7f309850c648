"""The pictures by which the back office says yes and no, named in the reader's language."""

from django.contrib.admin.templatetags import admin_list
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _


def boolean_icon(value: bool | None) -> SafeString:
    """Return Django's picture for ``value``; Django's own says "True", "False" or "None" to whoever listens."""
    if value is None:
        icon, words = "unknown", _("not known")
    else:
        icon, words = ("yes", _("yes")) if value else ("no", _("no"))
    return format_html('<img src="{}" alt="{}">', static(f"admin/img/icon-{icon}.svg"), words)


def name_the_icons() -> None:
    """Let lists and read-only fields show `boolean_icon`; Django asks nobody, so its function is replaced."""
    admin_list._boolean_icon = boolean_icon
