"""The stylesheets of the public pages: many in the tree, where people read them; one where browsers fetch them.

A browser asks one HTTP/1.1 server for six files at a time, so that fifteen sheets cost a slow line three journeys
before the first word is seen. `collectstatic` therefore also writes them one after the other into one sheet.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

# In this order: what stands below may overrule what stands above.
SHEETS = (
    "css/fonts.css",
    "css/tokens.css",
    "css/themes.css",
    "css/base.css",
    "css/layout.css",
    "css/components/almanac.css",
    "css/components/calendar.css",
    "css/components/charts.css",
    "css/components/editions.css",
    "css/components/figures.css",
    "css/components/filters.css",
    "css/components/interface.css",
    "css/components/parts.css",
    "css/components/plan.css",
    "css/components/take-away.css",
    "css/components/tiles.css",
)
# In the folder of `fonts.css`, whose addresses of fonts count from there.
JOINED = "css/portal.css"


class JoinedStylesheetsStorage(CompressedManifestStaticFilesStorage):
    """Collected files, named by their content and compressed, among them the one sheet that all of `SHEETS` make."""

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            self._join()
            paths[JOINED] = (self, JOINED)
        yield from super().post_process(paths, dry_run, **options)

    def _join(self) -> None:
        """Write `JOINED` anew from the sheets that have just been collected."""
        texts = [Path(self.path(name)).read_text("utf-8") for name in SHEETS]
        self.delete(JOINED)
        self.save(JOINED, ContentFile("\n".join(texts)))


def public_stylesheets() -> tuple[str, ...]:
    """Return the names of the sheets that a public page asks for."""
    return (JOINED,) if isinstance(staticfiles_storage, JoinedStylesheetsStorage) else SHEETS
