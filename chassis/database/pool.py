"""A process's connections to its database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Self, TypeAlias

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from chassis.errors import SHARED_DOMAIN, Code, Refusal

Connection: TypeAlias = psycopg.AsyncConnection[TupleRow]

STATEMENT_TIMEOUT = timedelta(seconds=30)
LOCK_TIMEOUT = timedelta(seconds=5)
# An open transaction holds back the clean-up of every table: nobody may forget one.
IDLE_TIMEOUT = timedelta(seconds=60)
_OPEN_SECONDS = 5.0
_WAIT_SECONDS = 5.0
_CHECK_SECONDS = 2.0
# Short, so that the pool gives up early and begins anew with the next caller: its own pauses double
# with each attempt, and after an outage of a minute it would sleep for another one.
_RECONNECT_SECONDS = 4.0


class Database:
    """A pool of connections as one owner's role.

    A database that does not answer, or a connection that breaks, is a Refusal with UNAVAILABLE;
    what had been begun is then either committed or not, and only a repeat tells.
    """

    def __init__(
        self, pool: "AsyncConnectionPool[Connection]", probe: "AsyncConnectionPool[Connection]"
    ) -> None:
        """Take over open pools; `open` is the way to them."""
        self._pool = pool
        # Health looks through a connection of its own: under load all others are lent, and a
        # process that is merely busy must not be taken out of service.
        self._probe = probe

    @classmethod
    async def open(cls, url: str, *, application: str, max_size: int = 10) -> Self:
        """Connect, and raise psycopg.OperationalError when that does not succeed within five
        seconds.
        """
        pool = _pool(url, application, max_size)
        probe = _pool(url, f"{application} health", 1)
        database = cls(pool, probe)
        try:
            await pool.open(wait=True, timeout=_OPEN_SECONDS)
            await probe.open()
        except BaseException:
            await database.close()
            raise
        return database

    async def close(self) -> None:
        """Close every connection; those in use, or being made, get a moment to finish."""
        # One that is left half made keeps whoever drops a database waiting, until the server gives
        # up its sign-in after a minute.
        await asyncio.gather(
            self._probe.close(timeout=_WAIT_SECONDS), self._pool.close(timeout=_WAIT_SECONDS)
        )

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """Lend a connection for reading: what is not committed explicitly is rolled back at the
        end.
        """
        async with _refusing_what_passes(), self._pool.connection() as connection:
            try:
                yield connection
            finally:
                if connection.info.transaction_status != TransactionStatus.IDLE:
                    await connection.rollback()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """Lend a connection whose work is committed at the end, or rolled back when the block
        raises.
        """
        async with _refusing_what_passes(), self._pool.connection() as connection:
            yield connection

    async def check(self) -> str | None:
        """Return None when the database answers, else why it does not."""
        try:
            async with (
                asyncio.timeout(_CHECK_SECONDS),
                _refusing_what_passes(),
                self._probe.connection() as connection,
            ):
                await connection.execute("SELECT 1")
        except TimeoutError:
            return f"the database did not answer within {_CHECK_SECONDS:g} s"
        except (Refusal, psycopg.Error) as error:
            return str(error) or type(error).__name__
        return None


def _pool(url: str, application: str, max_size: int) -> "AsyncConnectionPool[Connection]":
    return AsyncConnectionPool(
        url,
        kwargs={"application_name": application, "options": _options()},
        min_size=1,
        max_size=max_size,
        timeout=_WAIT_SECONDS,
        reconnect_timeout=_RECONNECT_SECONDS,
        check=_check,
        open=False,
        name=application,
    )


async def _check(connection: Connection) -> None:
    # The pool's own check turns autocommit on for a moment. Where its caller is cancelled in that
    # moment it stays on, and what the next caller takes for a transaction would not be one.
    if connection.autocommit:
        await connection.set_autocommit(False)
    await AsyncConnectionPool.check_connection(connection)


def _options() -> str:
    settings = {
        "statement_timeout": STATEMENT_TIMEOUT,
        "lock_timeout": LOCK_TIMEOUT,
        "idle_in_transaction_session_timeout": IDLE_TIMEOUT,
    }
    limits = [f"-c {name}={span // timedelta(milliseconds=1)}" for name, span in settings.items()]
    return " ".join(["-c timezone=UTC", *limits])


@asynccontextmanager
async def _refusing_what_passes() -> AsyncIterator[None]:
    try:
        yield
    except psycopg.OperationalError as error:
        if not _is_passing(error):
            raise
        raise Refusal(
            Code.UNAVAILABLE,
            "DATABASE_UNAVAILABLE",
            "the database cannot be reached or does not keep up",
            retry_after=timedelta(seconds=1),
            domain=SHARED_DOMAIN,
        ) from error


# Connection, rollback of a deadlock, want of resources, lock time-out, intervention (a statement's
# time-out, the server goes down or is starting), and the system under it.
_PASSING_STATES = ("08", "40", "53", "55P03", "57", "58")


def _is_passing(error: psycopg.OperationalError) -> bool:
    """Tells whether the same transaction may well succeed later. A connection that broke, and a
    pool without a free one, have no state.
    """
    if isinstance(error, PoolTimeout) or error.sqlstate is None:
        return True
    return error.sqlstate.startswith(_PASSING_STATES)
