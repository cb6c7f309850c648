"""Texts in both languages as one object; a text that nobody has written is null."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from bilingual.text import Bilingual


class TextSerializer(serializers.Serializer):
    """A text in Arabic and in English. Neither stands in for the other: a missing one is null."""

    ar = serializers.CharField(allow_null=True, help_text=_("in Arabic"))
    en = serializers.CharField(allow_null=True, help_text=_("in English"))

    def to_representation(self, text: Bilingual) -> dict[str, str | None]:
        return {"ar": text.ar or None, "en": text.en or None}


@extend_schema_field(TextSerializer)
class RecordText(TextSerializer):
    """The text in a bilingual field of a record, the field of the same name unless another is given."""

    def __init__(self, field: str = "", **kwargs: Any) -> None:
        self.text_field = field
        super().__init__(source="*", **kwargs)

    def to_representation(self, record: Any) -> dict[str, str | None]:
        return super().to_representation(Bilingual.of(record, self.text_field or self.field_name))
