"""Wires the controls of the demo floor, which only a demo has."""

from collections.abc import Mapping, Sequence

import grpc

from chassis.process import Ground
from gateway.api.served import Served
from gateway.config import GatewaySettings
from gateway.rpc.no_floor import NoFloorServicer


def assemble_floor(
    ground: Ground[GatewaySettings],
) -> tuple[Sequence[Served], Mapping[str, grpc.aio.Channel]]:
    """Returns the channel to the floor, or, where none is set, the service that says so."""
    target = ground.settings.floor_target
    if target:
        return (), {"floor": ground.peer(target, forward=True)}
    none = Served("muster.floor.v1.FloorService", NoFloorServicer())
    return (none,), {}
