"""Settings that are wrong are named before anything starts."""

from pathlib import Path

import pytest
from pydantic import SecretStr, ValidationError

from chassis.config import explain_settings_error
from gateway.config import GatewaySettings

PROVIDER = """
[[provider]]
id = "keycloak"
display_name = "Company"
issuer = "https://id.example/realms/floor"
client_id = "muster"
"""


def explain(folder: Path, **more: object) -> str:
    with pytest.raises(ValidationError) as failed:
        GatewaySettings(
            database_url=SecretStr(""),
            nats_url=SecretStr(""),
            trust_file=folder,
            identity_key_file=folder,
            **more,  # type: ignore[arg-type] # what a test is about
        )
    return explain_settings_error(failed.value)


def test_providers_need_the_address_to_which_browsers_come_back(tmp_path: Path) -> None:
    file = tmp_path / "providers.toml"
    file.write_text(PROVIDER, encoding="utf-8")

    told = explain(tmp_path, oidc_file=file)

    assert "MUSTER_OIDC_FILE" in told
    assert "MUSTER_PUBLIC_URL must be set" in told


def test_a_file_of_providers_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "gone.toml" in explain(tmp_path, oidc_file=tmp_path / "gone.toml")


def test_a_proxys_network_that_is_none_is_named(tmp_path: Path) -> None:
    told = explain(tmp_path, trusted_proxies="10.0.0.0/33")

    assert told.startswith("MUSTER_TRUSTED_PROXIES")
