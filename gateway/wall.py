"""Wires what walls show."""

from chassis.process import Ground
from gateway.api.served import Served
from gateway.app.board import BoardBackends, ReadBoard
from gateway.app.parts import Parts
from gateway.app.team_strips import ReadTeamStrips
from gateway.app.waiting import ReadWaiting
from gateway.app.wall import ReadWall, WallSources
from gateway.backends.dispatch import DispatchQueues
from gateway.config import GatewaySettings
from gateway.rpc.wall import WallServicer


def assemble_wall(ground: Ground[GatewaySettings], own: BoardBackends) -> Served:
    """Makes the service of what `own` says, which answers the gateway in its own name."""
    settings, clock, rules_of = ground.settings, ground.clock, own.rules_of
    dispatch = ground.peer(settings.dispatch_target, forward=False)
    parts = Parts(clock)
    board = ReadBoard(own, parts, clock)
    sources = WallSources(
        board,
        ReadTeamStrips(board, own.presence, rules_of, clock),
        ReadWaiting(own.sites, DispatchQueues(dispatch), parts, clock),
        rules_of,
    )
    return Served("muster.gateway.v1.WallService", WallServicer(ReadWall(sources, clock)))
