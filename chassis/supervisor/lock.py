"""One supervisor a folder."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class LockHeldError(Exception):
    """Another process holds the lock."""


@contextmanager
def hold_lock(file: Path) -> Iterator[None]:
    """Holds the lock for the length of the context; raises LockHeldError if another has it.

    The kernel drops it with its holder's death, so that it cannot be stale. The file stays:
    removing it would let two holders lock two files of one name.
    """
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LockHeldError(str(file)) from None
        yield
    finally:
        os.close(descriptor)
