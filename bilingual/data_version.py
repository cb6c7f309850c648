"""Whether anything that pages show has changed: one short token, the same as long as nothing has.

Each change of a record leaves a row in its own transaction (`bilingual.history` sees to that), and the token is made
from the newest rows. Rows are only ever added, so that nobody waits for anybody else's transaction, as they would for
one counter; and since a row may become visible after younger ones, the token adds up the newest and does not only look
at the last.
"""

from django.db import connection, models

NEWEST = 64  # so many changes may be committed while one transaction is open
KEPT = 10_000


class DataChange(models.Model):
    """That something was changed; what and by whom is the history's to tell."""

    class Meta:
        verbose_name = "change"
        verbose_name_plural = "changes"

    def __str__(self):
        return str(self.pk)


def note_change() -> None:
    """Move `data_version`, in the transaction of the change itself."""
    clear_old(DataChange.objects.create())


def clear_old(latest: DataChange) -> None:
    """Delete what came long before ``latest``, once in `KEPT` changes."""
    if latest.pk % KEPT == 0:
        DataChange.objects.filter(pk__lte=latest.pk - KEPT).delete()


def data_version() -> str:
    """Return the token of what is committed now, in one query that costs the same however much there is."""
    with connection.cursor() as cursor:  # asked on every request: the ORM would cost several times the query
        cursor.execute(_NEWEST)
        last, total = cursor.fetchone()
    return f"{last or 0:x}.{int(total or 0):x}"


_NEWEST = f"""
SELECT MAX(id), SUM(id) FROM (SELECT id FROM {DataChange._meta.db_table} ORDER BY id DESC LIMIT {NEWEST}) AS newest
"""  # noqa: S608 -- our own table and number
