"""How views say of themselves what the description of the interface tells."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import serializers

from bilingual.api.texts import TextSerializer


class WrongSerializer(serializers.Serializer):
    """What is wrong, and what to do about it."""

    parameter = serializers.CharField(allow_null=True, help_text=_("The parameter that is wrong, if one is."))
    message = TextSerializer(help_text=_("What is wrong, and what to do about it."))


class RefusalSerializer(serializers.Serializer):
    """Why a request could not be answered."""

    errors = WrongSerializer(many=True, help_text=_("Everything that is wrong with the request."))


_REFUSALS = {
    400: _("A parameter is unknown or could not be read."),
    404: _("There is nothing at this address, or it is not published."),
    429: _("Too many requests from one address: Retry-After says how many seconds to wait."),
}


def described(
    name: str,
    summary: Promise,
    description: Promise,
    answer: type[serializers.Serializer],
    parameters: Sequence[OpenApiParameter] = (),
    *,
    many: bool = True,
) -> Callable[[type], type]:
    """Decorate a view with what is said of it; ``name`` is that of the operation."""
    refusals = {status: OpenApiResponse(RefusalSerializer, said) for status, said in _REFUSALS.items()}
    responses: dict[int, Any] = {200: answer(many=True) if many else answer, **refusals}
    said = extend_schema(
        operation_id=name, summary=summary, description=description, parameters=list(parameters), responses=responses
    )
    return extend_schema_view(get=said)


def parameters_of(form: type[forms.Form]) -> list[OpenApiParameter]:
    """Describe the fields of the form that reads a view's address."""
    return [_parameter(name, field) for name, field in form.base_fields.items()]


def _parameter(name: str, field: Any) -> OpenApiParameter:
    if isinstance(field, forms.MultipleChoiceField):
        value = {"type": "string", "pattern": f"^(?:{field.shape.pattern})$"}
        shape = {"type": "array", "items": value, "maxItems": field.most, "example": [field.example]}
        return OpenApiParameter(name, shape, description=field.label, style="form", explode=True)
    return OpenApiParameter(name, {"type": "string", "maxLength": field.max_length}, description=field.label)
