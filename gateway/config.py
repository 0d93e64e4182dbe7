"""What the gateway is told."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from chassis.config import ProcessSettings, setting
from gateway.backends.provider_file import read_providers
from gateway.domain.addresses import parse_networks

_STATIC = Path(__file__).parent / "static"


class GatewaySettings(ProcessSettings):
    """The settings of the gateway."""

    grpc_port: int = setting("The port of gRPC; 0 takes any free one.", default=8081)
    http_host: str = setting(
        "The address on which the API, push and the web app are served.", default="127.0.0.1"
    )
    http_port: int = setting("The port of those; 0 takes any free one.", default=8080)
    public_url: str = setting(
        "The address under which browsers reach the gateway, as https://muster.example; needed to"
        " sign in by providers.",
        default="",
    )
    floor_target: str = setting(
        "The gRPC target of the demo floor; empty wherever people work for real: then nobody can"
        " play.",
        default="",
    )
    oidc_file: Path | None = setting(
        "The file that names the providers (OpenID Connect) by which people may sign in; none if"
        " absent.",
        default=None,
        shown_default="none",
    )
    trusted_proxies: str = setting(
        "The networks of proxies in front that are believed about whom they forward for "
        "(x-forwarded-for), with commas between; empty for none.",
        default="",
    )
    web_folder: Path = setting(
        "The folder of the built web app.",
        default=lambda: _STATIC,
        shown_default="gateway/static in the package",
    )
    most_push_streams: int = setting(
        "How many push streams may be open; beyond it readers are told to come back later.",
        unit="streams",
        default=5000,
    )
    calls_per_second: Annotated[float, Field(gt=0)] = setting(
        "How often one caller may call, in tokens: a read takes 1, a change 2, a heavy read 10, an"
        " export 50, a report of a source 0.1.",
        unit="tokens a second",
        default=200.0,
    )
    calls_at_once: Annotated[float, Field(gt=0)] = setting(
        "How many of these tokens a caller has after a rest.", unit="tokens", default=2000.0
    )
    anonymous_calls_per_second: Annotated[float, Field(gt=0)] = setting(
        "How often the callers of one network may call who do not say who they are yet, as when"
        " they sign in.",
        unit="tokens a second",
        default=10.0,
    )
    anonymous_calls_at_once: Annotated[float, Field(gt=0)] = setting(
        "How many of these tokens such a network has after a rest.", unit="tokens", default=400.0
    )
    audit_months: Annotated[int, Field(ge=2, le=120)] = setting(
        "For how long the audit log is kept, beside the present month, 2 to 120; its links and"
        " their signatures stay.",
        unit="months",
        default=24,
    )

    @field_validator("oidc_file")
    @classmethod
    def _names_providers(cls, file: Path | None, info: ValidationInfo) -> Path | None:
        if read_providers(file) and not info.data.get("public_url"):
            raise ValueError("to sign in by providers, MUSTER_PUBLIC_URL must be set")
        return file

    @field_validator("trusted_proxies")
    @classmethod
    def _names_networks(cls, networks: str) -> str:
        parse_networks(networks)
        return networks
