"""The back office as a whole: its name, and who may do what with accounts and roles."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_tasks_db.models import DBTaskResult

from accounts.access_log import note
from accounts.group_names import group_label
from accounts.roles import ACCOUNTS, FROM_COUNTRIES, INVITATIONS, OURS, role_of_group
from bilingual.admin import FoldedSearchMixin
from bilingual.admin_queries import CarefulQueriesMixin, CarefulSuggestions

admin.site.site_header = _("OIC-VET back office")
admin.site.site_title = _("OIC-VET")
admin.site.site_url = None  # the frame links to the portal in the reader's language
admin.site.index_title = _("What would you like to work on?")
admin.site.autocomplete_view = CarefulSuggestions.as_view(admin_site=admin.site)
admin.site.unregister([User, Group])
admin.site.unregister(DBTaskResult)  # the desk tells of jobs, in the programme's words
# Secrets, and addresses and links that the gate keeps for itself.
admin.site.unregister([Authenticator, EmailAddress, SocialAccount, SocialApp, SocialToken])

# What stands before the name of the table in a permission's code.
ACTIONS = {
    "view": _("view"),
    "add": _("add"),
    "change": _("change"),
    "delete": _("delete"),
    "publish": _("publish and withdraw"),
    "decide": _("decide on corrections"),
}
ROLES_EXPLAINED = _(
    "Data entry writes activities and institutions. An editor also publishes them and keeps the tables they choose "
    "from. A report officer writes reports. An administrator does all of this and keeps accounts. A national focal "
    "point has no access here."
)


class RoleFilter(admin.RelatedFieldListFilter):
    """Groups by the names that readers of the page use."""

    def field_choices(self, field, request, model_admin):
        return [(group.pk, group_label(group)) for group in Group.objects.all()]


@admin.register(User)
class AccountAdmin(CarefulQueriesMixin, FoldedSearchMixin, UserAdmin):
    """Accounts. Their rights come from their groups; only a superuser makes a superuser or changes one."""

    list_display = ("username", "first_name", "last_name", "email", "roles", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", ("groups", RoleFilter))
    search_fields = ("username", "first_name", "last_name", "email")
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    actions = ("remove_second_factor",)
    show_full_result_count = False

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return self.add_fieldsets
        rights = ("is_active", "is_staff", "groups")
        if request.user.is_superuser:
            rights += ("is_superuser",)
        return (
            (None, {"fields": ("username", "password")}),
            (_("Person"), {"fields": (("first_name", "last_name"), "email")}),
            (_("Role"), {"fields": rights, "description": ROLES_EXPLAINED}),
            (_("Dates"), {"fields": (("last_login", "date_joined"),)}),
        )

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and _may_touch(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and _may_touch(request.user, obj)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs["widget"] = forms.CheckboxSelectMultiple
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        field.label_from_instance = group_label
        return field

    def save_model(self, request, obj, form, change):
        obj.email = obj.email.lower()  # as it is looked for when somebody signs in
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Remove the second factor, for a lost telephone"), permissions=["change"])
    def remove_second_factor(self, request, queryset):
        chosen = [account for account in queryset if _may_touch(request.user, account)]
        for account in chosen:
            if Authenticator.objects.filter(user=account).delete()[0]:
                note("second-factor-removed", account)
        said = ngettext(
            "%(number)d account has no second factor now.",
            "%(number)d accounts have no second factor now.",
            len(chosen),
        )
        messages.success(request, said % {"number": len(chosen)})

    @admin.display(description=_("role"))
    def roles(self, user):
        return ", ".join(group_label(group) for group in user.groups.all()) or None


@admin.register(Group)
class RoleAdmin(CarefulQueriesMixin, FoldedSearchMixin, GroupAdmin):
    """Groups. Those of our roles are declared in the code and are only shown here."""

    list_display = ("label",)
    search_fields = ("name",)
    filter_horizontal = ()

    def get_object(self, request, object_id, from_field=None):
        """Return a group, that of a role under the name that readers use; it is shown and never saved."""
        group = super().get_object(request, object_id, from_field)
        if group is not None:
            group.role = role_of_group(group.name)
            group.name = group_label(group)
        return group

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not _is_of_a_role(obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not _is_of_a_role(obj)

    def get_fields(self, request, obj=None):
        return ("name", "rights") if _is_of_a_role(obj) else ("name", "permissions")

    def get_readonly_fields(self, request, obj=None):
        return ("rights",) if _is_of_a_role(obj) else ()

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs |= {"widget": forms.CheckboxSelectMultiple, "queryset": known_permissions()}
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        field.label_from_instance = permission_label
        return field

    @admin.display(description=_("name"), ordering="name")
    def label(self, group):
        return group_label(group)

    @admin.display(description=_("rights"))
    def rights(self, group):
        granted = known_permissions().filter(group=group)
        return format_html_join("", "<div>{}</div>", ((permission_label(each),) for each in granted)) or None


def known_permissions():
    """Return the permissions that somebody may be given: those over the portal's tables and its accounts."""
    tables = Q()
    for label in (*OURS, *FROM_COUNTRIES, *ACCOUNTS, *INVITATIONS):
        app, model = label.split(".")
        tables |= Q(content_type__app_label=app, content_type__model=model)
    return Permission.objects.filter(tables).select_related("content_type")


def permission_label(permission):
    """Return a permission in the language of the page: ``activity: change``."""
    action = permission.codename.partition("_")[0]
    model = permission.content_type.model_class()
    return f"{model._meta.verbose_name}: {ACTIONS.get(action, permission.name)}"


def _may_touch(user, account):
    return user.is_superuser or account is None or not account.is_superuser


def _is_of_a_role(group):
    return group is not None and bool(getattr(group, "role", None) or role_of_group(group.name))
