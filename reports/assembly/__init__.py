"""From the database to the facts of a report. The only step of a report's life that queries."""

from reports.assembly.activity import facts_of_activity
from reports.assembly.report import assemble, facts_of_programme, was_counted_before

__all__ = ["assemble", "facts_of_activity", "facts_of_programme", "was_counted_before"]
