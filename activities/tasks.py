"""What a worker does for a file that takes longer than a page may."""

from django_tasks import task

from activities.sheets.receipts import advance


@task()
def advance_import(number: int) -> None:
    """Do the next step of the import with that key. Its receipt tells how it went."""
    advance(number)
