"""Which code answers: what was made by another release is told apart by it, though the data are the same."""

from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.apps import apps
from django.conf import settings

TELLING = {".py", ".html", ".mo", ".txt", ".xml"}  # what an answer is made of, besides the data


@cache
def release() -> str:
    """Return a token of our code, templates and translations, of the packages they ask for, and of `PORTAL_URL`.

    It is made from contents, so that two servers with the same release say the same, and once in a process: first at
    its start (`oicvet/wsgi.py`), when what lies on the disk is what runs.
    """
    root = Path(settings.BASE_DIR)
    own = [Path(each.path) for each in apps.get_app_configs() if Path(each.path).parent == root]
    files = {root / "requirements.txt"}
    for folder in (*own, root / "templates", root / "locale"):
        files |= {path for path in folder.rglob("*") if path.suffix in TELLING}
    digest = blake2b(settings.PORTAL_URL.encode(), digest_size=8)
    for path in sorted(files):
        digest.update(f"\n{path.relative_to(root)}\n".encode() + path.read_bytes())
    return digest.hexdigest()
