"""Daily roots leave the operator's reach, as files and by mail, and are tried until they have."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from proof.daily_root import DailyRoot, root_from_json, root_to_json
from proof.keys import read_public_keys
from proof.leaves import agree, read_leaves
from services.presence.export.files import RootFiles
from services.presence.export.mail import MailServer
from tests.component.conftest import OwnerUrl
from tests.component.presence.record import SITE, Record, a_record
from tests.support.smtp import MailBox, running_mail_box
from tests.unit.presence.builders import an_entry

_START = datetime(2026, 3, 1, 12, tzinfo=UTC)
_DAY = date(2026, 3, 1)


@pytest.fixture
async def record(owner_url: OwnerUrl, tmp_path: Path) -> AsyncIterator[Record]:
    """A day that is over."""
    async with a_record(owner_url("presence"), tmp_path, _START) as made:
        await made.write_day()
        yield made


@pytest.fixture
async def box() -> AsyncIterator[MailBox]:
    async with running_mail_box() as made:
        yield made


def server_of(box: MailBox) -> MailServer:
    return MailServer("127.0.0.1", box.port, "none", "", "", "muster@example.org")


def exported_root(record: Record) -> DailyRoot:
    file = record.roots_folder / SITE / f"{_DAY}.root.json"
    return root_from_json(file.read_text())


async def test_the_root_of_a_day_is_exported_signed_with_its_leaves(record: Record) -> None:
    await record.keep()

    root = exported_root(record)
    raw = (record.roots_folder / SITE / f"{_DAY}.leaves").read_bytes()
    assert root.is_signed(read_public_keys(record.trust_file.read_text()))
    assert (root.first_seq, root.last_seq, root.entry_count) == (1, 4, 12)
    assert sha256(raw).digest() == root.leaves_hash
    assert agree(read_leaves(raw), root)


async def test_a_root_continues_the_one_before_it_also_over_days_without_a_link(
    record: Record,
) -> None:
    await record.keep()
    record.clock.advance(timedelta(days=5))
    await record.write_day()
    await record.keep()

    kept = await record.read.roots.list_after(SITE, _DAY, 10)
    assert [one.root.day for one in kept] == [date(2026, 3, 7)]
    assert kept[0].root.previous_hash == exported_root(record).hash
    assert kept[0].root.first_seq == 5


async def test_an_open_day_has_no_root(record: Record) -> None:
    await record.write(an_entry(event_id="today", occurred_time=record.clock.now()))

    await record.keep()

    (kept,) = await record.read.roots.list_after(SITE, date(1970, 1, 1), 10)
    assert kept.root.day == _DAY


async def test_the_root_is_mailed_to_whom_the_policy_names(record: Record, box: MailBox) -> None:
    record.keepings.recipients = ("works-council@example.org", "audit@example.org")

    await record.keep(mail=server_of(box))

    (message,) = box.messages
    _, _, attachment = message.walk()
    assert box.recipients == ["works-council@example.org", "audit@example.org"]
    content = attachment.get_payload(decode=True)
    assert isinstance(content, bytes)
    assert root_from_json(content.decode()) == exported_root(record)


async def test_mail_that_is_turned_away_is_sent_a_minute_later(
    record: Record, box: MailBox
) -> None:
    record.keepings.recipients = ("audit@example.org",)
    box.turns_away = True
    await record.keep(mail=server_of(box))
    assert not box.messages

    box.turns_away = False
    await record.delivery(server_of(box)).deliver(SITE, record.clock.now() + timedelta(minutes=1))
    await record.delivery(server_of(box)).deliver(SITE, record.clock.now() + timedelta(minutes=2))

    assert len(box.messages) == 1


async def test_a_folder_that_cannot_be_written_delays_the_export_only(record: Record) -> None:
    record.roots_folder.write_text("in the way")
    await record.keep()
    assert [one.exported for one in await record.read.roots.list_undelivered(SITE)] == [False]

    record.roots_folder.unlink()
    await record.delivery().deliver(SITE, record.clock.now())

    assert await record.read.roots.list_undelivered(SITE) == []
    assert exported_root(record).entry_count == 12


async def test_another_root_of_the_day_is_not_written_over(record: Record) -> None:
    file = record.roots_folder / SITE / f"{_DAY}.root.json"
    file.parent.mkdir(parents=True)
    file.write_text("of before a restore")
    file.with_name(f"{_DAY}.leaves").write_text("its leaves")

    await record.keep()

    assert file.read_text() == "of before a restore"
    assert file.with_name(f"{_DAY}.leaves").read_text() == "its leaves"
    assert [one.exported for one in await record.read.roots.list_undelivered(SITE)] == [False]


async def test_the_same_root_is_written_again_after_a_crash(record: Record) -> None:
    await record.keep()
    file = record.roots_folder / SITE / f"{_DAY}.root.json"
    (kept,) = await record.read.roots.list_after(SITE, date(1970, 1, 1), 10)

    assert await RootFiles(record.roots_folder).put(kept.root, _no_leaves()) is False

    assert file.read_text() == root_to_json(kept.root)


async def _no_leaves() -> AsyncIterator[bytes]:
    yield b""
