"""Counting attempts to get in, so that guessing takes for ever."""

from datetime import datetime

from chassis.errors import Code, Refusal
from gateway.app.ports import Accounts
from gateway.domain.errors import TooManyAttempts


async def count_attempt(accounts: Accounts, account: str, now: datetime) -> None:
    """Counts an attempt as failed before it is judged, so that attempts side by side count as well;
    refuses while one has to wait.
    """
    try:
        await accounts.change_attempts(account, lambda known: known.counted(now), now)
    except TooManyAttempts as error:
        raise Refusal(
            Code.RESOURCE_EXHAUSTED,
            "TOO_MANY_ATTEMPTS",
            "too many failed attempts in a row; wait before the next one",
            retry_after=error.retry_after,
        ) from None
    # Not only where somebody gets in: strangers leave traces too.
    await accounts.delete_leftovers(now)
