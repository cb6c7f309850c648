"""What stands in the way of issuing a report, beyond what is found in each of its activities."""

from reports.findings.frame import frame_findings
from reports.findings.items import item_findings, promise_findings
from reports.findings.reading import Reading, read
from reports.findings.texts import text_findings

__all__ = ["Reading", "frame_findings", "item_findings", "promise_findings", "read", "text_findings"]
