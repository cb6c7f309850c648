"""Keeps what an address or a form says from reaching the database before it makes sense.

The admin hands query strings to the ORM. A NUL, a number beyond 63 bits or a lookup that no filter offers then
fails inside the database, and on another input on SQLite than on PostgreSQL.
"""

import re
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.views.main import (
    ALL_VAR,
    ERROR_FLAG,
    IGNORED_PARAMS,
    IS_FACETS_VAR,
    PAGE_VAR,
    SEARCH_VAR,
    ChangeList,
)
from django.core.exceptions import FieldDoesNotExist, PermissionDenied, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext

from bilingual.admin_rows import ROW_KEY

LONGEST_VALUE = 200
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_LARGEST = 2**63 - 1
_OF_EVERY_LIST = {*IGNORED_PARAMS, PAGE_VAR, ERROR_FLAG, IS_FACETS_VAR, ALL_VAR, "_changelist_filters"}
_LOOKUPS_OF_FILTERS = ("", "__exact", "__isnull", "__id__exact", "__pk__exact")


class CarefulChangeList(ChangeList):
    """A list that answers only what its own filters ask."""

    def get_filters(self, request: HttpRequest) -> Any:
        """Return what Django makes of the filters. Raises ``IncorrectLookupParameters`` for anything else."""
        _refuse_what_no_filter_asks(request.GET, parameters_of(self.list_filter))
        return super().get_filters(request)


class CarefulSuggestions(AutocompleteJsonView):
    """Suggests records for a field of a form. A relation followed backwards is none, and Django fails over it."""

    def process_request(self, request: HttpRequest) -> Any:
        """Return what is asked for. Raises ``PermissionDenied`` where that is no field of a form."""
        found = super().process_request(request)
        if not found[2].concrete:
            raise PermissionDenied
        return found


class CarefulMultipleChoiceField(forms.ModelMultipleChoiceField):
    """Several rows of a table. What is no key of a row is no choice, and the database is not asked for it."""

    def clean(self, value: Any) -> Any:
        """Return the chosen rows. Raises ``ValidationError`` with Django's sentence for what is no choice."""
        for key in value or ():
            if not ROW_KEY.fullmatch(str(key)):
                raise ValidationError(self.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": key})
        return super().clean(value)


class CarefulQueriesMixin:
    """For a ``ModelAdmin``, before its other bases."""

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return CarefulChangeList

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if ERROR_FLAG in request.GET:  # the admin sends here whoever asked what no filter asks
            messages.warning(
                request, gettext("The address asked for something that is not here: this is the whole list.")
            )
        return super().changelist_view(request, extra_context)

    def formfield_for_manytomany(
        self, db_field: "models.ManyToManyField[Any, Any]", request: HttpRequest, **kwargs: Any
    ) -> Any:
        return super().formfield_for_manytomany(db_field, request, form_class=CarefulMultipleChoiceField, **kwargs)

    def response_action(self, request: HttpRequest, queryset: "models.QuerySet[Any]") -> HttpResponse | None:
        """Run an action on the chosen rows; what is no key of a row cannot be chosen."""
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        post = request.POST.copy()
        post.setlist(ACTION_CHECKBOX_NAME, [key for key in chosen if ROW_KEY.fullmatch(key)])
        request.POST = post
        return super().response_action(request, queryset)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Return the values that an address gives to a new record, as far as its fields can hold them."""
        initial = super().get_changeform_initial_data(request)
        return {name: value for name, value in initial.items() if self._can_hold(name, value)}

    def _can_hold(self, name: str, value: Any) -> bool:
        try:
            field = self.model._meta.get_field(name)
            if field.many_to_many:
                return all(ROW_KEY.fullmatch(key) for key in value)
            field.clean(value, None)
        except (FieldDoesNotExist, ValidationError, AttributeError, TypeError, ValueError, OverflowError):
            return False
        return True


def parameters_of(filters: Any) -> set[str]:
    """Return the names of the parameters with which the filters of a list ask."""
    names = set()
    for each in filters:
        if isinstance(each, type):
            names.add(each.parameter_name)
        else:
            path = each if isinstance(each, str) else each[0]
            names |= {path + lookup for lookup in _LOOKUPS_OF_FILTERS}
    return names


def _refuse_what_no_filter_asks(query: QueryDict, names: set[str]) -> None:
    for name, values in query.lists():
        if name == SEARCH_VAR:  # folded before it asks the database, and cut to a sane length
            continue
        known = name in names or name in _OF_EVERY_LIST
        if not known or any(_is_beyond_sense(value) for value in values):
            raise IncorrectLookupParameters(name)


def _is_beyond_sense(value: str) -> bool:
    """Whether no filter offers ``value`` and a database may fail over it."""
    if len(value) > LONGEST_VALUE or _CONTROL.search(value):
        return True
    try:
        return abs(int(value)) > _LARGEST
    except ValueError:
        return False
