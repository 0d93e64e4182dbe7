"""ServiceAccountService."""

from typing import Any

from google.protobuf import empty_pb2
from muster.gateway.v1 import service_account_service_pb2 as pb
from muster.gateway.v1 import service_account_service_pb2_grpc

from chassis.access import current_caller
from chassis.identity import Identity
from chassis.rpc.pages import cut
from gateway.api.masks import masked
from gateway.app.account_ports import AccountFilter
from gateway.app.manage_accounts import ManageAccounts
from gateway.app.manage_service_accounts import ManageServiceAccounts
from gateway.domain.accounts import Kind
from gateway.rpc.account_convert import (
    changes_from,
    service_account_from,
    service_account_to,
    token_to,
)
from gateway.rpc.instants import instant_of
from gateway.rpc.pages import page_of

_CHANGEABLE = ("display_name", "roles", "sites", "teams")


class ServiceAccountServicer(service_account_service_pb2_grpc.ServiceAccountServiceServicer):
    """Keeps service accounts and their tokens in the name of the caller."""

    def __init__(self, accounts: ManageAccounts, services: ManageServiceAccounts) -> None:
        self._accounts = accounts
        self._services = services

    async def CreateServiceAccount(  # noqa: N802 - the name on the wire
        self, request: pb.CreateServiceAccountRequest, _context: Any
    ) -> pb.ServiceAccount:
        wanted = service_account_from(request.service_account_id, request.service_account)
        return service_account_to(await self._services.create(wanted, _identity()))

    async def GetServiceAccount(  # noqa: N802 - the name on the wire
        self, request: pb.GetServiceAccountRequest, _context: Any
    ) -> pb.ServiceAccount:
        return service_account_to(await self._accounts.get(_id(request.name), _identity()))

    async def ListServiceAccounts(  # noqa: N802 - the name on the wire
        self, request: pb.ListServiceAccountsRequest, _context: Any
    ) -> pb.ListServiceAccountsResponse:
        wanted = AccountFilter(Kind.SERVICE, request.search.replace("\0", " "))
        page = page_of(request, str)
        after = str(page.after[0]) if page.after else ""
        rows = await self._accounts.list(wanted, _identity(), after, page.limit)
        shown, token = cut(rows, request, lambda account: (account.id,))
        return pb.ListServiceAccountsResponse(
            service_accounts=map(service_account_to, shown), next_page_token=token
        )

    async def UpdateServiceAccount(  # noqa: N802 - the name on the wire
        self, request: pb.UpdateServiceAccountRequest, _context: Any
    ) -> pb.ServiceAccount:
        message = request.service_account
        fields = masked(message, request.update_mask, _CHANGEABLE)
        changed = await self._accounts.update(
            _id(message.name), changes_from(message, fields), message.etag, _identity()
        )
        return service_account_to(changed)

    async def DeleteServiceAccount(  # noqa: N802 - the name on the wire
        self, request: pb.DeleteServiceAccountRequest, _context: Any
    ) -> empty_pb2.Empty:
        await self._services.delete(_id(request.name), _identity())
        return empty_pb2.Empty()

    async def CreateServiceAccountToken(  # noqa: N802 - the name on the wire
        self, request: pb.CreateServiceAccountTokenRequest, _context: Any
    ) -> pb.ServiceAccountToken:
        expire_time = instant_of(request, "expire_time")
        token, secret = await self._services.create_token(
            _id(request.service_account), request.display_name, expire_time, _identity()
        )
        return token_to(token, secret)

    async def ListServiceAccountTokens(  # noqa: N802 - the name on the wire
        self, request: pb.ListServiceAccountTokensRequest, _context: Any
    ) -> pb.ListServiceAccountTokensResponse:
        tokens = await self._services.list_tokens(_id(request.service_account), _identity())
        return pb.ListServiceAccountTokensResponse(tokens=map(token_to, tokens))

    async def DeleteServiceAccountToken(  # noqa: N802 - the name on the wire
        self, request: pb.DeleteServiceAccountTokenRequest, _context: Any
    ) -> empty_pb2.Empty:
        account, _, token = _id(request.name).partition("/tokens/")
        await self._services.revoke_token(account, token.replace("\0", " "), _identity())
        return empty_pb2.Empty()


def _identity() -> Identity:
    return current_caller().identity


def _id(name: str) -> str:
    return name.removeprefix("serviceAccounts/")
