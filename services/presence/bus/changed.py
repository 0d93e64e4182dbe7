"""What a published link says about whose timelines changed."""

from muster.presence.v1 import events_pb2

_MICROSECONDS = 1_000


def changed_from(payload: bytes) -> dict[str, int]:
    """Returns from when on AgentStatesChanged changes whom, in milliseconds since 1970.

    An empty agent stands for everybody of the site.
    """
    message = events_pb2.AgentStatesChanged.FromString(payload)
    changed: dict[str, int] = {}
    for agent, time_us in zip(message.agents, message.occurred_times_us, strict=True):
        time_ms = time_us // _MICROSECONDS
        if time_ms < changed.get(agent, time_ms + 1):
            changed[agent] = time_ms
    return changed
