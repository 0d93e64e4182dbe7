"""Builds links of changes as they come from the bus."""

from gateway.domain.feed import Change, Changes, Position


def a_link(seq: int, *agents: str, epoch: int = 1) -> Changes:
    """A link in which each agent (a05 if none is named) went on a break."""
    names = agents or ("a05",)
    return Changes(
        Position(epoch, seq),
        tuple(a_break(name, 1_795_319_731_000 + seq) for name in names),
    )


def a_break(agent: str, time_ms: int) -> Change:
    """Somebody goes to lunch."""
    return Change(
        f"agents/{agent}",
        "STATE_BREAK",
        "lunch",
        "ACTIVITY_UNSPECIFIED",
        time_ms,
        2,
        time_ms,
        revised=False,
        capacity_left=False,
    )


def a_large_link(seq: int, count: int) -> Changes:
    return a_link(seq, *(f"a{place}" for place in range(count)))
