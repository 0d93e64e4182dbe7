"""The use cases of a site's policy: to get it, to set it, and to judge by the one in force."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from chassis.clock import Clock
from chassis.errors import Code, FieldViolation, Refusal, invalid_fields
from chassis.scope import Scope
from services.presence.app.directory import AgentDirectory
from services.presence.app.ports import PolicyChangedError, PolicyStore
from services.presence.domain.fate import Reason
from services.presence.domain.lease import LeaseRule
from services.presence.domain.policy import PresencePolicy
from services.presence.domain.policy_check import faults_of
from services.presence.domain.state import State

_COPY_AGE = timedelta(seconds=5)


class PoliciesInForce:
    """The policy in force at each site, from a copy of some seconds at most."""

    def __init__(self, store: PolicyStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._copies: dict[str, tuple[datetime, PresencePolicy]] = {}

    async def of(self, site: str) -> PresencePolicy:
        """Returns the policy of a site."""
        now = self._clock.now()
        copy = self._copies.get(site)
        if copy is None or now - copy[0] > _COPY_AGE:
            policy = await self._store.find(site, None)
            assert policy is not None  # noqa: S101 - there are always the defaults
            copy = self._copies[site] = (now, policy)
        return copy[1]

    def forget(self, site: str) -> None:
        """Lets the next one read the policy of a site anew."""
        self._copies.pop(site, None)

    async def lease_rules(self, site: str) -> Sequence[LeaseRule]:
        """Returns the rules of leases; the defaults for no site."""
        return (await self.of(site)).lease_rules

    async def grace(self, site: str) -> timedelta:
        """Returns how long after its lease a silent source's former state goes on."""
        return (await self.of(site)).grace

    async def limit_end(self, site: str, queue: str) -> State:
        """Returns what a wrap-up after contacts of a queue ends in: ONLINE, or an overrun."""
        rule = (await self.of(site)).wrap_up_rule(queue)
        return State.WRAP_UP if rule is None else rule.limit_end.state


class Policies:
    """Gets and sets the policies of sites that the caller may see whole."""

    def __init__(
        self,
        directory: AgentDirectory,
        store: PolicyStore,
        in_force: PoliciesInForce,
        clock: Clock,
    ) -> None:
        self._directory = directory
        self._store = store
        self._in_force = in_force
        self._clock = clock

    async def get(self, site: str, version: int, scope: Scope) -> PresencePolicy:
        """Returns a version, or with 0 the one in force.

        Raises NOT_FOUND/UNKNOWN_SITE and NOT_FOUND/UNKNOWN_POLICY_VERSION. Whoever may see somebody
        of a site may read its rules: they judge her.
        """
        if not self._directory.sees_somebody(site, scope):
            raise _unknown_site(site)
        await self._ensure_known(site)
        policy = await self._store.find(site, version or None)
        if policy is None:
            raise Refusal(
                Code.NOT_FOUND,
                Reason.UNKNOWN_POLICY_VERSION,
                f"sites/{site} has no version {version} of its policy.",
                metadata={"version": str(version)},
            )
        return policy

    async def update(
        self, site: str, policy: PresencePolicy, author: str, scope: Scope
    ) -> PresencePolicy:
        """Sets a policy from now on, in place of the version that it names.

        Raises NOT_FOUND/UNKNOWN_SITE, INVALID_ARGUMENT/INVALID_FIELD with every fault, and
        ABORTED/POLICY_CHANGED if another version is in force.
        """
        if not scope.sees_site(f"sites/{site}"):
            raise _unknown_site(site)
        await self._ensure_known(site)
        faults = faults_of(policy)
        if faults:
            raise invalid_fields([FieldViolation(f"policy.{field}", why) for field, why in faults])
        try:
            updated = await self._store.replace(
                site, replace(policy, author=author), self._clock.now()
            )
        except PolicyChangedError as error:
            raise Refusal(
                Code.ABORTED,
                Reason.POLICY_CHANGED,
                f"version {error.version} is in force, not {policy.version}; get it and begin"
                " from there.",
                metadata={"version": str(error.version)},
            ) from None
        self._in_force.forget(site)
        return updated

    async def _ensure_known(self, site: str) -> None:
        """Raises NOT_FOUND/UNKNOWN_SITE for a site that never had an agent nor a policy."""
        if not self._directory.agents_of(site) and not (await self._in_force.of(site)).version:
            raise _unknown_site(site)


def _unknown_site(site: str) -> Refusal:
    return Refusal(
        Code.NOT_FOUND,
        Reason.UNKNOWN_SITE,
        f"sites/{site} does not exist or is not yours to see.",
        metadata={"site": f"sites/{site}"},
    )
