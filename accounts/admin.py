"""Invitations in the back office: administrators invite everybody, editors national focal points."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import invitations
from accounts.group_names import group_label
from accounts.models import Invitation, InvitationState
from accounts.roles import FOCAL_POINT
from bilingual.admin import FoldedSearchMixin, TranslatedFieldsMixin
from bilingual.admin_queries import CarefulQueriesMixin
from bilingual.admin_rows import SharedLabelsMixin
from bilingual.text import left_to_right

MAY_GIVE_ROLES = "auth.change_user"


class StateFilter(admin.SimpleListFilter):
    """Invitations by what has become of them."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return InvitationState.choices

    def queryset(self, request, queryset):
        known = self.value() in InvitationState.values
        return queryset.in_state(self.value(), timezone.now()) if known else queryset


class InvitationForm(forms.ModelForm):
    """Whom to invite, and to what: as a national focal point, or to roles of the programme's staff."""

    def clean(self):
        said = super().clean()
        roles, point = said.get("roles"), said.get("focal_point")
        if "roles" not in self.fields:
            if point is None and "focal_point" in said:
                self.add_error("focal_point", _("Choose the national focal point who is to have the account."))
        elif not roles and not point and not self.errors:
            self.add_error("roles", _("Choose a role, or the national focal point who is to have the account."))
        return said

    def clean_focal_point(self):
        point = self.cleaned_data["focal_point"]
        if point and point.user_id and point.user_id != self.instance.user_id:
            raise forms.ValidationError(_("This focal point has an account already."))
        if point and point.end and point.end < timezone.localdate():
            raise forms.ValidationError(_("The term of this focal point is over."))
        return point


@admin.register(Invitation)
class InvitationAdmin(
    CarefulQueriesMixin, FoldedSearchMixin, TranslatedFieldsMixin, SharedLabelsMixin, admin.ModelAdmin
):
    """Who was invited, to what, and what has become of it; saving an invitation sends it."""

    form = InvitationForm
    list_display = ("email", "invited_to", "language", "state", "sent_at", "invited_by")
    list_filter = (StateFilter, "language")
    search_fields = ("email",)
    autocomplete_fields = ("focal_point",)
    actions = ("send_again", "withdraw")
    show_full_result_count = False

    def get_queryset(self, request):
        found = super().get_queryset(request).select_related("focal_point__country", "invited_by")
        found = found.prefetch_related("roles")
        return found if request.user.has_perm(MAY_GIVE_ROLES) else found.of_focal_points()

    def get_fields(self, request, obj=None):
        roles = ("roles",) if request.user.has_perm(MAY_GIVE_ROLES) else ()
        told = ("state", "sent_at", "accepted_at", "user", "invited_by") if obj else ()
        return ("email", "language", "focal_point", *roles, *told)

    def get_readonly_fields(self, request, obj=None):
        # The address is where the link went: another address is another invitation.
        return ("email", "state", "sent_at", "accepted_at", "user", "invited_by") if obj else ()

    def has_change_permission(self, request, obj=None):
        is_settled = obj is not None and bool(obj.accepted_at)
        return super().has_change_permission(request, obj) and not is_settled

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        # Being a focal point comes with the focal point chosen above, and is not chosen twice.
        kwargs |= {
            "widget": forms.CheckboxSelectMultiple,
            "queryset": Group.objects.exclude(name=FOCAL_POINT.group_name),
        }
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        field.label_from_instance = group_label
        return field

    def save_model(self, request, obj, form, change):
        if not change:
            obj.invited_by = request.user
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        invitation = form.instance
        if invitation.focal_point:
            invitation.roles.add(Group.objects.get_or_create(name=FOCAL_POINT.group_name)[0])
        request.saved_invitation = invitation

    def add_view(self, request, form_url="", extra_context=None):
        """Save the invitation, then send it: no transaction is open while the mail server is waited for."""
        response = super().add_view(request, form_url, extra_context)
        if saved := getattr(request, "saved_invitation", None):
            self._send(request, [saved])
        return response

    @admin.action(description=_("Send again"), permissions=["change"])
    def send_again(self, request, queryset):
        self._send(request, [each for each in queryset if not each.accepted_at])

    @admin.action(description=_("Withdraw"), permissions=["change"])
    def withdraw(self, request, queryset):
        pending = [each for each in queryset if not each.accepted_at and not each.withdrawn_at]
        for each in pending:
            invitations.withdraw(each, request.user)
        said = ngettext("%(number)d invitation is withdrawn.", "%(number)d invitations are withdrawn.", len(pending))
        messages.success(request, said % {"number": len(pending)})

    def _send(self, request, chosen):
        outcome = invitations.send_all(chosen, request.user)
        for each in outcome.refused:
            told = _(
                "The mail server refused the invitation to %(address)s. Look whether the address is right; if it is "
                "not, withdraw this invitation and send one to the right address."
            )
            messages.error(request, told % {"address": left_to_right(each.email)})
        if left := len(outcome.left):
            told = ngettext(
                "The mail server takes no messages now, and the invitation was not sent. It is kept: choose it in the "
                "list later and send it again. If that fails too, tell whoever runs the portal.",
                "The mail server takes no messages now, and %(number)d invitations were not sent. They are kept: "
                "choose them in the list later and send them again. If that fails too, tell whoever runs the portal.",
                left,
            )
            messages.error(request, told % {"number": left})
        sent = len(outcome.sent)
        said = ngettext("%(number)d invitation is sent.", "%(number)d invitations are sent.", sent)
        if sent or not chosen:
            messages.success(request, said % {"number": sent})

    @admin.display(description=_("invited to"))
    def invited_to(self, invitation):
        if invitation.focal_point:
            return str(invitation.focal_point)
        return ", ".join(group_label(group) for group in invitation.roles.all()) or None

    @admin.display(description=_("state"))
    def state(self, invitation):
        return invitation.state_at(timezone.now()).label
