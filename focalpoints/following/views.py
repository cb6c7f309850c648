"""What a reader follows, for the reader alone; and the page that stops a digest, which asks nobody who they are."""

import logging
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.csrf import csrf_exempt

from bilingual.languages import active_language, language_name
from focalpoints.following.digests import Digests
from focalpoints.following.forms import FollowForm, LanguageForm, LinkForm, StopForm
from focalpoints.following.keeping import begin, follow, own_follows, own_subscription
from focalpoints.following.phrases import Subject, told
from focalpoints.following.unsubscribing import LinkExpiredError, LinkUnknownError, subscription_of
from focalpoints.models import Follow

log = logging.getLogger("focalpoints.access")


class _Unkept(View):
    """A page that no cache keeps and no search engine lists."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = self.answer(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    def answer(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return super().dispatch(request, *args, **kwargs)


class OwnView(_Unkept):
    """A page of a reader who is signed in; others are led to sign in, and then to the page."""

    def answer(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path() if request.method == "GET" else reverse("following"))
        return super().answer(request, *args, **kwargs)

    def back(self, said: str = "") -> HttpResponse:
        """Lead to what is followed, with a sentence about what was done."""
        if said:
            messages.success(self.request, said)
        return HttpResponseRedirect(reverse("following"))


class FollowingView(OwnView):
    """What the reader follows, how they are told, and what they would be told now."""

    def get(self, request):
        subscription = own_subscription(request.user, active_language())
        digest = Digests([subscription], timezone.now()).of(subscription)
        context = {
            "follows": own_follows(request.user),
            "subscription": subscription,
            "email": request.user.email,
            "languages": [(code, language_name(code, active_language())) for code, _name in settings.LANGUAGES],
            "sections": told(digest),
        }
        return render(request, "following/index.html", context)


class FollowView(OwnView):
    """Asks whether to follow what the address names, and does."""

    def get(self, request):
        followed = FollowForm(request.GET).followed()
        [target] = followed.values()
        context = {
            "subject": Subject.of(target),
            "asked": {name: value for name, value in request.GET.items() if name in FollowForm.base_fields and value},
            "is_followed": Follow.objects.filter(user=request.user, **followed).exists(),
            "email": request.user.email,
        }
        return render(request, "following/add.html", context)

    def post(self, request):
        followed = FollowForm(request.POST).followed()
        [target] = followed.values()
        follow(request.user, followed, active_language())
        return self.back(_("You follow “%(name)s” now.") % {"name": Subject.of(target).heading})


class StopFollowingView(OwnView):
    """Ends one of the reader's own follows."""

    def post(self, request):
        form = StopForm(request.POST)
        if not form.is_valid():
            raise Http404
        own = get_object_or_404(Follow, pk=form.cleaned_data["follow"], user=request.user)
        own.delete()
        return self.back(_("You follow this no longer."))


class DigestView(OwnView):
    """Sets the language of the digest, stops it for the time being, or has it sent again."""

    def post(self, request):
        subscription = begin(request.user, active_language())
        if "pause" in request.POST:
            subscription.pause()
            return self.back(_("No messages will be sent until you ask for them again."))
        if "resume" in request.POST:
            subscription.resume()
            return self.back(_("Messages will be sent again, about what happens from now on."))
        form = LanguageForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Choose the language of the messages: Arabic or English."))
            return self.back()
        subscription.language = form.cleaned_data["language"]
        subscription.save(update_fields=["language"])
        return self.back(_("The language of the messages was changed."))


@method_decorator(csrf_exempt, name="dispatch")
class UnsubscribeView(_Unkept):
    """Stops a digest: at once when it is posted, as mail programs do (RFC 8058); who comes to read is asked first.

    Nobody signs in and no cookie is needed: what is signed in the address says whose digest it is. So there is no
    token of a form to check either.
    """

    def get(self, request):
        return self._answer(request, is_stopped=False)

    def post(self, request):
        return self._answer(request, is_stopped=True)

    def _answer(self, request: HttpRequest, *, is_stopped: bool) -> HttpResponse:
        form = LinkForm(request.GET)
        try:
            subscription = subscription_of(form.cleaned_data["token"] if form.is_valid() else "")
        except LinkExpiredError:
            log.info("refused reason=digest_link_expired")
            return self._page(request, {"is_expired": True}, 410)
        except LinkUnknownError:
            log.info("refused reason=digest_link_unknown")
            return self._page(request, {"is_unknown": True}, 404)
        if is_stopped:
            subscription.pause()
        return self._page(request, {"is_stopped": is_stopped or subscription.is_paused})

    def _page(self, request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
        return render(request, "following/unsubscribe.html", context, status=status)
