"""The use cases of correcting the log: amendments, and claims that are accepted."""

from chassis.clock import Clock
from chassis.errors import Code, FieldViolation, Refusal, invalid_fields
from chassis.scope import Scope
from services.presence.app.committer import Committer
from services.presence.app.directory import AgentDirectory
from services.presence.app.own_states import ensure_not_of_herself
from services.presence.app.ports import EntryName, StateLogReader
from services.presence.domain.amendment import (
    Amendment,
    acceptance_entry,
    amendment_entry,
    amendment_faults,
)
from services.presence.domain.entry import Entry, LoggedEntry
from services.presence.domain.fate import Reason
from services.presence.domain.state import Mark


class AmendStates:
    """Corrects what agents did whom the caller may see."""

    def __init__(
        self,
        directory: AgentDirectory,
        committer: Committer,
        reader: StateLogReader,
        clock: Clock,
    ) -> None:
        self._directory = directory
        self._committer = committer
        self._reader = reader
        self._clock = clock

    async def amend(self, amendment: Amendment, scope: Scope) -> LoggedEntry:
        """Returns the amendment as it was recorded, now or by an earlier call of the same request.

        Raises NOT_FOUND/UNKNOWN_AGENT, PERMISSION_DENIED/ONLY_OWN_BUTTON,
        INVALID_ARGUMENT/INVALID_FIELD with every fault, and FAILED_PRECONDITION/REQUEST_ID_REUSED.
        """
        site = await self._directory.find_visible_site(amendment.agent, scope)
        ensure_not_of_herself(scope)
        faults = amendment_faults(amendment, self._clock.now())
        if faults:
            raise invalid_fields([FieldViolation(*fault) for fault in faults])
        entry = amendment_entry(amendment)
        recorded = await self._record(site, entry)
        if recorded.entry != entry:
            raise Refusal(
                Code.FAILED_PRECONDITION,
                Reason.REQUEST_ID_REUSED,
                f"the request_id {amendment.request_id} was used for something else.",
            )
        return recorded

    async def accept(self, claim: EntryName, author: str, scope: Scope) -> LoggedEntry:
        """Returns the acceptance of a claim as it was recorded, now or by an earlier call.

        Raises NOT_FOUND/UNKNOWN_AGENT, NOT_FOUND/UNKNOWN_ENTRY, PERMISSION_DENIED/ONLY_OWN_BUTTON
        and FAILED_PRECONDITION/NOT_A_CLAIM.
        """
        site = await self._directory.find_visible_site(claim.agent, scope)
        ensure_not_of_herself(scope)
        found = await self._reader.find_entry(claim)
        seen = self._directory.sites_seen(claim.agent, scope)
        if found is None or (seen is not None and found.link.site not in seen):
            raise Refusal(
                Code.NOT_FOUND,
                Reason.UNKNOWN_ENTRY,
                f"{claim.agent} has no entry {claim.event_id} of {claim.source} at that instant.",
            )
        if not found.entry.marks & Mark.CLAIMED:
            raise Refusal(
                Code.FAILED_PRECONDITION,
                Reason.NOT_A_CLAIM,
                f"the entry {claim.event_id} of {claim.source} holds no claimed time.",
            )
        return await self._record(site, acceptance_entry(found.entry, author))

    async def _record(self, site: str, entry: Entry) -> LoggedEntry:
        await self._committer.commit(site, [entry])
        name = EntryName(entry.agent, entry.source, entry.event_id, entry.occurred_time)
        recorded = await self._reader.find_entry(name)
        if recorded is None:
            # The same request on the same day, at another instant of it.
            raise Refusal(
                Code.FAILED_PRECONDITION,
                Reason.REQUEST_ID_REUSED,
                "the request_id was used for another span.",
            )
        return recorded
