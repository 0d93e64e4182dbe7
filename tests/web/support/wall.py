"""What a wall is told: a floor of some teams over twelve hours."""

import math
from datetime import UTC, datetime, timedelta

import numpy as np
from muster.gateway.v1.board_service_pb2 import TeamStrips
from muster.gateway.v1.wall_service_pb2 import Wall
from muster.presence.v1 import state_pb2

from gateway.domain.timelines import pack_numbers

BLOCKS, PASSED = 144, 96
TEAMS = ("Shop", "Billing", "Retention", "Technical help", "Night")
SITE = "sites/harbour"


def a_wall(now: datetime, *, names: tuple[str, ...] = ()) -> Wall:
    """Returns what is shown of a floor with everything there."""
    site_strip, site_planned = strips(now, (SITE,), 100)
    team_strips, team_planned = strips(now, tuple(f"teams/{name}" for name in TEAMS), 18)
    wall = Wall(
        site=SITE,
        site_display_name="Harbour",
        time_zone="Europe/Madrid",
        floor=Wall.Floor(
            agent_count=180,
            ready_count=31,
            free_soon_count=9,
            over_limit_count=3,
            staffed_count=96,
            ready_display_names=names,
            counts=[Wall.StateCount(state=state_pb2.STATE_BREAK, agent_count=17)],
        ),
        queues=Wall.Queues(waiting_count=14, service_level_ratio=0.83),
        site_strip=site_strip,
        site_planned_headcounts_packed=site_planned,
        team_strips=team_strips,
        team_planned_headcounts_packed=team_planned,
    )
    wall.queues.oldest_enqueue_time.FromDatetime(now - timedelta(minutes=2, seconds=31))
    wall.team_strips.strips[-1].suppressed = True
    return wall


def strips(now: datetime, keys: tuple[str, ...], size: int) -> tuple[TeamStrips, bytes]:
    """Returns strips of groups that fill up and thin out, and how many were planned."""
    told = TeamStrips(site=SITE, time_zone="Europe/Madrid", block_count=BLOCKS)
    told.start_time.FromDatetime(now - timedelta(hours=8))
    told.end_time.FromDatetime(now + timedelta(hours=4))
    told.passed_time.FromDatetime(now)
    counts = np.zeros((len(keys), BLOCKS, 7), np.int64)
    planned = np.zeros((len(keys), BLOCKS), np.int64)
    for group, key in enumerate(keys):
        told.strips.add(key=key, agent_count=size)
        told.labels.add(name=key, display_name=key.partition("/")[2])
        for block in range(BLOCKS):
            here = size * 100 * (0.55 + 0.4 * math.sin(block / 30 + group))
            planned[group, block] = int(here * 1.05)
            if block < PASSED:
                shares = (0.3, 0.42, 0.12, 0.16)
                counts[group, block, 1:5] = [int(here * share) for share in shares]
    told.headcounts_packed = pack_numbers(counts.ravel(), 4)
    return told, pack_numbers(planned.ravel(), 4)


def this_moment() -> datetime:
    """Returns the instant at which the browser shows it."""
    return datetime.now(UTC)  # noqa: TID251 - what a browser shows depends on its clock
