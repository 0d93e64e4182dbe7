"""The floor's way to Muster: the public gRPC API, like anybody else's."""

from collections.abc import Sequence
from typing import Any

import grpc.aio
from google.protobuf.timestamp_pb2 import Timestamp
from muster.presence.v1 import presence_service_pb2, state_pb2
from muster.presence.v1.presence_service_pb2_grpc import PresenceServiceStub
from muster.roster.v1 import people_pb2, roster_service_pb2
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceStub

from chassis.rpc.channel import refusal_from
from chassis.telemetry import Telemetry
from simulator.floor.people import SITE, SITE_LABEL, TEAMS, TIME_ZONE, floor_agents
from simulator.floor.player import UnknownPeople
from simulator.floor.script import Change

SOURCE = "demo-floor"
_SITE_NAME = f"sites/{SITE}"
_LONGEST_CALL_SECONDS = 20.0


class GrpcFloorGateway:
    """The gateway over gRPC."""

    def __init__(self, channel: grpc.aio.Channel, telemetry: Telemetry) -> None:
        self._roster = RosterServiceStub(channel)
        self._presence = PresenceServiceStub(channel)
        self._log = telemetry.log

    async def apply_roster(self) -> None:
        """Makes sure that the floor's site, teams and agents exist."""
        await _call(self._roster.ApplyRoster, _roster_request())

    async def report(self, changes: Sequence[Change]) -> None:
        """Reports changes. Raises UnknownPeople if the roster lacks agents of the floor."""
        request = presence_service_pb2.ReportStatesRequest(
            source=SOURCE,
            source_kind=state_pb2.SOURCE_KIND_TELEPHONY,
            reports=[_report(change) for change in changes],
        )
        answer = await _call(self._presence.ReportStates, request)
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


def _roster_request() -> roster_service_pb2.ApplyRosterRequest:
    return roster_service_pb2.ApplyRosterRequest(
        sites=[people_pb2.Site(name=_SITE_NAME, display_name=SITE_LABEL, time_zone=TIME_ZONE)],
        teams=[
            people_pb2.Team(name=f"teams/{team}", display_name=label, site=_SITE_NAME)
            for team, label in TEAMS.items()
        ],
        agents=[
            people_pb2.Agent(
                name=agent.name,
                display_name=agent.display_name,
                site=_SITE_NAME,
                team=f"teams/{agent.team}",
            )
            for agent in floor_agents()
        ],
    )


def _report(change: Change) -> presence_service_pb2.StateReport:
    occurred = Timestamp()
    occurred.FromDatetime(change.occurred_time)
    return presence_service_pb2.StateReport(
        event_id=change.event_id,
        agent=change.agent,
        state=f"STATE_{change.state}",
        reason=change.reason,
        activity=f"ACTIVITY_{change.activity}",
        occurred_time=occurred,
        contacts=change.contacts,
    )
