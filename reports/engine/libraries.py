"""The versions of the system libraries that shape and draw text, as the engine itself loads them.

Usage: python -m reports.engine.libraries (prints JSON); in a process of its own, since the engine takes its time.
"""

import json


def library_versions() -> dict[str, str]:
    """Return the version of each library under its name."""
    from weasyprint.text.ffi import ffi, fontconfig, harfbuzz, pango

    ffi.cdef(
        "const char *hb_version_string(void); const char *pango_version_string(void); int FcGetVersion(void);",
        override=True,
    )
    return {
        "pango": ffi.string(pango.pango_version_string()).decode(),
        "harfbuzz": ffi.string(harfbuzz.hb_version_string()).decode(),
        "fontconfig": str(fontconfig.FcGetVersion()),
    }


if __name__ == "__main__":
    print(json.dumps(library_versions()))  # noqa: T201 -- this is what it is for
