"""The epoch of sites: it rises after a restore, so that no place of what is gone is taken for one
of what comes.
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import psycopg
from psycopg import sql
from psycopg.rows import TupleRow

from chassis.database.provision import OWNERS

# From 1970 on, what holds an epoch, 31 bits, would end with the year 2038.
_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
_LOOKS = 10
_PAUSE_SECONDS = 0.3

_Administrator = psycopg.Connection[TupleRow]


class ProcessesConnected(Exception):  # noqa: N818 (a fact, as all refusals)
    """Processes work with the database; `owners` are the roles as which they are signed in."""

    def __init__(self, owners: list[str]) -> None:
        super().__init__(f"processes are connected as {', '.join(owners)}")
        self.owners = owners


@dataclass(frozen=True, slots=True)
class RaisedEpoch:
    """The epoch of all sites of an owner; `former` is the greatest that one had before."""

    owner: str
    sites: int
    former: int
    epoch: int


def raise_epochs(admin_url: str, now: datetime) -> list[RaisedEpoch]:
    """Give all sites a new epoch, in one transaction, and return what was done by owner; owners
    without sites are left out.

    The new epoch is the number of seconds from 2000 to now, or the next one if that was reached: a
    backup knows nothing of what came after it, and if it is restored twice the two may not share an
    epoch. The numbers of the places go on, and with them the hash chains. Raises ProcessesConnected
    if somebody is, for seconds on end, who would go on in the old one.
    """
    seconds = (now - _BEGINNING) // timedelta(seconds=1)
    with psycopg.connect(admin_url, autocommit=True) as connection:
        _ensure_alone(connection)
        with connection.transaction():
            raised = [_raise(connection, owner, seconds) for owner in OWNERS]
    return [one for one in raised if one is not None]


def _ensure_alone(connection: _Administrator) -> None:
    # Whose process has ended is known to the server for a moment more.
    for _ in range(_LOOKS):
        owners = _connected(connection)
        if not owners:
            return
        time.sleep(_PAUSE_SECONDS)
    raise ProcessesConnected(owners)


def _connected(connection: _Administrator) -> list[str]:
    rows = connection.execute(
        "SELECT DISTINCT usename::text FROM pg_stat_activity"
        " WHERE datname = current_database() AND usename = ANY (%s) ORDER BY 1",
        (list(OWNERS),),
    ).fetchall()
    return [owner for (owner,) in rows]


def _raise(connection: _Administrator, owner: str, least: int) -> RaisedEpoch | None:
    heads = sql.Identifier(owner, "site_head")
    known = connection.execute("SELECT to_regclass(%s)::text", (heads.as_string(),)).fetchone()
    if known is None or known[0] is None:
        return None
    moved = connection.execute(_RAISE.format(heads, heads), {"least": least}).fetchall()
    return RaisedEpoch(owner, len(moved), *moved[0]) if moved else None


_RAISE = sql.SQL(
    "UPDATE {} AS head SET epoch = greatest(former.epoch + 1, %(least)s)"
    " FROM (SELECT max(epoch) AS epoch FROM {}) AS former RETURNING former.epoch, head.epoch"
)
