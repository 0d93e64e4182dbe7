"""What a wall shows, as its message."""

from muster.gateway.v1 import wall_service_pb2 as pb

from gateway.app.waiting import Waiting
from gateway.app.wall import Wall
from gateway.domain.floor import ONLINE, Floor
from gateway.rpc.board_convert import to_missing, to_timestamp
from gateway.rpc.strips_convert import packed_hundredths, to_team_strips


def to_wall(wall: Wall) -> pb.Wall:
    """Writes what a wall shows. The plan stands outside of the strips: within them it is for those
    who may read shifts, and a screen may not.
    """
    told = pb.Wall(
        site=wall.site.name,
        site_display_name=wall.site.display_name,
        time_zone=wall.site.time_zone,
        floor=_floor(wall.floor, wall.ready_names) if wall.floor else None,
        queues=_queues(wall.waiting) if wall.waiting.told else None,
        site_strip=to_team_strips(wall.whole),
        team_strips=to_team_strips(wall.teams),
        missing=to_missing(wall.missing),
        server_time=to_timestamp(wall.read_time),
        site_planned_headcounts_packed=packed_hundredths(wall.whole.planned),
        team_planned_headcounts_packed=packed_hundredths(wall.teams.planned),
    )
    for strips in (told.site_strip, told.team_strips):
        strips.ClearField("planned_headcounts_packed")
    return told


def _floor(floor: Floor, ready_names: tuple[str, ...]) -> pb.Wall.Floor:
    return pb.Wall.Floor(
        agent_count=floor.agent_count,
        counts=[
            pb.Wall.StateCount(state=state, agent_count=count)  # type: ignore[arg-type]  # the number as presence sent it
            for state, count in floor.counts.items()
        ],
        ready_count=floor.counts.get(ONLINE, 0),
        free_soon_count=floor.free_soon_count,
        over_limit_count=floor.over_limit_count,
        staffed_count=floor.staffed_count,
        ready_display_names=ready_names,
    )


def _queues(waiting: Waiting) -> pb.Wall.Queues:
    totals = waiting.totals
    return pb.Wall.Queues(
        waiting_count=totals.waiting,
        oldest_enqueue_time=to_timestamp(totals.oldest_time) if totals.oldest_time else None,
        answered_count=totals.answered,
        abandoned_count=totals.abandoned,
        service_level_ratio=totals.service_level_ratio,
    )
