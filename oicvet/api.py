"""The description of the interface for programs, as OpenAPI."""

from functools import cache
from typing import Any

from django.utils.translation import override
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from bilingual.api.views import OpenView


@cache
def description(language: str) -> dict[str, Any]:
    """Return the interface as OpenAPI 3 describes it, in the words of ``language``. Made once: never change it."""
    with override(language):
        return SchemaGenerator().get_schema(request=None, public=True)


@extend_schema(exclude=True)
class SchemaView(OpenView):
    """The description as programs read it, in English."""

    renderer_classes = [OpenApiJsonRenderer]

    def answer(self, request, *args, **kwargs):
        return Response(description("en"))
