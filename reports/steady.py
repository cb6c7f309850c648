"""Office files whose bytes repeat: the same contents give the same file, whenever it is written."""

from datetime import date
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_EARLIEST = 1980  # of the days that an archive can hold


def steady(archive: bytes, day: date, replaced: dict[str, bytes] | None = None) -> bytes:
    """Return the zip ``archive`` with every member dated ``day``, in the order it had.

    ``replaced`` holds members that get other contents, by name: those in which a library writes the present time.
    """
    written = BytesIO()
    stamp = (max(day.year, _EARLIEST), day.month, day.day, 0, 0, 0)
    with ZipFile(BytesIO(archive)) as source, ZipFile(written, "w") as target:
        for name in source.namelist():
            member = ZipInfo(name, stamp)
            member.compress_type = ZIP_DEFLATED
            member.create_system = 3  # otherwise the machine's own
            target.writestr(member, (replaced or {}).get(name) or source.read(name))
    return written.getvalue()
