"""The engine's declarations of C functions, compiled once instead of parsed at each start.

The engine describes the functions of Pango, HarfBuzz and Fontconfig in C, and has the text parsed by Python whenever
it starts. The library it uses for that can compile such a text; what it then gives also creates C values without
passing through Python each time, of which a report needs tens of thousands.
"""

import hashlib
import io
import sys
from types import ModuleType

from reports.engine.kept import kept


def install() -> None:
    """Let the engine, which must not be imported yet, find compiled declarations in this process."""
    stand_in = ModuleType("cffi")
    stand_in.FFI = Declarations  # type: ignore[attr-defined]
    sys.modules["cffi"] = stand_in


class Declarations:
    """Stands for ``cffi.FFI()``: gets a text with ``cdef`` and from then on is what that text compiles to."""

    def cdef(self, text: str) -> None:
        """Take over everything that the compiled ``text`` offers."""
        namespace: dict = {}
        exec(_compiled(text), namespace)  # noqa: S102 -- made of the engine's own text by the library it uses
        compiled = namespace["ffi"]
        for name in dir(compiled):
            if not name.startswith("_"):
                setattr(self, name, getattr(compiled, name))


def _compiled(text: str) -> bytes:
    from _cffi_backend import __version__

    key = hashlib.sha256(f"{__version__} {sys.version} {text}".encode()).hexdigest()
    return kept(f"bindings-{key[:16]}.py", lambda: _compile(text))


def _compile(text: str) -> bytes:
    stand_in = sys.modules.pop("cffi")
    try:
        import cffi
        from cffi.recompiler import make_py_source

        declarations, source = cffi.FFI(), io.StringIO()
        declarations.cdef(text)
        declarations.set_source("bindings", None)
        make_py_source(declarations, "bindings", source)
    finally:
        sys.modules["cffi"] = stand_in
    return source.getvalue().encode()
