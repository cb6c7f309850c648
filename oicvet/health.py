"""Two addresses for whoever watches the service: is the process alive, and can it serve?"""

from functools import cache

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def healthz(request):
    """The process answers. The database is not asked, so a database that is down does not restart the portal."""
    return _plain("ok")


@require_safe
@never_cache
def readyz(request):
    """The database can be reached and has every migration of this code."""
    try:
        applied = MigrationRecorder(connection).applied_migrations()
    except Error:
        return _plain("The database cannot be reached.", status=503)
    if _newest_migrations() - applied.keys():
        return _plain("The database lacks migrations of this version: run manage.py migrate.", status=503)
    return _plain("ok")


@cache
def _newest_migrations():
    """The last migration of each app. The code does not change while the process runs, so this is read once."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes())


def _plain(sentence, status=200):
    return HttpResponse(f"{sentence}\n", content_type="text/plain; charset=utf-8", status=status)
