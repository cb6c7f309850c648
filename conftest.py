import pytest


@pytest.fixture(autouse=True)
def nothing_kept():
    """Let no test see what another one left in memory: a version that was rolled back is given a second time."""
    from django.core.cache import caches

    from activities.index import forget_index
    from bilingual.keeping import forget_kept

    forget_index()
    forget_kept()
    for name in caches:
        caches[name].clear()
