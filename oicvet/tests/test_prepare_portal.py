from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command

from oicvet.management.commands import prepare_portal


def prepare(**options):
    out = StringIO()
    call_command("prepare_portal", stdout=out, **options)
    return out.getvalue()


def test_everything_is_prepared_in_the_order_in_which_it_builds_on_itself(monkeypatch):
    called = []
    monkeypatch.setattr(
        prepare_portal, "call_command", lambda name, **options: called.append((name, options.get("language")))
    )
    prepare(report=True)
    assert called == [
        ("migrate", None),
        ("install_triggers", None),
        ("load_reference_data", None),
        ("load_demo_data", None),
        ("build_report", "ar"),
        ("build_report", "en"),
        ("build_report", "both"),
    ]


@pytest.mark.django_db
def test_preparing_again_adds_nothing():
    def counted():
        return {model._meta.label: model.objects.count() for model in apps.get_models()}

    prepare()
    once = counted()
    prepare()
    assert counted() == once
