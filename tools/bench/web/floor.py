"""A day of 10,000 agents, answered at once, and the changes that an hour of it brings."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from muster.gateway.v1.account_service_pb2 import Account
from muster.gateway.v1.board_service_pb2 import Heatmap
from muster.gateway.v1.push_pb2 import BoardChanges
from muster.presence.v1.state_pb2 import Activity
from muster.roster.v1.people_pb2 import Site

from tests.web.support.day import BUSY, ONLINE, BoardDay
from tests.web.support.floor import TEAMS, a_shift
from tests.web.support.gateway import Script, ScriptedGateway
from tests.web.support.server import served

AGENTS = 10_000
CHANGES_AN_HOUR = 27_600
FRAMES_AN_HOUR = 1_200
_NOW = datetime(2026, 3, 10, 14, 18, tzinfo=UTC)
_HOUR = timedelta(hours=1)
_UNTIL_SECONDS = 14.3 * 3600
"""The day's states end an hour before now, which is what the pushed changes fill."""
_PERMISSIONS = ("account.self", "board.read", "presence.log.read", "roster.people.read")


class _ReadyDay(BoardDay):
    """A day whose answer is made once."""

    answer: Heatmap | None = None

    def heatmap(self) -> Heatmap:
        self.answer = self.answer or super().heatmap()
        return self.answer


@dataclass(frozen=True, slots=True)
class Floor:
    """A served board, and who pushes its changes."""

    address: str
    gateway: ScriptedGateway

    def push_frame(self, number: int) -> None:
        """Pushes the frame of three seconds: the people whose turn it is change their state."""
        count = CHANGES_AN_HOUR // FRAMES_AN_HOUR
        at_ms = int((_NOW - _HOUR).timestamp() * 1000) + number * 3_000
        agents = [(number * count + place) % AGENTS for place in range(count)]
        changes = BoardChanges(
            agents=[f"agents/floor-{agent:05}" for agent in agents],
            states=[(BUSY, ONLINE)[number // (AGENTS // count) % 2]] * count,
            reasons=[""] * count,
            activities=[Activity.ACTIVITY_UNSPECIFIED] * count,
            occurred_times_ms=[at_ms] * count,
            marks=[0] * count,
            since_times_ms=[at_ms] * count,
            revised=[False] * count,
        )
        changes.cursor.site, changes.cursor.epoch, changes.cursor.seq = (
            "sites/harbour",
            1,
            101 + number,
        )
        self.gateway.push(changes)


@contextmanager
def a_floor() -> Iterator[Floor]:
    """Serves the built web app and the day."""
    day = _ReadyDay(now=_NOW, labels=TEAMS)
    day.people = [a_shift(index, _UNTIL_SECONDS) for index in range(AGENTS)]
    script = Script(
        day=day,
        account=Account(name="accounts/bench", permissions=_PERMISSIONS),
        sites=[Site(name="sites/harbour", display_name="Harbour", time_zone="Europe/Madrid")],
    )
    gateway = ScriptedGateway(script)
    with served(gateway.app) as address:
        yield Floor(address, gateway)
