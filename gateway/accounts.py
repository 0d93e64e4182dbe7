"""Wires who signs in, by what, and what that grants."""

import secrets
from functools import partial

from muster.gateway.v1 import account_service_pb2_grpc

from chassis.process import Ground
from gateway.api.callers import Callers
from gateway.api.served import Served
from gateway.app.apply_accounts import ApplyAccounts
from gateway.app.givers import Givers
from gateway.app.identities import HistoryOf, Identities
from gateway.app.one_time_codes import OneTimeCodes
from gateway.app.passwords import SlowPasswords, readable_secret
from gateway.app.sessions import Sessions
from gateway.backends.organisation import RosterOrganisation
from gateway.config import GatewaySettings
from gateway.rpc.account import AccountServicer
from gateway.store.account_changes import StoredAccountChanges
from gateway.store.accounts import StoredAccounts


class AccountParts:
    """What accounts are made of; callers come first, as servers need them from the start."""

    def __init__(self, ground: Ground[GatewaySettings], history_of: HistoryOf) -> None:
        self._ground = ground
        clock = ground.clock
        self._passwords = SlowPasswords()
        self._organisation = RosterOrganisation(
            ground.peer(ground.settings.roster_target, forward=False), clock
        )
        self.sessions = Sessions(
            StoredAccounts(ground.database),
            self._passwords,
            clock,
            partial(secrets.token_urlsafe, 32),
        )
        identities = Identities(self._organisation, history_of)
        self.callers = Callers(self.sessions, identities, ground.signer, ground.trust, clock)

    def served(self) -> tuple[Served, ...]:
        """Returns the services around accounts."""
        return (
            Served(
                "muster.gateway.v1.AccountService",
                account_service_pb2_grpc.add_AccountServiceServicer_to_server,
                self._account_servicer(),
            ),
        )

    def _account_servicer(self) -> AccountServicer:
        """Serves accounts; one-time codes and signing in count failed attempts together."""
        database, clock = self._ground.database, self._ground.clock
        store = StoredAccountChanges(database)
        givers = Givers(self._organisation)
        codes = OneTimeCodes(
            store,
            StoredAccounts(database),
            self._passwords,
            self.sessions,
            givers,
            clock,
            readable_secret,
        )
        apply_accounts = ApplyAccounts(store, codes, givers, self.sessions, clock)
        return AccountServicer(self.sessions, codes, apply_accounts)
