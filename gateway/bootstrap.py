"""What is done to accounts beside the running gateway: the first ones of a new installation, the
roles that come with Muster, and the way back in for somebody who cannot sign in.
"""

import psycopg
from psycopg.rows import TupleRow

from chassis.clock import SystemClock
from gateway.api.permissions import list_permissions
from gateway.app.passwords import hash_password, readable_secret
from gateway.app.sessions import hash_token
from gateway.domain.accounts import Account
from gateway.domain.codes import CODE_LIFETIME, plain_code
from gateway.domain.roles import ADMINISTRATOR, FIRST_ACCOUNTS, Role, reseeded, seeded_roles


def create_first_accounts(url: str) -> dict[str, str]:
    """Makes the accounts `supervisor` and `agent` where there is none yet; returns the passwords of
    those it made. The roles that come with Muster get what this release has them permit more; what
    somebody changed about them stays.

    The URL is that of the gateway's role, whose schema is migrated. The passwords are random and
    kept nowhere: whoever calls shows them once.
    """
    with psycopg.connect(url) as connection:
        # Two at once would both find no account and both return passwords, one of which would be
        # none.
        connection.execute("SELECT pg_advisory_xact_lock(hashtext('muster.first_accounts'))")
        for role in seeded_roles(list_permissions().keys()):
            _seed_role(connection, role)
        _keep_an_administrator(connection)
        if connection.execute("SELECT 1 FROM account LIMIT 1").fetchone():
            return {}
        passwords = {account.id: readable_secret() for account in FIRST_ACCOUNTS}
        for account in FIRST_ACCOUNTS:
            _add(connection, account, passwords[account.id])
    return passwords


def create_reset_code(url: str, account: str) -> str | None:
    """Makes a one-time code for an account, which is shown once; None if there is no such account.

    The URL is that of the gateway's role: whoever has the database may do anything anyway.
    """
    code = readable_secret()
    with psycopg.connect(url) as connection:
        made = connection.execute(
            "INSERT INTO one_time_code (account, code_hash, expire_time)"
            " SELECT id, %s, %s FROM account WHERE id = %s ON CONFLICT (account) DO UPDATE"
            " SET code_hash = excluded.code_hash, expire_time = excluded.expire_time",
            (hash_token(plain_code(code)), SystemClock().now() + CODE_LIFETIME, account),
        )
        return code if made.rowcount else None


def _seed_role(connection: psycopg.Connection[TupleRow], role: Role) -> None:
    """Makes a role that comes with Muster, or brings it to this release."""
    kept = connection.execute(
        "SELECT permissions, coalesce(seeded_permissions, permissions) FROM role WHERE id = %s",
        (role.id,),
    ).fetchone()
    permissions = role.permissions
    if kept is not None:
        permissions = reseeded(frozenset(kept[0]), frozenset(kept[1]), role.permissions)
    connection.execute(
        "INSERT INTO role (id, display_name, permissions, seeded_permissions)"
        " VALUES (%s, %s, %s, %s) ON CONFLICT (id) DO UPDATE"
        " SET permissions = excluded.permissions,"
        " seeded_permissions = excluded.seeded_permissions,"
        " display_name = CASE role.display_name WHEN '' THEN excluded.display_name"
        " ELSE role.display_name END",
        (role.id, role.display_name, sorted(permissions), sorted(role.permissions)),
    )


def _keep_an_administrator(connection: psycopg.Connection[TupleRow]) -> None:
    """Makes the first account an administrator where it was made before there were any."""
    connection.execute(
        "INSERT INTO account_role (account, role)"
        " SELECT a.id, %(role)s FROM account a WHERE a.id = %(account)s AND a.all_sites"
        " AND NOT EXISTS (SELECT 1 FROM account_role WHERE role = %(role)s)",
        {"role": ADMINISTRATOR, "account": FIRST_ACCOUNTS[0].id},
    )


def _add(connection: psycopg.Connection[TupleRow], account: Account, password: str) -> None:
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
    for role in account.roles:
        connection.execute(
            "INSERT INTO account_role (account, role) VALUES (%s, %s)", (account.id, role)
        )
