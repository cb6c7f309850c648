"""Letting a blocking finding pass for a reason, and taking that back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from reports.desk.access import ReportView
from reports.desk.forms import WaiverForm
from reports.preflight import preflight, waive


class WaiveView(ReportView):
    """Lets one finding pass; the edition will name it with the reason."""

    http_method_names = ["post"]

    def post(self, request, **kwargs):
        form = WaiverForm(request.POST)
        if form.is_valid():
            try:
                waive(self.report, form.cleaned_data["finding"], form.cleaned_data["reason"], request.user)
            except ValidationError as error:
                form.add_error(None, error)
        if form.is_valid():
            return self.back("preflight", _("The finding is waived. The edition will say so, with the reason."))
        return self._again(form)

    def _again(self, form):
        key = str(form.data.get("finding", ""))
        found = next((each for each in preflight(self.report).findings if each.key == key), None)
        if found is None:
            said = _("This finding is no longer there: somebody has mended it.")
            return self.back("preflight", said, messages.WARNING)
        context = {
            "form": form,
            "name": found.message,
            "anchor": "preflight",
            "action": self.request.path,
            "fields": [form["reason"]],
        }
        return self.render("desk/mend.html", context, 422)


class WithdrawWaiverView(ReportView):
    """Takes a waiver back: the finding stands again."""

    http_method_names = ["post"]

    def post(self, request, **kwargs):
        get_object_or_404(self.report.waivers, pk=kwargs["waiver"]).delete()
        return self.back("preflight", _("The finding stands again."))
