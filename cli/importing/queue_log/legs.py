"""The legs of calls: from entering a queue to leaving it, with whoever answered."""

from collections import OrderedDict

from cli.importing.queue_log.facts import Leg

MOST_ENDED = 10_000
"""How many ended calls are remembered, so that a line that repeats an end counts nothing."""


class Legs:
    """The latest leg of each call that is open or ended lately."""

    def __init__(self) -> None:
        self._open: dict[str, Leg] = {}
        self._ended: OrderedDict[str, Leg] = OrderedDict()
        self._count = 0

    def latest(self, call: str) -> Leg | None:
        """Returns the latest leg of a call, open or not; None for a call that is not known."""
        return self._open.get(call) or self._ended.get(call)

    def begin(self, call: str, queue: str, enter: float | None) -> Leg:
        """Begins a leg; `enter` is None if the log does not tell when."""
        self._count += 1
        leg = Leg(self._count, call, queue, enter)
        self._ended.pop(call, None)
        self._open[call] = leg
        return leg

    def end(self, leg: Leg, at: float, outcome: str) -> None:
        """Ends a leg."""
        leg.end, leg.outcome = at, outcome
        self._open.pop(leg.contact, None)
        self._ended[leg.contact] = leg
        if len(self._ended) > MOST_ENDED:
            self._ended.popitem(last=False)

    def open_legs(self) -> list[Leg]:
        """Returns the legs that no line ended, in the order in which they began."""
        return sorted(self._open.values(), key=lambda leg: leg.number)
