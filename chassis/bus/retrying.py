"""How long to wait before something that failed is tried again."""

_FIRST_SECONDS = 0.1
_LONGEST_SECONDS = 2.0


def pause_seconds(failure_count: int) -> float:
    """Return the pause after so many failures in a row; it doubles up to two seconds."""
    return float(min(_LONGEST_SECONDS, _FIRST_SECONDS * 2 ** min(failure_count - 1, 10)))
