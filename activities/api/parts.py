"""Small objects inside others: what is named, who took part, how many, and how sure that is."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from activities.models import Participation, Role, Standing
from bilingual.addresses import page_addresses
from bilingual.api.texts import RecordText, TextSerializer


@extend_schema_field(TextSerializer)
class AddressSerializer(TextSerializer):
    """Where readers find the record."""

    def __init__(self, page: str, *keys: str, **kwargs: Any) -> None:
        self.page = page
        self.keys = keys or ("code",)
        super().__init__(source="*", help_text=_("Its page in each language."), **kwargs)

    def to_representation(self, record: Any) -> dict[str, str | None]:
        return super().to_representation(page_addresses(self.page, *(_value(record, key) for key in self.keys)))


def _value(record: Any, path: str) -> Any:
    for name in path.split("."):
        record = getattr(record, name)
    return record


class KindSerializer(serializers.Serializer):
    code = serializers.CharField(help_text=_("code"))
    name = RecordText(help_text=_("name"))


class ProfileSerializer(KindSerializer):
    """Whom a headcount counts."""


class PlaceInRoadmapSerializer(serializers.Serializer):
    """A cooperation area by its roadmap and its number there."""

    roadmap = serializers.CharField(source="roadmap.code", help_text=_("roadmap"))
    number = serializers.IntegerField(help_text=_("number"))
    title = RecordText(help_text=_("title"))


class ProjectSerializer(serializers.Serializer):
    """The project that an activity is part of."""

    code = serializers.CharField(help_text=_("code"))
    title = RecordText(help_text=_("title"))


class PartnerSerializer(serializers.Serializer):
    """Who did what: an institution, or bodies that are only described."""

    role = serializers.ChoiceField(Role.choices, help_text=_("role"))
    institution = serializers.CharField(source="institution.code", allow_null=True, help_text=_("institution"))
    name = TextSerializer(help_text=_("As it was called then."))
    post = RecordText(help_text=_("post"))


class CountryCountSerializer(serializers.Serializer):
    """A country that took part."""

    code = serializers.CharField(source="country.code", help_text=_("code"))
    name = TextSerializer(source="country.name", help_text=_("name"))
    count = serializers.IntegerField(allow_null=True, help_text=_("participants"))


class FigureSerializer(serializers.Serializer):
    """A number with its standing. It is null exactly where nobody has reported it, and never zero for that."""

    value = serializers.IntegerField(allow_null=True, help_text=_("number"))
    standing = serializers.ChoiceField(Standing.choices, help_text=_("How sure it is, or why there is none."))

    def __init__(self, figure: str, standing: str, **kwargs: Any) -> None:
        self.figure = figure
        self.figure_standing = standing
        super().__init__(source="*", **kwargs)

    def to_representation(self, participation: Participation) -> dict[str, Any]:
        return {
            "value": getattr(participation, self.figure),
            "standing": getattr(participation, self.figure_standing),
        }


class ParticipationSerializer(serializers.Serializer):
    """How many took part, of whom and from where."""

    headcount = FigureSerializer("headcount", "headcount_standing", help_text=_("participants"))
    women = FigureSerializer("women", "sexes_standing", help_text=_("women"))
    men = FigureSerializer("men", "sexes_standing", help_text=_("men"))
    member_countries = FigureSerializer("member_countries", "countries_standing", help_text=_("member countries"))
    profile = ProfileSerializer(allow_null=True, help_text=_("Whom the headcount counts."))
    source = serializers.SerializerMethodField(help_text=_("Who reported the figures, or which document states them."))
    reported_on = serializers.DateField(allow_null=True, help_text=_("reported on"))

    def get_source(self, participation: Participation) -> str | None:
        return participation.source or None
