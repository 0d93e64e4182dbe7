"""Whom a change of accounts concerns: the agents to whom they belong, before it and after."""

import re
from collections.abc import Awaitable, Callable, Sequence

from google.protobuf.message import Message
from muster.gateway.v1 import account_service_pb2 as pb

from gateway.domain.account_changes import MOST_ACCOUNTS

AgentsOf = Callable[[Sequence[str]], Awaitable[Sequence[str]]]
"""Returns the agents to whom those of the accounts belong that exist, by the accounts' ids."""

_ACCOUNT = re.compile(r"accounts/([a-z0-9-]{1,63})")
_AGENT = re.compile(r"agents/[a-z0-9-]{1,63}")


async def find_account_persons(request: Message | None, agents_of: AgentsOf) -> Sequence[str]:
    """Returns the agents, each once, as whom one could sign in by what a request changes; none of a
    request that changes no account.
    """
    accounts = _accounts_of(request)
    ids = [match[1] for account in accounts if (match := _ACCOUNT.fullmatch(account.name))]
    former = await agents_of(ids) if ids else ()
    named = (account.agent for account in accounts if _AGENT.fullmatch(account.agent))
    return tuple(dict.fromkeys((*former, *named)))


def _accounts_of(request: Message | None) -> Sequence[pb.Account]:
    match request:
        case pb.ApplyAccountsRequest(validate_only=False):
            # With more of them the call is refused.
            return request.accounts[:MOST_ACCOUNTS]
        case pb.UpdateAccountRequest():
            return [request.account]
        case pb.CreateOneTimeCodeRequest():
            return [pb.Account(name=request.account)]
        case pb.EnableAccountRequest() | pb.DisableAccountRequest():
            return [pb.Account(name=request.name)]
        case _:
            return ()
