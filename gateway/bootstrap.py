"""The first accounts of a new installation."""

import secrets

import psycopg
from psycopg.rows import TupleRow

from chassis.clock import SystemClock
from gateway.app.passwords import hash_password
from gateway.domain.accounts import FIRST_ACCOUNTS, Account, Role

# Without characters that look alike, since the first passwords are read from a screen.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def create_first_accounts(url: str) -> dict[str, str]:
    """Makes the accounts `supervisor` and `agent` where there is none yet; returns the passwords of
    those it made.

    The URL is that of the gateway's role, whose schema is migrated. The passwords are random and
    kept nowhere: whoever calls shows them once.
    """
    with psycopg.connect(url) as connection:
        # Two at once would both find no account and both return passwords, one of which would be
        # none.
        connection.execute("SELECT pg_advisory_xact_lock(hashtext('muster.first_accounts'))")
        if connection.execute("SELECT 1 FROM account LIMIT 1").fetchone():
            return {}
        passwords = {account.id: _new_password() for account, _ in FIRST_ACCOUNTS}
        for account, role in FIRST_ACCOUNTS:
            _add(connection, account, role, passwords[account.id])
    return passwords


def _add(
    connection: psycopg.Connection[TupleRow], account: Account, role: Role, password: str
) -> None:
    connection.execute(
        "INSERT INTO role (id, permissions) VALUES (%s, %s) ON CONFLICT (id) DO NOTHING",
        (role.id, sorted(role.permissions)),
    )
    connection.execute(
        "INSERT INTO account"
        " (id, display_name, password_hash, all_sites, sites, agent, created_time)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s)",
        (
            account.id,
            account.display_name,
            hash_password(password),
            account.sites is None,
            sorted(account.sites or ()),
            account.agent,
            SystemClock().now(),
        ),
    )
    connection.execute(
        "INSERT INTO account_role (account, role) VALUES (%s, %s)", (account.id, role.id)
    )


def _new_password() -> str:
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
    return "-".join(groups)
