"""Wires who signs in, by what, and what that grants."""

import secrets
from functools import partial

from starlette.routing import BaseRoute

from chassis.process import Ground
from gateway.api.callers import Callers
from gateway.api.origins import place_behind
from gateway.api.permissions import list_permissions
from gateway.api.served import Served
from gateway.app.apply_accounts import ApplyAccounts
from gateway.app.givers import Givers
from gateway.app.identities import HistoryOf, Identities
from gateway.app.manage_accounts import ManageAccounts
from gateway.app.manage_roles import ManageRoles
from gateway.app.manage_service_accounts import ManageServiceAccounts
from gateway.app.one_time_codes import OneTimeCodes
from gateway.app.passwords import SlowPasswords, readable_secret
from gateway.app.provider_sign_in import ProviderSignIn
from gateway.app.sessions import Sessions
from gateway.backends.openid import OpenIdProvider
from gateway.backends.organisation import RosterOrganisation
from gateway.backends.provider_file import read_providers
from gateway.config import GatewaySettings
from gateway.domain.accounts import Kind
from gateway.domain.addresses import parse_networks
from gateway.http.layered import Layered
from gateway.http.openid import Audited, OpenIdEndpoint
from gateway.rpc.account import AccountServicer
from gateway.rpc.role import RoleServicer
from gateway.rpc.service_account import ServiceAccountServicer
from gateway.store.account_changes import StoredAccountChanges
from gateway.store.accounts import StoredAccounts


class AccountParts:
    """What accounts are made of; callers come first, as servers need them from the start."""

    def __init__(self, ground: Ground[GatewaySettings], history_of: HistoryOf) -> None:
        self._clock = ground.clock
        self._settings = ground.settings
        self._providers = read_providers(ground.settings.oidc_file)
        self._passwords = SlowPasswords()
        self._accounts = StoredAccounts(ground.database)
        self._store = StoredAccountChanges(ground.database)
        organisation = RosterOrganisation(
            ground.peer(ground.settings.roster_target, forward=False), ground.clock
        )
        self._givers = Givers(organisation)
        self._new_token = partial(secrets.token_urlsafe, 32)
        self.current_place = place_behind(parse_networks(ground.settings.trusted_proxies))
        self.sessions = Sessions(self._accounts, self._passwords, ground.clock, self._new_token)
        self.callers = Callers(
            self.sessions,
            Identities(organisation, history_of),
            ground.signer,
            ground.trust,
            ground.clock,
        )

    def served(self) -> tuple[Served, ...]:
        """Returns the services around accounts."""
        return (
            Served("muster.gateway.v1.AccountService", self._account_servicer()),
            Served("muster.gateway.v1.RoleService", self._role_servicer()),
            Served("muster.gateway.v1.ServiceAccountService", self._service_account_servicer()),
        )

    def sign_in_routes(self, layered: Layered, audited: Audited) -> list[BaseRoute]:
        """Returns the routes by which browsers sign in elsewhere and come back."""
        origin = self._settings.public_url.rstrip("/")
        providers = [
            OpenIdProvider(one, f"{origin}/v1/oidc/{one.id}/callback", self._clock)
            for one in self._providers
        ]
        sign_in = ProviderSignIn(self._store, self.sessions, self._clock)
        endpoint = OpenIdEndpoint(
            providers, sign_in, audited, layered, self.current_place, self._clock
        )
        return endpoint.routes()

    def _account_servicer(self) -> AccountServicer:
        """Serves accounts; one-time codes and signing in count failed attempts together."""
        codes = OneTimeCodes(
            self._store,
            self._accounts,
            self._passwords,
            self.sessions,
            self._givers,
            self._clock,
            readable_secret,
        )
        apply_accounts = ApplyAccounts(self._store, codes, self._givers, self.sessions, self._clock)
        return AccountServicer(
            self.sessions,
            codes,
            apply_accounts,
            self._manage(Kind.PERSON),
            self._providers,
            self.current_place,
        )

    def _role_servicer(self) -> RoleServicer:
        permissions = list_permissions()
        roles = ManageRoles(self._store, self.sessions, permissions.keys())
        return RoleServicer(roles, permissions)

    def _service_account_servicer(self) -> ServiceAccountServicer:
        accounts = self._manage(Kind.SERVICE)
        services = ManageServiceAccounts(
            accounts, self._store, self._givers, self.sessions, self._clock, self._new_token
        )
        return ServiceAccountServicer(accounts, services)

    def _manage(self, kind: Kind) -> ManageAccounts:
        return ManageAccounts(kind, self._store, self._givers, self.sessions, self._clock)
