"""The way to a gateway: encrypted, unless it stays on this machine or its user says otherwise."""

import ipaddress
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

Gateway = Annotated[
    str,
    typer.Option(
        help="The gateway's gRPC address: HOST:PORT on this machine, https://HOST[:PORT] on"
        " another; the one of the current folder if absent.",
        envvar="MUSTER_GATEWAY",
    ),
]
_TLS_PORT = 443


def open_way(
    address: str, *, token: Callable[[], str] | None, process: str = "cli"
) -> grpc.aio.Channel:
    """Opens a channel to `https://HOST[:PORT]`, or to `HOST:PORT` on this machine.

    `http://HOST:PORT` leaves the way to another machine unencrypted, for a network that is safe by
    other means. Raises CommandError for another machine without either, since passwords and tokens
    would cross the network in the clear.
    """
    scheme, found, rest = address.rpartition("://")
    target = rest if found else address
    telemetry = silent_telemetry(process)
    if scheme == "https":
        return open_channel(
            _with_port(target), token=token, telemetry=telemetry, credentials=_trusted()
        )
    if scheme == "http" or (not scheme and _is_here(target)):
        return open_channel(target, token=token, telemetry=telemetry)
    if scheme:
        raise CommandError(f"{address} is no address of a gateway: write https://HOST[:PORT]")
    raise CommandError(
        f"{address} is another machine, and what is sent would cross the network in the clear:"
        f" write https://{address}, or http://{address} if the way is safe by other means"
    )


def _is_here(target: str) -> bool:
    # gRPC's own way to write an address.
    plain = target.removeprefix("ipv4:").removeprefix("ipv6:")
    host = urlsplit(f"//{plain}").hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or target.startswith("unix:")


def _with_port(target: str) -> str:
    host = urlsplit(f"//{target}")
    return target if host.port else f"{host.netloc}:{_TLS_PORT}"


def _trusted() -> grpc.ChannelCredentials:
    """Trusts whom this machine trusts, or SSL_CERT_FILE; gRPC's own list where there is none."""
    roots = ssl.get_default_verify_paths().cafile
    return grpc.ssl_channel_credentials(Path(roots).read_bytes() if roots else None)
