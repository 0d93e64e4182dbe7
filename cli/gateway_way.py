"""The way to a gateway: encrypted, unless it stays on this machine or its user says otherwise."""

import ipaddress
import os
import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import grpc.aio
import typer

from chassis.rpc.channel import open_channel
from chassis.telemetry import silent_telemetry
from cli.errors import CommandError
from cli.variables import GATEWAY

Gateway = Annotated[
    str,
    typer.Option(
        help="The gateway's gRPC address: HOST:PORT on this machine, https://HOST[:PORT] on"
        " another; the one of the current folder if absent.",
        envvar=GATEWAY.environment,
    ),
]
_TLS_PORT = 443


def open_way(
    address: str, *, token: Callable[[], str] | None, process: str = "cli"
) -> grpc.aio.Channel:
    """Opens a channel to an address; raises CommandError where `parse_way` does, and where whom to
    trust cannot be read.
    """
    target, encrypted = parse_way(address)
    credentials = _trusted() if encrypted else None
    return open_channel(
        target, token=token, telemetry=silent_telemetry(process), credentials=credentials
    )


def parse_way(address: str) -> tuple[str, bool]:
    """Returns gRPC's target for `https://HOST[:PORT]`, or for `HOST:PORT` on this machine, and
    whether the way to it is encrypted.

    `http://HOST:PORT` leaves the way to another machine unencrypted, for a network that is safe by
    other means. Raises CommandError for what is no address, and for another machine without either,
    since passwords and tokens would cross the network in the clear.
    """
    scheme, _, rest = address.rpartition("://")
    host, port = _host_and_port(rest, address)
    if scheme == "https":
        return f"{host}:{port or _TLS_PORT}", True
    if scheme not in ("", "http") or port is None:
        raise _no_address(address)
    if scheme or _is_here(host):
        return f"{host}:{port}", False
    raise CommandError(
        f"{address} is another machine, and what is sent would cross the network in the clear:"
        f" write https://{address}, or http://{address} if the way is safe by other means"
    )


def why_unanswered(address: str, error: grpc.aio.AioRpcError) -> str:
    """Says what to look at when a call to an address ended with UNAVAILABLE."""
    if "handshake failed" in (error.details() or "").lower():
        return (
            f"no encrypted way to {address}: this machine does not trust its certificate"
            " (SSL_CERT_FILE names others to trust), or it does not speak TLS"
        )
    return f"nobody answers at {address}; is Muster running? `muster status` tells"


def _host_and_port(text: str, address: str) -> tuple[str, int | None]:
    # gRPC's own way to write an address.
    plain = text.removeprefix("ipv4:").removeprefix("ipv6:")
    try:
        parts = urlsplit(f"//{plain}")
        host, port = parts.hostname, parts.port
    except ValueError:
        raise _no_address(address) from None
    if not host or parts.path not in ("", "/") or "@" in parts.netloc:
        raise _no_address(address)
    return f"[{host}]" if ":" in host else host, port


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _no_address(address: str) -> CommandError:
    return CommandError(
        f"{address} is no address of a gateway: write https://HOST[:PORT], or HOST:PORT on this"
        " machine"
    )


def _trusted() -> grpc.ChannelCredentials:
    """Trusts whom this machine trusts, or SSL_CERT_FILE; gRPC's own list where there is none."""
    roots = os.environ.get("SSL_CERT_FILE") or ssl.get_default_verify_paths().cafile
    try:
        return grpc.ssl_channel_credentials(Path(roots).read_bytes() if roots else None)
    except OSError as error:
        why = f"{roots} cannot be read: {error.strerror}"
        raise CommandError(f"{why}; SSL_CERT_FILE names whom to trust") from None
