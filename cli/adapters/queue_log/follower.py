"""The live adapter: what is written to a queue log goes to Muster as it is written."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import platformdirs

from chassis.clock import Clock, SystemClock
from cli.adapters.queue_log.live import Change, LiveLog
from cli.adapters.queue_log.tail import Position, Tail
from cli.adapters.running import OpenWay, run_until_stopped, say, say_refused
from cli.adapters.sender import LiveSender, Origin
from cli.errors import CommandError
from cli.importing.queue_log.files import decode_line
from cli.importing.queue_log.lines import LineRejectedError, parse_line
from cli.importing.queue_log.rules import Rules

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
        text = decode_line(line).strip()
        if not text:
            return ()
        try:
            return self._live.feed(parse_line(text, self._zone))
        except LineRejectedError as rejection:
            self._tell(f"rejected: {text[:200]!r}: {rejection.fault.value}")
        except CommandError as error:
            self._tell(f"left out: {text[:200]!r}: {error}")
        return ()

    @property
    def _now(self) -> float:
        return self._clock.now().timestamp()


def follow_log(
    file: Path,
    rules: Rules,
    codes: Mapping[str, str],
    origin: Origin,
    position: Path | None,
    open_way: OpenWay,
) -> None:
    """Follows a log until SIGTERM or SIGINT. Raises CommandError if there is none, or no way in."""
    if not file.is_file():
        raise CommandError(f"{file} is no log: name the one that Asterisk writes")
    kept_in = position or _usual_position(origin)
    if not kept_in.parent.is_dir():
        raise CommandError(f"--position {kept_in}: there is no folder {kept_in.parent}")

    async def follow() -> None:
        async with open_way() as channel:
            sender = LiveSender(channel, origin, say_refused)
            live = LiveLog(rules, codes)
            tail = QueueLogFollower(file, live, rules.zone, sender, SystemClock(), say)
            beat = sender.beat(tail.heard, tail.stand_of)
            await run_until_stopped(sender, beat, tail.run(kept_in))

    asyncio.run(follow())


def _usual_position(origin: Origin) -> Path:
    folder = platformdirs.user_state_path("muster", ensure_exists=True)
    return folder / f"{origin.site}-{origin.source}.position.json"
