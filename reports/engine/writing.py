"""The last step, in which the engine turns every object of a file into bytes twice: to write it and to name the file.

The name is a digest of all objects, so that the same content gives the same name. For that, each page, font and
attachment was compressed a second time.
"""

import pydyf


def install() -> None:
    """Let the engine of this process compress each stream once while it writes a file."""
    pydyf.PDF.write = _remembering(pydyf.PDF.write)
    pydyf.Stream.data = property(_data(pydyf.Stream.data.fget))


def _remembering(original):
    def write(pdf, *arguments, **options):
        for stream in (item for item in pdf.objects if isinstance(item, pydyf.Stream)):
            stream.written = None
        original(pdf, *arguments, **options)

    return write


def _data(original):
    def data(stream) -> bytes:
        if not hasattr(stream, "written"):
            return original(stream)
        if stream.written is None:
            stream.written = original(stream)
        return stream.written

    return data
