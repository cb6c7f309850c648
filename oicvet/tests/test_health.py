import pytest
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder


def test_healthz_does_not_ask_the_database(client):
    # Without the django_db mark, any query would fail this test.
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_readyz_when_the_database_is_there_and_migrated(client):
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_readyz_says_that_a_migration_is_missing(client):
    MigrationRecorder.Migration.objects.filter(app="sessions").delete()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.content == b"The database lacks migrations of this version: run manage.py migrate.\n"


def test_readyz_says_that_the_database_is_away(client, monkeypatch):
    def away(self):
        raise OperationalError("no route to host")

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", away)
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"The database cannot be reached.\n")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_health_addresses_only_read(client, address):
    assert client.post(address).status_code == 405
