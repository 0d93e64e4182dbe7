from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from chassis.clock import ManualClock
from chassis.errors import Code, Refusal
from gateway.app.board_people import WantedSites
from gateway.app.parts import Parts
from gateway.app.waiting import ReadWaiting, SiteQueues
from gateway.domain.heatmap import Place
from gateway.domain.waiting import (
    OF_ANSWERED,
    OF_OFFERED,
    OF_OFFERED_SHORT_ABANDONS_IN_TIME,
    OF_OFFERED_WITHOUT_SHORT_ABANDONS,
    Queue,
    totals_of,
)
from tests.unit.gateway.board_fakes import BANK, MORNING, PORTO, FakeSites

# 1,000 answered, 860 in time, 60 abandoned of which 20 early.
QUEUE = Queue(3, MORNING, 1000, 860, 60, 20, 0, OF_OFFERED, includes_other_leavers=False)


@pytest.mark.parametrize(
    ("policy", "percent"),
    [
        (OF_OFFERED, 81.1),
        (OF_OFFERED_WITHOUT_SHORT_ABANDONS, 82.7),
        (OF_ANSWERED, 86.0),
        (OF_OFFERED_SHORT_ABANDONS_IN_TIME, 83.0),
    ],
)
def test_the_service_level_follows_the_named_formula(policy: str, percent: float) -> None:
    ratio = totals_of([replace(QUEUE, policy=policy)]).service_level_ratio

    assert ratio is not None
    assert round(100 * ratio, 1) == percent


def test_the_service_level_of_several_queues_is_sum_over_sum() -> None:
    small = replace(QUEUE, answered=10, answered_in_time=0, abandoned=0, short_abandoned=0)

    totals = totals_of([QUEUE, small])

    assert totals.service_level_ratio == 860 / 1070
    assert (totals.waiting, totals.answered, totals.abandoned) == (6, 1010, 60)


def test_other_leavers_count_where_the_queue_says_so() -> None:
    totals = totals_of([replace(QUEUE, other_leavers=140, includes_other_leavers=True)])

    assert totals.service_level_ratio == 860 / 1200


def test_queues_figured_apart_have_no_service_level_together() -> None:
    totals = totals_of([QUEUE, replace(QUEUE, policy=OF_ANSWERED)])

    assert (totals.service_level_ratio, totals.policy) == (None, "")


def test_nothing_to_divide_by_is_no_service_level() -> None:
    assert totals_of([]).service_level_ratio is None
    assert (
        totals_of(
            [Queue(0, None, 0, 0, 0, 0, 0, OF_OFFERED, includes_other_leavers=False)]
        ).service_level_ratio
        is None
    )


def test_the_oldest_of_all_queues_is_told() -> None:
    longer = replace(QUEUE, oldest_time=MORNING - timedelta(minutes=2))

    assert totals_of([QUEUE, longer, replace(QUEUE, oldest_time=None)]).oldest_time == (
        longer.oldest_time
    )


class FakeQueues:
    """Dispatch of two sites, of which one may be away."""

    def __init__(self, refused: Mapping[str, Refusal]) -> None:
        self._refused = refused

    async def queues_of(self, site: str) -> SiteQueues:
        if site in self._refused:
            raise self._refused[site]
        return SiteQueues(Place(site, 1, 1), [QUEUE])


async def test_a_site_that_dispatch_does_not_tell_of_is_missing_from_the_sums() -> None:
    clock = ManualClock(MORNING)
    away = Refusal(Code.UNAVAILABLE, "BACKEND_UNAVAILABLE", "no answer")
    read = ReadWaiting(
        FakeSites((BANK, PORTO)), FakeQueues({PORTO.name: away}), Parts(clock), clock
    )

    told = await read(WantedSites("sites/-"))

    assert told.totals.waiting == 3
    assert [part.part for part in told.missing] == ["dispatch"]
