"""Messages of accounts to values and back."""

from muster.gateway.v1 import account_service_pb2 as pb

from gateway.app.apply_accounts import AppliedAccounts
from gateway.app.one_time_codes import OneTimeCode
from gateway.domain.accounts import Account

_ALL_SITES = "sites/-"


def account_from(message: pb.Account) -> Account:
    """Reads an account as somebody wants it; what it permits follows from its roles."""
    sites = frozenset(message.sites)
    return Account(
        id=message.name.removeprefix("accounts/") if message.name[:9] == "accounts/" else "",
        display_name=message.display_name,
        permissions=frozenset(),
        sites=None if sites == {_ALL_SITES} else sites,
        agent=message.agent,
        roles=tuple(sorted({role.removeprefix("roles/") for role in message.roles})),
        language_code=message.language_code,
        teams=frozenset(message.teams),
        reporting_line=message.reporting_line,
    )


def account_to(account: Account) -> pb.Account:
    """Writes an account."""
    sites = [_ALL_SITES] if account.sites is None else sorted(account.sites)
    return pb.Account(
        name=account.name,
        display_name=account.display_name,
        permissions=sorted(account.permissions),
        sites=sites,
        agent=account.agent,
        roles=[f"roles/{role}" for role in account.roles],
        language_code=account.language_code,
        teams=sorted(account.teams),
        reporting_line=account.reporting_line,
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
