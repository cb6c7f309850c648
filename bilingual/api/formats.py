"""In which format answers are written: there is one, whatever a client says it accepts."""

from rest_framework.negotiation import BaseContentNegotiation


class OneFormat(BaseContentNegotiation):
    """There is one format, so nothing is to be negotiated, and no header can be wrong."""

    def select_parser(self, request, parsers):
        return parsers[0] if parsers else None

    def select_renderer(self, request, renderers, format_suffix=None):
        return renderers[0], renderers[0].media_type
