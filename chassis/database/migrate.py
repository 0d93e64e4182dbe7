"""Migrations: one history an owner, run as the owner's role."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import cast

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext, MigrationInfo, RevisionStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, NullPool, create_engine, make_url, text

from chassis.database.provision import OWNERS, provision

__all__ = ["OWNERS", "pending", "provision", "upgrade"]

_VERSION_TABLE = "alembic_version"
# A migration that waits for a lock makes everybody wait behind it: better that it fails and is run
# again.
_LOCK_TIMEOUT = "5s"
_STATEMENT_TIMEOUT = "5min"


def upgrade(owner: str, url: str, *, report: Callable[[str], None] | None = None) -> int:
    """Bring the owner's schema to its newest revision and return how many were applied.

    Each revision is committed by itself and then told to report. Two at once are harmless: the
    second waits and finds nothing to do.
    """
    script = _scripts(owner)
    if script is None:
        return 0
    applied: list[str] = []

    def steps(current: tuple[str, ...], _: MigrationContext) -> Iterable[RevisionStep]:
        # The argument is typed as one revision and is in truth what the context hands out, as in
        # alembic.command.
        return script._upgrade_revs("head", cast(str, current))

    def tell(ctx: object, step: MigrationInfo, heads: object, run_args: object) -> None:
        applied.append(str(step.up_revision_id))
        if report is not None:
            report(f"{owner} {step.up_revision_id}")

    with _connect(url) as connection, _alone(connection, owner):
        context = EnvironmentContext(Config(), script, fn=steps)
        with context:
            context.configure(
                connection=connection,
                version_table=_VERSION_TABLE,
                version_table_schema=owner,
                transaction_per_migration=True,
                on_version_apply=tell,
            )
            with context.begin_transaction():
                context.run_migrations()
    return len(applied)


def pending(owner: str, url: str) -> list[str]:
    """Return the revisions that the owner's schema lacks, oldest first."""
    script = _scripts(owner)
    if script is None:
        return []
    with _connect(url) as connection:
        context = MigrationContext.configure(
            connection,
            opts={"version_table": _VERSION_TABLE, "version_table_schema": owner},
        )
        current = context.get_current_heads()
    missing = script.iterate_revisions("heads", current or "base")
    return [step.revision for step in reversed(list(missing)) if step.revision not in current]


def folder_of(owner: str) -> Path | None:
    """Return the folder of the owner's history, or None for an owner without a package."""
    package = owner if owner == "gateway" else f"services.{owner}"
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0]) / "migrations"


def _scripts(owner: str) -> ScriptDirectory | None:
    folder = folder_of(owner)
    return None if folder is None or not folder.is_dir() else ScriptDirectory(folder)


@contextmanager
def _connect(url: str) -> Iterator[Connection]:
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"), poolclass=NullPool)
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def _alone(connection: Connection, owner: str) -> Iterator[None]:
    lock = {"owner": f"muster.migrations.{owner}"}
    connection.execute(_SETTINGS, {"statement": _STATEMENT_TIMEOUT, "lock": "0"})
    connection.execute(text("SELECT pg_advisory_lock(hashtext(:owner))"), lock)
    connection.execute(_SETTINGS, {"statement": _STATEMENT_TIMEOUT, "lock": _LOCK_TIMEOUT})
    # The lock belongs to the session; the migrations make transactions of their own.
    connection.commit()
    try:
        yield
    finally:
        connection.rollback()
        connection.execute(text("SELECT pg_advisory_unlock(hashtext(:owner))"), lock)
        connection.commit()


_SETTINGS = text(
    "SELECT set_config('statement_timeout', :statement, false),"
    " set_config('lock_timeout', :lock, false)"
)
