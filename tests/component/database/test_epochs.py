"""The epoch of sites after a restore."""

import threading
from datetime import UTC, datetime, timedelta

import psycopg
import pytest

from chassis.database import Head, lock_head
from chassis.database.epochs import ProcessesConnected, RaisedEpoch, raise_epochs

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SECONDS = 848_664_000


@pytest.fixture
def admin_url(order_url: str) -> str:
    """The superuser's URL of a database in which presence alone has sites."""
    url = order_url.replace("//presence:", "//postgres:", 1)
    with psycopg.connect(url) as connection:
        connection.execute(
            "INSERT INTO presence.site_head (site, epoch, seq, hash)"
            " VALUES ('bank', 1, 7, 'hash'), ('shop', 1, 0, NULL)"
        )
    return url


def heads(url: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(
            "SELECT site, epoch, seq, hash FROM presence.site_head ORDER BY site"
        ).fetchall()


def test_all_sites_begin_an_epoch_and_their_numbers_go_on(admin_url: str) -> None:
    raised = raise_epochs(admin_url, NOW)

    assert raised == [RaisedEpoch("presence", 2, 1, SECONDS)]
    assert heads(admin_url) == [("bank", SECONDS, 7, b"hash"), ("shop", SECONDS, 0, None)]


def test_doing_it_twice_at_once_begins_two_epochs(admin_url: str) -> None:
    raise_epochs(admin_url, NOW)

    assert raise_epochs(admin_url, NOW) == [RaisedEpoch("presence", 2, SECONDS, SECONDS + 1)]


def test_a_backup_that_is_restored_twice_begins_another_epoch_each_time(admin_url: str) -> None:
    (first,) = raise_epochs(admin_url, NOW)
    with psycopg.connect(admin_url) as connection:
        connection.execute("UPDATE presence.site_head SET epoch = 1")

    (second,) = raise_epochs(admin_url, NOW + timedelta(seconds=1))

    assert second.epoch > first.epoch


async def test_a_site_that_is_made_afterwards_begins_in_the_epoch_of_the_others(
    admin_url: str,
) -> None:
    raise_epochs(admin_url, NOW)
    options = "-c search_path=presence"

    async with await psycopg.AsyncConnection.connect(admin_url, options=options) as connection:
        assert await lock_head(connection, "new") == Head("new", SECONDS, 0, b"")


def test_nothing_rises_while_a_process_is_connected(admin_url: str, order_url: str) -> None:
    before = heads(admin_url)

    with psycopg.connect(order_url), pytest.raises(ProcessesConnected, match="as presence"):
        raise_epochs(admin_url, NOW)

    assert heads(admin_url) == before


def test_who_is_gone_a_moment_later_is_waited_for(admin_url: str, order_url: str) -> None:
    leaving = psycopg.connect(order_url)
    threading.Timer(0.5, leaving.close).start()

    assert [one.owner for one in raise_epochs(admin_url, NOW)] == ["presence"]
