"""What an account is worth towards the services: its permissions, and whose rows it sees now."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from chassis.identity import Identity
from chassis.scope import Scope
from gateway.app.givers import Organisation
from gateway.domain.accounts import Account
from gateway.domain.reporting_lines import ReportingLine

HistoryOf = Callable[[Scope, frozenset[str], str], Awaitable[Scope | None]]
"""Returns whose past days a caller sees, by her scope, the teams that she leads directly, and her
own agent (empty: none); None if it is the scope.
"""


class Identities:
    """Works out identities; reporting lines follow the roster within a minute."""

    def __init__(self, organisation: Organisation, history_of: HistoryOf) -> None:
        self._organisation = organisation
        self._history_of = history_of

    async def identity_of(self, account: Account) -> Identity:
        """Returns what the services learn about an account. Refuses if the roster does not answer
        for somebody whose scope hangs on it.
        """
        line = await self._line(account)
        teams = account.teams | line.whole if account.reporting_line else account.teams
        agents = frozenset({account.agent}) if account.agent else frozenset[str]()
        scope = Scope(account.sites, agents, teams)
        identity = Identity(account.name, account.permissions, scope)
        if not account.leads_others:
            return identity
        return replace(identity, history=await self._history_of(scope, line.direct, account.agent))

    async def _line(self, account: Account) -> ReportingLine:
        if not account.agent or not account.leads_others:
            return ReportingLine()
        return await self._organisation.line_of(account.agent)
