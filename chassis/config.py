"""Settings: read once at start from the environment, frozen, documented where declared."""

import os
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "MUSTER_"


def setting(meaning: str, *, unit: str = "", default: Any = ..., shown_default: str = "") -> Any:
    """Declares a setting with what it means, its unit and its default; required without one.

    `shown_default` is for a default that is worked out at start, given as a function.
    """
    extra: dict[str, Any] = {"unit": unit, "shown_default": shown_default}
    if callable(default):
        return Field(default_factory=default, description=meaning, json_schema_extra=extra)
    return Field(default=default, description=meaning, json_schema_extra=extra)


def this_replica() -> str:
    """The name of this replica where none is set: host and process id."""
    return f"{socket.gethostname()}-{os.getpid()}"


class ProcessSettings(BaseSettings):
    """What every process of Muster is told."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        frozen=True,
        # A wrong value may be a secret, and the message goes to the log.
        hide_input_in_errors=True,
    )

    database_url: SecretStr = setting(
        "PostgreSQL with the process's own role, as postgresql://role:password@host:port/database."
    )
    nats_url: SecretStr = setting("The NATS server with JetStream, as nats://user:password@host.")
    grpc_host: str = setting("The address on which gRPC is served.", default="127.0.0.1")
    grpc_port: int = setting("The port of gRPC; 0 takes any free one.", default=0)
    admin_host: str = setting(
        "The address on which /livez, /readyz and /metrics are served.", default="127.0.0.1"
    )
    admin_port: int = setting("The port of those; 0 takes any free one.", default=0)
    trust_file: Path = setting("The file that names the public keys of all processes.")
    identity_key_file: Path = setting("The private key with which the process signs its tokens.")
    log_level: Literal["debug", "info", "warning", "error"] = setting(
        "The least important log lines that are written.", default="info"
    )
    otlp_endpoint: str = setting(
        "The OTLP/gRPC endpoint that takes traces, as http://host:4317; empty sends none.",
        default="",
    )
    drain_seconds: float = setting(
        "How long calls in hand may go on once the process was asked to stop.",
        unit="seconds",
        default=5.0,
    )
    replica: str = setting(
        "The name of this replica, unique among those of its process.",
        default=this_replica,
        shown_default="host name and process id",
    )
    presence_target: str = setting("The gRPC target of presence; empty if unused.", default="")
    roster_target: str = setting("The gRPC target of roster; empty if unused.", default="")
    dispatch_target: str = setting("The gRPC target of dispatch; empty if unused.", default="")
    analytics_target: str = setting("The gRPC target of analytics; empty if unused.", default="")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting as the reference shows it. The default is empty where the setting is required."""

    environment: str
    meaning: str
    unit: str
    default: str
    required: bool
    secret: bool


def list_settings(settings_type: type[BaseSettings]) -> tuple[Setting, ...]:
    """The settings of a class in the order of their declaration, its bases' first."""
    prefix = settings_type.model_config.get("env_prefix", "")
    return tuple(
        _describe(prefix + name.upper(), info) for name, info in settings_type.model_fields.items()
    )


def explain_settings_error(error: ValidationError) -> str:
    """Says which environment variables are missing or wrong, without the values."""
    return "; ".join(
        f"{PREFIX}{'.'.join(str(part) for part in fault['loc']).upper()}: {fault['msg']}"
        for fault in error.errors(include_input=False, include_url=False, include_context=False)
    )


def _describe(environment: str, info: FieldInfo) -> Setting:
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    shown = str(extra.get("shown_default", ""))
    if not shown and info.default is not PydanticUndefined:
        shown = str(info.default)
    return Setting(
        environment=environment,
        meaning=info.description or "",
        unit=str(extra.get("unit", "")),
        default=shown,
        required=info.is_required(),
        secret=info.annotation is SecretStr,
    )
