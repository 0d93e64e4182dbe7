"""What is no longer kept goes, and what is left can still be verified."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from tests.component.conftest import OwnerUrl
from tests.component.presence.record import SITE, Attacker, Record, a_note, a_record
from tests.unit.presence.builders import an_entry

_START = datetime(2026, 3, 1, 12, tzinfo=UTC)
_OTHER = "shop"


@pytest.fixture
async def record(owner_url: OwnerUrl, tmp_path: Path) -> AsyncIterator[Record]:
    """Three days; two more sites' days would be the same."""
    async with a_record(owner_url("presence"), tmp_path, _START) as made:
        made.keepings.days = {SITE: 35, _OTHER: 90}
        yield made


def query(record: Record, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(record.url) as connection:
        return connection.execute(statement.encode()).fetchall()


def partitions(record: Record, table: str) -> set[str]:
    rows = query(record, f"SELECT relname FROM pg_class WHERE relname LIKE '{table}\\_2%'")
    return {str(name) for (name,) in rows if "_2026" in str(name) and not str(name).endswith("idx")}


async def test_entries_past_their_days_go_with_their_keys_and_texts(record: Record) -> None:
    await record.write(a_note("late at the desk", event_id="n", occurred_time=_START))
    await record.write_day()
    record.clock.advance(timedelta(days=35))
    await record.write_day()

    await record.forget_old()

    for table in ("state_log", "report_key"):
        ids = {str(event_id) for (event_id,) in query(record, f"SELECT event_id FROM {table}")}
        assert ids == {"06-0", "06-1", "06-2", "06-3"}, table
    assert query(record, "SELECT * FROM entry_text") == []
    assert query(record, "SELECT count(*) FROM link") == [(9,)]


async def test_a_day_is_kept_as_long_as_one_site_keeps_it(record: Record) -> None:
    await record.write_day(prefix="b")
    await record.write_day(site=_OTHER, prefix="s")
    record.clock.advance(timedelta(days=40))

    await record.forget_old(SITE)
    await record.forget_old(_OTHER)

    assert query(record, "SELECT DISTINCT site FROM state_log") == [(_OTHER,)]
    assert "state_log_20260302" in partitions(record, "state_log")


async def test_days_that_nobody_keeps_lose_their_partitions(record: Record) -> None:
    await record.write_day()
    record.clock.advance(timedelta(days=40))
    await record.write_day()

    await record.forget_old()

    assert "state_log_20260301" not in partitions(record, "state_log")
    assert "report_key_20260301" not in partitions(record, "report_key")


async def test_an_import_of_a_day_whose_partition_was_dropped_is_recorded(record: Record) -> None:
    await record.write_day()
    record.clock.advance(timedelta(days=40))
    await record.write_day()
    await record.forget_old()

    await record.write(an_entry(event_id="again", occurred_time=_START))

    assert query(record, "SELECT occurred_day::text FROM report_key WHERE event_id = 'again'") == [
        ("2026-03-01",)
    ]


async def test_verification_begins_at_the_last_checkpoint_before_what_is_kept(
    record: Record,
) -> None:
    await record.write_day()
    await record.keep()
    record.clock.advance(timedelta(days=40))
    await record.write_day()
    await record.keep()
    await record.forget_old()

    verdict = await record.verify_log()

    assert verdict.exit_code == 0, verdict.output
    kept_from = (record.clock.now() - timedelta(days=35)).date()
    assert (
        f"entries before {kept_from} are gone by retention, proven up to checkpoint seq 4"
        in verdict.output
    )


async def test_retention_that_no_policy_allows_is_tampering(record: Record) -> None:
    await record.write_day()
    await record.keep()
    attacker = Attacker(record.url)
    attacker.run("DELETE FROM state_log WHERE seq = 2")
    attacker.run("INSERT INTO kept_from VALUES ('bank', CURRENT_DATE + 1)")

    verdict = await record.verify_log()

    assert verdict.exit_code == 1
    assert "are gone, which no retention allows" in verdict.output
