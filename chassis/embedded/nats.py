"""The embedded NATS server with JetStream: 127.0.0.1, one user with a password."""

import json
import os
import re
from pathlib import Path
from urllib.parse import quote

from chassis.embedded.account import Account, own
from chassis.embedded.programs import nats_binary

_USER = "muster"
_CONFIG = "nats.conf"
# The greatest size of all streams together. It is only a bound: without it the server derives one
# from the free disk, and refuses streams on a small one, although they would never fill it.
_STORE_BYTES = 16 * 1024**3
_SAFE = re.compile(r"[A-Za-z0-9_-]+")


def prepare_nats(store: Path, password: str, *, run_as: Account | None) -> None:
    """Make the folder of the server and its private configuration, which holds the password."""
    if not _SAFE.fullmatch(password):
        raise ValueError("the password of NATS is made of letters, digits, - and _")
    store.mkdir(parents=True, exist_ok=True, mode=0o700)
    own(store, run_as)
    path = store / _CONFIG
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(_configuration(store, password))
    own(path, run_as)


def nats_command(store: Path, port: int, *, binary: Path | None = None) -> list[str]:
    """Return the command that serves the prepared folder in the foreground."""
    program = str(binary or nats_binary())
    return [program, "-a", "127.0.0.1", "-p", str(port), "-c", str(store / _CONFIG)]


def nats_url(port: int, password: str) -> str:
    """Return the URL of the server."""
    return f"nats://{_USER}:{quote(password, safe='')}@127.0.0.1:{port}"


def _configuration(store: Path, password: str) -> str:
    # A JSON string is a string of the server's format too, so that a folder may have any name.
    return "\n".join(
        (
            f"jetstream {{ store_dir: {json.dumps(str(store))}, max_file_store: {_STORE_BYTES} }}",
            f"authorization {{ users: [ {{ user: {_USER}, password: {json.dumps(password)} }} ] }}",
            "",
        )
    )
