"""One line of log for each time somebody comes in, is refused or leaves; it names nobody.

An account is its number. No name, no e-mail address and no address on the network is ever written, and no word that
somebody typed: what a stranger enters as a user name may be another site's password.
"""

import logging
from typing import Any

log = logging.getLogger("accounts.access")


def note(event: str, user: Any = None, reason: str = "") -> None:
    """Write that ``event`` happened, to which account where that is known, and for which ``reason`` it was refused."""
    known = getattr(user, "pk", None) or "-"
    log.info("%s user=%s%s", event, known, f" reason={reason}" if reason else "")
