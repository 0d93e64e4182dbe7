"""Builds links of changes as they come from the bus."""

from gateway.domain.feed import Changes, Position


def a_link(seq: int, *agents: str, epoch: int = 1) -> Changes:
    """A link in which each agent (a05 if none is named) went on a break."""
    names = agents or ("a05",)
    return Changes(
        Position(epoch, seq),
        tuple(f"agents/{name}" for name in names),
        tuple("STATE_BREAK" for _ in names),
        tuple("lunch" for _ in names),
        tuple("ACTIVITY_UNSPECIFIED" for _ in names),
        tuple(1_795_319_731_000 + seq for _ in names),
        tuple(False for _ in names),
    )


def a_large_link(seq: int, count: int) -> Changes:
    return a_link(seq, *(f"a{place}" for place in range(count)))
