"""What runs, and should not stay so: said by `manage.py check` and before every command."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register

FILES = "django.core.mail.backends.filebased.EmailBackend"


@register(Tags.compatibility)
def mail_reaches_somebody(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Warn where the portal is in service and its messages are files that nobody is sent."""
    if not settings.PRODUCTION or settings.EMAIL_BACKEND != FILES:
        return []
    return [
        Warning(
            f"EMAIL_URL is not set: messages are files in {settings.EMAIL_FILE_PATH}, and nobody gets them.",
            hint="Set EMAIL_URL, for example to smtp+tls://user:password@mail.example.org:587.",
            id="oicvet.W001",
        )
    ]
