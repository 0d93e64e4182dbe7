"""Other places by which people sign in (OpenID Connect), and what their claims grant."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from gateway.domain.accounts import Account

_NOT_IN_AN_ID = re.compile(r"[^a-z0-9]+")
_LONGEST_ID = 63


@dataclass(frozen=True, slots=True)
class ClaimGrant:
    """What a claim grants whoever has it: a claim that is the value, or a list that holds it."""

    claim: str
    value: str
    roles: tuple[str, ...] = ()
    sites: frozenset[str] | None = frozenset()
    teams: frozenset[str] = frozenset()
    reporting_line: bool = False

    def matches(self, claims: Mapping[str, Any]) -> bool:
        """Tells whether the claims are such; dots lead into nested ones, as in `realm.roles`."""
        found: Any = claims
        for part in self.claim.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
        if isinstance(found, list):
            return self.value in found
        return bool(found == self.value)


@dataclass(frozen=True, slots=True)
class Provider:
    """One place, and how the people it knows become accounts.

    Who is not linked yet is linked to the account whose id is her account claim if `link_accounts`
    is set, or gets such an account if `create_accounts` is set. With grants, roles and scope follow
    the claims at every sign-in; without, they are kept here.
    """

    id: str
    display_name: str
    issuer: str
    client_id: str
    client_secret: str = ""
    scopes: tuple[str, ...] = ("openid", "profile")
    account_claim: str = "preferred_username"
    agent_claim: str = ""
    link_accounts: bool = False
    create_accounts: bool = False
    grants: tuple[ClaimGrant, ...] = ()

    @property
    def start_path(self) -> str:
        """Where a browser begins to sign in."""
        return f"/v1/oidc/{self.id}/start"


def account_id_of(provider: Provider, claims: Mapping[str, Any]) -> str:
    """Returns the id of the account that the claims mean, such as `ana-li` for `Ana.Li@x.example`;
    empty if they mean none.
    """
    told = claims.get(provider.account_claim)
    if not isinstance(told, str):
        return ""
    return _NOT_IN_AN_ID.sub("-", told.partition("@")[0].lower()).strip("-")[:_LONGEST_ID]


def granted(provider: Provider, account: Account, claims: Mapping[str, Any]) -> Account | None:
    """Returns an account with what the claims grant it, together; None if they grant no role.

    What it permits is worked out from the roles by whoever keeps them.
    """
    agent = claims.get(provider.agent_claim) if provider.agent_claim else None
    if isinstance(agent, str) and agent:
        account = replace(account, agent=f"agents/{agent}")
    if not provider.grants:
        return account
    matching = [grant for grant in provider.grants if grant.matches(claims)]
    roles = {role for grant in matching for role in grant.roles}
    if not roles:
        return None
    sites: frozenset[str] | None = frozenset()
    for grant in matching:
        sites = None if sites is None or grant.sites is None else sites | grant.sites
    return replace(
        account,
        roles=tuple(sorted(roles)),
        sites=sites,
        teams=frozenset(team for grant in matching for team in grant.teams),
        reporting_line=bool(account.agent) and any(grant.reporting_line for grant in matching),
    )
