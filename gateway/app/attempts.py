"""Counting attempts to get in, so that guessing takes for ever."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from chassis.errors import Code, Refusal
from gateway.app.sign_in_ports import Accounts
from gateway.domain.attempts import Attempts, Counter, counters_of
from gateway.domain.errors import TooManyAttempts
from gateway.domain.sessions import Place


async def count_attempt(
    accounts: Accounts, account: str, place: Place, now: datetime
) -> Sequence[Counter]:
    """Counts an attempt as failed before it is judged, so that attempts side by side count as well;
    refuses while one has to wait. Returns what to forgive if the attempt succeeds.
    """
    known = await accounts.is_known_place(account, place.address_class, now)
    counters = counters_of(account, place.address_class, place_is_known=known)
    try:
        for counter in counters:
            change = partial(_counted, now=now, limit=counter.limit)
            await accounts.change_attempts(counter.subject, change, now)
    except TooManyAttempts as error:
        raise Refusal(
            Code.RESOURCE_EXHAUSTED,
            "TOO_MANY_ATTEMPTS",
            "too many failed attempts in a row; wait before the next one",
            retry_after=error.retry_after,
        ) from None
    # Not only where somebody gets in: strangers leave traces too.
    await accounts.delete_leftovers(now)
    return counters


def _counted(attempts: Attempts, *, now: datetime, limit: int) -> Attempts:
    return attempts.counted(now, limit)
