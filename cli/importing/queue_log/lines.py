"""From a line of a queue log to an event, or to the reason why it is none."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from enum import Enum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from cli.importing.localtime import instants_of
from cli.importing.queue_log.events import EVENTS, Event, Needs

_EPOCH_DIGITS = 10
_EPOCH = re.compile(r"\d{1,10}\.\d{1,9}", re.ASCII)
_MOST_DIGITS = 9
_SECONDS = re.compile(r"-?\d{1,9}(?:\.\d{1,9})?", re.ASCII)
_ENTRY_FIELDS = 5

# Where each event states the wait and the length, counted from the first field after its name.
_PLACES = MappingProxyType(
    {
        "CONNECT": (0, None),
        "COMPLETEAGENT": (0, 1),
        "COMPLETECALLER": (0, 1),
        "TRANSFER": (2, 3),
        "BLINDTRANSFER": (2, 3),
        "ATTENDEDTRANSFER": (2, 3),
        "ABANDON": (2, None),
        "EXITEMPTY": (2, None),
        "EXITWITHTIMEOUT": (2, None),
        "EXITWITHKEY": (3, None),
        "WITHDRAW": (2, None),
        "AGENTLOGOFF": (None, 1),
        "AGENTCALLBACKLOGOFF": (None, 1),
        "WRAPUPSTART": (None, 0),
    }
)
_NOWHERE = (None, None)


class Fault(Enum):
    """Why a line is rejected: the first that applies, in this order."""

    LINE_TOO_LONG = "longer than any line that Asterisk writes"
    TOO_FEW_FIELDS = "fewer than time, call, queue, agent and event"
    NO_TIME = "does not begin with seconds since 1970 or a date and time"
    NO_EVENT = "names no event"
    NO_CALL = "an event of a call that names no call"
    NO_QUEUE = "an event of a queue that names no queue"
    NO_AGENT = "an event of an agent that names no agent"
    NOT_SECONDS = "states seconds that are no number"


class LineRejectedError(Exception):
    """Says that a line is not used, and why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def parse_line(line: str, zone: ZoneInfo) -> Event:
    """Returns what a line says; raises LineRejectedError if it cannot be used.

    An event that is not known comes back by its name alone. `zone` is whose clock the line shows if
    it does not show seconds since 1970.
    """
    fields = line.split("|")
    if len(fields) < _ENTRY_FIELDS:
        raise LineRejectedError(Fault.TOO_FEW_FIELDS)
    at = parse_time(fields[0], zone)
    call, queue, agent, name = ["" if field == "NONE" else field for field in fields[1:5]]
    if not name:
        raise LineRejectedError(Fault.NO_EVENT)
    needs = EVENTS.get(name, Needs.NOTHING)
    if needs is Needs.NOTHING:
        return Event(at, call, queue, agent, name, "", None, None)
    _check(call, queue, agent, needs)
    data = fields[_ENTRY_FIELDS:]
    wait, length = _places(name, data)
    text = data[0].strip() if data else ""
    return Event(at, call, queue, agent, name, text, _seconds(data, wait), _seconds(data, length))


def parse_time(text: str, zone: ZoneInfo) -> float:
    """Returns seconds since 1970, whole ones as int; raises LineRejectedError if it tells none."""
    text = text.strip()
    if len(text) <= _EPOCH_DIGITS and text.isascii() and text.isdigit():
        return int(text)
    if _EPOCH.fullmatch(text):
        return float(text)
    try:
        stamp = datetime.fromisoformat(text)
        instant = stamp if stamp.tzinfo else instants_of(stamp, zone)[0]
        seconds = (instant - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()
    except (ValueError, IndexError, OverflowError):
        raise LineRejectedError(Fault.NO_TIME) from None
    if not 0 <= seconds < 10**10:
        raise LineRejectedError(Fault.NO_TIME)
    return int(seconds) if seconds.is_integer() else seconds


def _check(call: str, queue: str, agent: str, needs: Needs) -> None:
    if not call and needs.call:
        raise LineRejectedError(Fault.NO_CALL)
    if not queue and needs.queue:
        raise LineRejectedError(Fault.NO_QUEUE)
    if not agent and needs.agent:
        raise LineRejectedError(Fault.NO_AGENT)


def _places(name: str, data: Sequence[str]) -> tuple[int | None, int | None]:
    # Two bridges that are linked are two fields where other ways of transfer have one.
    if name == "ATTENDEDTRANSFER" and data and data[0].strip() == "LINK" and len(data) > 4:
        return (3, 4)
    return _PLACES.get(name, _NOWHERE)


def _seconds(data: Sequence[str], place: int | None) -> float | None:
    """Returns seconds that are stated; none below zero, which a step of the clock can bring."""
    if place is None or len(data) <= place:
        return None
    text = data[place].strip()
    if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS:
        return int(text)
    if not text:
        return None
    if _SECONDS.fullmatch(text) is None:
        raise LineRejectedError(Fault.NOT_SECONDS)
    return max(float(text) if "." in text else int(text), 0)
