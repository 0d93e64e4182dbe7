"""From connections to what agents did: when each was busy with which calls."""

from collections import Counter
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime

from cli.importing.asterisk.lines import Lines, interface_of
from cli.importing.asterisk.records import Connection, Judged, LeftOut, Reason
from cli.importing.calls import Agent, Call
from cli.importing.localtime import Span

_LONGEST_CONTACT = 128


@dataclass(frozen=True, slots=True)
class AgentPart:
    """An agent's part in one call; she was talking from `answer_time` on, None for never."""

    call: Call
    answer_time: datetime | None
    direction: str


@dataclass(slots=True)
class Busy:
    """What the records come to, and what became of each line.

    `nobody` counts the connections of interfaces that are no agent's line, by interface;
    `queued_calls` are the calls that went through a queue.
    """

    parts: list[AgentPart] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    nobody: Counter[str] = field(default_factory=Counter)
    queued_calls: set[str] = field(default_factory=set)


def agents_busy(judged: Iterable[Judged], lines: Lines) -> Busy:
    """Returns the parts of agents in calls; what has no length or is nobody's occupies nobody."""
    busy = Busy()
    connections: list[tuple[Connection, str]] = []
    own_ends: Counter[tuple[str, bool]] = Counter()
    outside: set[str] = set()
    for each in judged:
        if isinstance(each, LeftOut):
            busy.left_out.append(each)
            continue
        if each.through_queue:
            busy.queued_calls.add(each.call)
        agent = lines.agent_of(each.channel)
        if agent is None:
            interface = interface_of(each.channel)
            busy.nobody[interface] += 1
            if not interface.startswith("Local/"):
                outside.add(each.call)
        elif each.start_time < each.end_time and len(each.call) <= _LONGEST_CONTACT:
            connections.append((each, agent))
            own_ends[each.call, each.is_caller] += 1
    for row, (connection, agent) in enumerate(connections, start=1):
        busy.parts.append(_part_of(row, connection, agent, own_ends, outside))
    return busy


def count_left_out(busy: Busy) -> dict[Reason, int]:
    """Counts the lines left out by reason."""
    counts = Counter(each.reason for each in busy.left_out)
    return {reason: counts[reason] for reason in Reason if counts[reason]}


def _part_of(
    row: int,
    connection: Connection,
    agent: str,
    own_ends: Counter[tuple[str, bool]],
    outside: AbstractSet[str],
) -> AgentPart:
    return AgentPart(
        # Calls in hand are told apart by their row: one line may hold two agents.
        call=Call(
            row=row,
            agent=Agent(agent, agent),
            contact=connection.call,
            span=Span(connection.start_time, connection.end_time),
            activity="OUTBOUND" if connection.is_caller else "TALKING",
        ),
        answer_time=connection.answer_time,
        direction=_direction_of(connection.call, own_ends, outside),
    )


def _direction_of(call: str, own_ends: Counter[tuple[str, bool]], outside: AbstractSet[str]) -> str:
    if not own_ends[call, True]:
        return "INBOUND"
    return "INTERNAL" if own_ends[call, False] and call not in outside else "OUTBOUND"
