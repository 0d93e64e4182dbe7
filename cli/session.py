"""The stored sign-in, and the way from a command to the gateway."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import grpc.aio
import platformdirs

from cli.errors import CommandError
from cli.gateway_way import open_way
from cli.local.layout import find_run
from cli.variables import GATEWAY, TOKEN

DEFAULT_GATEWAY = "127.0.0.1:8081"


@dataclass(frozen=True, slots=True)
class Session:
    """A sign-in at one gateway."""

    gateway: str
    token: str
    account: str = ""
    expire_time: str = ""


def load_session(
    gateway: str | None = None, environment: Mapping[str, str] = os.environ
) -> Session:
    """Loads the sign-in to use: MUSTER_TOKEN if set, otherwise what `muster login` stored."""
    address = find_gateway(gateway, environment)
    if token := environment.get(TOKEN.environment):
        return Session(gateway=address, token=token)
    stored = _read_sessions(_sessions_file())
    if address not in stored:
        raise CommandError(f"not signed in at {address}: run `muster login --gateway {address}`")
    return stored[address]


def find_gateway(gateway: str | None = None, environment: Mapping[str, str] = os.environ) -> str:
    """Finds the gRPC address to talk to: the one named, else MUSTER_GATEWAY, else the one that runs
    in the current folder, else the default."""
    if named := gateway or environment.get(GATEWAY.environment):
        return named
    run = find_run(Path.cwd())
    return run.urls.get("gRPC", DEFAULT_GATEWAY) if run else DEFAULT_GATEWAY


def store_session(session: Session) -> Path:
    """Stores a sign-in where only its owner can read it, and returns the file."""
    file = _sessions_file()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    sessions = {**_read_sessions(file), session.gateway: session}
    fresh = file.with_suffix(".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        json.dump({address: asdict(entry) for address, entry in sessions.items()}, out, indent=2)
    fresh.replace(file)
    return file


def open_gateway(session: Session) -> grpc.aio.Channel:
    """Opens a channel on which every call carries the session's token. The caller closes it."""
    return open_way(session.gateway, token=lambda: session.token)


def _sessions_file() -> Path:
    return platformdirs.user_config_path("muster") / "sessions.json"


def _read_sessions(file: Path) -> dict[str, Session]:
    try:
        return {
            address: Session(**entry) for address, entry in json.loads(file.read_text()).items()
        }
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, AttributeError):
        raise CommandError(f"{file} is damaged: remove it and run `muster login`") from None
