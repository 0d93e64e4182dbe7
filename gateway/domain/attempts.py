"""When somebody has to wait before the next attempt to sign in, so that guessing takes for ever,
and who guesses elsewhere does not keep the owner of an account out.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from gateway.domain.errors import TooManyAttempts

WAIT_AFTER_ATTEMPTS = timedelta(seconds=30)
ATTEMPTS_IN_A_ROW = 5
"""For one account from one class of addresses."""
ATTEMPTS_FROM_ELSEWHERE = 20
"""For one account from wherever its owner has not signed in before."""
ATTEMPTS_OF_A_PLACE = 100
"""From one class of addresses, for accounts that have not been used there before."""
PLACE_KNOWN_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Attempts:
    """Failed attempts to sign in, in a row, and when the last of them was."""

    failed_count: int
    last_failed_time: datetime | None

    def check(self, now: datetime, limit: int) -> None:
        """Refuses while the wait after too many failures lasts."""
        if self.failed_count < limit or self.last_failed_time is None:
            return
        wait = self.last_failed_time + WAIT_AFTER_ATTEMPTS - now
        if wait > timedelta():
            raise TooManyAttempts(wait)

    def counted(self, now: datetime, limit: int) -> "Attempts":
        """Counts an attempt as failed before it is judged; refuses while the wait lasts, after
        which the count begins anew.
        """
        self.check(now, limit)
        waited = self.failed_count >= limit
        return Attempts(1 if waited else self.failed_count + 1, now)


@dataclass(frozen=True, slots=True)
class Counter:
    """What attempts are counted by, and how many may fail in a row."""

    subject: str
    limit: int


def counters_of(account: str, address_class: str, *, place_is_known: bool) -> tuple[Counter, ...]:
    """Returns the counters of an attempt. Where the owner has signed in before, only attempts from
    there count: strangers cannot lock her out.
    """
    own = Counter(f"{account}@{address_class}", ATTEMPTS_IN_A_ROW)
    if place_is_known:
        return (own,)
    elsewhere = Counter(account, ATTEMPTS_FROM_ELSEWHERE)
    if not address_class:
        return own, elsewhere
    return own, elsewhere, Counter(f"@{address_class}", ATTEMPTS_OF_A_PLACE)
