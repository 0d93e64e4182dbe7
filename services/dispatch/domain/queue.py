"""A queue as data: how it is called and by which rule its service level is figured."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from types import MappingProxyType

from services.dispatch.domain.service_level import Policy
from services.dispatch.domain.words import Channel

NO_NAMES: Mapping[str, str] = MappingProxyType({})
DEFAULT_TARGET = timedelta(seconds=20)
DEFAULT_SHORT_ABANDON = timedelta(seconds=5)
DEFAULT_LONGEST_WAIT = timedelta(days=7)
LONGEST_LIVE_WAIT = timedelta(hours=2)
"""Nobody stays on the line or in a chat for longer; a mail waits over a holiday."""


@dataclass(frozen=True, slots=True, order=True)
class QueueKey:
    """What makes a queue the same one: its site's id and its own."""

    site: str
    queue: str

    @property
    def name(self) -> str:
        """The name of the resource."""
        return f"sites/{self.site}/queues/{self.queue}"


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue of a site; one that became known by an event has the defaults and is not applied.

    Who waits for longer than `longest_wait`, without an end, is lost: the end was never told.
    """

    key: QueueKey
    display_names: Mapping[str, str] = field(default_factory=lambda: NO_NAMES)
    channel: Channel = Channel.UNSPECIFIED
    target: timedelta = DEFAULT_TARGET
    short_abandon: timedelta = DEFAULT_SHORT_ABANDON
    policy: Policy = Policy.OF_OFFERED
    includes_other_leavers: bool = False
    applied: bool = False
    longest_wait: timedelta = DEFAULT_LONGEST_WAIT


def default_longest_wait(channel: Channel) -> timedelta:
    """Returns the longest believable wait on a channel, where nobody says another one."""
    is_live = channel in (Channel.CALL, Channel.CHAT)
    return LONGEST_LIVE_WAIT if is_live else DEFAULT_LONGEST_WAIT
