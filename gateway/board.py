"""Wires the board."""

from muster.gateway.v1 import board_service_pb2_grpc

from chassis.process import Ground
from gateway.api.served import Served
from gateway.app.board import BoardBackends, ReadBoard
from gateway.app.board_ports import RulesOf
from gateway.app.parts import Parts
from gateway.backends.people_copy import PeopleCopy
from gateway.backends.plans import RosterPlans
from gateway.backends.presence_timelines import PresenceTimelines
from gateway.backends.roster import RosterSites
from gateway.config import GatewaySettings
from gateway.rpc.board import BoardServicer, BoardUseCases


def assemble_board(ground: Ground[GatewaySettings], rules_of: RulesOf) -> Served:
    """Makes the service. Rows are read in the name of who asks; the copy of the people and the
    plan, which serve everybody, in the gateway's own.
    """
    settings, clock = ground.settings, ground.clock
    own_roster = ground.peer(settings.roster_target, forward=False)
    backends = BoardBackends(
        sites=RosterSites(ground.peer(settings.roster_target, forward=True)),
        roster=PeopleCopy(own_roster),
        plans=RosterPlans(own_roster),
        presence=PresenceTimelines(ground.peer(settings.presence_target, forward=True)),
        rules_of=rules_of,
    )
    servicer = BoardServicer(BoardUseCases(ReadBoard(backends, Parts(clock), clock)))
    return Served(
        "muster.gateway.v1.BoardService",
        board_service_pb2_grpc.add_BoardServiceServicer_to_server,
        servicer,
    )
