"""Channel event logs: who was busy, from when to when, with what."""

from collections.abc import Iterable
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from cli.importing.asterisk.busy import Busy, agents_busy
from cli.importing.asterisk.cel import LAYOUT, judge_cel
from cli.importing.asterisk.cells import Cells, oldest_first, read_cells
from cli.importing.asterisk.contacts import contact_events
from cli.importing.asterisk.lines import Lines
from cli.importing.asterisk.records import Connection, Reason

UTC = ZoneInfo("UTC")
LINES = Lines({"PJSIP/101": "ana", "PJSIP/102": "bo"})
NAMES = ("eventtype", "eventtime", "channame", "uniqueid", "linkedid", "appname")
ANA, BO, TRUNK = "PJSIP/101-0000000a", "PJSIP/102-0000000b", "PJSIP/trunk-0000000c"


def event(
    kind: str, clock: str, channel: str, unique_id: str, call: str = "c", app: str = ""
) -> str:
    return f"{kind},2026-03-02 {clock},{channel},{unique_id},{call},{app}\n"


def busy(folder: Path, events: Iterable[str]) -> Busy:
    file = folder / "cel.csv"
    file.write_text(",".join(NAMES) + "\n" + "".join(events), "utf-8")
    return agents_busy(judge_cel(read_cells([file], LAYOUT), UTC), LINES)


def told(result: Busy) -> list[tuple[str, str, str, str]]:
    return [
        (
            part.call.agent.id,
            f"{part.call.span.start_time:%H:%M:%S}",
            f"{part.call.span.end_time:%H:%M:%S}",
            part.direction,
        )
        for part in result.parts
    ]


def test_an_inbound_call_occupies_the_agent_from_her_answer_to_her_hang_up(tmp_path: Path) -> None:
    result = busy(
        tmp_path,
        [
            event("CHAN_START", "09:00:00", TRUNK, "c"),
            event("CHAN_START", "09:00:05", ANA, "a"),
            event("ANSWER", "09:00:15", ANA, "a"),
            event("BRIDGE_ENTER", "09:00:15", ANA, "a"),
            event("HANGUP", "09:02:00", ANA, "a"),
            event("HANGUP", "09:02:00", TRUNK, "c"),
            event("LINKEDID_END", "09:02:00", TRUNK, "c"),
        ],
    )

    assert told(result) == [("ana", "09:00:15", "09:02:00", "INBOUND")]


def test_an_attended_transfer_occupies_each_agent_while_her_own_channel_lives(
    tmp_path: Path,
) -> None:
    result = busy(
        tmp_path,
        [
            event("CHAN_START", "09:00:00", TRUNK, "c"),
            event("ANSWER", "09:00:10", ANA, "a"),
            event("CHAN_START", "09:01:00", BO, "b"),
            event("ANSWER", "09:01:10", BO, "b"),
            event("ATTENDEDTRANSFER", "09:02:00", ANA, "a"),
            event("HANGUP", "09:02:00", ANA, "a"),
            event("HANGUP", "09:05:00", BO, "b"),
            event("HANGUP", "09:05:00", TRUNK, "c"),
        ],
    )

    assert told(result) == [
        ("ana", "09:00:10", "09:02:00", "INBOUND"),
        ("bo", "09:01:10", "09:05:00", "INBOUND"),
    ]


def test_who_rang_and_did_not_answer_was_not_busy(tmp_path: Path) -> None:
    result = busy(
        tmp_path,
        [
            event("CHAN_START", "09:00:00", TRUNK, "c"),
            event("CHAN_START", "09:00:01", ANA, "a"),
            event("HANGUP", "09:00:16", ANA, "a"),
            event("HANGUP", "09:00:20", TRUNK, "c"),
        ],
    )

    assert told(result) == []


def test_a_feature_code_is_no_call(tmp_path: Path) -> None:
    result = busy(
        tmp_path,
        [
            event("CHAN_START", "09:00:00", ANA, "c"),
            event("ANSWER", "09:00:00", ANA, "c"),
            event("HANGUP", "09:00:09", ANA, "c"),
        ],
    )

    assert [each.reason for each in result.left_out] == [Reason.NO_OTHER_END]


def test_a_channel_that_never_ends_is_left_out_with_its_reason(tmp_path: Path) -> None:
    result = busy(
        tmp_path,
        [event("CHAN_START", "09:00:00", ANA, "c"), event("BRIDGE_ENTER", "09:00:09", ANA, "c")],
    )

    assert [each.reason for each in result.left_out] == [Reason.NEVER_ENDED]


def test_the_contacts_of_calls_through_a_queue_are_left_to_the_queue_log(tmp_path: Path) -> None:
    def call(name: str, app: str) -> list[str]:
        return [
            event("CHAN_START", "09:00:00", TRUNK, name, name, app),
            event("ANSWER", "09:00:10", ANA, f"{name}-a", name),
            event("HANGUP", "09:01:00", ANA, f"{name}-a", name),
            event("HANGUP", "09:01:00", TRUNK, name, name),
        ]

    events = list(contact_events(busy(tmp_path, [*call("queued", "Queue"), *call("direct", "")])))

    assert {each.contact_id for each in events} == {"direct"}
    assert [each.Kind.Name(each.kind) for each in events] == [
        "KIND_ANSWERED",
        "KIND_LEG_ENDED",
        "KIND_ENDED",
    ]


_EVENTS = st.tuples(
    st.sampled_from(["CHAN_START", "ANSWER", "HANGUP", "BRIDGE_ENTER", "LINKEDID_END", "?"]),
    st.sampled_from(["1772413200", "1772413210.5", "1772413100", "2026-03-02 09:00:00", "-1", ""]),
    st.sampled_from([ANA, BO, TRUNK, "", "Local/1@x-0001;1"]),
    st.sampled_from(["c", "a", "b", ""]),
    st.sampled_from(["c", ""]),
    st.just(""),
)


@given(st.lists(_EVENTS, max_size=30))
def test_whatever_the_order_of_events_no_span_is_negative(
    events: list[tuple[str, str, str, str, str, str]],
) -> None:
    lines = (
        Cells(number, dict(zip(NAMES, values, strict=True)))
        for number, values in enumerate(events, start=1)
    )

    judged = list(judge_cel(lines, UTC))

    assert all(each.start_time <= each.end_time for each in judged if isinstance(each, Connection))


def test_an_outbound_call_that_is_passed_to_a_colleague_stays_outbound(tmp_path: Path) -> None:
    result = busy(
        tmp_path,
        [
            event("CHAN_START", "09:00:00", ANA, "c"),
            event("ANSWER", "09:00:10", TRUNK, "t"),
            event("BRIDGE_ENTER", "09:00:10", ANA, "c"),
            event("HANGUP", "09:01:00", ANA, "c"),
            event("ANSWER", "09:01:05", BO, "b"),
            event("HANGUP", "09:02:00", BO, "b"),
            event("HANGUP", "09:02:00", TRUNK, "t"),
            event("LINKEDID_END", "09:02:00", TRUNK, "t"),
        ],
    )

    assert told(result) == [
        ("ana", "09:00:00", "09:01:00", "OUTBOUND"),
        ("bo", "09:01:05", "09:02:00", "OUTBOUND"),
    ]


def test_of_rotated_files_the_oldest_is_read_first_whatever_their_names(tmp_path: Path) -> None:
    def a_file(name: str, clock: str) -> Path:
        file = tmp_path / name
        file.write_text(",".join(NAMES) + "\n" + event("CHAN_START", clock, ANA, "c"), "utf-8")
        return file

    newest, oldest = a_file("cel.csv", "10:00:00"), a_file("cel.csv.1", "09:00:00")
    empty = tmp_path / "cel.csv.2"
    empty.touch()

    assert oldest_first([newest, empty, oldest], LAYOUT, UTC) == [oldest, newest, empty]
