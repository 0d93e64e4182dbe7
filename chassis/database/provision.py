"""The roles and schemas of the owners: made once by an administrator, with the least rights that
suffice.
"""

from collections.abc import Mapping

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.rows import TupleRow

OWNERS = ("presence", "roster", "dispatch", "analytics", "gateway")

_Administrator = psycopg.Connection[TupleRow]


def provision(admin_url: str, passwords: Mapping[str, str]) -> None:
    """Make the database of admin_url, and in it a schema and a role for each owner in passwords;
    repeating it is harmless.

    A role may log in with its password and owns its schema, and can do nothing elsewhere. Existing
    roles get the password given.
    """
    _create_database(admin_url)
    with psycopg.connect(admin_url) as connection:
        # Two at once would trip over each other's half-made roles.
        connection.execute("SELECT pg_advisory_xact_lock(hashtext('muster.provision'))")
        _close_to_public(connection)
        for owner, password in passwords.items():
            _make_role(connection, owner, password)
            _make_schema(connection, owner)


def _create_database(admin_url: str) -> None:
    try:
        psycopg.connect(admin_url).close()
    except psycopg.OperationalError as error:
        # libpq tells the state of a failed connection in its words alone.
        if "does not exist" not in str(error):
            raise
    else:
        return
    name = str(conninfo_to_dict(admin_url)["dbname"])
    maintenance = make_conninfo(admin_url, dbname="postgres")
    with psycopg.connect(maintenance, autocommit=True) as connection:
        try:
            connection.execute(_CREATE_DATABASE.format(sql.Identifier(name)))
        except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            return  # somebody else made it between the two lines


_CREATE_DATABASE = sql.SQL(
    "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'"
    " LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C.UTF-8'"
)


def _close_to_public(connection: _Administrator) -> None:
    database = sql.Identifier(connection.info.dbname)
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
    connection.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")


def _make_role(connection: _Administrator, owner: str, password: str) -> None:
    role = sql.Identifier(owner)
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (owner,)).fetchone()
    if known is None:
        connection.execute(sql.SQL("CREATE ROLE {}").format(role))
    # Only the verifier crosses the wire, so that no log of statements ever holds a password.
    verifier = connection.pgconn.encrypt_password(
        password.encode(), owner.encode(), b"scram-sha-256"
    ).decode()
    connection.execute(
        sql.SQL(
            "ALTER ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS"
            " PASSWORD {}"
        ).format(role, sql.Literal(verifier))
    )
    connection.execute(sql.SQL("ALTER ROLE {} SET search_path = {}").format(role, role))


def _make_schema(connection: _Administrator, owner: str) -> None:
    role, database = sql.Identifier(owner), sql.Identifier(connection.info.dbname)
    # An administrator who is no superuser may give a schema only to a role that it is a member of.
    connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(role))
    connection.execute(
        sql.SQL("CREATE SCHEMA IF NOT EXISTS {} AUTHORIZATION {}").format(role, role)
    )
    connection.execute(
        sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(database, role)
    )
