"""The portal started with settings of its own, in a process of its own."""

import os
import subprocess
import sys

from django.conf import settings

SECRET = "q7Zt2mXk9LwR4vBn8PcJ5hYd3GfS6aTe1UoI0bVrEiWyNzMl"
GOOD = {
    "SECRET_KEY": SECRET + SECRET,
    "ALLOWED_HOSTS": "vet.example.org",
    "DATABASE_URL": "postgres://portal:secret@db.example.org:5432/portal",
    "CSRF_TRUSTED_ORIGINS": "https://vet.example.org",
    "PORTAL_URL": "https://vet.example.org",
    "EMAIL_URL": "smtp+tls://portal:secret@mail.example.org:587",
}
OFFICE = {"OIDC_ISSUER": "https://login.example.org", "OIDC_CLIENT_ID": "portal", "OIDC_CLIENT_SECRET": "s"}


def start(code="", **environment):
    """Start the portal in a process of its own; a variable given as None is left unset."""
    variables = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "oicvet.settings.production",
        **GOOD,
        **environment,
    }
    return subprocess.run(  # noqa: S603 -- our own interpreter and code
        [sys.executable, "-c", f"import django; django.setup()\nfrom django.conf import settings\n{code}"],
        env={name: value for name, value in variables.items() if value is not None},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
