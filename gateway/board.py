"""Wires the board."""

from dataclasses import replace

from chassis.process import Ground
from gateway.api.served import Served
from gateway.app.agent_day import ReadAgentDay
from gateway.app.board import BoardBackends, ReadBoard
from gateway.app.board_ports import RulesOf
from gateway.app.export_heatmap import ExportHeatmap, Format
from gateway.app.parts import Parts
from gateway.app.team_strips import ReadTeamStrips
from gateway.app.waiting import ReadWaiting
from gateway.backends.agent_parts import AgentBackends
from gateway.backends.dispatch import DispatchQueues
from gateway.backends.people_copy import PeopleCopy
from gateway.backends.plans import RosterPlans
from gateway.backends.presence_policy import PresencePolicies
from gateway.backends.presence_timelines import PresenceTimelines
from gateway.backends.roster import RosterSites
from gateway.config import GatewaySettings
from gateway.export.fonts import Fonts
from gateway.export.picture import HeatmapPicture
from gateway.export.table import HeatmapTable
from gateway.rpc.board import BoardServicer, BoardUseCases
from gateway.wall import assemble_wall


def assemble_board(ground: Ground[GatewaySettings], rules_of: RulesOf) -> tuple[Served, Served]:
    """Makes the service, and that of the walls. Rows are read in the name of who asks; the copy of
    the people and the plan, which serve everybody, in the gateway's own.
    """
    settings, clock = ground.settings, ground.clock
    own_roster = ground.peer(settings.roster_target, forward=False)
    roster = ground.peer(settings.roster_target, forward=True)
    presence = ground.peer(settings.presence_target, forward=True)
    dispatch = ground.peer(settings.dispatch_target, forward=True)
    to_presence = ground.peer(settings.presence_target, forward=False)
    own_presence, policies = PresenceTimelines(to_presence), PresencePolicies(to_presence, clock)
    sites, people, parts = RosterSites(roster), PeopleCopy(own_roster), Parts(clock)
    plans = RosterPlans(own_roster)
    backends = BoardBackends(
        sites=sites,
        roster=people,
        plans=plans,
        presence=PresenceTimelines(presence),
        policies=policies,
        rules_of=rules_of,
    )
    board = ReadBoard(backends, parts, clock)
    owners = AgentBackends(presence, roster, dispatch)
    servicer = BoardServicer(
        BoardUseCases(
            board,
            ReadTeamStrips(board, own_presence, rules_of, clock),
            ReadWaiting(sites, DispatchQueues(dispatch), parts, clock),
            ReadAgentDay(sites, people, owners, parts, clock),
            ExportHeatmap(board, {Format.CSV: HeatmapTable(), Format.PNG: HeatmapPicture(Fonts())}),
        )
    )
    served = Served("muster.gateway.v1.BoardService", servicer)
    own = replace(backends, sites=RosterSites(own_roster), presence=own_presence)
    return served, assemble_wall(ground, own)
