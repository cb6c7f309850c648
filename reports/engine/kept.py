"""What is worked out once and kept: beside our bytecode, since it is as trusted as that and as easily made again."""

import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

FOLDER = Path(__file__).parent / "__pycache__"


def kept(name: str, make: Callable[[], bytes]) -> bytes:
    """Return what ``make`` gives, from an earlier process if one has kept it under ``name``.

    The name says everything that the result depends on. Where nothing can be written, it is made each time.
    """
    path = FOLDER / name
    with suppress(OSError):
        return path.read_bytes()
    content = make()
    with suppress(OSError):
        FOLDER.mkdir(exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=FOLDER, delete=False) as part:
            part.write(content)
        Path(part.name).replace(path)
    return content
