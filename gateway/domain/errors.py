"""Facts that the domain refuses with."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(eq=False)
class WrongCredentials(Exception):  # noqa: N818 - a fact, not a mistake
    """The account does not exist or the password is not its password; which of the two stays
    unsaid.
    """


@dataclass(eq=False)
class TooManyAttempts(Exception):  # noqa: N818 - a fact, not a mistake
    """The account failed too often in a row."""

    retry_after: timedelta
