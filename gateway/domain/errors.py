"""Facts that the domain refuses with."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(eq=False)
class UnknownTimeZone(Exception):  # noqa: N818 - a fact, not a mistake
    """No such IANA time zone."""

    zone: str


@dataclass(eq=False)
class NoSuchDay(Exception):  # noqa: N818 - a fact, not a mistake
    """The zone's calendar has no such day: it was skipped, or lies out of range."""

    day: date
    zone: str


@dataclass(eq=False)
class WrongCredentials(Exception):  # noqa: N818 - a fact, not a mistake
    """The account does not exist or the password is not its password; which of the two stays
    unsaid.
    """


@dataclass(eq=False)
class TooManyAttempts(Exception):  # noqa: N818 - a fact, not a mistake
    """The account failed too often in a row."""

    retry_after: timedelta
