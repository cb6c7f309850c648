"""The page on which people read what programs can ask the portal for: the description, put into words."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from bilingual.languages import active_language
from oicvet.api import description

_KINDS: dict[str, Promise] = {
    "string": _("text"),
    "integer": _("whole number"),
    "boolean": _("yes or no"),
    "date": _("day"),
    "date-time": _("day and time"),
    "uri": _("web address"),
}


@dataclass(frozen=True)
class Property:
    """A named value of an object: of what kind it is, which object it is, or which words it may be."""

    name: str
    said: str
    kind: Promise | str
    refers_to: str
    words: list[str]
    is_list: bool
    may_be_null: bool


@dataclass(frozen=True)
class Parameter:
    """What may be added to an address."""

    name: str
    said: str
    example: str


@dataclass(frozen=True)
class Operation:
    """An address that can be asked."""

    path: str
    summary: str
    said: str
    parameters: list[Parameter]
    refers_to: str


@dataclass(frozen=True)
class Component:
    """An object that answers hold."""

    name: str
    properties: list[Property]


class GuideView(TemplateView):
    template_name = "api/guide.html"
    extra_context = {"section": "api"}

    def get_context_data(self, **kwargs):
        language = active_language()
        return super().get_context_data(
            **kwargs,
            info=description(language)["info"],
            operations=operations(language),
            components=components(language),
            portal=settings.PORTAL_URL,
            rate=settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]["api"],
        )


@cache
def operations(language: str) -> list[Operation]:
    """Return every address that can be asked, with its words in ``language``."""
    return [_operation(path, methods["get"]) for path, methods in description(language)["paths"].items()]


@cache
def components(language: str) -> list[Component]:
    """Return every object that answers hold; lists of words and pages of lists are told where they are used."""
    schemas = description(language)["components"]["schemas"]
    return [
        Component(name, [_property(each, shape, schemas) for each, shape in schema["properties"].items()])
        for name, schema in schemas.items()
        if schema.get("type") == "object" and not name.startswith("Paginated")
    ]


def _operation(path: str, said: dict[str, Any]) -> Operation:
    answer = _referred(said["responses"]["200"]["content"]["application/json"]["schema"])
    parameters = [_parameter(each) for each in said.get("parameters", []) if each["in"] == "query"]
    name = answer.removeprefix("Paginated").removesuffix("List") if answer.startswith("Paginated") else answer
    return Operation(path, said["summary"], said["description"], parameters, name)


def _parameter(said: dict[str, Any]) -> Parameter:
    example = (said["schema"].get("example") or [""])[0]
    return Parameter(said["name"], said["description"], example)


def _property(name: str, shape: dict[str, Any], schemas: dict[str, Any]) -> Property:
    item = shape.get("items", shape)
    referred = _referred(item)
    words = [word for word in schemas.get(referred, {}).get("enum", []) if word]
    kind = item.get("format") or item.get("type", "")
    return Property(
        name=name,
        said=shape.get("description", ""),
        kind=_KINDS.get(kind) or _KINDS.get(item.get("type", ""), ""),
        refers_to="" if words else referred,
        words=words,
        is_list="items" in shape,
        may_be_null=bool(shape.get("nullable")),
    )


def _referred(shape: dict[str, Any]) -> str:
    """Return the name of the component that ``shape`` is, or ``""``."""
    return next((reference.rpartition("/")[2] for reference in _references(shape)), "")


def _references(shape: dict[str, Any]) -> Iterator[str]:
    if "$ref" in shape:
        yield shape["$ref"]
    for each in (*shape.get("allOf", ()), *shape.get("oneOf", ())):
        yield from _references(each)
