"""What the twin tells, in the order in which it happens."""

from dataclasses import dataclass
from datetime import datetime

from services.dispatch.domain.words import Channel, Kind, Party
from services.presence.domain.state import Activity, State


@dataclass(frozen=True, slots=True)
class StateChange:
    """One state change of one agent, named `agents/x`; `capacity_count` says how many contacts she
    can have at once, zero where nobody tells.
    """

    agent: str
    occurred_time: datetime
    state: State
    reason: str = ""
    activity: Activity = Activity.UNSPECIFIED
    contacts: tuple[str, ...] = ()
    capacity_count: int = 0

    @property
    def event_id(self) -> str:
        """The same each time the same run is told: an agent changes once in a millisecond."""
        return f"twin-{self.occurred_time:%Y%m%dT%H%M%S%f}"


@dataclass(frozen=True, slots=True)
class ContactMoment:
    """One event in the life of one contact; a contact has one at an instant."""

    contact: str
    occurred_time: datetime
    kind: Kind
    queue: str = ""
    agent: str = ""
    channel: Channel = Channel.UNSPECIFIED
    ended_by: Party = Party.UNSPECIFIED
    recording: str = ""

    @property
    def event_id(self) -> str:
        """The same each time the same run is told."""
        return f"{self.kind.name.lower()}-{self.occurred_time:%H%M%S%f}"


Happening = StateChange | ContactMoment
