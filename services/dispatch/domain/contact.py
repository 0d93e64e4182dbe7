"""The fact of a conversation, as its events tell it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.dispatch.domain.event import ContactKey, derived_id
from services.dispatch.domain.words import (
    Channel,
    Consent,
    ContactOutcome,
    ContactState,
    Direction,
    Party,
    Priority,
    StayOutcome,
)


@dataclass(frozen=True, slots=True)
class QueueStay:
    """One stay in one queue; `leave_time` and `wait` are None while the contact waits."""

    queue: str
    enqueue_time: datetime
    leave_time: datetime | None = None
    outcome: StayOutcome = StayOutcome.WAITING
    wait: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Leg:
    """One agent's part; without `answer_time` she did not answer.

    `talk` and `hold` are None until an answered leg has ended, `wrap_up` until the work after it is
    done.
    """

    agent: str
    ring_time: datetime | None
    answer_time: datetime | None
    end_time: datetime | None
    talk: timedelta | None = None
    hold: timedelta | None = None
    wrap_up: timedelta | None = None

    @property
    def start_time(self) -> datetime:
        """The instant at which the agent's part began."""
        begun = self.ring_time or self.answer_time
        assert begun is not None  # noqa: S101 - a leg begins with one of them
        return begun

    @property
    def until_time(self) -> datetime | None:
        """The end of the part with the work after it; None while it goes on."""
        if self.end_time is None:
            return None
        return self.end_time + (self.wrap_up or timedelta(0))


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording, with the source's reference to it."""

    reference: str
    record_time: datetime

    @property
    def id(self) -> str:
        """The id in the recording's name."""
        return derived_id(self.reference)


@dataclass(frozen=True, slots=True)
class Contact:
    """What the events of one contact amount to."""

    key: ContactKey
    channel: Channel
    direction: Direction
    priority: Priority
    state: ContactState
    outcome: ContactOutcome
    ended_by: Party
    start_time: datetime
    end_time: datetime | None
    consent: Consent
    stays: tuple[QueueStay, ...]
    legs: tuple[Leg, ...]
    recordings: tuple[Recording, ...]
    event_count: int
