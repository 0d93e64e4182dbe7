from zoneinfo import ZoneInfo

import pytest

from cli.importing.queue_log.lines import Fault, LineRejectedError, parse_line

UTC = ZoneInfo("UTC")
LISBON = ZoneInfo("Europe/Lisbon")


@pytest.mark.parametrize(
    ("line", "wait", "length"),
    [
        ("1|c|q|a|CONNECT|7|u|3", 7, None),
        ("1|c|q|a|CONNECT|7", 7, None),
        ("1|c|q|a|COMPLETEAGENT|7|60|1", 7, 60),
        ("1|c|q|a|COMPLETECALLER|7|60", 7, 60),
        ("1|c|q|a|COMPLETECALLER|", None, None),
        ("1|c|q|a|TRANSFER|200|internal", None, None),
        ("1|c|q|a|TRANSFER|200|internal|7|60", 7, 60),
        ("1|c|q|a|BLINDTRANSFER|200|internal|7|60|1", 7, 60),
        ("1|c|q|a|ATTENDEDTRANSFER|BRIDGE|b|7|60|1", 7, 60),
        ("1|c|q|a|ATTENDEDTRANSFER|APP|VoiceMail|7|60|1", 7, 60),
        ("1|c|q|a|ATTENDEDTRANSFER|LINK|x;1|x;2|7|60|1", 7, 60),
        ("1|c|q|NONE|ABANDON|1|2|7", 7, None),
        ("1|c|q|NONE|EXITEMPTY|1|2|7", 7, None),
        ("1|c|q|NONE|EXITWITHTIMEOUT|1", None, None),
        ("1|c|q|NONE|EXITWITHTIMEOUT|1|2|7", 7, None),
        ("1|c|q|NONE|EXITWITHKEY|9|1", None, None),
        ("1|c|q|NONE|EXITWITHKEY|9|1|2|7", 7, None),
        ("1|c|q|NONE|WITHDRAW|1|2|7|callback", 7, None),
        ("1|c|NONE|a|AGENTLOGOFF|SIP/1|60", None, 60),
        ("1|c|NONE|a|AGENTCALLBACKLOGOFF|1@x|60|Autologoff", None, 60),
        ("1|c|q|a|WRAPUPSTART|30", None, 30),
        ("1|c|q|a|COMPLETECALLER|-7|-60|1", 0, 0),
        ("1|c|q|a|COMPLETECALLER|7.5|60.25|1", 7.5, 60.25),
    ],
)
def test_seconds_stand_where_each_version_writes_them(
    line: str, wait: float | None, length: float | None
) -> None:
    event = parse_line(line, UTC)

    assert (event.wait, event.length) == (wait, length)


def test_none_and_nothing_name_nobody() -> None:
    event = parse_line("1|NONE||NONE|QUEUESTART|", UTC)

    assert (event.call, event.queue, event.agent) == ("", "", "")


@pytest.mark.parametrize(
    ("stamp", "zone", "at"),
    [
        ("1366720340", UTC, 1366720340),
        ("1366720340.250000", UTC, 1366720340.25),
        ("2013-04-23 12:32:20", UTC, 1366720340),
        ("2013-04-23 13:32:20.250000", LISBON, 1366720340.25),
        ("2013-04-23T14:32:20+02:00", LISBON, 1366720340),
    ],
)
def test_a_time_may_be_seconds_or_a_stamp(stamp: str, zone: ZoneInfo, at: float) -> None:
    assert parse_line(f"{stamp}|c|q|NONE|ENTERQUEUE||1|1", zone).at == at


@pytest.mark.parametrize("stamp", ["", "x", "-1", "12345678901", "1e9", "nan", "٣", "0001-01-01"])
def test_what_is_no_time_is_rejected(stamp: str) -> None:
    with pytest.raises(LineRejectedError) as rejection:
        parse_line(f"{stamp}|c|q|NONE|ENTERQUEUE||1|1", UTC)

    assert rejection.value.fault is Fault.NO_TIME


def test_an_unknown_event_comes_back_whatever_its_fields_hold() -> None:
    event = parse_line("1|NONE|NONE|NONE|SURVEY|x|y", UTC)

    assert (event.name, event.wait, event.length) == ("SURVEY", None, None)
