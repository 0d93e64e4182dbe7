"""What `muster account` shows and changes about accounts and roles."""

from collections.abc import AsyncIterator
from typing import Annotated, Any

import typer
from muster.gateway.v1 import account_service_pb2 as pb
from muster.gateway.v1 import role_service_pb2 as role_pb
from muster.gateway.v1.account_service_pb2_grpc import AccountServiceStub
from muster.gateway.v1.role_service_pb2_grpc import RoleServiceStub

from cli.calling import ask, call_gateway
from cli.gateway_way import Gateway

Account = Annotated[str, typer.Argument(help="The account's id, for example `supervisor`.")]


def list_accounts(
    search: Annotated[str, typer.Argument(help="A part of id, name or agent.")] = "",
    role: Annotated[str, typer.Option(help="Only accounts with this role.")] = "",
    disabled: Annotated[bool, typer.Option("--disabled", help="Disabled ones as well.")] = False,
    gateway: Gateway = "",
) -> None:
    """List the accounts that can do no more than you: id, name, roles, and whose rows they see."""
    request = pb.ListAccountsRequest(
        search=search,
        role=f"roles/{role}" if role else "",
        include_disabled=disabled,
        page_size=1000,
    )

    async def read(stub: AccountServiceStub) -> list[pb.Account]:
        return [account async for account in _pages(stub, request)]

    for account in call_gateway(gateway, AccountServiceStub, read):
        typer.echo(_line(account))


def disable(account: Account, gateway: Gateway = "") -> None:
    """Keep an account from signing in, and end its sessions."""
    request = pb.DisableAccountRequest(name=f"accounts/{account}")
    call_gateway(gateway, AccountServiceStub, lambda stub: ask(stub.DisableAccount, request))
    typer.echo(f"{account} cannot sign in any more; its sessions have ended.")


def enable(account: Account, gateway: Gateway = "") -> None:
    """Let an account sign in again."""
    request = pb.EnableAccountRequest(name=f"accounts/{account}")
    call_gateway(gateway, AccountServiceStub, lambda stub: ask(stub.EnableAccount, request))
    typer.echo(f"{account} may sign in again.")


def list_roles(
    role: Annotated[str, typer.Argument(help="A role, to show its permissions.")] = "",
    gateway: Gateway = "",
) -> None:
    """List the roles with how many have them, or the permissions of one."""
    if role:
        request = role_pb.GetRoleRequest(name=f"roles/{role}")
        shown: role_pb.Role = call_gateway(
            gateway, RoleServiceStub, lambda stub: ask(stub.GetRole, request)
        )
        typer.echo("\n".join(shown.permissions))
        return
    answer: role_pb.ListRolesResponse = call_gateway(
        gateway, RoleServiceStub, lambda stub: ask(stub.ListRoles, role_pb.ListRolesRequest())
    )
    for one in answer.roles:
        name = one.name.removeprefix("roles/")
        typer.echo(f"{name}\t{one.display_name}\t{one.account_count} accounts")


async def _pages(
    stub: AccountServiceStub, request: pb.ListAccountsRequest
) -> AsyncIterator[pb.Account]:
    while True:
        page: Any = await ask(stub.ListAccounts, request)
        for account in page.accounts:
            yield account
        if not page.next_page_token:
            return
        request.page_token = page.next_page_token


def _line(account: pb.Account) -> str:
    scope = [*account.sites, *account.teams, account.agent]
    if account.reporting_line:
        scope.append("reporting line")
    parts = [
        account.name.removeprefix("accounts/"),
        account.display_name,
        " ".join(role.removeprefix("roles/") for role in account.roles),
        " ".join(filter(None, scope)),
    ]
    if account.HasField("disable_time"):
        parts.append("disabled")
    return "\t".join(parts)
