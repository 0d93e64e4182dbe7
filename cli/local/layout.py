"""Where things lie when Muster runs in a folder of this machine."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from chassis.embedded import Account, reachable
from chassis.supervisor.runfile import Run, read_run
from cli.errors import CommandError

HOME_NAME = ".muster"
SHARED_DATA = Path("/var/lib/muster")


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of one installation."""

    home: Path
    """The folder `.muster` in which everything lies that only its owner reads."""
    data: Path
    """Where the folders of PostgreSQL and NATS are: `home`, unless they cannot reach it."""
    run_as: Account | None
    """Whom PostgreSQL and NATS run as; the caller if None."""

    @property
    def lock(self) -> Path:
        return self.home / "lock"

    @property
    def run_file(self) -> Path:
        return self.home / "run.json"

    @property
    def logs(self) -> Path:
        return self.home / "logs"

    @property
    def keys(self) -> Path:
        return self.home / "keys"

    @property
    def roots(self) -> Path:
        return self.home / "roots"

    @property
    def secrets(self) -> Path:
        return self.home / "secrets.json"

    @property
    def postgres(self) -> Path:
        return self.data / "postgres"

    @property
    def nats(self) -> Path:
        return self.data / "nats"

    @property
    def programs(self) -> Path:
        return self.data / "programs"


def prepare_layout(project: Path, run_as: Account | None, user: int) -> Layout:
    """Makes the folders of a project that are missing, and returns where they are.

    As root, PostgreSQL and NATS run as somebody else. Where that account cannot enter the project's
    folder, they get one below /var/lib/muster, to which `.muster/data` then points; nobody's
    folder is opened up for them.
    """
    home = project.resolve() / HOME_NAME
    _make_private(home, run_as)
    if (owner := home.stat().st_uid) != user:
        raise CommandError(
            f"{home} belongs to user {owner}, you are user {user}: start Muster as its owner, or "
            "move the folder away to begin with an empty one"
        )
    return Layout(home=home, data=_place_data(home, run_as), run_as=run_as)


def find_run_file(project: Path) -> Path:
    """Names the file that says what runs in a project's folder."""
    return project / HOME_NAME / "run.json"


def find_run(project: Path) -> Run | None:
    """Finds what runs in a project's folder; None if nothing ever did."""
    file = find_run_file(project)
    try:
        return read_run(file)
    except PermissionError:
        raise CommandError(
            f"{file.parent} belongs to somebody else: run this as its owner, or in another folder"
        ) from None


def _place_data(home: Path, run_as: Account | None) -> Path:
    link = home / "data"
    if link.is_dir():
        return link.resolve()
    if reachable(home / "postgres", run_as):
        return home
    if not SHARED_DATA.exists():
        SHARED_DATA.mkdir(parents=True)
        SHARED_DATA.chmod(0o755)  # whatever the umask: the account must pass through
    # A new name each time: a folder `.muster` that was removed to begin anew took the passwords
    # of its database with it.
    data = Path(tempfile.mkdtemp(dir=SHARED_DATA, prefix=f"{home.parent.name.replace(' ', '-')}-"))
    data.chmod(0o711)
    link.unlink(missing_ok=True)
    link.symlink_to(data)
    return data


def _make_private(home: Path, run_as: Account | None) -> None:
    # Others may pass through where the database's account must; they can list nothing.
    mode = 0o700 if run_as is None else 0o711
    try:
        home.mkdir()
    except FileExistsError:
        return
    except OSError as error:
        raise CommandError(f"cannot make {home}: {error.strerror}") from None
    home.chmod(mode)
