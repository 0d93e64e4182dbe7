"""Reads queue logs from their files to a result, in memory that does not grow with their length."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cli.importing.queue_log.events import EVENTS, Event
from cli.importing.queue_log.facts import Count, Fact, Leg, Span
from cli.importing.queue_log.files import Line, oldest_first, read_lines
from cli.importing.queue_log.fold import Fold
from cli.importing.queue_log.lines import Fault, LineRejectedError, parse_line
from cli.importing.queue_log.rules import Rules
from cli.importing.queue_log.spool import Spool
from cli.importing.queue_log.table import Rows
from cli.importing.queue_log.tally import Tally
from cli.importing.queue_log.timeline import Interval, Stretch, lay_out
from cli.importing.queue_log.window import ALWAYS, Window


@dataclass(slots=True)
class LineCounts:
    """What became of the lines: `read` is all others together."""

    read: int = 0
    used: int = 0
    blank: int = 0
    rejected: int = 0
    unknown: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class QueueLog:
    """What the files came to, who was signed out at their end, and who was added but never at work.

    `span` is the window; without one it is from the first to the last time of a line. Intervals,
    legs and rejected lines are read from disk each time they are asked for.
    """

    people: Sequence[str]
    signed_out: frozenset[str]
    idle_members: Sequence[str]
    tally: Tally
    lines: LineCounts
    span: Window | None
    spool: Spool

    def intervals(self, person: str) -> Iterator[Interval]:
        """Yields a person's timeline."""
        return lay_out(self.spool.stretches(person))

    def legs(self) -> Iterator[Leg]:
        """Yields the legs that touch the span."""
        return self.spool.legs()


@contextmanager
def read_queue_log(
    files: Sequence[Path], rules: Rules, window: Window | None = None
) -> Iterator[QueueLog]:
    """Reads the files, the oldest first. The result lasts as long as the context.

    Raises FileRefusedError if a file cannot be read.
    """
    reader = _Reader(rules, window)
    try:
        for file in oldest_first(files, rules.zone):
            reader.read(file)
        yield reader.finish()
    finally:
        reader.spool.close()


class _Reader:
    def __init__(self, rules: Rules, window: Window | None) -> None:
        self._rules = rules
        self._window = window
        self._fold = Fold(rules)
        self._tally = Tally(window or ALWAYS)
        self._counts = LineCounts()
        self._first: float | None = None
        self._last: float | None = None
        self.spool = Spool()

    def read(self, file: Path) -> None:
        rows = Rows()
        for line in read_lines(file):
            self._counts.read += 1
            try:
                event = self._event_of(line, rows)
            except LineRejectedError as rejection:
                self._counts.rejected += 1
                self.spool.add_rejected(line.file, line.number, line.text, rejection.fault.name)
                continue
            if event is None:
                self._counts.blank += 1
            else:
                self._take(event)

    def finish(self) -> QueueLog:
        span = self._span()
        if span is not None:
            for open_span in self._fold.open_spans():
                self._keep_open(open_span, span.end)
            for leg in self._fold.open_legs():
                self._keep_leg(leg)
        return QueueLog(
            people=self._fold.people,
            signed_out=self._fold.signed_out,
            idle_members=self._fold.idle_members,
            tally=self._tally,
            lines=self._counts,
            span=span,
            spool=self.spool,
        )

    def _event_of(self, line: Line, rows: Rows) -> Event | None:
        if not line.is_whole:
            raise LineRejectedError(Fault.LINE_TOO_LONG)
        text = rows.to_log_line(line.text)
        return None if text is None else parse_line(text, self._rules.zone)

    def _take(self, event: Event) -> None:
        if self._first is None or event.at < self._first:
            self._first = event.at
        if self._last is None or event.at > self._last:
            self._last = event.at
        if event.name not in EVENTS:
            self._counts.unknown[event.name] += 1
            return
        self._counts.used += 1
        for fact in self._fold.feed(event):
            self._keep(fact)

    def _span(self) -> Window | None:
        if self._window is not None or self._first is None or self._last is None:
            return self._window
        return Window(self._first, self._last)

    def _keep(self, fact: Fact) -> None:
        if isinstance(fact, Count):
            self._tally.add_count(fact)
        elif isinstance(fact, Leg):
            if not fact.is_open:
                self._keep_leg(fact)
        elif fact.end is not None:
            self._tally.add_span(fact)
            self._keep_stretch(fact, fact.end, is_open=False)

    def _keep_open(self, span: Span, horizon: float) -> None:
        end = horizon if span.until is None else min(span.until, horizon)
        is_open = span.until is None
        span.end = max(end, span.start)
        self._tally.add_span(span)
        self._keep_stretch(span, span.end, is_open=is_open)

    def _keep_stretch(self, span: Span, end: float, *, is_open: bool) -> None:
        clip = self._window or ALWAYS
        start, end = max(span.start, clip.start), min(end, clip.end)
        if start < end:
            stretch = Stretch(
                span.kind, start, end, is_open, span.reason, span.contact, span.inferred
            )
            self.spool.add_stretch(span.person, stretch)

    def _keep_leg(self, leg: Leg) -> None:
        clip = self._window or ALWAYS
        times = [time for time in (leg.enter, leg.connect, leg.end) if time is not None]
        reaches = leg.end if leg.end is not None else clip.end
        if min(times) < clip.end and reaches >= clip.start:
            self.spool.add_leg(leg)
