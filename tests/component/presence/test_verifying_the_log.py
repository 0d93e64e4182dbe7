"""What `muster verify log` says of a log, and of one that somebody altered who may do anything in
the database but sign.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from chassis.errors import Refusal
from cli.errors import CommandError
from cli.verify.commands import NOT_CHECKED
from tests.component.conftest import OwnerUrl
from tests.component.presence.record import SITE, Attacker, Record, a_note, a_record
from tests.unit.presence.builders import an_entry

# Four links of three entries each day.
_START = datetime(2026, 3, 1, 12, tzinfo=UTC)
PAST_LINK = 6  # of the second day
PAST_DAY = "2026-03-02"


@pytest.fixture
async def record(owner_url: OwnerUrl, tmp_path: Path) -> AsyncIterator[Record]:
    """Three days of which two are closed, signed and exported, and an open one."""
    async with a_record(owner_url("presence"), tmp_path, _START) as made:
        for _ in range(3):
            await made.write_day()
            await made.keep()
        await made.write(an_entry(event_id="today", occurred_time=made.clock.now()))
        await made.keep()
        yield made


@pytest.fixture
def attacker(record: Record) -> Attacker:
    return Attacker(record.url)


def alter(attacker: Attacker) -> None:
    attacker.run(
        f"UPDATE state_log SET state = 4, reason = 'meal' WHERE seq = {PAST_LINK} AND position = 1"
    )


def remove(attacker: Attacker) -> None:
    attacker.run(f"DELETE FROM state_log WHERE seq = {PAST_LINK} AND position = 1")
    attacker.run(f"UPDATE state_log SET position = 1 WHERE seq = {PAST_LINK} AND position = 2")


def insert(attacker: Attacker) -> None:
    attacker.run(
        "INSERT INTO state_log (recorded_time, seq, epoch, position, site, occurred_time,"
        " source_sequence, state, activity, source_kind, kind, marks, agent, event_id, source,"
        " reason, actor, contacts) SELECT recorded_time, seq, epoch, 3, site, occurred_time,"
        " source_sequence, 5, activity, source_kind, kind, marks, agent, 'late', source, reason,"
        f" actor, contacts FROM state_log WHERE seq = {PAST_LINK} AND position = 0"
    )


def swap(attacker: Attacker) -> None:
    attacker.run(f"UPDATE state_log SET position = 2 - position WHERE seq = {PAST_LINK}")


ATTACKS = [
    (alter, [("altered", PAST_LINK, 1)]),
    (remove, [("removed", PAST_LINK, 1)]),
    (insert, [("inserted", PAST_LINK, 3)]),
    (swap, [("moved", PAST_LINK, 0), ("moved", PAST_LINK, 1)]),
]


async def test_a_log_that_nobody_altered_is_valid(record: Record) -> None:
    verdict = await record.verify_log()

    assert verdict.exit_code == 0, verdict.output
    assert "site bank: VALID, 13 links, 37 entries" in verdict.output
    assert "proven by the exported root of 2026-03-03 up to link 12" in verdict.output
    assert "younger entries rest on the checkpoints' signatures alone" in verdict.output


async def test_links_that_nobody_signs_for_minutes_are_a_warning(record: Record) -> None:
    await record.write(an_entry(event_id="unsigned", occurred_time=record.clock.now()))

    verdict = await record.verify_log()
    found = await record.verify_log("--json")

    assert verdict.exit_code == 0, verdict.output
    assert "WARNING: no checkpoint signs link 14 of 2026-03-0" in verdict.output
    assert len(found.json[0]["warnings"]) == 1


@pytest.mark.parametrize(("attack", "named"), ATTACKS, ids=[one.__name__ for one, _ in ATTACKS])
async def test_who_makes_all_links_again_is_found_out_and_the_entry_is_named(
    record: Record, attacker: Attacker, attack: object, named: list[tuple[str, int, int]]
) -> None:
    attack(attacker)  # type: ignore[operator]  # one of the above
    attacker.make_links_again()

    verdict = await record.verify_log("--json")

    assert verdict.exit_code == 1
    found = verdict.json[0]["differences"]
    assert [(one["kind"], one["seq"], one["position"]) for one in found] == named
    assert {one["day"] for one in found} == {PAST_DAY}


@pytest.mark.parametrize(
    "place",
    [
        "recorded_time, 99, epoch, site",
        "recorded_time, seq, 2, site",
        "recorded_time + interval '1 day', seq, epoch, site",
        "recorded_time, seq, epoch, 'nowhere'",
    ],
)
async def test_an_entry_that_was_inserted_outside_of_all_links_is_named(
    record: Record, attacker: Attacker, place: str
) -> None:
    attacker.run(
        "INSERT INTO state_log (recorded_time, seq, epoch, site, position, occurred_time,"
        " source_sequence, state, activity, source_kind, kind, marks, agent, event_id, source,"
        f" reason, actor, contacts) SELECT {place}, 7, occurred_time, source_sequence, 5,"
        " activity, source_kind, kind, marks, agent, 'forged', source, reason, actor, contacts"
        f" FROM state_log WHERE seq = {PAST_LINK} AND position = 0"
    )

    verdict = await record.verify_log()

    assert verdict.exit_code == 1, verdict.output
    assert "entry 7 was inserted and is in no link" in verdict.output
    assert "event forged" in verdict.output


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        (
            "UPDATE person SET salt = NULL WHERE name = 'agents/bob'",
            "link 1, entry 1: the salt of 'agents/bob' is gone",
        ),
        (
            "UPDATE entry_text SET salt = NULL WHERE seq = 14",
            "link 14, entry 0: the salt of 'a note' is gone",
        ),
        (
            "UPDATE state_log SET text = '' WHERE seq = 14;"
            " UPDATE entry_text SET salt = NULL WHERE seq = 14",
            "link 14, entry 0: the salt of a text is gone",
        ),
    ],
)
async def test_a_salt_that_is_gone_without_an_erasure_is_named_with_its_entry(
    record: Record, attacker: Attacker, statement: str, what: str
) -> None:
    await record.write(a_note("a note", "eve", event_id="n", occurred_time=record.clock.now()))
    await record.keep()

    attacker.run(statement)
    verdict = await record.verify_log("--json")

    assert verdict.exit_code == 1, verdict.output
    faults = [fault["what"] for fault in verdict.json[0]["faults"]]
    assert faults == [f"{what}, and no erasure tells why"]
    assert verdict.json[0]["erased_names"] == 0


async def test_an_altered_entry_is_named_with_whose_it_is(
    record: Record, attacker: Attacker
) -> None:
    alter(attacker)
    attacker.make_links_again()

    verdict = await record.verify_log()

    assert "site bank: TAMPERED" in verdict.output
    assert (
        f"{PAST_DAY}: link {PAST_LINK}, entry 1 was altered: agents/bob (digest" in verdict.output
    )


async def test_who_removes_a_whole_link_is_found_out(record: Record, attacker: Attacker) -> None:
    for table in ("state_log", "link"):
        attacker.run(f"DELETE FROM {table} WHERE seq = {PAST_LINK}")
    for seq in range(PAST_LINK, 14):
        for table in ("state_log", "link"):
            attacker.run(f"UPDATE {table} SET seq = {seq} WHERE seq = {seq + 1}")
    attacker.make_links_again()

    verdict = await record.verify_log("--json")

    assert verdict.exit_code == 1
    removed = [one for one in verdict.json[0]["differences"] if one["kind"] == "removed"]
    assert {(one["seq"], one["position"]) for one in removed} == {(PAST_LINK, n) for n in range(3)}


async def test_who_also_rewrites_the_table_of_roots_is_found_out(
    record: Record, attacker: Attacker
) -> None:
    alter(attacker)
    attacker.make_links_again()
    attacker.run("DELETE FROM checkpoint")
    attacker.run(
        "UPDATE daily_root AS root SET last_hash = link.hash FROM link"
        " WHERE (link.site, link.seq) = (root.site, root.last_seq)"
    )

    verdict = await record.verify_log("--json")

    assert verdict.exit_code == 1
    assert [(one["kind"], one["seq"]) for one in verdict.json[0]["differences"]] == [
        ("altered", PAST_LINK)
    ]


async def test_who_deletes_the_whole_site_is_found_out(record: Record, attacker: Attacker) -> None:
    for table in ("state_log", "link", "checkpoint", "daily_root", "site_head"):
        attacker.run(f"DELETE FROM {table}")

    verdict = await record.verify_log()

    assert verdict.exit_code == 1
    assert "the links of 2026-03-01 up to 4 are gone" in verdict.output


async def test_without_leaves_the_links_in_question_are_named(
    record: Record, attacker: Attacker
) -> None:
    for leaves in record.roots_folder.rglob("*.leaves"):
        leaves.unlink()
    alter(attacker)
    attacker.make_links_again()

    verdict = await record.verify_log()

    assert verdict.exit_code == 1
    assert f"{PAST_DAY}: differs; the file of leaves is not at hand" in verdict.output
    assert "the first link that differs is one of 5 to 8" in verdict.output


async def test_an_entry_altered_since_the_last_root_breaks_a_signature(
    record: Record, attacker: Attacker
) -> None:
    attacker.run("UPDATE state_log SET state = 5 WHERE seq = 13 AND position = 0")
    attacker.make_links_again()

    verdict = await record.verify_log()

    assert verdict.exit_code == 1
    assert "link 13: the link is not the one that was signed" in verdict.output


async def test_a_name_that_takes_the_place_of_another_is_found_out(
    record: Record, attacker: Attacker
) -> None:
    attacker.run("UPDATE person SET name = 'agents/tmp' WHERE name = 'agents/ana'")
    attacker.run("UPDATE person SET name = 'agents/ana' WHERE name = 'agents/bob'")
    attacker.run("UPDATE person SET name = 'agents/bob' WHERE name = 'agents/tmp'")
    for old, new in (("ana", "tmp"), ("bob", "ana"), ("tmp", "bob")):
        attacker.run(f"UPDATE state_log SET agent = 'agents/{new}' WHERE agent = 'agents/{old}'")

    verdict = await record.verify_log()

    assert verdict.exit_code == 1
    assert "'agents/ana' stands in the place of another name" in verdict.output


async def test_another_time_of_recording_is_found_out(record: Record, attacker: Attacker) -> None:
    attacker.run(
        "UPDATE state_log SET recorded_time = recorded_time + interval '1 second'"
        f" WHERE seq = {PAST_LINK} AND position = 1"
    )

    verdict = await record.verify_log()

    assert verdict.exit_code == 1
    assert f"link {PAST_LINK}: entry 1 has another time of recording" in verdict.output


async def test_what_does_not_continue_what_was_signed_is_not_signed(
    record: Record, attacker: Attacker
) -> None:
    before = await record.read.checkpoints.find_last(SITE)
    alter(attacker)
    attacker.make_links_again()
    await record.write(an_entry(event_id="next", occurred_time=record.clock.now()))

    with pytest.raises(Refusal, match="LOG_DISAGREES"):
        await record.keep()

    assert await record.read.checkpoints.find_last(SITE) == before


async def test_a_log_that_cannot_be_read_is_neither_valid_nor_tampered(record: Record) -> None:
    with pytest.raises(CommandError, match="cannot read the database") as refusal:
        await record.verify("log", "--database-url", "postgresql://nobody@127.0.0.1:1/none")

    assert refusal.value.exit_code == NOT_CHECKED
