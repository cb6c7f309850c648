"""Seal the secrets of second factors with the present key, so that a former key can be taken away."""

from allauth.mfa.models import Authenticator
from django.core.management.base import CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.sealing import SealBrokenError, seal, unseal
from bilingual.terminal import SpokenCommand

_SECRETS = ("secret", "seed")


class Command(SpokenCommand):
    """Seal each secret anew; say how many, and fail where no key opens one."""

    help = "Seal all second factors with the present SECRET_KEY: before a key leaves SECRET_KEY_FALLBACKS."

    def handle(self, **options):
        keys = list(Authenticator.objects.values_list("pk", flat=True))
        sealed = sum(_seal_anew(key) for key in keys)
        self.stdout.write(_("Secrets of second factors sealed with the present key: %(number)d.") % {"number": sealed})
        if broken := len(keys) - sealed:
            said = _("Secrets that no key of this portal opens, left as they are: %(number)d.")
            raise CommandError(said % {"number": broken})


@transaction.atomic
def _seal_anew(key: int) -> bool:
    """Seal the secrets of one second factor anew; return whether they could be read."""
    each = Authenticator.objects.select_for_update().get(pk=key)
    try:
        each.data |= {name: seal(unseal(each.data[name])) for name in _SECRETS if name in each.data}
    except SealBrokenError:
        return False
    each.save(update_fields=["data"])
    return True
