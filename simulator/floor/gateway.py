"""The floor's way to Muster: the public gRPC API, like anybody else's."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

import grpc.aio
from google.type import date_pb2
from muster.dispatch.v1.contact_service_pb2_grpc import ContactServiceStub
from muster.gateway.v1 import protection_service_pb2
from muster.gateway.v1.protection_service_pb2_grpc import ProtectionServiceStub
from muster.presence.v1 import (
    policy_service_pb2,
    source_service_pb2,
    state_pb2,
    timeline_service_pb2,
)
from muster.presence.v1.policy_service_pb2_grpc import PolicyServiceStub
from muster.presence.v1.presence_service_pb2_grpc import PresenceServiceStub
from muster.presence.v1.source_service_pb2_grpc import SourceServiceStub
from muster.presence.v1.timeline_service_pb2_grpc import TimelineServiceStub
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceStub
from muster.roster.v1.shift_service_pb2_grpc import ShiftServiceStub

from chassis.errors import Code, Refusal
from chassis.rpc.channel import refusal_from
from chassis.telemetry import Telemetry
from simulator.floor.people import FloorAgent
from simulator.floor.player import UnknownPeople
from simulator.floor.policy import limit_request
from simulator.floor.reports import contacts_request, states_request
from simulator.floor.roster import queues_request, roster_requests, shifts_requests, site_name
from simulator.floor.sources import Sources
from simulator.twin.happenings import ContactMoment, StateChange
from simulator.twin.setting import Place
from simulator.twin.shifts import PlannedShift

# The people of the floor are made up: whoever looks at Muster for the first time may see all of it.
# A real site is strict until it is agreed otherwise.
_RULE_SET = "standard"
_AGREED_BY = "nobody: the people of the demo floor are made up"
_LONGEST_CALL_SECONDS = 20.0


class GrpcFloorGateway:
    """The gateway over gRPC, for the floor of some places."""

    def __init__(
        self,
        channel: grpc.aio.Channel,
        places: Sequence[Place],
        crew: Sequence[FloorAgent],
        sources: Sources,
        telemetry: Telemetry,
    ) -> None:
        self._roster = RosterServiceStub(channel)
        self._shifts = ShiftServiceStub(channel)
        self._presence = PresenceServiceStub(channel)
        self._timelines = TimelineServiceStub(channel)
        self._heartbeats = SourceServiceStub(channel)
        self._dispatch = ContactServiceStub(channel)
        self._protection = ProtectionServiceStub(channel)
        self._policies = PolicyServiceStub(channel)
        self._places = places
        self._crew = crew
        self._sources = sources
        self._place_of = {agent.name: agent.worker.place for agent in crew}
        self._site_of = {queue.id: site_name(place) for place in places for queue in place.queues}
        self._log = telemetry.log

    async def apply_roster(self) -> None:
        """Makes sure that the floor's sites, teams, agents and queues exist, and that their breaks
        have limits. Raises UnknownPeople if presence has not heard of the agents yet.
        """
        for request in roster_requests(self._places, self._crew):
            await _call(self._roster.ApplyRoster, request)
        for place in self._places:
            await self._choose_profile(f"{site_name(place)}/protectionProfile")
        await _call(self._dispatch.ApplyQueues, queues_request(self._places))
        for place in self._places:
            await self._limit_breaks(site_name(place))

    async def last_told_time(self) -> datetime | None:
        """Returns the instant up to which Muster knows of every place; None if it knows nothing of
        one.
        """
        newest = [await self._newest_time(site_name(place)) for place in self._places]
        known = [instant for instant in newest if instant is not None]
        return min(known) if len(known) == len(newest) else None

    async def publish(self, plan: Sequence[PlannedShift]) -> None:
        """Publishes shifts; those that are published already stay as they are."""
        for place in self._places:
            of_place = [shift for shift in plan if self._place_of[shift.agent] is place]
            for request in shifts_requests(place, of_place):
                await _call(self._shifts.ApplyShifts, request)

    async def report(self, changes: Sequence[StateChange], *, is_past: bool) -> None:
        """Reports changes. Raises UnknownPeople if the roster lacks agents of the floor."""
        by_source: defaultdict[str, list[StateChange]] = defaultdict(list)
        for change in changes:
            by_source["" if is_past else self._sources.of(change)].append(change)
        for source, of_source in by_source.items():
            request = states_request(source, of_source, is_past=is_past)
            self._judge(await _call(self._presence.ReportStates, request))

    async def report_contacts(self, moments: Sequence[ContactMoment], *, is_past: bool) -> None:
        """Reports what became of contacts. Raises UnknownPeople likewise."""
        parts: defaultdict[tuple[str, str], list[ContactMoment]] = defaultdict(list)
        for moment in moments:
            parts[self._site_of[moment.queue], self._sources.of(moment)].append(moment)
        for (site, source), part in parts.items():
            request = contacts_request(site, source, part, is_past=is_past)
            self._judge(await _call(self._dispatch.ReportContacts, request))

    async def beat(self, sources: Collection[str], now: datetime) -> Sequence[str]:
        """Gives the sources' proof of life; returns the agents whose states are asked for again."""
        lost: list[str] = []
        for source in sources:
            request = source_service_pb2.HeartbeatRequest(
                source=source, source_kind=state_pb2.SOURCE_KIND_TELEPHONY
            )
            request.client_time.FromDatetime(now)
            lost += (await _call(self._heartbeats.Heartbeat, request)).resend
        return lost

    async def _newest_time(self, site: str) -> datetime | None:
        """Returns when a state of the site last began: that nobody is observed counts as well."""
        request = timeline_service_pb2.ListAgentStatesRequest(site=site, page_size=1_000)
        times: list[datetime] = []
        while True:
            page = await _call(self._timelines.ListAgentStates, request)
            times += [
                state.since_time.ToDatetime(UTC)
                for state in page.agent_states
                if state.HasField("since_time")
            ]
            if not page.next_page_token:
                return max(times, default=None)
            request.page_token = page.next_page_token

    async def _choose_profile(self, name: str) -> None:
        """Chooses how the people are protected, before anything is recorded of them."""
        asked = protection_service_pb2.GetProtectionProfileRequest(name=name)
        if not (await _call(self._protection.GetProtectionProfile, asked)).version:
            await _call(self._protection.UpdateProtectionProfile, _profile_request(name))

    async def _limit_breaks(self, site: str) -> None:
        """Says how long breaks may last, where nobody has set a policy."""
        asked = policy_service_pb2.GetPresencePolicyRequest(site=site)
        try:
            policy = await _call(self._policies.GetPresencePolicy, asked)
        except Refusal as refusal:
            if refusal.code is Code.NOT_FOUND:
                raise UnknownPeople("presence has not heard of the floor's agents") from refusal
            raise
        if not policy.version:
            await _call(self._policies.UpdatePresencePolicy, limit_request(policy))

    def _judge(self, answer: Any) -> None:
        if not answer.refusals:
            return
        reasons = sorted({refusal.reason for refusal in answer.refusals})
        if "UNKNOWN_AGENT" in reasons:
            raise UnknownPeople("the roster does not know the floor's agents")
        self._log.error("floor.refused", reasons=reasons, reports=len(answer.refusals))


async def _call(method: Any, request: Any) -> Any:
    try:
        return await method(request, timeout=_LONGEST_CALL_SECONDS)
    except grpc.aio.AioRpcError as error:
        raise refusal_from(error) from error


def _profile_request(name: str) -> protection_service_pb2.UpdateProtectionProfileRequest:
    return protection_service_pb2.UpdateProtectionProfileRequest(
        profile=protection_service_pb2.ProtectionProfile(
            name=name,
            rule_set=_RULE_SET,
            agreed_by=_AGREED_BY,
            agreement_date=date_pb2.Date(year=2026, month=11, day=22),
        )
    )
