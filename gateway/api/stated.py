"""What a caller states about the present call beside its request."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from urllib.parse import unquote

PURPOSE_HEADER = "x-muster-purpose"

_purpose: ContextVar[str] = ContextVar("purpose", default="")


def stated_purpose() -> str:
    """Returns the purpose of the present call as it was stated; empty for none."""
    return _purpose.get()


@contextmanager
def bind_purpose(header: str) -> Iterator[None]:
    """Makes what the header says the stated purpose for the time of the block. Headers are ASCII:
    other characters come percent-encoded as UTF-8.
    """
    token = _purpose.set(unquote(header).strip())
    try:
        yield
    finally:
        _purpose.reset(token)
