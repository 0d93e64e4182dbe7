"""The counters of each person and queue within a window."""

from collections import defaultdict
from types import MappingProxyType

from cli.importing.queue_log.facts import Count, Kind, Span
from cli.importing.queue_log.window import Window

_SECONDS = MappingProxyType(
    {
        Kind.ONLINE: "login_s",
        Kind.BREAK: "pause_s",
        Kind.WRAP_UP: "wrapup_s",
        Kind.BUSY: "conversation_s",
    }
)
PERSON_COUNTERS = (*_SECONDS.values(), "answered", "completed", "ring_no_answer")
QUEUE_COUNTERS = ("received", "answered", "abandoned", "timeout", "wait_sum_s", "talk_sum_s")

Counters = dict[str, float]


class Tally:
    """Adds up ended spans and counts. The counters are independent of each other.

    A conversation during a break adds to both. Seconds are clipped to the window; other counters
    count the lines whose time lies in it.
    """

    def __init__(self, window: Window) -> None:
        self._window = window
        self.people: defaultdict[str, Counters] = defaultdict(_zeros_of_person)
        self.queues: defaultdict[str, Counters] = defaultdict(_zeros_of_queue)

    def add_span(self, span: Span) -> None:
        """Adds the seconds of an ended span."""
        what = _SECONDS.get(span.kind)
        if what is not None:
            self.people[span.person][what] += self._window.seconds_of(span)

    def add_count(self, count: Count) -> None:
        """Adds a count whose time lies in the window."""
        counters = (self.people if count.of == "person" else self.queues)[count.name]
        if self._window.holds(count.at):
            counters[count.what] += count.amount


def _zeros_of_person() -> Counters:
    return dict.fromkeys(PERSON_COUNTERS, 0)


def _zeros_of_queue() -> Counters:
    return dict.fromkeys(QUEUE_COUNTERS, 0)
