"""AccountService."""

from typing import Any

from google.protobuf import empty_pb2
from muster.gateway.v1 import account_service_pb2 as pb
from muster.gateway.v1 import account_service_pb2_grpc

from chassis.access import current_caller
from chassis.errors import Code, FieldViolation, Refusal, invalid_fields
from chassis.identity import Identity, sign_in_required
from chassis.rpc.pages import cut
from gateway.api.callers import SessionCaller
from gateway.api.masks import masked
from gateway.api.origins import CurrentPlace
from gateway.app.account_ports import AccountFilter
from gateway.app.apply_accounts import ApplyAccounts
from gateway.app.manage_accounts import ManageAccounts
from gateway.app.one_time_codes import OneTimeCodes
from gateway.app.sessions import Sessions, session_id
from gateway.domain.accounts import Kind
from gateway.domain.codes import find_password_fault
from gateway.domain.providers import Provider
from gateway.rpc.account_convert import (
    account_from,
    account_to,
    applied_to,
    changes_from,
    code_to,
    sessions_to,
)
from gateway.rpc.pages import page_of

_CHANGEABLE = (
    "display_name",
    "sites",
    "teams",
    "agent",
    "reporting_line",
    "roles",
    "language_code",
)
_OWN_SESSIONS = "accounts/me/sessions/"


class AccountServicer(account_service_pb2_grpc.AccountServiceServicer):
    """Signs people in and out, and keeps their accounts."""

    def __init__(
        self,
        sessions: Sessions,
        codes: OneTimeCodes,
        apply_accounts: ApplyAccounts,
        accounts: ManageAccounts,
        providers: tuple[Provider, ...],
        current_place: CurrentPlace,
    ) -> None:
        self._sessions = sessions
        self._codes = codes
        self._apply_accounts = apply_accounts
        self._accounts = accounts
        self._providers = providers
        self._current_place = current_place

    async def CreateSession(self, request: pb.CreateSessionRequest, _context: Any) -> pb.Session:  # noqa: N802 - the name on the wire
        place = self._current_place()
        signed_in = await self._sessions.open(request.account, request.password, place)
        answer = pb.Session(token=signed_in.token, account=account_to(signed_in.session.account))
        answer.expire_time.FromDatetime(signed_in.session.expire_time)
        return answer

    async def DeleteSession(  # noqa: N802 - the name on the wire
        self, _request: pb.DeleteSessionRequest, _context: Any
    ) -> empty_pb2.Empty:
        await self._sessions.end(_signed_in().token_hash)
        return empty_pb2.Empty()

    async def GetMyAccount(self, _request: pb.GetMyAccountRequest, _context: Any) -> pb.Account:  # noqa: N802 - the name on the wire
        caller = current_caller()
        if not isinstance(caller, SessionCaller):
            raise sign_in_required("the call brings no session")
        return account_to(caller.session.account)

    async def ApplyAccounts(  # noqa: N802 - the name on the wire
        self, request: pb.ApplyAccountsRequest, _context: Any
    ) -> pb.ApplyAccountsResponse:
        accounts = [account_from(message) for message in request.accounts]
        applied = await self._apply_accounts.apply(
            accounts, _identity(), validate_only=request.validate_only
        )
        return applied_to(applied)

    async def ListAccounts(  # noqa: N802 - the name on the wire
        self, request: pb.ListAccountsRequest, _context: Any
    ) -> pb.ListAccountsResponse:
        wanted = AccountFilter(
            Kind.PERSON,
            request.search.replace("\0", " "),
            request.role.removeprefix("roles/").replace("\0", " "),
            request.include_disabled,
        )
        page = page_of(request, str)
        after = str(page.after[0]) if page.after else ""
        rows = await self._accounts.list(wanted, _identity(), after, page.limit)
        shown, token = cut(rows, request, lambda account: (account.id,))
        return pb.ListAccountsResponse(accounts=map(account_to, shown), next_page_token=token)

    async def GetAccount(self, request: pb.GetAccountRequest, _context: Any) -> pb.Account:  # noqa: N802 - the name on the wire
        return account_to(await self._accounts.get(_id(request.name), _identity()))

    async def UpdateAccount(self, request: pb.UpdateAccountRequest, _context: Any) -> pb.Account:  # noqa: N802 - the name on the wire
        message = request.account
        fields = masked(message, request.update_mask, _CHANGEABLE)
        changes = changes_from(message, fields)
        account = await self._accounts.update(_id(message.name), changes, message.etag, _identity())
        return account_to(account)

    async def DisableAccount(self, request: pb.DisableAccountRequest, _context: Any) -> pb.Account:  # noqa: N802 - the name on the wire
        return account_to(await self._accounts.disable(_id(request.name), _identity()))

    async def EnableAccount(self, request: pb.EnableAccountRequest, _context: Any) -> pb.Account:  # noqa: N802 - the name on the wire
        return account_to(await self._accounts.enable(_id(request.name), _identity()))

    async def ChangeMyPassword(  # noqa: N802 - the name on the wire
        self, request: pb.ChangeMyPasswordRequest, _context: Any
    ) -> empty_pb2.Empty:
        caller = _signed_in()
        fault = find_password_fault(caller.session.account.id, request.new_password)
        if fault is not None:
            raise invalid_fields([FieldViolation("new_password", fault)])
        await self._sessions.change_password(
            caller.session,
            caller.token_hash,
            (request.password, request.new_password),
            self._current_place(),
        )
        return empty_pb2.Empty()

    async def ListMySessions(  # noqa: N802 - the name on the wire
        self, _request: pb.ListMySessionsRequest, _context: Any
    ) -> pb.ListSessionsResponse:
        return await self._list_sessions(_signed_in().session.account.id)

    async def EndMySession(  # noqa: N802 - the name on the wire
        self, request: pb.EndMySessionRequest, _context: Any
    ) -> empty_pb2.Empty:
        account = _signed_in().session.account.id
        session = request.name.removeprefix(_OWN_SESSIONS).replace("\0", " ")
        if not session or not await self._sessions.end_one(account, session):
            raise Refusal(Code.NOT_FOUND, "UNKNOWN_SESSION", "you have no such session")
        return empty_pb2.Empty()

    async def ListSessions(  # noqa: N802 - the name on the wire
        self, request: pb.ListSessionsRequest, _context: Any
    ) -> pb.ListSessionsResponse:
        account = await self._accounts.get(_id(request.account), _identity())
        return await self._list_sessions(account.id)

    async def EndSessions(  # noqa: N802 - the name on the wire
        self, request: pb.EndSessionsRequest, _context: Any
    ) -> empty_pb2.Empty:
        account = await self._accounts.get(_id(request.account), _identity())
        await self._sessions.end_all(account.id)
        return empty_pb2.Empty()

    async def ListSignInProviders(  # noqa: N802 - the name on the wire
        self, _request: pb.ListSignInProvidersRequest, _context: Any
    ) -> pb.ListSignInProvidersResponse:
        return pb.ListSignInProvidersResponse(
            providers=[
                pb.SignInProvider(
                    name=f"signInProviders/{provider.id}",
                    display_name=provider.display_name,
                    start_uri=provider.start_path,
                )
                for provider in self._providers
            ]
        )

    async def CreateOneTimeCode(  # noqa: N802 - the name on the wire
        self, request: pb.CreateOneTimeCodeRequest, _context: Any
    ) -> pb.OneTimeCode:
        return code_to(await self._codes.create(_id(request.account), _identity()))

    async def RedeemOneTimeCode(  # noqa: N802 - the name on the wire
        self, request: pb.RedeemOneTimeCodeRequest, _context: Any
    ) -> empty_pb2.Empty:
        place = self._current_place()
        await self._codes.redeem(request.account, request.code, request.new_password, place)
        return empty_pb2.Empty()

    async def _list_sessions(self, account: str) -> pb.ListSessionsResponse:
        caller = current_caller()
        current = session_id(caller.token_hash) if isinstance(caller, SessionCaller) else ""
        return sessions_to(account, await self._sessions.list(account), current)


def _identity() -> Identity:
    return current_caller().identity


def _id(name: str) -> str:
    return name.removeprefix("accounts/")


def _signed_in() -> SessionCaller:
    caller = current_caller()
    if not isinstance(caller, SessionCaller) or caller.session.account.kind is not Kind.PERSON:
        raise sign_in_required("the call brings no session of a person")
    return caller
