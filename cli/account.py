"""`muster account`: the accounts of people who sign in."""

import asyncio
import os
from typing import Annotated

import psycopg
import typer
from muster.gateway.v1 import account_service_pb2 as pb
from muster.gateway.v1.account_service_pb2_grpc import AccountServiceStub

from chassis.errors import Refusal
from cli import service_accounts
from cli.accounts import Account, disable, enable, list_accounts, list_roles
from cli.db import gateway_database_url
from cli.errors import CommandError
from cli.gateway_way import Gateway
from cli.importing.calling import call_patiently
from cli.session import Session, load_session, open_gateway
from gateway.bootstrap import create_reset_code

app = typer.Typer(
    help="Who may sign in: people, programs, and what their roles permit.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
)

app.command("list")(list_accounts)
app.command("disable")(disable)
app.command("enable")(enable)
app.command("roles")(list_roles)
app.add_typer(service_accounts.app, name="service")

_HOW = 'Redeem it on the sign-in page, by "I have a one-time code", within seven days.'


@app.callback()
def _account() -> None:
    pass


@app.command()
def reset(
    account: Account,
    by_database: Annotated[
        bool,
        typer.Option(
            "--database",
            help="Go to the database, as `muster db upgrade` does, instead of the gateway: for "
            "when nobody can sign in.",
        ),
    ] = False,
    gateway: Gateway = "",
) -> None:
    """Make a one-time code for an account, with which its owner sets a new password.

    The code is shown once. The present password stays valid until the code is redeemed.
    """
    if by_database:
        code = _from_database(account)
    else:
        code = asyncio.run(_from_gateway(load_session(gateway or None), account))
    typer.echo(f"One-time code of {account}: {code}\n{_HOW}")


def _from_database(account: str) -> str:
    try:
        code = create_reset_code(gateway_database_url(os.environ), account)
    except psycopg.Error as error:
        first_line = str(error).strip().partition("\n")[0]
        raise CommandError(f"the database refuses: {first_line}") from None
    if code is None:
        raise CommandError(f"there is no account {account}")
    return code


async def _from_gateway(session: Session, account: str) -> str:
    request = pb.CreateOneTimeCodeRequest(account=f"accounts/{account}")
    try:
        async with open_gateway(session) as channel:
            made: pb.OneTimeCode = await call_patiently(
                AccountServiceStub(channel).CreateOneTimeCode, request
            )
    except Refusal as refusal:
        raise CommandError(f"{refusal.message} ({refusal.reason})") from None
    return made.code
