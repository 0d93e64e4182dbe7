from pathlib import Path

import pytest
from pydantic import ValidationError

from chassis.config import ProcessSettings, explain_settings_error, list_settings, setting

REQUIRED = {
    "MUSTER_DATABASE_URL": "postgresql://presence:hunter2@127.0.0.1:5432/muster",
    "MUSTER_NATS_URL": "nats://127.0.0.1:4222",
    "MUSTER_TRUST_FILE": "/keys/trust.json",
    "MUSTER_IDENTITY_KEY_FILE": "/keys/presence.key",
}


class OwnSettings(ProcessSettings):
    """Settings with one of its own."""

    most_waiting: int = setting("How many may wait.", unit="reports", default=10)


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in REQUIRED.items():
        monkeypatch.setenv(name, value)


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSTER_GRPC_PORT", "5001")

    settings = OwnSettings()

    assert settings.grpc_port == 5001
    assert settings.trust_file == Path("/keys/trust.json")
    assert settings.most_waiting == 10
    assert settings.replica


def test_settings_cannot_be_changed() -> None:
    settings = OwnSettings()

    with pytest.raises(ValidationError):
        settings.grpc_port = 1


def test_secrets_are_not_shown() -> None:
    assert "hunter2" not in repr(OwnSettings())


def test_an_error_names_the_variable_and_not_its_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUSTER_GRPC_PORT", "hunter2")
    monkeypatch.delenv("MUSTER_NATS_URL")

    with pytest.raises(ValidationError) as error:
        OwnSettings()

    said = explain_settings_error(error.value)
    assert "MUSTER_GRPC_PORT" in said
    assert "MUSTER_NATS_URL: Field required" in said
    assert "hunter2" not in said
    assert "hunter2" not in str(error.value)


def test_every_setting_says_what_it_means() -> None:
    settings = list_settings(OwnSettings)

    assert all(one.meaning.endswith(".") for one in settings)
    assert all(one.environment.startswith("MUSTER_") for one in settings)


def test_the_reference_knows_unit_default_and_duty_of_a_setting() -> None:
    settings = {one.environment: one for one in list_settings(OwnSettings)}

    own = settings["MUSTER_MOST_WAITING"]
    assert (own.unit, own.default, own.required) == ("reports", "10", False)
    assert settings["MUSTER_DATABASE_URL"].required
    assert settings["MUSTER_DATABASE_URL"].secret
    assert settings["MUSTER_REPLICA"].default == "host name and process id"
