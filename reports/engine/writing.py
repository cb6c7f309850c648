"""The last step, in which the engine puts each stream of a file into bytes twice: to write it and to name the file.

The name is a digest of all objects, so that the same content gives the same name. For that, each page, font and
attachment was compressed a second time. It was also compressed as far as can be, which takes twice the time that the
usual degree takes, for files smaller by a hundredth.
"""

import zlib

import pydyf

_DEGREE = 6


def install() -> None:
    """Let the engine of this process compress each stream once while it writes a file, and to the usual degree."""
    pydyf.PDF.write = _remembering(pydyf.PDF.write)
    pydyf.Stream.data = property(_data)


def _remembering(original):
    def write(pdf, *arguments, **options):
        for stream in (item for item in pdf.objects if isinstance(item, pydyf.Stream)):
            stream.written = None
        original(pdf, *arguments, **options)

    return write


def _data(stream) -> bytes:
    written = stream.__dict__.get("written")
    if written is None:
        written = _bytes(stream)
        if "written" in stream.__dict__:
            stream.written = written
    return written


def _bytes(stream) -> bytes:
    content = b"\n".join([item if type(item) is bytes else pydyf._to_bytes(item) for item in stream.stream])
    extra = pydyf.Dictionary(stream.extra.copy())
    if stream.compress:
        extra["Filter"] = "/FlateDecode"
        content = zlib.compress(content, _DEGREE)
    extra["Length"] = len(content)
    return b"\n".join((extra.data, b"stream", content, b"endstream"))
