"""The live adapter: what Asterisk tells over AMI goes to Muster as it happens."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from uuid import uuid4

from chassis.clock import Clock
from cli.adapters.ami.floor import Change, Floor
from cli.adapters.ami.protocol import AmiConnection, AmiError, Login
from cli.adapters.sender import LiveSender

_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.5, 15.0
_SNAPSHOT = {"QueueStatus": "QueueStatusComplete", "CoreShowChannels": "CoreShowChannelsComplete"}


@dataclass(slots=True)
class EventIds:
    """Deals event ids that no other run of the adapter deals."""

    run: str
    numbers: Iterable[int]

    @classmethod
    def fresh(cls) -> "EventIds":
        """Ids for one run."""
        return cls(uuid4().hex[:12], count(1))

    def deal(self, changes: Iterable[Change]) -> list[Change]:
        """Gives each change its id, and its place among those of one instant."""
        dealt = []
        for change, number in zip(changes, self.numbers, strict=False):
            change.event_id = f"{self.run}-{number}"
            change.source_sequence = number
            dealt.append(change)
        return dealt


class AmiAdapter:
    """Follows one Asterisk for ever and sends what changes; `heard` is set while it is heard."""

    def __init__(
        self,
        login: Login,
        floor: Floor,
        sender: LiveSender,
        clock: Clock,
        tell: Callable[[str], None],
    ) -> None:
        self._login = login
        self._floor = floor
        self._sender = sender
        self._clock = clock
        self._tell = tell
        self._ids = EventIds.fresh()
        self.heard = asyncio.Event()

    async def run(self) -> None:
        """Connects, and again whenever the connection is lost; while it is, nobody is `heard`.

        Raises AmiError only if the very first connection fails: a wrong address or secret.
        """
        pause = 0.0
        while True:
            try:
                async with await AmiConnection.open(self._login) as connection:
                    self._tell(f"connected to Asterisk at {self._login.host}:{self._login.port}")
                    pause = _FIRST_PAUSE_SECONDS
                    await self._follow(connection)
            except AmiError as error:
                if not pause:
                    raise
                self._tell(f"{error}; trying again in {pause:g} s")
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE_SECONDS)

    async def _follow(self, connection: AmiConnection) -> None:
        """Asks how everything stands, tells it, and then follows the events."""
        self._floor.begin_anew()
        awaited = set(_SNAPSHOT.values())
        for action in _SNAPSHOT:
            await connection.ask(action)
        try:
            async for event in connection.events():
                at = self._time_of(event)
                await self._put(self._floor.apply(event, at))
                if awaited:
                    awaited.discard(event.get("Event", ""))
                    if not awaited:
                        await self._put(self._floor.tell_all(at))
                        self.heard.set()
        finally:
            self.heard.clear()

    def stand_of(self, agent: str) -> list[Change]:
        """Returns how an agent stands now."""
        changes = self._floor.tell(agent.removeprefix("agents/"), self._clock.now())
        return self._ids.deal(changes)

    async def _put(self, changes: Sequence[Change]) -> None:
        if changes:
            await self._sender.put(self._ids.deal(changes))

    def _time_of(self, event: Mapping[str, str]) -> datetime:
        """Returns the instant that Asterisk writes (with `timestampevents`), else that of now."""
        try:
            return datetime.fromtimestamp(float(event["Timestamp"]), UTC)
        except (KeyError, ValueError, OverflowError):
            return self._clock.now()
