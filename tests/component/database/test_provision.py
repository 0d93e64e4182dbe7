"""Roles, schemas and migrations."""

import re
import threading
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import MetaData, create_engine

from chassis.database import add_order_tables, add_position_table
from chassis.database.migrate import OWNERS, folder_of, pending, provision, upgrade
from tests.support.postgres import OWNER_PASSWORD, Cluster, as_owner
from tests.support.waiting import eventually

PASSWORDS = dict.fromkeys(OWNERS, OWNER_PASSWORD)

FIRST = """
from alembic import op
revision = "0001"
down_revision = None
def upgrade():
    op.execute("CREATE TABLE thing (name text PRIMARY KEY)")
"""
SECOND = """
from alembic import op
revision = "0002"
down_revision = "0001"
def upgrade():
    op.execute("CREATE TABLE part (name text REFERENCES thing)")
"""
BROKEN = """
from alembic import op
revision = "0002"
down_revision = "0001"
def upgrade():
    op.execute("CREATE TABLE half (name text)")
    op.execute("SELECT 1 / 0")
"""


@pytest.fixture
def migrations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Gives roster's history new contents."""

    def write(**texts: str) -> None:
        versions = tmp_path / "roster" / "migrations" / "versions"
        versions.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            (versions / f"{name}.py").write_text(text)

    monkeypatch.setattr(
        "chassis.database.migrate.folder_of", lambda owner: tmp_path / owner / "migrations"
    )
    return write


@pytest.fixture
def provisioned(admin_url: str) -> str:
    provision(admin_url, PASSWORDS)
    return admin_url


def test_provisioning_twice_is_harmless_and_changes_the_password(provisioned: str) -> None:
    provision(provisioned, {**PASSWORDS, "roster": "newer"})
    url = as_owner(provisioned, "roster")

    psycopg.connect(url.replace(":test@", ":newer@")).close()
    with pytest.raises(psycopg.OperationalError, match="authentication failed"):
        psycopg.connect(url)
    provision(provisioned, PASSWORDS)


def test_a_role_finds_its_own_schema_first(provisioned: str) -> None:
    with psycopg.connect(as_owner(provisioned, "roster")) as connection:
        assert connection.execute("SELECT current_schema()").fetchone() == ("roster",)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE public.mine (id int)",
        "CREATE TABLE presence.mine (id int)",
        "SELECT * FROM presence.alembic_version",
        "CREATE SCHEMA mine",
        "CREATE ROLE mine",
        "SET ROLE presence",
        "COPY (SELECT 1) TO PROGRAM 'true'",
        "ALTER ROLE presence PASSWORD 'known'",
    ],
)
def test_a_role_can_do_nothing_outside_its_schema(provisioned: str, statement: str) -> None:
    with (
        psycopg.connect(as_owner(provisioned, "roster")) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement)


def test_a_role_may_use_temporary_tables(provisioned: str) -> None:
    with psycopg.connect(as_owner(provisioned, "roster")) as connection:
        connection.execute("CREATE TEMPORARY TABLE staging (id int)")


def test_migrations_run_once_as_the_owner_and_are_told(
    provisioned: str, migrations: Callable[..., None]
) -> None:
    url = as_owner(provisioned, "roster")
    migrations(a=FIRST)
    told: list[str] = []
    assert pending("roster", url) == ["0001"]

    assert upgrade("roster", url, report=told.append) == 1
    migrations(b=SECOND)
    assert pending("roster", url) == ["0002"]
    assert upgrade("roster", url, report=told.append) == 1

    assert upgrade("roster", url) == 0
    assert pending("roster", url) == []
    assert told == ["roster 0001", "roster 0002"]
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT tablename, tableowner FROM pg_tables WHERE schemaname = 'roster' ORDER BY 1"
        ).fetchall()
    assert rows == [("alembic_version", "roster"), ("part", "roster"), ("thing", "roster")]


def test_a_migration_that_fails_leaves_those_before_it(
    provisioned: str, migrations: Callable[..., None]
) -> None:
    url = as_owner(provisioned, "roster")
    migrations(a=FIRST, b=BROKEN)

    with pytest.raises(Exception, match="division by zero"):
        upgrade("roster", url)

    assert pending("roster", url) == ["0002"]
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT to_regclass('half')").fetchone() == (None,)


async def test_whoever_comes_second_waits_until_the_first_has_migrated(
    provisioned: str, migrations: Callable[..., None]
) -> None:
    url = as_owner(provisioned, "roster")
    migrations(a=FIRST, b=SECOND)
    with psycopg.connect(url, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(hashtext('muster.migrations.roster'))")
        counts: list[int] = []
        migrating = threading.Thread(target=lambda: counts.append(upgrade("roster", url)))
        migrating.start()
        await eventually(lambda: _somebody_waits(other))
        assert counts == []
    migrating.join(60)

    assert counts == [2]


@pytest.mark.parametrize("owner", OWNERS)
def test_every_owner_s_history_is_one_line_of_names_that_say_when_they_run(
    cluster: Cluster, owner: str
) -> None:
    url = cluster.clone(owner)

    assert pending(owner, url) == []
    folder = folder_of(owner)
    assert folder is not None
    names = sorted(path.stem for path in folder.glob("versions/[!_]*.py"))
    for number, name in enumerate(names, start=1):
        assert re.fullmatch(rf"{number:04}_(pre|post)_[a-z0-9_]+", name)
    cluster.drop(url)


def test_an_owner_without_a_history_has_nothing_to_do(
    provisioned: str, migrations: Callable[..., None]
) -> None:
    assert upgrade("dispatch", as_owner(provisioned, "dispatch")) == 0
    assert pending("dispatch", as_owner(provisioned, "dispatch")) == []


def test_the_statements_and_the_metadata_of_the_order_are_the_same(order_url: str) -> None:
    metadata = MetaData()
    add_order_tables(metadata)
    add_position_table(metadata)
    engine = create_engine(order_url.replace("postgresql:", "postgresql+psycopg:"))

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)
    engine.dispose()

    assert differences == []


def _somebody_waits(connection: psycopg.Connection) -> bool:
    waiting = connection.execute(
        "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    )
    return waiting.fetchone() is not None
