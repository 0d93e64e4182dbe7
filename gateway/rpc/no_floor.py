"""FloorService where no demo floor runs."""

from typing import Any, NoReturn

from muster.floor.v1 import floor_service_pb2 as pb
from muster.floor.v1 import floor_service_pb2_grpc

from chassis.errors import Code, Refusal


class NoFloorServicer(floor_service_pb2_grpc.FloorServiceServicer):
    """Tells a floor without sites, and refuses to make anything happen there."""

    async def GetFloor(self, _request: pb.GetFloorRequest, _context: Any) -> pb.Floor:  # noqa: N802 - the name on the wire
        return pb.Floor()

    async def StartSurge(self, _request: pb.StartSurgeRequest, _context: Any) -> NoReturn:  # noqa: N802 - the name on the wire
        raise _no_floor()

    async def StartOutage(self, _request: pb.StartOutageRequest, _context: Any) -> NoReturn:  # noqa: N802 - the name on the wire
        raise _no_floor()

    async def StartSignIn(self, _request: pb.StartSignInRequest, _context: Any) -> NoReturn:  # noqa: N802 - the name on the wire
        raise _no_floor()


def _no_floor() -> Refusal:
    return Refusal(
        Code.FAILED_PRECONDITION,
        "NO_FLOOR",
        "no demo floor runs here; `muster up --demo` starts one",
    )
