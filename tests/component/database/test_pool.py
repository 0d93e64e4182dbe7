"""Connections, and what becomes of them when the database goes away."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from psycopg_pool import AsyncConnectionPool

from chassis.database import Database
from chassis.errors import Code, Refusal
from tests.support.postgres import running_cluster
from tests.support.waiting import eventually


async def count_sites(database: Database) -> int:
    async with database.connection() as connection:
        cursor = await connection.execute("SELECT count(*) FROM site_head")
        row = await cursor.fetchone()
    assert row is not None
    return int(row[0])


async def is_well(database: Database) -> bool:
    return await database.check() is None


async def is_away(database: Database) -> bool:
    return not await is_well(database)


async def can_read(database: Database) -> bool:
    return await refusal_of(database) is None


async def is_refused(database: Database) -> bool:
    return await refusal_of(database) is not None


async def refusal_of(database: Database) -> Refusal | None:
    try:
        await count_sites(database)
    except Refusal as refusal:
        return refusal
    return None


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chassis.database.pool._OPEN_SECONDS", 1.0)


async def test_a_transaction_commits_at_its_end_and_a_connection_does_not(order: Database) -> None:
    async with order.connection() as connection:
        await connection.execute("INSERT INTO site_head VALUES ('read', 1, 0)")
    async with order.transaction() as connection:
        await connection.execute("INSERT INTO site_head VALUES ('written', 1, 0)")

    assert await count_sites(order) == 1


async def test_a_connection_left_in_autocommit_is_lent_with_transactions(order_url: str) -> None:
    database = await Database.open(order_url, application="test", max_size=1)
    # As the pool's own check leaves it behind when its caller is cancelled.
    async with database.connection() as connection:
        await connection.set_autocommit(True)

    # The failure is asked for: what went before it is to be undone.
    with suppress(psycopg.errors.DivisionByZero):
        async with database.transaction() as connection:
            await connection.execute("INSERT INTO site_head VALUES ('half', 1, 0)")
            await connection.execute("SELECT 1 / 0")

    assert await count_sites(database) == 0
    await database.close()


async def test_limits_hold_in_every_connection(order: Database) -> None:
    async with order.connection() as connection:
        cursor = await connection.execute(
            "SELECT current_setting('statement_timeout'), current_setting('lock_timeout'),"
            " current_setting('idle_in_transaction_session_timeout'), current_setting('timezone')"
        )
        assert await cursor.fetchone() == ("30s", "5s", "1min", "UTC")


async def test_an_error_of_a_statement_stays_what_it_is(order: Database) -> None:
    with pytest.raises(psycopg.errors.DivisionByZero):
        async with order.transaction() as connection:
            await connection.execute("SELECT 1 / 0")


async def test_a_statement_out_of_time_may_be_tried_again(order: Database) -> None:
    with pytest.raises(Refusal) as refused:
        async with order.transaction() as connection:
            await connection.execute("SET LOCAL statement_timeout = 10; SELECT pg_sleep(5)")

    assert (refused.value.code, refused.value.retry_after) == (
        Code.UNAVAILABLE,
        timedelta(seconds=1),
    )


async def test_a_database_whose_connections_are_all_lent_is_well(order_url: str) -> None:
    database = await Database.open(order_url, application="test", max_size=1)

    async with database.connection():
        await eventually(lambda: is_well(database))

    await database.close()


async def test_a_database_is_closed_without_a_word(
    order_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    database = await Database.open(order_url, application="test")

    await database.close()

    assert caplog.messages == []


async def test_what_is_closed_at_once_leaves_no_connection_half_made(order_url: str) -> None:
    before = asyncio.all_tasks()
    database = await Database.open(order_url, application="test")
    # The connection that health looks through is being made.
    await asyncio.sleep(0)

    await database.close()

    assert not asyncio.all_tasks() - before


async def test_an_opening_that_is_given_up_leaves_no_connection(
    order_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = asyncio.all_tasks()
    begun = asyncio.Event()
    open_pool = AsyncConnectionPool.open

    async def stand_still(pool: AsyncConnectionPool, **options: Any) -> None:
        await open_pool(pool, **options)
        if not options:
            begun.set()
            await asyncio.Event().wait()

    monkeypatch.setattr(AsyncConnectionPool, "open", stand_still)
    opening = asyncio.create_task(Database.open(order_url, application="test"))
    await begun.wait()
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening

    assert not asyncio.all_tasks() - before


@pytest.mark.usefixtures("impatient")
async def test_nobody_connects_to_a_database_that_is_not_there(order_url: str) -> None:
    with pytest.raises(psycopg.OperationalError):
        await Database.open(order_url.rpartition("/")[0] + "/nowhere", application="test")


async def test_an_outage_is_refused_and_heals_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chassis.database.pool._WAIT_SECONDS", 5.0)
    with running_cluster() as cluster:
        database = await Database.open(cluster.clone_order(), application="test")
        assert await database.check() is None

        cluster.kill()
        # A server's process outlives its parent for a moment, and answers.
        await eventually(lambda: is_away(database))
        await eventually(lambda: is_refused(database))
        refused = await refusal_of(database)
        assert refused is not None
        assert (refused.code, refused.reason) == (Code.UNAVAILABLE, "DATABASE_UNAVAILABLE")

        cluster.start()
        await eventually(lambda: is_well(database))
        # The pool pauses between its tries, so a caller may be refused once more.
        await eventually(lambda: can_read(database))
        await database.close()
