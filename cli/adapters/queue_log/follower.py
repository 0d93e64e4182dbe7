"""The live adapter: what is written to a queue log goes to Muster as it is written."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from chassis.clock import Clock
from cli.adapters.queue_log.live import Change, LiveLog
from cli.adapters.queue_log.tail import Position, Tail
from cli.adapters.sender import LiveSender
from cli.importing.queue_log.lines import LineRejectedError, parse_line

_LOOK_SECONDS = 0.2
_LINES_AT_ONCE = 2_000


class QueueLogFollower:
    """Follows one log for ever and sends what changes; `heard` is set while it can be read."""

    def __init__(
        self,
        file: Path,
        live: LiveLog,
        zone: ZoneInfo,
        sender: LiveSender,
        clock: Clock,
        tell: Callable[[str], None],
    ) -> None:
        self._tail = Tail(file)
        self._live = live
        self._zone = zone
        self._sender = sender
        self._clock = clock
        self._tell = tell
        self.heard = asyncio.Event()

    async def run(self, kept_in: Path) -> None:
        """Goes on after the position that is kept in a file; from the present end if none is.

        A position is kept when all before it is answered, so whatever ends this loses nothing, and
        what is sent again is known by its event ids.
        """
        try:
            await self._catch_up(Position.load(kept_in))
            self.heard.set()
            while True:
                await self._send_on(kept_in)
                await asyncio.sleep(_LOOK_SECONDS)
        finally:
            self._tail.close()

    def stand_of(self, agent: str) -> list[Change]:
        """Returns how an agent stands now."""
        return self._live.stand_of(agent, self._now)

    async def _catch_up(self, kept: Position | None) -> None:
        changes: list[Change] = []
        for line, is_new in self._tail.from_start(kept):
            made = self._feed(line)
            if is_new:
                changes += made
            if len(changes) >= _LINES_AT_ONCE:
                await self._sender.put(changes)
                changes = []
        if kept is None:
            changes = self._live.stands(self._now)
        self._tell(f"read up to now; {len(changes)} changes to send")
        await self._sender.put(changes)

    async def _send_on(self, kept_in: Path) -> None:
        lines: list[bytes] = []
        for line in self._tail.lines():
            lines.append(line)
            if len(lines) == _LINES_AT_ONCE:
                await self._send(lines)
                lines = []
        await self._send(lines)
        await self._sender.drain()
        if position := self._tail.position:
            position.store(kept_in)

    async def _send(self, lines: Sequence[bytes]) -> None:
        changes = [change for line in lines for change in self._feed(line)]
        changes += self._live.wake(self._now)
        if changes:
            await self._sender.put(changes)

    def _feed(self, line: bytes) -> Iterable[Change]:
        text = line.decode("utf-8", "replace").strip()
        if not text:
            return ()
        try:
            return self._live.feed(parse_line(text, self._zone))
        except LineRejectedError as rejection:
            self._tell(f"rejected: {text[:200]!r}: {rejection.fault.value}")
            return ()

    @property
    def _now(self) -> float:
        return self._clock.now().timestamp()
