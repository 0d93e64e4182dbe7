"""In which order the past is told."""

from datetime import UTC, datetime, timedelta
from itertools import chain, groupby

from services.dispatch.domain.words import Kind
from services.presence.domain.state import State
from simulator.floor.history import History
from simulator.twin.happenings import ContactMoment, Happening, StateChange

NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)
AGENTS = [f"agents/a{number:02}" for number in range(20)]


def a_past(days: int) -> list[Happening]:
    """Every agent changes her state at each full hour, when a contact ends as well."""
    hours = [NOW - timedelta(hours=number) for number in reversed(range(24 * days))]
    states = [StateChange(agent, hour, State.ONLINE) for hour in hours for agent in AGENTS]
    return [*states, *(ContactMoment(f"{hour:%d-%H}", hour, Kind.ENDED) for hour in hours)]


def told(history: History, most: int) -> list[list[Happening]]:
    parts: list[list[Happening]] = []
    while (part := history.next_part(most)) is not None:
        parts.append([*part.states, *part.moments])
        history.told(part)
    return parts


def test_all_is_told_once() -> None:
    past = a_past(3)

    parts = told(History(past), 100)

    assert [len(part) for part in parts[:-1]] == [100] * (len(parts) - 1)
    assert sorted(map(repr, chain.from_iterable(parts))) == sorted(map(repr, past))


def test_the_last_three_days_come_first() -> None:
    parts = told(History(a_past(7)), 360)

    first = [it.occurred_time for part in parts[:4] for it in part]
    assert min(first) > NOW - timedelta(days=3)


def test_a_part_has_few_agents_and_all_that_is_recent_of_each() -> None:
    parts = told(History(a_past(7)), 72 * 5)

    agents = [it.agent for it in parts[0] if isinstance(it, StateChange)]
    assert [(agent, len(list(of_her))) for agent, of_her in groupby(agents)] == [
        (agent, 72) for agent in AGENTS[-5:]
    ]


def test_there_may_be_no_past() -> None:
    assert History(()).is_told
