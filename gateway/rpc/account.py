"""AccountService."""

from typing import Any

from google.protobuf import empty_pb2
from muster.gateway.v1 import account_service_pb2 as pb
from muster.gateway.v1 import account_service_pb2_grpc

from chassis.access import current_caller
from chassis.identity import sign_in_required
from gateway.api.callers import SessionCaller
from gateway.app.apply_accounts import ApplyAccounts
from gateway.app.one_time_codes import OneTimeCodes
from gateway.app.sessions import Sessions
from gateway.rpc.account_convert import account_from, account_to, applied_to, code_to


class AccountServicer(account_service_pb2_grpc.AccountServiceServicer):
    """Signs people in and out, and keeps their accounts."""

    def __init__(
        self,
        sessions: Sessions,
        codes: OneTimeCodes,
        apply_accounts: ApplyAccounts,
    ) -> None:
        self._sessions = sessions
        self._codes = codes
        self._apply_accounts = apply_accounts

    async def CreateSession(self, request: pb.CreateSessionRequest, _context: Any) -> pb.Session:  # noqa: N802 - the name on the wire
        signed_in = await self._sessions.open(request.account, request.password)
        answer = pb.Session(token=signed_in.token, account=account_to(signed_in.session.account))
        answer.expire_time.FromDatetime(signed_in.session.expire_time)
        return answer

    async def DeleteSession(  # noqa: N802 - the name on the wire
        self, _request: pb.DeleteSessionRequest, _context: Any
    ) -> empty_pb2.Empty:
        await self._sessions.end(_signed_in().token_hash)
        return empty_pb2.Empty()

    async def GetMyAccount(self, _request: pb.GetMyAccountRequest, _context: Any) -> pb.Account:  # noqa: N802 - the name on the wire
        return account_to(_signed_in().session.account)

    async def ApplyAccounts(  # noqa: N802 - the name on the wire
        self, request: pb.ApplyAccountsRequest, _context: Any
    ) -> pb.ApplyAccountsResponse:
        accounts = [account_from(message) for message in request.accounts]
        applied = await self._apply_accounts.apply(
            accounts, current_caller().identity, validate_only=request.validate_only
        )
        return applied_to(applied)

    async def CreateOneTimeCode(  # noqa: N802 - the name on the wire
        self, request: pb.CreateOneTimeCodeRequest, _context: Any
    ) -> pb.OneTimeCode:
        account = request.account.removeprefix("accounts/")
        return code_to(await self._codes.create(account, current_caller().identity))

    async def RedeemOneTimeCode(  # noqa: N802 - the name on the wire
        self, request: pb.RedeemOneTimeCodeRequest, _context: Any
    ) -> empty_pb2.Empty:
        await self._codes.redeem(request.account, request.code, request.new_password)
        return empty_pb2.Empty()


def _signed_in() -> SessionCaller:
    caller = current_caller()
    if not isinstance(caller, SessionCaller):
        raise sign_in_required("the call brings no session")
    return caller
