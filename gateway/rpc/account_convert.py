"""Messages of accounts to values and back."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from google.protobuf.timestamp_pb2 import Timestamp
from muster.gateway.v1 import account_service_pb2 as pb
from muster.gateway.v1 import service_account_service_pb2 as service_pb

from gateway.app.apply_accounts import AppliedAccounts
from gateway.app.one_time_codes import OneTimeCode
from gateway.domain.accounts import Account, Kind
from gateway.domain.sessions import OpenSession, ServiceToken

_ALL_SITES = "sites/-"


def account_from(message: pb.Account) -> Account:
    """Reads an account as somebody wants it; what it permits follows from its roles."""
    return Account(
        id=message.name.removeprefix("accounts/") if message.name[:9] == "accounts/" else "",
        display_name=message.display_name,
        permissions=frozenset(),
        sites=sites_from(message.sites),
        agent=message.agent,
        roles=roles_from(message.roles),
        language_code=message.language_code,
        teams=frozenset(message.teams),
        reporting_line=message.reporting_line,
    )


def service_account_from(id_: str, message: service_pb.ServiceAccount) -> Account:
    """Reads a service account as somebody wants it."""
    return Account(
        id=id_,
        display_name=message.display_name,
        permissions=frozenset(),
        sites=sites_from(message.sites),
        roles=roles_from(message.roles),
        teams=frozenset(message.teams),
        kind=Kind.SERVICE,
    )


def changes_from(message: Any, fields: Iterable[str]) -> dict[str, Any]:
    """Reads the named fields of an account or service account."""
    readers: dict[str, Callable[[Any], Any]] = {
        "sites": sites_from,
        "roles": roles_from,
        "teams": frozenset,
    }
    return {name: readers.get(name, _as_it_is)(getattr(message, name)) for name in fields}


def sites_from(names: Iterable[str]) -> frozenset[str] | None:
    """Reads sites; None for all of them."""
    sites = frozenset(names)
    return None if sites == {_ALL_SITES} else sites


def roles_from(names: Iterable[str]) -> tuple[str, ...]:
    """Reads the ids of roles, in order."""
    return tuple(sorted({name.removeprefix("roles/") for name in names}))


def account_to(account: Account) -> pb.Account:
    """Writes an account."""
    return pb.Account(
        name=account.name,
        display_name=account.display_name,
        permissions=sorted(account.permissions),
        sites=_sites_to(account),
        agent=account.agent,
        roles=[f"roles/{role}" for role in account.roles],
        language_code=account.language_code,
        teams=sorted(account.teams),
        reporting_line=account.reporting_line,
        etag=account.etag,
        disable_time=_maybe(account.disable_time),
    )


def service_account_to(account: Account) -> service_pb.ServiceAccount:
    """Writes a service account."""
    return service_pb.ServiceAccount(
        name=account.name,
        display_name=account.display_name,
        roles=[f"roles/{role}" for role in account.roles],
        permissions=sorted(account.permissions),
        sites=_sites_to(account),
        teams=sorted(account.teams),
        etag=account.etag,
    )


def token_to(token: ServiceToken, secret: str = "") -> service_pb.ServiceAccountToken:
    """Writes a token of a service account, with the token itself where that is shown."""
    return service_pb.ServiceAccountToken(
        name=f"serviceAccounts/{token.account}/tokens/{token.id}",
        display_name=token.display_name,
        token=secret,
        author=token.author,
        create_time=_timestamp(token.create_time),
        expire_time=_timestamp(token.expire_time),
        last_used_time=_maybe(token.last_used_time),
    )


def sessions_to(
    account: str, sessions: Sequence[OpenSession], current: str
) -> pb.ListSessionsResponse:
    """Writes sessions of an account, of which the present call may be made with one."""
    return pb.ListSessionsResponse(
        sessions=[
            pb.OpenSession(
                name=f"accounts/{account}/sessions/{session.id}",
                create_time=_timestamp(session.create_time),
                last_used_time=_timestamp(session.last_used_time),
                expire_time=_timestamp(session.expire_time),
                address_class=session.place.address_class,
                user_agent=session.place.user_agent,
                current=session.id == current,
            )
            for session in sessions
        ]
    )


def code_to(code: OneTimeCode) -> pb.OneTimeCode:
    """Writes a new code."""
    message = pb.OneTimeCode(account=f"accounts/{code.account}", code=code.code)
    message.expire_time.FromDatetime(code.expire_time)
    return message


def applied_to(applied: AppliedAccounts) -> pb.ApplyAccountsResponse:
    """Writes what was applied."""
    return pb.ApplyAccountsResponse(
        created_count=len(applied.changes.created),
        updated_count=len(applied.changes.updated),
        unchanged_count=applied.changes.unchanged_count,
        codes=map(code_to, applied.codes),
    )


def _sites_to(account: Account) -> list[str]:
    return [_ALL_SITES] if account.sites is None else sorted(account.sites)


def _as_it_is(value: Any) -> Any:
    return value


def _timestamp(instant: datetime) -> Timestamp:
    timestamp = Timestamp()
    timestamp.FromDatetime(instant)
    return timestamp


def _maybe(instant: datetime | None) -> Timestamp | None:
    return None if instant is None else _timestamp(instant)
