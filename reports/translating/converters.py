"""The shapes of the codes in the translation desk's addresses; anything else is no page."""

from activities.converters import ActivityCode
from reports.translating.kinds import BY_CODE


class KindCode(ActivityCode):
    """One of the kinds of records that are translated."""

    regex = "|".join(BY_CODE)


class RecordKey(ActivityCode):
    """What names a record among its kind."""

    regex = r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,119}"
