"""Call detail records: who was busy, from when to when, with what."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.importing.asterisk.busy import Busy, agents_busy
from cli.importing.asterisk.cdr import LAYOUT, judge_cdr
from cli.importing.asterisk.cells import Cells, read_cells
from cli.importing.asterisk.lines import Lines, interface_of
from cli.importing.asterisk.records import Connection, LeftOut, Reason
from cli.importing.files import FileRefusedError

SHANGHAI = ZoneInfo("Asia/Shanghai")
LINES = Lines({"PJSIP/101": "ana", "PJSIP/102": "bo"})
HEADER = "calldate,channel,dstchannel,lastapp,duration,billsec,disposition,uniqueid,linkedid\n"


def judge(folder: Path, text: str, zone: ZoneInfo = SHANGHAI) -> list[Connection | LeftOut]:
    file = folder / "cdr.csv"
    file.write_text(text, "utf-8")
    return list(judge_cdr(read_cells([file], LAYOUT), zone))


def busy(folder: Path, text: str) -> Busy:
    return agents_busy(judge(folder, text), LINES)


def told(result: Busy) -> list[tuple[str, str, str, str, str]]:
    return [
        (
            part.call.agent.id,
            f"{part.call.span.start_time.astimezone(SHANGHAI):%H:%M:%S}",
            f"{part.call.span.end_time.astimezone(SHANGHAI):%H:%M:%S}",
            part.call.activity,
            part.direction,
        )
        for part in result.parts
    ]


def test_an_outbound_call_occupies_its_caller_from_dialling_on(tmp_path: Path) -> None:
    row = "2026-03-02 09:00:00,PJSIP/101-0000000a,PJSIP/trunk-0000000b,Dial,90,60,ANSWERED,1.1,1.1"

    result = busy(tmp_path, HEADER + row)

    assert told(result) == [("ana", "09:00:00", "09:01:30", "OUTBOUND", "OUTBOUND")]
    assert dict(result.nobody) == {"PJSIP/trunk": 1}


def test_ringing_occupies_nobody_and_the_answer_does(tmp_path: Path) -> None:
    row = "2026-03-02 09:00:00,PJSIP/trunk-0000000b,PJSIP/101-0000000c,Dial,90,60,ANSWERED,1.1,1.1"

    assert told(busy(tmp_path, HEADER + row)) == [
        ("ana", "09:00:30", "09:01:30", "TALKING", "INBOUND")
    ]


def test_an_agent_who_is_called_by_a_queue_is_left_to_the_queue_log(tmp_path: Path) -> None:
    row = "2026-03-02 09:00:00,PJSIP/t-0000000b,PJSIP/101-0000000c,Queue,90,90,ANSWERED,1.1,1.1"

    result = busy(tmp_path, HEADER + row)

    assert told(result) == []
    assert result.queued_calls == {"1.1"}


def test_a_call_that_nobody_answers_occupies_only_who_dialled(tmp_path: Path) -> None:
    row = "2026-03-02 09:00:00,PJSIP/101-0000000a,PJSIP/102-0000000b,Dial,20,0,NO ANSWER,1.1,1.1"

    assert told(busy(tmp_path, HEADER + row)) == [
        ("ana", "09:00:00", "09:00:20", "OUTBOUND", "OUTBOUND")
    ]


def test_an_internal_call_occupies_both(tmp_path: Path) -> None:
    row = "2026-03-02 09:00:00,PJSIP/101-0000000a,PJSIP/102-0000000b,Dial,40,30,ANSWERED,1.1,1.1"

    assert told(busy(tmp_path, HEADER + row)) == [
        ("ana", "09:00:00", "09:00:40", "OUTBOUND", "INTERNAL"),
        ("bo", "09:00:10", "09:00:40", "TALKING", "INTERNAL"),
    ]


def test_the_records_of_a_transferred_call_are_one_call(tmp_path: Path) -> None:
    rows = (
        "2026-03-02 09:00:00,PJSIP/trunk-0a,PJSIP/101-0000000b,Dial,60,50,ANSWERED,1.1,1.1\n"
        "2026-03-02 09:01:00,PJSIP/trunk-0a,PJSIP/102-0000000c,Dial,45,40,ANSWERED,1.2,1.1\n"
    )

    parts = busy(tmp_path, HEADER + rows).parts

    assert [(part.call.agent.id, part.call.contact) for part in parts] == [
        ("ana", "1.1"),
        ("bo", "1.1"),
    ]


def test_a_file_without_a_header_is_read_in_the_order_of_asterisk(tmp_path: Path) -> None:
    row = (
        '"","101","0049301","from-internal","""Ana"" <101>","PJSIP/101-0000000a",'
        '"PJSIP/trunk-0000000b","Dial","PJSIP/0049301@trunk","2026-03-02 09:00:00",'
        '"2026-03-02 09:00:10","2026-03-02 09:01:00",60,50,"ANSWERED","DOCUMENTATION",'
        '"1772413200.7",""\n'
    )

    assert told(busy(tmp_path, row)) == [("ana", "09:00:00", "09:01:00", "OUTBOUND", "OUTBOUND")]


def test_of_an_hour_that_comes_twice_the_uniqueid_tells_which_is_meant(tmp_path: Path) -> None:
    # Berlin, 25 October 2026: 02:30 comes at 00:30 and at 01:30 UTC; the id was dealt at 01:30.
    second = int(datetime(2026, 10, 25, 1, 30, tzinfo=UTC).timestamp())
    row = f"2026-10-25 02:30:00,PJSIP/101-0a0a,PJSIP/t-0b0b,Dial,60,50,ANSWERED,pbx-{second}.5,"

    (first, _) = judge(tmp_path, HEADER + row, ZoneInfo("Europe/Berlin"))

    assert isinstance(first, Connection)
    assert first.start_time == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (
            "2026-03-02 09:00:00,PJSIP/101-0a0a,,VoiceMailMain,9,9,ANSWERED,1.1,",
            Reason.NO_OTHER_END,
        ),
        ("when?,PJSIP/101-0a0a,PJSIP/t-0b0b,Dial,9,9,ANSWERED,1.1,", Reason.UNREADABLE_TIME),
        ("2026-03-02 09:00:00,PJSIP/101-0a,PJSIP/t,Dial,9,99,ANSWERED,1.1,", Reason.NEGATIVE_SPAN),
        ("2026-03-02 09:00:00,PJSIP/101-0a,PJSIP/t,Dial,9,9,ANSWERED,,", Reason.NO_CALL_ID),
        ("2026-03-02 09:00:00,PJSIP/101-0a", Reason.MALFORMED),
    ],
)
def test_a_line_that_comes_to_nothing_says_why(tmp_path: Path, row: str, reason: Reason) -> None:
    # The header is the first line.
    assert judge(tmp_path, HEADER + row) == [LeftOut(2, reason, str(tmp_path / "cdr.csv"))]


def test_a_file_of_something_else_is_refused_with_what_it_lacks(tmp_path: Path) -> None:
    with pytest.raises(FileRefusedError, match="neither a header with channel"):
        judge(tmp_path, "name,size\nana,3\n")


@pytest.mark.parametrize(
    ("channel", "interface"),
    [
        ("PJSIP/101-0000002a", "PJSIP/101"),
        ("SIP/front-desk-0000002a", "SIP/front-desk"),
        ("Local/101@from-queue-0000001f;2", "Local/101@from-queue"),
        ("Agent/1001", "Agent/1001"),
    ],
)
def test_an_interface_is_its_channel_without_what_each_call_appends(
    channel: str, interface: str
) -> None:
    assert interface_of(channel) == interface


_STRANGE = "|0|9|-5|nan|1e400|ANSWERED|PJSIP/101-0a0a|PJSIP/102-0b0b|Dial"
_TIMES = "2026-03-02 09:00:00|0001-01-01 00:00:00|1772413200.7|99999999999999999999"
_CELLS = st.sampled_from(f"{_STRANGE}|{_TIMES}".split("|")) | st.text(max_size=8)


@given(rows=st.lists(st.lists(_CELLS, min_size=9, max_size=9), max_size=8))
def test_whatever_the_cells_hold_every_line_is_accounted_for_and_no_span_is_negative(
    rows: list[list[str]],
) -> None:
    names = ["start", *HEADER.strip().split(",")[1:]]
    lines = (
        Cells(number, dict(zip(names, row, strict=True))) for number, row in enumerate(rows, 1)
    )

    judged = list(judge_cdr(lines, SHANGHAI))

    assert {each.line for each in judged} == set(range(1, len(rows) + 1))
    assert all(each.start_time <= each.end_time for each in judged if isinstance(each, Connection))


def test_an_empty_file_comes_to_nothing(tmp_path: Path) -> None:
    assert judge(tmp_path, "") == []
