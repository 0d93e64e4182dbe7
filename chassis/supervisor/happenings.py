"""What a supervisor tells about its children."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Started:
    """A child's program was started; it is not ready yet."""

    child: str
    pid: int


@dataclass(frozen=True, slots=True)
class Ready:
    """A child answers those that need it."""

    child: str
    took: timedelta


@dataclass(frozen=True, slots=True)
class Died:
    """A child ended without being told to, and starts again after the delay."""

    child: str
    how: str
    delay: timedelta
    last_lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stopped:
    """A child ended because it was told to."""

    child: str
    by_force: bool


Happening = Started | Ready | Died | Stopped


class ChildFailedError(Exception):
    """A child could not be brought up."""

    def __init__(self, child: str, why: str, last_lines: tuple[str, ...]) -> None:
        super().__init__(f"{child} {why}")
        self.child = child
        self.why = why
        self.last_lines = last_lines
