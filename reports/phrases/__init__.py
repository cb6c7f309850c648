"""What the templates of a report are filled with: names, counts and dates as phrases of one language."""

from reports.phrases.activity import ActivityPhrases
from reports.phrases.report import ReportPhrases

__all__ = ["ActivityPhrases", "ReportPhrases"]
