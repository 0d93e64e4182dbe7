"""A PostgreSQL cluster for tests, and databases in it that are clones of migrated templates."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from chassis.database import create_order_tables, create_position_table
from chassis.database.migrate import provision, upgrade
from chassis.embedded import (
    free_port,
    postgres_command,
    postgres_url,
    prepare_postgres,
    run_as_account,
)
from tests.support.servers import ServerProcess, server_folder

OWNER_PASSWORD = "test"
_START_SECONDS = 30
# Nobody misses these clusters: nothing waits for the disk, and nothing works in the background.
# What was committed outlives the server all the same, for tests that kill it.
_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
    # In the folder, with which it goes, even when the server is killed.
    "dynamic_shared_memory_type": "mmap",
}


class Cluster:
    """A running PostgreSQL. Each database that it hands out is new and belongs to one test."""

    def __init__(self, folder: Path) -> None:
        self._data = folder / "postgres"
        self._log = folder / "postgres.log"
        self._port = free_port()
        self._count = 0
        self._templates: set[str] = set()
        prepare_postgres(self._data, OWNER_PASSWORD, run_as=run_as_account(), durable=False)
        self.start()

    def admin_url(self, database: str = "postgres") -> str:
        return postgres_url(self._port, OWNER_PASSWORD, database)

    def new_database(self) -> str:
        """The superuser's URL of a database that does not exist yet."""
        self._count += 1
        return self.admin_url(f"test_{self._count}")

    def clone(self, owner: str) -> str:
        """The owner's URL of a new database with the owner's migrations applied."""
        return self._clone(owner, f"template_{owner}", lambda url: upgrade(owner, url))

    def clone_order(self, owner: str = "presence") -> str:
        """The owner's URL of a new database that has the tables of order and positions alone."""
        return self._clone(owner, f"order_{owner}", _make_order_tables)

    def _clone(self, owner: str, template: str, fill: Callable[[str], object]) -> str:
        if template not in self._templates:
            provision(self.admin_url(template), {owner: OWNER_PASSWORD})
            fill(as_owner(self.admin_url(template), owner))
            self._templates.add(template)
        url = self.new_database()
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
            sql.Identifier(_database_of(url)), sql.Identifier(template)
        )
        with psycopg.connect(self.admin_url(), autocommit=True) as connection:
            connection.execute(create)
        return as_owner(url, owner)

    def drop(self, url: str) -> None:
        database = sql.Identifier(_database_of(url))
        with psycopg.connect(self.admin_url(), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(database))

    def start(self) -> None:
        self._process = ServerProcess(
            postgres_command(self._data, self._port, _SETTINGS), self._log
        )
        deadline = time.monotonic() + _START_SECONDS
        while not self._answers():
            self._process.ensure_running()
            if time.monotonic() > deadline:
                raise AssertionError(f"PostgreSQL does not start:\n{self._log.read_text()}")
            time.sleep(0.02)

    def stop(self) -> None:
        self._process.stop()

    def kill(self) -> None:
        """Kills the server, and returns once its own processes have noticed: the memory that they
        share with it is in use until then, and no server starts.
        """
        self._process.kill()
        data = self._data.resolve()
        while data in map(_folder_of, Path("/proc").glob("[0-9]*")):
            time.sleep(0.02)

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.admin_url()).close()
        except psycopg.OperationalError:
            return False
        return True


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """A cluster of one's own, for a test that stops or kills it."""
    with server_folder() as folder:
        cluster = Cluster(folder)
        try:
            yield cluster
        finally:
            cluster.stop()


def as_owner(admin_url: str, owner: str) -> str:
    """The same database for the role of the owner."""
    return admin_url.replace("//postgres:", f"//{owner}:", 1)


def _folder_of(process: Path) -> Path | None:
    try:
        return (process / "cwd").readlink()
    except OSError:  # It has ended meanwhile, or is not ours to look at.
        return None


def _database_of(url: str) -> str:
    return url.rpartition("/")[2]


def _make_order_tables(url: str) -> None:
    with psycopg.connect(url) as connection:
        create_order_tables(connection)
        create_position_table(connection)
