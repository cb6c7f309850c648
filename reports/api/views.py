"""The editions of reports, with their files and checksums."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from activities.api.parts import AddressSerializer
from bilingual.addresses import page_addresses
from bilingual.api.describing import described
from bilingual.api.paging import KEYS, PagesByKey
from bilingual.api.texts import TextSerializer
from bilingual.api.views import ListView
from reports.models import Edition, EditionFile


class EditionFileSerializer(serializers.Serializer):
    """A file of an edition. It never changes."""

    name = serializers.CharField(help_text=_("file name"))
    format = serializers.ChoiceField(EditionFile.FORMATS, help_text=_("format"))
    language = serializers.ChoiceField(EditionFile.LANGUAGES, help_text=_("language"))
    size = serializers.IntegerField(help_text=_("Size in bytes."))
    sha256 = serializers.CharField(help_text=_("SHA-256 of the content."))
    address = serializers.SerializerMethodField(help_text=_("Where it is downloaded."))

    @extend_schema_field(OpenApiTypes.URI)
    def get_address(self, file: EditionFile) -> str:
        addresses = page_addresses("edition_file", file.edition.code, file.name)
        return addresses.ar if file.language == "ar" else addresses.en


class EditionSerializer(serializers.Serializer):
    """A report as it was issued."""

    code = serializers.CharField(help_text=_("code"))
    address = AddressSerializer("edition")
    verified_at = serializers.SerializerMethodField(help_text=_("The address printed on its copies."))
    report = serializers.CharField(source="report.code", help_text=_("report"))
    meeting = TextSerializer(source="report.meeting.name", help_text=_("The meeting it was submitted to."))
    as_of = serializers.DateField(source="report.as_of", help_text=_("as of"))
    number = serializers.IntegerField(help_text=_("edition"))
    issued_at = serializers.DateTimeField(help_text=_("issued"))
    corrects = serializers.CharField(
        source="corrects.code", allow_null=True, help_text=_("The edition that it corrects.")
    )
    corrected_by = serializers.CharField(
        source="corrected_by.code", allow_null=True, help_text=_("The edition that corrects it.")
    )
    files = EditionFileSerializer(many=True, help_text=_("files"))

    @extend_schema_field(OpenApiTypes.URI)
    def get_verified_at(self, edition: Edition) -> str:
        return f"{settings.PORTAL_URL}/v/{edition.code}/"


@described(
    "editions",
    _("Editions of reports"),
    _("Every edition issued, the newest first, with its files and their checksums."),
    EditionSerializer,
)
class EditionsView(ListView):
    serializer_class = EditionSerializer
    pagination_class = PagesByKey
    ordering, key_shape = "-pk", KEYS

    def get_queryset(self):
        return Edition.objects.listed()
