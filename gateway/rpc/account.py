"""AccountService."""

from typing import Any

from google.protobuf import empty_pb2
from muster.gateway.v1 import account_service_pb2 as pb
from muster.gateway.v1 import account_service_pb2_grpc

from chassis.access import current_caller
from chassis.identity import sign_in_required
from gateway.api.callers import SessionCaller
from gateway.app.sessions import Sessions
from gateway.domain.accounts import Account

_ALL_SITES = "sites/-"


class AccountServicer(account_service_pb2_grpc.AccountServiceServicer):
    """Signs people in and out."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def CreateSession(self, request: pb.CreateSessionRequest, _context: Any) -> pb.Session:  # noqa: N802 - the name on the wire
        signed_in = await self._sessions.open(request.account, request.password)
        answer = pb.Session(token=signed_in.token, account=_message(signed_in.session.account))
        answer.expire_time.FromDatetime(signed_in.session.expire_time)
        return answer

    async def DeleteSession(  # noqa: N802 - the name on the wire
        self, _request: pb.DeleteSessionRequest, _context: Any
    ) -> empty_pb2.Empty:
        await self._sessions.end(_signed_in().token_hash)
        return empty_pb2.Empty()

    async def GetMyAccount(self, _request: pb.GetMyAccountRequest, _context: Any) -> pb.Account:  # noqa: N802 - the name on the wire
        return _message(_signed_in().session.account)


def _signed_in() -> SessionCaller:
    caller = current_caller()
    if not isinstance(caller, SessionCaller):
        raise sign_in_required("the call brings no session")
    return caller


def _message(account: Account) -> pb.Account:
    sites = [_ALL_SITES] if account.sites is None else sorted(account.sites)
    return pb.Account(
        name=account.name,
        display_name=account.display_name,
        permissions=sorted(account.permissions),
        sites=sites,
        agent=account.agent,
    )
