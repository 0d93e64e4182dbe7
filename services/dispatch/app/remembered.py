"""What the roster said of names, kept for a minute."""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Generic, TypeAlias, TypeVar

from chassis.clock import Clock
from chassis.errors import Code, Refusal

KEPT_FOR = timedelta(minutes=1)

Told = TypeVar("Told")
Ask: TypeAlias = Callable[[Sequence[str]], Awaitable[Mapping[str, Told]]]


class Remembered(Generic[Told]):
    """Answers for names, asking anew for those that it never heard of or heard of long ago.

    While the roster cannot be reached, what it said last still counts: contacts go on. A name that
    does not exist is asked for each time.
    """

    def __init__(self, ask: Ask[Told], clock: Clock) -> None:
        self._ask = ask
        self._clock = clock
        self._answers: dict[str, Told] = {}
        self._told_times: dict[str, datetime] = {}

    async def find(self, names: Iterable[str]) -> Mapping[str, Told]:
        """Returns the answer for each name that exists, perhaps with others.

        Raises the Refusal of the roster if it does not answer and a name was never heard of.
        """
        since = self._clock.now() - KEPT_FOR
        wanted = set(names)
        stale = {name for name in wanted if self._told_times.get(name, since) <= since}
        if stale:
            await self._refresh(sorted(stale))
        return MappingProxyType(self._answers)

    async def _refresh(self, names: Sequence[str]) -> None:
        now = self._clock.now()
        try:
            told = await self._ask(names)
        except Refusal as refusal:
            passing = refusal.code in (Code.UNAVAILABLE, Code.DEADLINE_EXCEEDED)
            if passing and all(name in self._answers for name in names):
                return
            raise
        for name in names:
            self._answers.pop(name, None)
            self._told_times.pop(name, None)
        self._answers.update(told)
        self._told_times.update(dict.fromkeys(told, now))
