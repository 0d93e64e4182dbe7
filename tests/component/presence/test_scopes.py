"""Whose rows and which fields somebody sees: by team, by past, by the site of that time."""

from datetime import timedelta

import grpc
import pytest
from muster.presence.v1 import state_pb2 as state
from muster.presence.v1 import timeline_service_pb2 as timeline
from muster.presence.v1.presence_service_pb2_grpc import PresenceServiceStub
from muster.presence.v1.timeline_service_pb2_grpc import TimelineServiceStub

from chassis.errors import Code
from chassis.identity import Identity
from chassis.rpc.channel import refusal_from
from chassis.scope import EVERYTHING, Scope
from tests.component.presence.reading import an_hour, rows_in
from tests.component.presence.replicas import PERMISSIONS, Replica, Replicas
from tests.component.presence.reports import (
    NOON,
    a_log_request,
    a_report,
    a_request,
    timestamp,
)
from tests.component.presence.roster import FakeRoster

NORTH = Scope(frozenset(), teams=frozenset({"teams/north"}))
SHOP = Scope(frozenset({"sites/shop"}))
BREAK = state.STATE_BREAK
LONG_AGO = timedelta(days=2)


class Desk:
    """What one caller reads."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self.log = PresenceServiceStub(channel)
        self.timelines = TimelineServiceStub(channel)

    async def agents_now(self, site: str = "sites/bank") -> list[str]:
        listed = await self.timelines.ListAgentStates(timeline.ListAgentStatesRequest(site=site))
        return [one.agent.removeprefix("agents/") for one in listed.agent_states]

    async def agents_of_hour(self, ago: timedelta = timedelta()) -> list[str]:
        start = NOON - ago
        span = {
            "start_time": timestamp(start),
            "end_time": timestamp(start + timedelta(hours=1)),
        }
        return list(rows_in(await self.timelines.GetSiteTimelines(an_hour(**span))))


@pytest.fixture
async def morning(presence: PresenceServiceStub) -> None:
    await presence.ReportStates(
        a_request(
            a_report("ana", "e-1"),
            a_report("ana", "e-2", 60, state=BREAK, reason="lunch"),
            a_report("bob", "e-3", 30, state=BREAK, reason="dentist"),
        )
    )


def desk(
    replicas: Replicas,
    replica: Replica,
    scope: Scope,
    history: Scope | None = None,
    permissions: frozenset[str] = PERMISSIONS,
) -> Desk:
    identity = Identity("accounts/lee", permissions, scope, history)
    return Desk(replicas.channel(replica, identity))


async def refused(call: object) -> Code:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await call  # type: ignore[misc]  # the stubs' calls are awaitable
    return refusal_from(caught.value).code


@pytest.mark.usefixtures("morning")
async def test_a_lead_sees_her_team_alone(replicas: Replicas, replica: Replica) -> None:
    lead = desk(replicas, replica, NORTH)

    assert await lead.agents_now() == ["ana"]
    assert await lead.agents_of_hour() == ["ana"]
    assert (await lead.log.ListStateLog(a_log_request("ana"))).entries
    assert await refused(lead.log.ListStateLog(a_log_request("bob"))) is Code.NOT_FOUND


@pytest.mark.usefixtures("morning")
async def test_a_lead_watches_her_team_alone(replicas: Replicas, replica: Replica) -> None:
    request = timeline.WatchAgentStatesRequest(after=state.Cursor(site="sites/bank", epoch=1))
    steps = desk(replicas, replica, NORTH).timelines.WatchAgentStates(request)

    async for step in steps:
        told = step
        break
    steps.cancel()

    assert set(told.changes.agents) == {"agents/ana"}
    assert b"dentist" not in told.SerializeToString()
    assert [told.changes.reasons[index] for index in told.changes.reason_indexes] == ["", "lunch"]


@pytest.mark.usefixtures("morning")
async def test_who_joins_the_team_comes_into_sight(
    presence: PresenceServiceStub, replicas: Replicas, replica: Replica, roster: FakeRoster
) -> None:
    lead = desk(replicas, replica, NORTH)
    roster.team_of["bob"] = "teams/north"
    await roster.move("bob", "bank")

    seen = await lead.agents_now()
    while "bob" not in seen:
        seen = await lead.agents_now()

    assert seen == ["ana", "bob"]


@pytest.mark.usefixtures("morning")
async def test_the_past_may_be_narrower_than_now(replicas: Replicas, replica: Replica) -> None:
    supervisor = desk(replicas, replica, EVERYTHING, history=NORTH)

    assert await supervisor.agents_of_hour() == ["ana", "bob", "eve"]
    assert await supervisor.agents_of_hour(LONG_AGO) == ["ana"]


@pytest.mark.usefixtures("morning")
async def test_the_past_of_one_person_is_not_found_by_whom_it_is_not_for(
    replicas: Replicas, replica: Replica
) -> None:
    supervisor = desk(replicas, replica, EVERYTHING, history=NORTH)
    past = {
        "start_time": timestamp(NOON - LONG_AGO),
        "end_time": timestamp(NOON + timedelta(hours=1)),
    }

    log = supervisor.log.ListStateLog(a_log_request("bob", **past))
    known_then = supervisor.timelines.GetSiteTimelines(
        an_hour(agents=["agents/bob"], as_known_at_time=timestamp(NOON - LONG_AGO))
    )

    assert await refused(log) is Code.NOT_FOUND
    assert list((await known_then).agents) == []


@pytest.mark.usefixtures("morning")
async def test_her_new_site_does_not_see_what_was_recorded_at_her_former_one(
    presence: PresenceServiceStub, replicas: Replicas, replica: Replica, roster: FakeRoster
) -> None:
    await roster.move("bob", "shop")
    after = 90
    while True:
        answer = await presence.ReportStates(
            a_request(a_report("bob", f"shop-{after}", after, state=BREAK, reason="tea"))
        )
        if answer.cursors[0].site == "sites/shop":
            break
        after += 1
    shop = desk(replicas, replica, SHOP)

    log = await shop.log.ListStateLog(a_log_request("bob"))
    now = await shop.timelines.ListAgentStates(timeline.ListAgentStatesRequest(site="sites/shop"))
    own = await shop.timelines.GetAgentTimeline(
        timeline.GetAgentTimelineRequest(
            agent="agents/bob",
            start_time=timestamp(NOON),
            end_time=timestamp(NOON + timedelta(hours=1)),
        )
    )
    whole = await presence.ListStateLog(a_log_request("bob"))

    assert [entry.event_id for entry in log.entries] == [f"shop-{after}"]
    assert not log.HasField("opening_entry")
    assert b"dentist" not in now.SerializeToString() + own.SerializeToString()
    assert own.intervals[0].state == state.STATE_UNOBSERVED
    assert "dentist" in {entry.reason for entry in whole.entries}


@pytest.mark.usefixtures("morning")
async def test_who_never_reported_is_unobserved(replicas: Replicas, replica: Replica) -> None:
    supervisor = desk(replicas, replica, EVERYTHING)
    request = timeline.ListAgentStatesRequest(
        site="sites/bank", states=[state.STATE_UNOBSERVED], page_size=1
    )

    listed = await supervisor.timelines.ListAgentStates(request)

    assert [one.agent for one in listed.agent_states] == ["agents/eve"]
    assert not listed.agent_states[0].HasField("since_time")
    assert listed.next_page_token == ""


@pytest.mark.usefixtures("morning")
async def test_who_may_not_read_reasons_gets_everything_else(
    replicas: Replicas, replica: Replica
) -> None:
    wall = desk(replicas, replica, EVERYTHING, permissions=PERMISSIONS - {"presence.reasons.read"})
    day = timeline.GetHeatmapCellsRequest(
        site="sites/bank", time_zone="UTC", start_time=timestamp(NOON)
    )

    log = await wall.log.ListStateLog(a_log_request("ana"))
    now = await wall.timelines.ListAgentStates(timeline.ListAgentStatesRequest(site="sites/bank"))
    hour = await wall.timelines.GetSiteTimelines(an_hour())
    cells = await wall.timelines.GetHeatmapCells(day)

    for answer in (log, now, hour, cells):
        assert b"lunch" not in answer.SerializeToString()
    assert [entry.state for entry in log.entries] == [state.STATE_ONLINE, BREAK]
    assert rows_in(hour)["ana"] == [(0, 60, "ONLINE"), (60, 3600, "BREAK")]
    assert cells.milliseconds_packed
    assert not cells.break_milliseconds_packed


@pytest.mark.usefixtures("morning")
async def test_two_reasons_after_each_other_are_one_break_for_whom_they_are_not(
    presence: PresenceServiceStub, replicas: Replicas, replica: Replica
) -> None:
    await presence.ReportStates(
        a_request(a_report("ana", "e-4", 120, state=BREAK, reason="dentist"))
    )
    supervisor = desk(replicas, replica, EVERYTHING)
    wall = desk(replicas, replica, EVERYTHING, permissions=PERMISSIONS - {"presence.reasons.read"})

    whole = rows_in(await supervisor.timelines.GetSiteTimelines(an_hour()))["ana"]
    told = await wall.timelines.GetSiteTimelines(an_hour())
    own = await wall.timelines.GetAgentTimeline(_timeline_of("ana"))

    assert [look for _, _, look in whole] == ["ONLINE", "BREAK lunch", "BREAK dentist"]
    assert rows_in(told)["ana"] == [(0, 60, "ONLINE"), (60, 3600, "BREAK")]
    assert [one.state for one in own.intervals] == [state.STATE_ONLINE, BREAK]
    assert len(told.looks) == len({look.SerializeToString() for look in told.looks})


def _timeline_of(agent: str) -> timeline.GetAgentTimelineRequest:
    return timeline.GetAgentTimelineRequest(
        agent=f"agents/{agent}",
        start_time=timestamp(NOON),
        end_time=timestamp(NOON + timedelta(hours=1)),
    )
