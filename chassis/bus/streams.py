"""The stream of an owner: its name, its subjects, its limits."""

import nats.js.errors
from nats.js.api import DiscardPolicy, RetentionPolicy, StorageType, StreamConfig

from chassis.bus.connection import Bus

_MAX_AGE_SECONDS = 24 * 3600
_MAX_BYTES = 1024**3
# A publisher that crashed between publishing and marking repeats within seconds.
_DUPLICATE_WINDOW_SECONDS = 120


def stream_of(owner: str) -> str:
    """Return the name of the owner's stream."""
    return f"MUSTER_{owner.upper()}"


def subject_of(owner: str, event: str, site: str) -> str:
    """Return the subject of an event, such as `muster.presence.v1.agent_states_changed.bank`.

    The site is its bare id; `*` stands for every site.
    """
    return f"muster.{owner}.v1.{event}.{site}"


def wake_subject_of(owner: str, site: str) -> str:
    """Return the plain NATS subject that tells the publishing replica of a commit."""
    return f"muster.{owner}.wake.{site}"


async def ensure_stream(bus: Bus, owner: str) -> None:
    """Make the owner's stream unless it is there. A full stream refuses what is new and keeps what
    it has.
    """
    try:
        await bus.jetstream.stream_info(stream_of(owner))
    except nats.js.errors.NotFoundError:
        # Two who find it missing at once make the same stream, which the server takes as one.
        await bus.jetstream.add_stream(_configuration(owner))


def _configuration(owner: str) -> StreamConfig:
    return StreamConfig(
        name=stream_of(owner),
        subjects=[f"muster.{owner}.v1.>"],
        retention=RetentionPolicy.LIMITS,
        storage=StorageType.FILE,
        discard=DiscardPolicy.NEW,
        max_age=_MAX_AGE_SECONDS,
        max_bytes=_MAX_BYTES,
        duplicate_window=_DUPLICATE_WINDOW_SECONDS,
    )
