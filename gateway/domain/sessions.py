"""Sessions of people and tokens of programs."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from gateway.domain.accounts import Account

SESSION_LIFETIME = timedelta(hours=12)
SESSION_IDLE = timedelta(hours=2)
"""How long a session stands that nobody uses. An open board uses it."""

TOKEN_LIFETIME = timedelta(days=90)
LONGEST_TOKEN_LIFETIME = timedelta(days=366)
MOST_TOKENS = 10
EXPIRED_TOKENS_SHOWN_FOR = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Session:
    """An account that has shown who it is, and the instant until which that holds."""

    account: Account
    expire_time: datetime

    def valid(self, now: datetime) -> bool:
        """Tells whether the session still stands."""
        return now < self.expire_time


@dataclass(frozen=True, slots=True)
class Place:
    """From where somebody signs in: the class of the address, and what the browser or program
    calls itself.
    """

    address_class: str = ""
    user_agent: str = ""


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session as its owner sees it in a list. The id is no secret and opens nothing."""

    id: str
    create_time: datetime
    last_used_time: datetime
    expire_time: datetime
    place: Place


@dataclass(frozen=True, slots=True)
class ServiceToken:
    """A token of a service account, without the token itself."""

    id: str
    account: str
    display_name: str
    author: str
    create_time: datetime
    expire_time: datetime
    last_used_time: datetime | None = None


def find_lifetime_fault(expire_time: datetime, now: datetime) -> str | None:
    """Returns what is wrong with the instant at which a new token is to expire, or None."""
    if expire_time <= now:
        return "lies in the past"
    if expire_time - now > LONGEST_TOKEN_LIFETIME:
        return "is at most a year from now"
    return None
