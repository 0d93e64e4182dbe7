"""Reads channel event logs (CEL): what happened to each channel, event by event."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from cli.importing.asterisk.cells import Cells, Layout, creation_of, instant_in
from cli.importing.asterisk.lines import interface_of
from cli.importing.asterisk.records import Connection, Judged, LeftOut, Reason

LAYOUT = Layout(
    columns=(
        *("eventtype", "eventtime", "cid_name", "cid_num", "cid_ani", "cid_rdnis", "cid_dnid"),
        *("exten", "context", "channame", "appname", "appdata", "amaflags", "accountcode"),
        *("uniqueid", "linkedid", "peer", "userfield", "userdeftype", "extra"),
    ),
    needed=("eventtype", "eventtime", "channame", "uniqueid", "linkedid"),
    also={"eventname": "eventtype", "channel": "channame", "chan_name": "channame"},
    time="eventtime",
)
_STARTS, _ANSWERS, _ENDS = "CHAN_START", "ANSWER", frozenset({"HANGUP", "CHAN_END"})
_WITH_OTHERS = frozenset({"BRIDGE_ENTER", "CONF_ENTER"})
_CALL_ENDS = "LINKEDID_END"
# The application, and how it calls the agents.
_QUEUE_NAMES = frozenset({"queue", "appqueue"})


@dataclass(slots=True)
class _Channel:
    """What the events tell of one channel so far."""

    name: str
    call: str
    line: int
    file: str
    start_time: datetime | None = None
    answer_time: datetime | None = None
    end_time: datetime | None = None
    met_others: bool = False
    in_queue: bool = False


_Channels = dict[str, _Channel]
"""The channels of one call by uniqueid."""


def judge_cel(lines: Iterable[Cells], zone: ZoneInfo) -> Iterator[Judged]:
    """Yields a connection for each channel that took part in a call, and the lines left out.

    The channel that began a call takes part from its start on, every other one from its answer on,
    both until they hang up. A transfer makes no difference: each channel has its own events. Halves
    of a Local channel are no ends of a call. A call is judged when the log says that it is over, or
    at the end of the files.
    """
    calls: dict[str, _Channels] = {}
    for line in lines:
        cells = line.values
        fault = _fault_of(cells)
        if cells is None or fault is not None:
            yield LeftOut(line.line, fault or Reason.MALFORMED, line.file)
            continue
        call, kind = cells["linkedid"].strip() or cells["uniqueid"].strip(), _kind_of(cells)
        if kind == _CALL_ENDS:
            yield from _judge_call(calls.pop(call, {}))
            continue
        try:
            at = instant_in(cells["eventtime"].strip(), zone, creation_of(cells["uniqueid"]))
        except (ValueError, OverflowError):
            yield LeftOut(line.line, Reason.UNREADABLE_TIME, line.file)
            continue
        channels = calls.setdefault(call, {})
        unique_id = cells["uniqueid"].strip()
        if unique_id not in channels:
            channels[unique_id] = _Channel(cells["channame"], call, line.line, line.file)
        _note(channels[unique_id], kind, at)
        channels[unique_id].in_queue |= cells.get("appname", "").strip().lower() in _QUEUE_NAMES
    for channels in calls.values():
        yield from _judge_call(channels)


def _fault_of(cells: Mapping[str, str] | None) -> Reason | None:
    if cells is None:
        return Reason.MALFORMED
    return None if cells["uniqueid"].strip() else Reason.NO_CALL_ID


def _kind_of(cells: Mapping[str, str]) -> str:
    return cells["eventtype"].strip().upper()


def _note(channel: _Channel, kind: str, at: datetime) -> None:
    if kind == _STARTS:
        channel.start_time = channel.start_time or at
    elif kind == _ANSWERS:
        channel.answer_time = channel.answer_time or at
    elif kind in _ENDS:
        channel.end_time = channel.end_time or at
    elif kind in _WITH_OTHERS:
        channel.met_others = True


def _judge_call(channels: _Channels) -> Iterator[Judged]:
    through_queue = any(channel.in_queue for channel in channels.values())
    for unique_id, channel in channels.items():
        if interface_of(channel.name).startswith("Local/"):
            continue
        is_caller = unique_id == channel.call
        start = channel.start_time if is_caller else channel.answer_time
        if start is None:
            # It rang and did not answer, or it began before the files do.
            continue
        fault = _span_fault(channel, start)
        if fault is None and is_caller and not channel.met_others and len(channels) == 1:
            fault = Reason.NO_OTHER_END
        if fault is not None or channel.end_time is None:
            yield LeftOut(channel.line, fault or Reason.NEVER_ENDED, channel.file)
            continue
        yield Connection(
            channel.call,
            channel.name,
            start,
            channel.end_time,
            channel.answer_time,
            is_caller=is_caller,
            through_queue=through_queue,
            line=channel.line,
        )


def _span_fault(channel: _Channel, start: datetime) -> Reason | None:
    if channel.end_time is None:
        return Reason.NEVER_ENDED
    return Reason.NEGATIVE_SPAN if channel.end_time < start else None
