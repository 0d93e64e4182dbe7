"""Strips of groups as messages."""

import numpy as np
from muster.gateway.v1 import board_service_pb2 as pb

from gateway.app.board_people import ALL_SITES
from gateway.app.team_strips import TeamStrips
from gateway.domain.group_strips import BLOCK_MS
from gateway.domain.timelines import Integers, pack_numbers
from gateway.rpc.board_convert import to_cursors, to_labels, to_missing, to_timestamp

_WIDTH = 4
_SECOND_MS = 1000


def to_team_strips(told: TeamStrips) -> pb.TeamStrips:
    """Writes strips as their message."""
    span = told.span
    seconds = int((span.end_time - span.start_time).total_seconds())
    return pb.TeamStrips(
        site=told.sites[0].name if len(told.sites) == 1 else ALL_SITES,
        time_zone=span.zone,
        start_time=to_timestamp(span.start_time),
        end_time=to_timestamp(span.end_time),
        passed_time=to_timestamp(told.passed_time),
        block_count=-(-seconds * _SECOND_MS // BLOCK_MS),
        strips=[
            pb.TeamStrips.Strip(
                key=strip.key,
                agent_count=strip.agent_count,
                suppressed=strip.suppressed,
                aggregated=strip.aggregated,
            )
            for strip in told.strips
        ],
        headcounts_packed=packed_hundredths(told.headcounts),
        planned_headcounts_packed=packed_hundredths(told.planned),
        labels=to_labels(told.labels, [strip.key for strip in told.strips]),
        missing=to_missing(told.missing),
        cursors=to_cursors(told.places),
        server_time=to_timestamp(told.read_time),
    )


def packed_hundredths(numbers: Integers | None) -> bytes:
    """Packs hundredths of people; nothing if there are none to tell."""
    return b"" if numbers is None else pack_numbers(np.ascontiguousarray(numbers).ravel(), _WIDTH)
