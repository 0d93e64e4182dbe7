"""Reads call detail records (CDR): one line a connection that somebody dialled."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from cli.importing.asterisk.cells import Cells, Layout, creation_of, instant_in, seconds_in
from cli.importing.asterisk.records import Connection, Judged, LeftOut, Reason

LAYOUT = Layout(
    columns=(
        *("accountcode", "src", "dst", "dcontext", "clid", "channel", "dstchannel"),
        *("lastapp", "lastdata", "start", "answer", "end", "duration", "billsec"),
        *("disposition", "amaflags", "uniqueid", "userfield"),
    ),
    needed=("channel", "dstchannel", "start", "duration", "billsec", "disposition", "uniqueid"),
    also={"calldate": "start", "answerdate": "answer", "enddate": "end"},
    time="start",
)
_QUEUE = "queue"
_CONFERENCES = frozenset({"confbridge", "meetme"})


def judge_cdr(lines: Iterable[Cells], zone: ZoneInfo) -> Iterator[Judged]:
    """Yields what each line comes to: one connection, or two if somebody answered, or a reason.

    The caller takes part from dialling on, whether or not somebody answers; the one who was dialled
    from the answer on, but for an agent who was called by a queue. Records of one call (transfers,
    several who rang) share its linkedid.
    """
    for line in lines:
        yield from _judge(line, zone)


def _judge(line: Cells, zone: ZoneInfo) -> Iterator[Judged]:
    cells = line.values
    if cells is None:
        yield LeftOut(line.line, Reason.MALFORMED, line.file)
        return
    call = cells.get("linkedid", "").strip() or cells["uniqueid"].strip()
    if not call:
        yield LeftOut(line.line, Reason.NO_CALL_ID, line.file)
        return
    if not _has_other_end(cells):
        yield LeftOut(line.line, Reason.NO_OTHER_END, line.file)
        return
    try:
        start, answer, end = _times_of(cells, zone)
    except (ValueError, OverflowError):
        yield LeftOut(line.line, Reason.UNREADABLE_TIME, line.file)
        return
    if not start <= (answer or start) <= end:
        yield LeftOut(line.line, Reason.NEGATIVE_SPAN, line.file)
        return
    through_queue = _application_of(cells) == _QUEUE
    connect = partial(
        Connection,
        call,
        end_time=end,
        answer_time=answer,
        through_queue=through_queue,
        line=line.line,
    )
    yield connect(channel=cells["channel"], start_time=start, is_caller=True)
    # A queue answers before an agent does: when she did is told by the queue log alone.
    if answer is not None and cells["dstchannel"].strip() and not through_queue:
        yield connect(channel=cells["dstchannel"], start_time=answer, is_caller=False)


def _has_other_end(cells: Mapping[str, str]) -> bool:
    if cells["dstchannel"].strip():
        return True
    return _application_of(cells) in _CONFERENCES


def _application_of(cells: Mapping[str, str]) -> str:
    return cells.get("lastapp", "").strip().lower()


def _times_of(
    cells: Mapping[str, str], zone: ZoneInfo
) -> tuple[datetime, datetime | None, datetime]:
    start = instant_in(cells["start"].strip(), zone, creation_of(cells["uniqueid"].strip()))
    # Lengths, rather than clock times, tell the rest: they pass a change of the clock unharmed.
    end = start + seconds_in(cells["duration"])
    if cells["disposition"].strip().upper() != "ANSWERED":
        return start, None, end
    return start, end - seconds_in(cells["billsec"]), end
