"""What a web server calls: the portal as a WSGI application, with production settings unless told otherwise."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oicvet.settings.production")
application = get_wsgi_application()

from bilingual.release import release  # noqa: E402 -- it needs the settings

release()  # now: later the files on the disk may be those of the next release
# What is loaded by now stays as long as the process: whoever looks for garbage need not pass over it every time.
gc.freeze()
