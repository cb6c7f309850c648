import pytest

from activities.index import forget_index


@pytest.fixture(autouse=True)
def nothing_kept():
    """Let no test see what another one left in memory: a version that was rolled back is given a second time."""
    forget_index()
