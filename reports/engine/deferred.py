"""Modules that the engine imports for documents unlike ours: variable fonts, fonts without HarfBuzz, colour profiles.

Each stands in for its module until something of it is called, and only then is the module imported.
"""

import sys
from importlib import import_module
from types import ModuleType

MODULES = ("fontTools.subset", "fontTools.varLib.instancer", "fontTools.ttLib.woff2")


def install() -> None:
    """Put off the import of these modules in this process, in which the engine must not be imported yet."""
    for name in MODULES:
        if name not in sys.modules:
            sys.modules[name] = _Deferred(name)


class _Deferred(ModuleType):
    def __getattr__(self, attribute: str):
        if attribute.startswith("__"):
            raise AttributeError(attribute)

        def call(*arguments, **options):
            return getattr(_real(self), attribute)(*arguments, **options)

        return call


def _real(module: ModuleType) -> ModuleType:
    if sys.modules.get(module.__name__) is module:
        del sys.modules[module.__name__]
    return import_module(module.__name__)
