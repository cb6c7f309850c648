"""The desk's pages for former reports: read one, look at what it proposes, accept it row by row."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from activities.models import Activity
from bilingual.languages import direction_of
from bilingual.text import left_to_right, normalise, validate_name
from reports.desk.access import DeskView
from reports.former.acceptance import ChangedError, accept, already_entered
from reports.former.extraction import LARGEST_FILE, ReadingError, too_large
from reports.former.forms import AcceptForm, ReadForm
from reports.former.labels import Shown, not_read, shown_partners, shown_readings, unknown_partners
from reports.former.proposals import Proposal
from reports.former.sending import send, settle
from reports.former.vocabulary import load_vocabulary
from reports.jobs import worker_is_alive
from reports.models import FormerReading
from reports.models.former import ReadingState

MAY_ACCEPT = "reports.accept_formerreading"
LISTED = 20
ENVELOPE = 100_000  # bytes that a form adds to its file


class FormerView(DeskView):
    """A page for those who write reports and may accept drafts from former ones."""

    permission = MAY_ACCEPT


class ReadView(FormerView):
    """Takes a former report, reads it, and leads to what it proposes."""

    http_method_names = ["get", "head", "post"]
    refused = ""  # why what was sent is not read at all

    # The token stands in the body, which is not read before its length is known.
    @method_decorator(csrf_exempt)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and self._is_too_long(request):
            return self._refuse_unread(request)
        return csrf_protect(super().dispatch)(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(ReadForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ReadForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                return self._read(form)
            except ReadingError as error:
                form.add_error("file", str(error))
        return self._page(form, 422)

    def _read(self, form: ReadForm) -> HttpResponse:
        file, language = form.cleaned_data["file"], form.cleaned_data["language"]
        reading = send(file.read(), _file_name(file.name), language, self.request.user)
        return HttpResponseRedirect(reverse("desk_proposals", args=[reading.pk]))

    def _is_too_long(self, request: HttpRequest) -> bool:
        length = str(request.META.get("CONTENT_LENGTH") or "0")
        return not length.isdigit() or int(length) > LARGEST_FILE + ENVELOPE

    def _refuse_unread(self, request: HttpRequest) -> HttpResponseBase:
        """Answer whoever may be here without reading what was sent; the page says what is wrong with it."""
        request.method = "GET"
        self.refused = too_large()
        return super().dispatch(request)

    def _page(self, form: ReadForm, status: int = 200) -> HttpResponse:
        readings = FormerReading.objects.select_related("read_by").defer("content")[:LISTED]
        context = {"form": form, "refused": self.refused, "readings": readings}
        return self.render("desk/read.html", context, 413 if self.refused else status)


def _file_name(name: str) -> str:
    """A file's name as it can be kept and printed."""
    kept = "".join(letter for letter in normalise(name) if letter.isprintable())[:200].strip()
    try:
        validate_name(kept)
    except ValidationError:
        kept = ""
    return kept or _("unnamed file")


@dataclass(frozen=True)
class Row:
    """One proposal as the page shows it."""

    proposal: Proposal
    readings: list[Shown]
    partners: list[Shown]
    missing: list[str]
    unknown: list[str]
    accepted: Activity | None
    known: Activity | None
    refused: list[str]

    @property
    def title(self) -> str:
        return self.proposal.value("title", "")


class ProposalsView(FormerView):
    """What a former report proposes, and the acceptance of its rows. Nothing is saved before somebody accepts it."""

    http_method_names = ["get", "head", "post"]

    @cached_property
    def reading(self) -> FormerReading:
        readings = FormerReading.objects.select_related("read_by").defer("content")
        return get_object_or_404(readings, pk=self.kwargs["reading"])

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        settle()
        return self._page() if self.reading.state == ReadingState.DONE else self._underway()

    def _underway(self) -> HttpResponse:
        """How far a reading is that a worker does; the page looks again by itself until it has ended."""
        context = {"reading": self.reading, "worker_is_alive": worker_is_alive(timezone.now())}
        response = self.render("desk/underway.html", context)
        if self.reading.is_unfinished:
            response["Refresh"] = "3"
        return response

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = AcceptForm(request.POST, numbers=[row["number"] for row in self.reading.proposals])
        if not form.is_valid() or not form.accepted:
            messages.warning(request, _("Nothing was accepted: tick the rows you have checked."))
            return self._back()
        self.reading.version = form.cleaned_data["version"]
        try:
            outcome = accept(self.reading, form.accepted)
        except ChangedError:
            messages.warning(request, _("Somebody else has accepted rows meanwhile. Look at the list as it is now."))
            return self._back()
        if outcome.made:
            number = len(outcome.made)
            said = ngettext(
                "%(number)d draft was made. Complete it in the back office.",
                "%(number)d drafts were made. Complete them in the back office.",
                number,
            )
            messages.success(request, said % {"number": number})
        if outcome.refused:
            return self._page(outcome.refused, 422)
        return self._back(f"#row-{form.accepted[0]}")

    def _back(self, place: str = "") -> HttpResponse:
        return HttpResponseRedirect(reverse("desk_proposals", args=[self.reading.pk]) + place)

    def _page(self, refused: dict[str, list[str]] | None = None, status: int = 200) -> HttpResponse:
        language = self.reading.language
        context = {
            "reading": self.reading,
            "rows": self._rows(refused or {}),
            "language": language,
            "direction": direction_of(language),
        }
        return self.render("desk/proposals.html", context, status)

    def _rows(self, refused: dict[str, list[str]]) -> list[Row]:
        vocabulary = load_vocabulary()
        proposals = [Proposal.from_row(row) for row in self.reading.proposals]
        waiting = [each for each in proposals if each.number not in self.reading.accepted]
        known = already_entered(waiting, self.reading.language)
        made = {each.code: each for each in Activity.objects.filter(code__in=self.reading.accepted.values())}
        return [
            Row(
                proposal=each,
                readings=shown_readings(each, vocabulary),
                partners=shown_partners(each),
                missing=list(not_read(each)),
                unknown=unknown_partners(each),
                accepted=made.get(self.reading.accepted.get(each.number, "")),
                known=known.get(each.number),
                refused=refused.get(each.number, []),
            )
            for each in proposals
        ]


class DiscardView(FormerView):
    """Forgets what was read; drafts that were made of it stay."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        reading = get_object_or_404(FormerReading.objects.defer("content"), pk=kwargs["reading"])
        reading.delete()
        messages.success(
            request, _("The reading of %(file)s is forgotten.") % {"file": left_to_right(reading.file_name)}
        )
        return HttpResponseRedirect(reverse("desk_read"))
