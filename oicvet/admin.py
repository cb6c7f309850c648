"""The back office as a whole: its name, and who may do what with accounts and roles."""

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.utils.translation import gettext_lazy as _

from bilingual.admin import FoldedSearchMixin
from bilingual.admin_queries import CarefulQueriesMixin
from oicvet.roles import role_of_group

admin.site.site_header = _("OIC-VET back office")
admin.site.site_title = _("OIC-VET")
admin.site.site_url = None  # the frame links to the portal in the reader's language
admin.site.index_title = _("What would you like to work on?")
admin.site.unregister([User, Group])

ROLES_EXPLAINED = _(
    "Data entry writes activities and institutions. An editor also publishes them and keeps the tables they choose "
    "from. A report officer writes reports. An administrator does all of this and keeps accounts. A national focal "
    "point has no access here."
)


@admin.register(User)
class AccountAdmin(CarefulQueriesMixin, FoldedSearchMixin, UserAdmin):
    """Accounts. Only a superuser makes a superuser, changes one, or gives permissions one by one."""

    list_display = ("username", "first_name", "last_name", "email", "roles", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", "groups")
    search_fields = ("username", "first_name", "last_name", "email")
    filter_horizontal = ("user_permissions",)
    readonly_fields = ("last_login", "date_joined")
    show_full_result_count = False
    superusers_only = ("is_superuser", "user_permissions")

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return self.add_fieldsets
        rights = ("is_active", "is_staff", "groups")
        if request.user.is_superuser:
            rights += self.superusers_only
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
        if db_field.name == "groups":
            kwargs["widget"] = forms.CheckboxSelectMultiple
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "groups":
            field.label_from_instance = group_label
        return field

    @admin.display(description=_("role"))
    def roles(self, user):
        return ", ".join(group_label(group) for group in user.groups.all()) or None


@admin.register(Group)
class RoleAdmin(CarefulQueriesMixin, FoldedSearchMixin, GroupAdmin):
    """Groups. Those of our roles are declared in the code and are only shown here."""

    list_display = ("label",)
    search_fields = ("name",)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and role_of_group(obj.name))

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and role_of_group(obj.name))

    @admin.display(description=_("name"), ordering="name")
    def label(self, group):
        return group_label(group)


def group_label(group):
    """Return a group's name as people read it; our roles have one in each language."""
    role = role_of_group(group.name)
    return str(role.name) if role else group.name


def _may_touch(user, account):
    return user.is_superuser or account is None or not account.is_superuser
