"""The words in which the policy is written: people, told apart by what they may do, and what they do at a route."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Who:
    """People who hold each of ``all_of`` and, where any is named, one of ``any_of``.

    Roles are not named: whoever needs another mixture is given another group (`accounts.roles`), and the same rule
    holds for it.
    """

    all_of: tuple[str, ...] = ()
    any_of: tuple[str, ...] = ()
    is_signed_in: bool = True
    is_staff: bool = False

    def lets(self, user: Any) -> bool:
        """Whether ``user`` is one of them. Where everybody is, nothing of the user is looked at."""
        if not self.is_signed_in:
            return True
        return bool(
            user.is_authenticated
            and (user.is_staff or not self.is_staff)
            and user.has_perms(self.all_of)
            and (not self.any_of or any(user.has_perm(each) for each in self.any_of))
        )


EVERYBODY = Who(is_signed_in=False)
SIGNED_IN = Who()
STAFF = Who(is_staff=True)


def may(*permissions: str) -> Who:
    """Staff who hold each of ``permissions``."""
    return Who(all_of=permissions, is_staff=True)


def may_any(*permissions: str, also: tuple[str, ...] = ()) -> Who:
    """Staff who hold one of ``permissions``, and each that is named ``also``."""
    return Who(all_of=also, any_of=permissions, is_staff=True)


@dataclass(frozen=True)
class Rule:
    """Who may read at a route (GET, HEAD) and who may send there (POST). Nothing else is answered there."""

    read: Who | None = None
    sent: Who | None = None

    @property
    def methods(self) -> dict[str, Who]:
        """Who may use which method."""
        reading = {"GET": self.read, "HEAD": self.read} if self.read else {}
        return reading | ({"POST": self.sent} if self.sent else {})


def read(who: Who) -> Rule:
    """A page, a file, a list: ``who`` may read it, and nothing is sent there."""
    return Rule(read=who)


def sent(who: Who) -> Rule:
    """An action: ``who`` may send there, and there is nothing to be read."""
    return Rule(sent=who)


def both(who: Who) -> Rule:
    """A page with a form that is sent to its own address."""
    return Rule(read=who, sent=who)


CLOSED = Rule()  # a route that a library brings and nobody needs
