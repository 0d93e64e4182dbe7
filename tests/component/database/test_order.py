"""Heads, the outbox and what is kept of it."""

import asyncio
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from chassis.database import (
    Database,
    Head,
    OutboxRow,
    append_outbox,
    lock_head,
    move_head,
    prune_outbox,
    read_head,
    read_outbox_after,
)
from chassis.database.outbox import mark_published, read_backlogs, read_unpublished
from chassis.errors import Code, Refusal
from chassis.telemetry import silent_telemetry

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def row(seq: int, *, site: str = "bank", epoch: int = 1) -> OutboxRow:
    return OutboxRow(site, epoch, seq, f"muster.presence.v1.seen.{site}", b"payload", NOON)


async def commit(database: Database, count: int, *, site: str = "bank") -> None:
    for _ in range(count):
        async with database.transaction() as connection:
            head = await lock_head(connection, site)
            moved = Head(site, head.epoch, head.seq + 1, b"hash")
            await append_outbox(connection, row(moved.seq, site=site))
            await move_head(connection, moved, NOON)


async def commit_twice(database: Database, seq: int) -> None:
    async with database.transaction() as connection:
        await move_head(connection, Head("bank", 1, seq), NOON)
        await append_outbox(connection, row(seq))
        await append_outbox(connection, row(seq))


async def seqs_after(
    database: Database, seq: int, *, epoch: int = 1, limit: int = 100
) -> list[int]:
    async with database.connection() as connection:
        rows = await read_outbox_after(connection, "bank", epoch, seq, limit)
    return [each.seq for each in rows]


async def test_a_site_begins_at_epoch_one_and_seq_zero(order: Database) -> None:
    async with order.transaction() as connection:
        assert await read_head(connection, "bank") is None
        assert await lock_head(connection, "bank") == Head("bank", 1, 0, b"")


async def test_a_moved_head_is_read_as_it_was_moved(order: Database) -> None:
    await commit(order, 2)

    async with order.connection() as connection:
        assert await read_head(connection, "bank") == Head("bank", 1, 2, b"hash")


async def test_commits_of_one_site_at_once_get_one_place_each(order: Database) -> None:
    await asyncio.gather(*(commit(order, 5) for _ in range(6)))

    assert await seqs_after(order, 0) == list(range(1, 31))


async def test_a_commit_that_fails_leaves_no_trace_in_head_and_outbox(order: Database) -> None:
    await commit(order, 1)

    with pytest.raises(psycopg.errors.UniqueViolation):
        await commit_twice(order, 2)

    assert await seqs_after(order, 0) == [1]
    async with order.connection() as connection:
        assert await read_head(connection, "bank") == Head("bank", 1, 1, b"hash")


async def test_the_outbox_is_read_in_order_from_a_cursor_and_page_by_page(order: Database) -> None:
    await commit(order, 5)

    assert await seqs_after(order, 2, limit=2) == [3, 4]
    assert await seqs_after(order, 4) == [5]
    assert await seqs_after(order, 5) == []


@pytest.mark.parametrize(("epoch", "seq"), [(2, 0), (0, 3), (1, 6)])
async def test_a_cursor_of_another_epoch_or_of_the_future_has_expired(
    order: Database, epoch: int, seq: int
) -> None:
    await commit(order, 5)

    with pytest.raises(Refusal) as refused:
        await seqs_after(order, seq, epoch=epoch)

    assert (refused.value.code, refused.value.reason) == (Code.OUT_OF_RANGE, "CURSOR_EXPIRED")


async def test_a_site_without_commits_has_nothing_after_its_beginning(order: Database) -> None:
    assert await seqs_after(order, 0) == []


async def test_published_rows_are_kept_until_they_are_pruned_and_then_the_cursor_has_expired(
    order: Database,
) -> None:
    await commit(order, 4)
    async with order.transaction() as connection:
        await mark_published(connection, row(2), NOON)
    assert await seqs_after(order, 0) == [1, 2, 3, 4]

    async with order.transaction() as connection:
        assert await prune_outbox(connection, NOON) == 0
        assert await prune_outbox(connection, NOON + timedelta(seconds=1)) == 2

    assert await seqs_after(order, 2) == [3, 4]
    with pytest.raises(Refusal, match="CURSOR_EXPIRED"):
        await seqs_after(order, 1)


async def test_rows_that_a_pruning_left_between_pruned_ones_are_not_taken_for_all(
    order: Database,
) -> None:
    await commit(order, 4)
    async with order.transaction() as connection:
        await connection.execute("DELETE FROM outbox WHERE seq = 3")

    with pytest.raises(Refusal, match="CURSOR_EXPIRED"):
        await seqs_after(order, 1)
    assert await seqs_after(order, 3) == [4]


async def test_pruning_never_takes_what_is_not_published(order: Database) -> None:
    await commit(order, 3)

    async with order.transaction() as connection:
        assert await prune_outbox(connection, NOON + timedelta(days=100)) == 0


async def test_what_waits_is_counted_by_site(order: Database) -> None:
    await commit(order, 3)
    await commit(order, 2, site="shop")
    async with order.transaction() as connection:
        await mark_published(connection, row(1), NOON)

        backlogs = await read_backlogs(connection)
        waiting = await read_unpublished(connection, "bank", 1)

    assert {backlog.site: backlog.count for backlog in backlogs} == {"bank": 2, "shop": 2}
    assert {backlog.oldest_time for backlog in backlogs} == {NOON}
    assert [each.seq for each in waiting] == [2]


async def test_a_row_keeps_the_trace_in_which_it_was_committed(order: Database) -> None:
    telemetry = silent_telemetry(spans=InMemorySpanExporter())
    with telemetry.tracer.start_as_current_span("commit") as span:
        await commit(order, 1)

    async with order.connection() as connection:
        (kept,) = await read_outbox_after(connection, "bank", 1, 0, 1)

    assert f"{span.get_span_context().trace_id:032x}" in kept.headers["traceparent"]
    assert kept.payload == b"payload"
    assert kept.recorded_time == NOON
