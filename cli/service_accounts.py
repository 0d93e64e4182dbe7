"""`muster account service`: accounts of programs and of screens on walls, and their tokens."""

from datetime import UTC, timedelta
from typing import Annotated, Any

import typer
from muster.gateway.v1 import service_account_service_pb2 as pb
from muster.gateway.v1.service_account_service_pb2_grpc import ServiceAccountServiceStub

from chassis.clock import SystemClock
from cli.calling import ask, call_gateway
from cli.gateway_way import Gateway

app = typer.Typer(
    help="Accounts of programs and of screens on walls.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
)

_Id = Annotated[str, typer.Argument(help="The service account's id, for example `wall-north`.")]
_ALL = "all"


@app.command("create")
def create(
    service: _Id,
    role: Annotated[list[str], typer.Option(help="A role; may be repeated.")],
    site: Annotated[
        list[str] | None, typer.Option(help="A site, or `all`; may be repeated.")
    ] = None,
    team: Annotated[list[str] | None, typer.Option(help="A team; may be repeated.")] = None,
    name: Annotated[str, typer.Option(help="The name that people read; else the id.")] = "",
    gateway: Gateway = "",
) -> None:
    """Create a service account; nobody gives more than they have."""
    wanted = pb.ServiceAccount(
        display_name=name or service,
        roles=[f"roles/{one}" for one in role],
        sites=["sites/-" if one == _ALL else f"sites/{one}" for one in site or ()],
        teams=[f"teams/{one}" for one in team or ()],
    )
    request = pb.CreateServiceAccountRequest(service_account_id=service, service_account=wanted)
    _call(gateway, "CreateServiceAccount", request)
    typer.echo(f"{service} is there; `muster account service token {service}` makes its token.")


@app.command("list")
def list_services(gateway: Gateway = "") -> None:
    """List the service accounts that can do no more than you."""
    request = pb.ListServiceAccountsRequest(page_size=1000)
    while True:
        page: pb.ListServiceAccountsResponse = _call(gateway, "ListServiceAccounts", request)
        for one in page.service_accounts:
            roles = " ".join(role.removeprefix("roles/") for role in one.roles)
            scope = " ".join([*one.sites, *one.teams])
            typer.echo(f"{_id(one.name)}\t{one.display_name}\t{roles}\t{scope}")
        if not page.next_page_token:
            return
        request.page_token = page.next_page_token


@app.command("delete")
def delete(service: _Id, gateway: Gateway = "") -> None:
    """Delete a service account with all its tokens."""
    request = pb.DeleteServiceAccountRequest(name=f"serviceAccounts/{service}")
    _call(gateway, "DeleteServiceAccount", request)
    typer.echo(f"{service} and its tokens are gone.")


@app.command("token")
def create_token(
    service: _Id,
    purpose: Annotated[str, typer.Option("--for", help="What the token is for.")] = "a program",
    days: Annotated[int, typer.Option(help="In how many days it expires.", min=1, max=366)] = 90,
    gateway: Gateway = "",
) -> None:
    """Make a token, which is shown this once."""
    request = pb.CreateServiceAccountTokenRequest(
        service_account=f"serviceAccounts/{service}", display_name=purpose
    )
    # The year is counted by the gateway's clock, which may be a moment behind.
    expire_time = SystemClock().now() + timedelta(days=days) - timedelta(minutes=1)
    request.expire_time.FromDatetime(expire_time)
    made: pb.ServiceAccountToken = _call(gateway, "CreateServiceAccountToken", request)
    typer.echo(made.token)
    typer.echo(f"{made.name} is shown this once; it expires {_day(made)}.", err=True)


@app.command("tokens")
def list_tokens(service: _Id, gateway: Gateway = "") -> None:
    """List the tokens of a service account: id, purpose, when it expires, when it was last used."""
    request = pb.ListServiceAccountTokensRequest(service_account=f"serviceAccounts/{service}")
    answer: pb.ListServiceAccountTokensResponse = _call(
        gateway, "ListServiceAccountTokens", request
    )
    for token in answer.tokens:
        used = token.last_used_time.ToDatetime(UTC).isoformat(timespec="minutes")
        last = f"used {used}" if token.HasField("last_used_time") else "never used"
        typer.echo(f"{_id(token.name)}\t{token.display_name}\texpires {_day(token)}\t{last}")


@app.command("revoke")
def revoke(
    service: _Id,
    token: Annotated[str, typer.Argument(help="The token's id, as `tokens` lists it.")],
    gateway: Gateway = "",
) -> None:
    """Revoke a token: what still uses it is refused from now on."""
    name = f"serviceAccounts/{service}/tokens/{token}"
    _call(gateway, "DeleteServiceAccountToken", pb.DeleteServiceAccountTokenRequest(name=name))
    typer.echo(f"{token} of {service} is revoked.")


def _call(gateway: str, method: str, request: object) -> Any:
    return call_gateway(
        gateway, ServiceAccountServiceStub, lambda stub: ask(getattr(stub, method), request)
    )


def _id(name: str) -> str:
    return name.rpartition("/")[2]


def _day(token: pb.ServiceAccountToken) -> str:
    return token.expire_time.ToDatetime(UTC).date().isoformat()
