"""Two people saved the same activity: what each of them made of it, field by field, and what comes of their choice.

The form carries the version in which the record was read, and a digest of every value as it was then. So for each
difference it is known who made it: what only one of the two changed is proposed, what both changed has to be chosen.
The counts and the parts of a project are chosen field by field, the countries one by one; a partner as a whole, as a
role held by another institution would be nobody's statement.
"""

from activities.admin.merging.differences import CHOICE
from activities.admin.merging.merge import Merge, digests_of

__all__ = ["CHOICE", "Merge", "digests_of"]
