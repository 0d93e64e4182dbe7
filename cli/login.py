"""`muster login`: sign in and keep the session."""

import asyncio
import sys
from datetime import UTC
from typing import Annotated

import grpc.aio
import typer
from muster.gateway.v1 import account_service_pb2, account_service_pb2_grpc

from cli.errors import CommandError
from cli.gateway_way import Gateway, open_way, parse_way, why_unanswered
from cli.session import Session, find_gateway, store_session

app = typer.Typer(rich_markup_mode="markdown", add_completion=False)

_ANSWER_WITHIN_SECONDS = 10


@app.command()
def login(
    account: Annotated[str, typer.Option(help="Who signs in.")] = "supervisor",
    gateway: Gateway = "",
) -> None:
    """Sign in at a gateway and store the session, so that other commands may use it.

    Asks for the password, or reads it from standard input if that is no terminal. The session is
    stored in a file that only you can read and ends after 12 hours. MUSTER_TOKEN, if set, is used
    instead of what is stored.
    """
    address = find_gateway(gateway or None)
    # What is wrong with it is told before anybody types a password.
    parse_way(address)
    answer = asyncio.run(_sign_in(address, account, _read_password(account)))
    expire_time = answer.expire_time.ToDatetime(UTC).isoformat(timespec="seconds")
    session = Session(address, answer.token, account=account, expire_time=expire_time)
    file = store_session(session)
    typer.echo(f"Signed in at {address} as {account} until {expire_time}. Stored in {file}.")


def _read_password(account: str) -> str:
    if sys.stdin.isatty():
        return str(typer.prompt(f"Password of {account}", hide_input=True))
    return sys.stdin.readline().rstrip("\n")


async def _sign_in(address: str, account: str, password: str) -> account_service_pb2.Session:
    request = account_service_pb2.CreateSessionRequest(account=account, password=password)
    async with open_way(address, token=None) as channel:
        accounts = account_service_pb2_grpc.AccountServiceStub(channel)
        try:
            session: account_service_pb2.Session = await accounts.CreateSession(
                request, timeout=_ANSWER_WITHIN_SECONDS
            )
        except grpc.aio.AioRpcError as error:
            raise CommandError(f"cannot sign in at {address}: {_explain(error, address)}") from None
    return session


def _explain(error: grpc.aio.AioRpcError, address: str) -> str:
    if error.code() == grpc.StatusCode.UNAVAILABLE:
        return why_unanswered(address, error)
    return error.details() or error.code().name
