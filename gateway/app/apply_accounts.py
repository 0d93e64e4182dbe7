"""Creates and changes accounts, all or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from chassis.clock import Clock
from chassis.errors import FieldViolation, Refusal, invalid_fields
from chassis.identity import Identity
from gateway.app.account_ports import AccountStore
from gateway.app.givers import Givers
from gateway.app.manage_accounts import keeping_administrators, refuse_second_accounts
from gateway.app.one_time_codes import OneTimeCode, OneTimeCodes
from gateway.app.sessions import Sessions
from gateway.domain.account_changes import (
    AccountChanges,
    Fault,
    check_accounts,
    decide_account_changes,
    permissions_of,
)
from gateway.domain.accounts import Account

# They travel in a trailer, whose usual limit is 8 KiB.
MOST_VIOLATIONS = 25


@dataclass(frozen=True, slots=True)
class AppliedAccounts:
    """What a request changed, and the codes of the accounts that it created."""

    changes: AccountChanges
    codes: tuple[OneTimeCode, ...]


class ApplyAccounts:
    """Creates and changes accounts; what is not named stays as it is."""

    def __init__(
        self,
        store: AccountStore,
        codes: OneTimeCodes,
        givers: Givers,
        sessions: Sessions,
        clock: Clock,
    ) -> None:
        self._store = store
        self._codes = codes
        self._givers = givers
        self._sessions = sessions
        self._clock = clock

    async def apply(
        self, wanted: Sequence[Account], identity: Identity, *, validate_only: bool
    ) -> AppliedAccounts:
        """Applies the rows in the name of a caller, or only checks them; refuses with one violation
        a faulty row. What the accounts permit follows from their roles, at once for open sessions.
        """
        async with self._store.begin() as unit:
            roles = await unit.load_roles()
            known = await unit.load_accounts([account.id for account in wanted])
            wanted = [
                replace(account, permissions=permissions_of(account.roles, roles))
                for account in wanted
            ]
            giver = await self._givers.giver_for(identity, [*wanted, *known.values()])
            _refuse(check_accounts(wanted, known, roles, giver))
            await refuse_second_accounts(unit, wanted, known)
            changes = decide_account_changes(wanted, known)
            if validate_only:
                return AppliedAccounts(changes, ())
            async with keeping_administrators(unit):
                await unit.save(changes, self._clock.now())
            codes = await self._codes.make(unit, *(account.id for account in changes.created))
        self._sessions.forget(*(account.id for account in changes.updated))
        return AppliedAccounts(changes, codes)


def _refuse(faults: Sequence[Fault]) -> None:
    if not faults:
        return
    violations = [FieldViolation(fault.field, fault.description) for fault in faults]
    refusal = invalid_fields(violations)
    raise Refusal(
        refusal.code,
        refusal.reason,
        refusal.message,
        metadata={"violation_count": str(len(violations))},
        violations=violations[:MOST_VIOLATIONS],
    )
