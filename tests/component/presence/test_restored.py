"""A log that goes on after its database was restored: one chain, over two epochs."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.component.conftest import OwnerUrl
from tests.component.presence.record import SITE, Attacker, Record, a_record
from tests.support.restoring import raised
from tests.unit.presence.builders import an_entry

_START = datetime(2026, 3, 1, 12, tzinfo=UTC)
_BEFORE = 5
"""The last link before the restore: four of the first day, one of the second."""


@pytest.fixture
async def restored(owner_url: OwnerUrl, tmp_path: Path) -> str:
    """A database with a day that is closed and one that was restored in its midst; the day goes on
    with four links, and is over.
    """
    url = owner_url("presence")
    async with a_record(url, tmp_path, _START) as before:
        await before.write_day()
        await before.write(an_entry(event_id="before", occurred_time=before.clock.now()))
        await before.keep()
    await raised(url)
    async with a_record(url, tmp_path, _START + timedelta(days=1, hours=1)) as after:
        await after.write_day(prefix="after-")
        await after.keep()
    return url


@pytest.fixture
async def book(restored: str, tmp_path: Path) -> AsyncIterator[Record]:
    """The record two days later, when every day of before is closed."""
    async with a_record(restored, tmp_path, _START + timedelta(days=3)) as made:
        await made.keep()
        yield made


async def test_the_chain_is_valid_over_the_restore_and_says_where_it_was(book: Record) -> None:
    verdict = await book.verify_log()

    assert verdict.exit_code == 0, verdict.output
    assert f"site {SITE}: VALID, 9 links, 25 entries" in verdict.output
    assert "restored from a backup before link 6 of 2026-03-02T13:00:01Z" in verdict.output
    assert "proven by the exported root of 2026-03-03 up to link 9" in verdict.output


async def test_each_root_is_of_one_epoch_and_the_rest_of_the_day_is_in_the_next_one(
    book: Record,
) -> None:
    roots = [kept.root for kept in await book.read.roots.list_after(SITE, _START.date(), 9)]

    assert [(root.day.day, root.first_seq, root.last_seq) for root in roots] == [
        (2, _BEFORE, _BEFORE),
        (3, _BEFORE + 1, 9),
    ]
    assert roots[0].epoch < roots[1].epoch


@pytest.mark.parametrize(("seq", "day"), [(2, "2026-03-01"), (7, "2026-03-03")])
async def test_what_is_altered_on_either_side_is_found_and_named(
    book: Record, seq: int, day: str
) -> None:
    attacker = Attacker(book.url)
    attacker.run(f"UPDATE state_log SET state = 4 WHERE seq = {seq} AND position = 1")
    attacker.make_links_again()

    verdict = await book.verify_log("--json")

    assert verdict.exit_code == 1
    found = verdict.json[0]["differences"]
    assert [(one["day"], one["kind"], one["seq"]) for one in found] == [(day, "altered", seq)]


@pytest.mark.parametrize("epoch", [0, 2])
async def test_a_link_that_is_put_into_another_epoch_is_found(book: Record, epoch: int) -> None:
    attacker = Attacker(book.url)
    for table, columns in _COPIED.items():
        attacker.run(
            f"INSERT INTO {table} (epoch, {columns}) SELECT {epoch}, {columns} FROM {table}"
            " WHERE seq = 3"
        )

    verdict = await book.verify_log()

    assert verdict.exit_code == 1
    assert "should stand here" in verdict.output


_COPIED = {
    "link": "site, seq, recorded_time, previous_hash, root, hash, entry_count",
    "state_log": "recorded_time, seq, position, site, occurred_time, source_sequence, state,"
    " activity, source_kind, kind, marks, agent, event_id, source, reason, actor, contacts",
}


async def test_who_removes_the_links_of_before_the_restore_is_found_out(book: Record) -> None:
    attacker = Attacker(book.url)
    for table in ("state_log", "link"):
        attacker.run(f"DELETE FROM {table} WHERE seq <= {_BEFORE}")

    verdict = await book.verify_log()

    assert verdict.exit_code == 1
    assert "link 6: link 1 should stand here" in verdict.output


async def test_nothing_is_signed_behind_a_head_without_a_link_of_its_epoch(
    owner_url: OwnerUrl, tmp_path: Path
) -> None:
    url = owner_url("presence")
    async with a_record(url, tmp_path, _START) as before:
        await before.write_day()
        await before.keep()
    await raised(url)

    async with a_record(url, tmp_path, _START + timedelta(days=2)) as after:
        await after.keep()
        verdict = await after.verify_log()
        signed = await after.read.checkpoints.find_last(SITE)

    assert verdict.exit_code == 0, verdict.output
    assert signed is not None
    assert (signed.epoch, signed.seq) == (1, 4)
