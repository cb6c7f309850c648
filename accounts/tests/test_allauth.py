"""What the gate uses of allauth's inner parts, which an upgrade may change without a word.

A failure here asks for a look at the release notes, and at the module that is named, before anything is upgraded.
"""

import inspect

import pytest
from allauth.account import auth_backends
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows import login
from allauth.account.internal.userkit import filter_users_by_email, get_user_by_username
from allauth.core.internal import httpkit

INNER_PARTS = [
    # accounts/adapters.py
    (httpkit.get_client_ip, ["request"]),
    (DefaultAccountAdapter._get_login_attempts_cache_key, ["self", "request", "credentials"]),
    (DefaultAccountAdapter._delete_login_attempts_cached_email, ["self", "request", "credentials"]),
    # accounts/auth.py
    (auth_backends.AuthenticationBackend._authenticate, ["self", "request", "credentials"]),
    (auth_backends.AuthenticationBackend._check_password, ["self", "user", "password"]),
    (filter_users_by_email, ["email", "is_active", "prefer_verified", "for_login"]),
    (get_user_by_username, ["username"]),
    # accounts/second_factor.py, accounts/views.py, accounts/invitation_views.py
    (login.get_authentication_records, ["request", "user"]),
    (login.record_authentication, ["request", "user", "method", "extra_data"]),
    (httpkit.add_query_params, ["url", "params"]),
]


@pytest.mark.parametrize(("part", "arguments"), INNER_PARTS, ids=lambda each: getattr(each, "__name__", ""))
def test_an_inner_part_of_allauth_takes_what_we_give_it(part, arguments):
    assert list(inspect.signature(part).parameters) == arguments


def test_allauth_still_calls_what_we_replace():
    counted = "self._get_login_attempts_cache_key("
    assert counted in inspect.getsource(DefaultAccountAdapter.pre_authenticate)
    assert counted in inspect.getsource(DefaultAccountAdapter._delete_login_attempts_cached_email)
    assert "self._authenticate(" in inspect.getsource(auth_backends.AuthenticationBackend.authenticate)
