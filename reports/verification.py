"""Whether a file is genuine: its SHA-256 is worked out while it arrives, and nothing of it is kept.

A file is genuine when an edition has a file of exactly that content. One bit more, less or otherwise, and it is not.
"""

import hashlib
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from reports.models import EditionFile

LARGEST = 50 << 20  # bytes in a file
AROUND = 64 << 10  # bytes that a browser sends around it


class HashedUpload(UploadedFile):
    """What is left of a file that was sent: its name, its size, and its SHA-256."""

    def __init__(self, name: str, size: int, sha256: str):
        super().__init__(BytesIO(), name, size=size)
        self.sha256 = sha256


class HashingHandler(FileUploadHandler):
    """Takes the SHA-256 of a file as it arrives and forgets the rest; stops at one that is too large."""

    is_too_large = False

    def handle_raw_input(
        self, input_data: Any, meta: Any, content_length: int, boundary: bytes, encoding: str | None = None
    ) -> tuple[QueryDict, MultiValueDict] | None:
        """Read nothing at all of what says that it is too large."""
        self.is_too_large = content_length > LARGEST + AROUND
        return (QueryDict(), MultiValueDict()) if self.is_too_large else None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._digest = hashlib.sha256()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Add a piece to the hash; ``None`` says that no other handler gets it."""
        if start + len(raw_data) > LARGEST:
            self.is_too_large = True
            raise StopUpload(connection_reset=True)
        self._digest.update(raw_data)

    def file_complete(self, file_size: int) -> HashedUpload:
        return HashedUpload(self.file_name or "", file_size, self._digest.hexdigest())


def hash_what_is_sent(request: HttpRequest) -> HashingHandler:
    """Let files of ``request`` be hashed and not kept; before anything reads what was posted. Return who does it."""
    handler = HashingHandler(request)
    request.upload_handlers = [handler]
    return handler


def genuine_files(sha256: str) -> list[EditionFile]:
    """Return the files of editions whose content has that SHA-256, without their content; none for any other file."""
    files = EditionFile.objects.listed().filter(sha256=sha256)
    return list(
        files.select_related("edition__report__meeting", "edition__corrected_by").order_by("-edition_id", "pk")
    )
