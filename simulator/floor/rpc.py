"""FloorService."""

from datetime import datetime, timedelta
from typing import Any

from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp
from muster.floor.v1 import floor_service_pb2 as pb
from muster.floor.v1 import floor_service_pb2_grpc

from chassis.access import current_scope
from simulator.floor.controls import Controls, FloorNow, SiteOfFloor
from simulator.floor.incidents import Incident, Kind
from simulator.floor.people import SITE_LABELS
from simulator.floor.roster import queue_name, site_name

_KINDS = {
    Kind.SURGE: pb.Floor.Incident.KIND_SURGE,
    Kind.OUTAGE: pb.Floor.Incident.KIND_OUTAGE,
    Kind.SIGN_IN: pb.Floor.Incident.KIND_SIGN_IN,
}
_MOST_SECONDS = 10**6


class FloorServicer(floor_service_pb2_grpc.FloorServiceServicer):
    """Lets people make things happen on the floor."""

    def __init__(self, controls: Controls) -> None:
        self._controls = controls

    async def GetFloor(self, _request: pb.GetFloorRequest, _context: Any) -> pb.Floor:  # noqa: N802 - the name on the wire
        return self._floor()

    async def StartSurge(self, request: pb.StartSurgeRequest, _context: Any) -> pb.Floor:  # noqa: N802 - the name on the wire
        self._controls.start_surge(
            request.queue, request.factor, _length(request.duration), current_scope()
        )
        return self._floor()

    async def StartOutage(self, request: pb.StartOutageRequest, _context: Any) -> pb.Floor:  # noqa: N802 - the name on the wire
        self._controls.start_outage(request.source, _length(request.duration), current_scope())
        return self._floor()

    async def StartSignIn(self, request: pb.StartSignInRequest, _context: Any) -> pb.Floor:  # noqa: N802 - the name on the wire
        self._controls.start_sign_in(request.site, current_scope())
        return self._floor()

    def _floor(self) -> pb.Floor:
        return to_floor(self._controls.read(current_scope()))


def to_floor(floor: FloorNow) -> pb.Floor:
    """Tells the floor on the wire."""
    return pb.Floor(
        sites=[_site(site) for site in floor.sites],
        incidents=[_incident(incident) for incident in floor.incidents],
        server_time=_timestamp(floor.now),
    )


def _site(site: SiteOfFloor) -> pb.Floor.Site:
    place = site.place
    return pb.Floor.Site(
        site=site_name(place),
        display_name=SITE_LABELS[place.site],
        agent_count=site.agent_count,
        signed_in_count=site.signed_in_count,
        queues=[queue_name(place, queue) for queue in place.queues],
        sources=site.sources,
    )


def _incident(incident: Incident) -> pb.Floor.Incident:
    return pb.Floor.Incident(
        kind=_KINDS[incident.kind],
        site=incident.site,
        subject=incident.subject,
        factor=incident.factor,
        start_time=_timestamp(incident.start_time),
        end_time=_timestamp(incident.end_time),
    )


def _length(duration: Duration) -> timedelta:
    # What no timedelta holds is too long or too short all the same.
    seconds = max(-_MOST_SECONDS, min(duration.seconds, _MOST_SECONDS))
    return timedelta(seconds=seconds, microseconds=duration.nanos // 1_000)


def _timestamp(instant: datetime) -> Timestamp:
    timestamp = Timestamp()
    timestamp.FromDatetime(instant)
    return timestamp
