"""What rows tell of people, and for how long it is kept."""

from dataclasses import replace

from muster.gateway.v1 import board_service_pb2 as pb

from gateway.rpc.person_bytes import PersonBytes
from tests.unit.gateway.board_fakes import BANK, a_person


def test_a_row_tells_who_somebody_is_and_where_she_belongs() -> None:
    ana = a_person("ana", team="teams/a", line="lines/x", skills=("skills/call",))

    told = pb.Heatmap.Row.FromString(PersonBytes().of(ana))

    assert told == pb.Heatmap.Row(
        agent="agents/ana",
        display_name="Ana",
        team="teams/a",
        site=BANK.name,
        line="lines/x",
        skills=["skills/call"],
    )


def test_a_row_is_written_once_as_long_as_nothing_of_its_person_changes() -> None:
    kept, ana = PersonBytes(), a_person("ana")

    assert kept.of(ana) is kept.of(ana)
    assert kept.of(replace(ana, display_name="Anna")) != kept.of(ana)


def test_no_name_is_kept_longer_than_its_person() -> None:
    kept = PersonBytes()
    people = [a_person("ana"), a_person("bob")]
    for one in people:
        kept.of(one)

    del people[0]

    assert len(kept) == 1
    assert b"Bob" in kept.of(people[0])
