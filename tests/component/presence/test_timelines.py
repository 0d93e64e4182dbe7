"""What a caller may rely on when she reads timelines."""

from datetime import UTC, datetime, timedelta

import grpc
import psycopg
import pytest
from google.type import date_pb2
from muster.presence.v1 import state_pb2 as state
from muster.presence.v1 import timeline_service_pb2 as wire
from muster.presence.v1.presence_service_pb2 import ReportStatesRequest, StateReport
from muster.presence.v1.presence_service_pb2_grpc import PresenceServiceStub
from muster.presence.v1.timeline_service_pb2_grpc import TimelineServiceStub

from chassis.clock import SystemClock
from chassis.rpc.channel import refusal_from
from chassis.scope import Scope
from tests.component.conftest import OwnerUrl
from tests.component.presence.reading import after, an_hour, numbers_in, rows_in, strips_in
from tests.component.presence.replicas import Replica, Replicas
from tests.component.presence.reports import (
    NOON,
    a_log_request,
    a_report,
    a_request,
    timestamp,
)
from tests.component.presence.roster import FakeRoster

ONLY_ANA = Scope(sites=frozenset(), agents=frozenset({"agents/ana"}))
SHOP = Scope(sites=frozenset({"sites/shop"}))
BUSY, BREAK, OFFLINE = state.STATE_BUSY, state.STATE_BREAK, state.STATE_OFFLINE


@pytest.fixture
async def morning(presence: PresenceServiceStub) -> None:
    """Ana, Bob and Tom report; Eve never does."""
    await presence.ReportStates(
        a_request(
            a_report("ana", "e-0", -600),
            a_report("ana", "e-1", 60, state=BUSY, contacts=["c-1"]),
            a_report("ana", "e-2", 120),
            a_report("ana", "e-3", 180, state=BREAK, reason="meal"),
            a_report("bob", "e-1", 30),
            a_report("tom", "e-1", -60, state=OFFLINE),
        )
    )


@pytest.mark.usefixtures("morning")
async def test_timelines_tile_the_span(reader: TimelineServiceStub) -> None:
    told = await reader.GetSiteTimelines(an_hour())

    assert rows_in(told) == {
        "ana": [
            (0, 60, "ONLINE"),
            (60, 120, "BUSY"),
            (120, 180, "ONLINE"),
            (180, 3600, "BREAK meal"),
        ],
        "bob": [(0, 30, "UNOBSERVED"), (30, 3600, "ONLINE")],
        "eve": [(0, 3600, "UNOBSERVED")],
    }
    assert told.unit_ms == 1000
    assert list(told.last_change_times_ms) == [_ms(180), _ms(30), _ms(0)]
    assert told.cursor == state.Cursor(site="sites/bank", epoch=1, seq=1)


@pytest.mark.usefixtures("morning")
async def test_a_change_is_in_the_next_reading(
    presence: PresenceServiceStub, reader: TimelineServiceStub
) -> None:
    await reader.GetSiteTimelines(an_hour())

    await presence.ReportStates(a_request(a_report("bob", "late", 10.5, state=BUSY)))
    told = await reader.GetSiteTimelines(an_hour())

    assert rows_in(told)["bob"] == [
        (0, 10.5, "UNOBSERVED"),
        (10.5, 30, "BUSY"),
        (30, 3600, "ONLINE"),
    ]
    assert told.unit_ms == 1
    assert told.cursor.seq == 2


@pytest.mark.usefixtures("morning")
async def test_a_change_elsewhere_moves_the_cursor_of_an_unchanged_span(
    presence: PresenceServiceStub, reader: TimelineServiceStub
) -> None:
    past = {"start_time": timestamp(after(-700)), "end_time": timestamp(after(0))}
    before = await reader.GetSiteTimelines(an_hour(**past))

    await presence.ReportStates(a_request(a_report("bob", "e-2", 90, state=BUSY)))
    told = await reader.GetSiteTimelines(an_hour(**past))

    assert rows_in(told) == rows_in(before)
    assert (before.cursor.seq, told.cursor.seq) == (1, 2)


async def test_a_past_day_is_kept_and_made_right_by_late_entries(
    presence: PresenceServiceStub,
    replicas: Replicas,
    replica: Replica,
    owner_url: OwnerUrl,
) -> None:
    day = timedelta(days=3).total_seconds()
    await presence.ReportStates(an_import(a_report("ana", "e-1", -day)))
    span = {"start_time": timestamp(after(-day - 60)), "end_time": timestamp(after(-day + 60))}
    await replicas.reader(replica).GetSiteTimelines(an_hour(**span))

    await presence.ReportStates(an_import(a_report("ana", "e-2", -day + 5, state=BUSY)))
    other = replicas.reader(await replicas.start())
    told = await other.GetSiteTimelines(an_hour(**span))

    assert _kept_days(owner_url("presence")) > 0
    assert [(start + day, look) for start, _, look in rows_in(told)["ana"]] == [
        (-60, "UNOBSERVED"),
        (0, "ONLINE"),
        (5, "BUSY"),
    ]


@pytest.mark.usefixtures("morning")
async def test_only_agents_in_scope_are_told(replicas: Replicas, replica: Replica) -> None:
    of_ana = await replicas.reader(replica, scope=ONLY_ANA).GetSiteTimelines(an_hour())
    of_shop = await replicas.reader(replica, scope=SHOP).GetSiteTimelines(an_hour())

    assert list(of_ana.agents) == ["agents/ana"]
    assert list(of_shop.agents) == []
    assert of_shop.cursor == state.Cursor(site="sites/bank", epoch=1)


@pytest.mark.usefixtures("morning")
async def test_an_agent_who_moved_begins_anew_at_her_new_site(
    presence: PresenceServiceStub, reader: TimelineServiceStub, roster: FakeRoster
) -> None:
    roster.hire("bob", "shop")
    await roster.move("bob", "shop")
    # Her new site's chain tells that the move has arrived.
    after = 90
    answer = await presence.ReportStates(a_request(a_report("bob", "e-9", after)))
    while answer.cursors[0].site != "sites/shop":
        after += 1
        answer = await presence.ReportStates(a_request(a_report("bob", f"e-{after}", after)))

    told = rows_in(await reader.GetSiteTimelines(an_hour(site="sites/shop")))

    assert list(told) == ["bob", "tom"]
    assert told["bob"][0] == (0, after, "UNOBSERVED")
    assert told["tom"] == [(0, 3600, "OFFLINE")]


@pytest.mark.usefixtures("morning")
async def test_filters_narrow_the_site(reader: TimelineServiceStub) -> None:
    by_team = await reader.GetSiteTimelines(an_hour(teams=["teams/south"]))
    by_name = await reader.GetSiteTimelines(an_hour(agents=["agents/ana", "agents/nobody"]))
    by_both = await reader.GetSiteTimelines(an_hour(agents=["agents/ana"], teams=["teams/south"]))

    assert [list(told.agents) for told in (by_team, by_name, by_both)] == [
        ["agents/bob"],
        ["agents/ana"],
        [],
    ]


async def test_what_was_not_recorded_yet_was_not_known(
    presence: PresenceServiceStub, reader: TimelineServiceStub
) -> None:
    await presence.ReportStates(a_request(a_report("ana", "e-1", 0)))
    then = SystemClock().now()
    await presence.ReportStates(a_request(a_report("ana", "e-2", 60, state=BUSY)))

    known_then = await reader.GetSiteTimelines(an_hour(as_known_at_time=timestamp(then)))
    known_now = await reader.GetSiteTimelines(an_hour())

    assert rows_in(known_then)["ana"] == [(0, 3600, "ONLINE")]
    assert rows_in(known_now)["ana"] == [(0, 60, "ONLINE"), (60, 3600, "BUSY")]


@pytest.mark.usefixtures("morning")
async def test_strips_show_what_prevails_in_five_minutes(reader: TimelineServiceStub) -> None:
    hour = an_hour()
    strips = await reader.GetStrips(
        wire.GetStripsRequest(site=hour.site, start_time=hour.start_time, end_time=hour.end_time)
    )

    assert strips.block_count == 12
    assert strips_in(strips) == {"ana": [1] + [4] * 11, "bob": [1] * 12, "eve": [6] * 12}
    assert strips.passed_time == hour.end_time


@pytest.mark.usefixtures("morning")
async def test_cells_sum_to_the_hour_and_tell_breaks_by_reason(
    reader: TimelineServiceStub,
) -> None:
    day = date_pb2.Date(year=NOON.year, month=NOON.month, day=NOON.day)
    cells = await reader.GetHeatmapCells(
        wire.GetHeatmapCellsRequest(site="sites/bank", time_zone="UTC", day=day)
    )

    times = numbers_in(cells.milliseconds_packed, 4)
    of_ana = [times[i * 7 : i * 7 + 7] for i in range(24)]
    assert [column.label for column in cells.columns] == [f"{hour:02}" for hour in range(24)]
    assert all(sum(cell) == 3_600_000 for cell in of_ana)
    assert of_ana[NOON.hour] == [0, 120_000, 60_000, 0, 3_420_000, 0, 0]
    assert list(cells.reasons) == ["meal"]
    assert numbers_in(cells.break_milliseconds_packed, 4)[NOON.hour] == 3_420_000


@pytest.mark.usefixtures("morning")
async def test_one_agents_timeline_is_plain(reader: TimelineServiceStub) -> None:
    hour = an_hour()
    told = await reader.GetAgentTimeline(
        wire.GetAgentTimelineRequest(
            agent="agents/ana", start_time=hour.start_time, end_time=hour.end_time
        )
    )

    assert [(one.state, list(one.contacts), one.reason) for one in told.intervals] == [
        (state.STATE_ONLINE, [], ""),
        (BUSY, ["c-1"], ""),
        (state.STATE_ONLINE, [], ""),
        (BREAK, [], "meal"),
    ]
    assert told.intervals[0].start_time == hour.start_time
    assert told.intervals[-1].end_time == hour.end_time


async def test_a_busy_agent_with_capacity_left_is_told_apart(
    presence: PresenceServiceStub, replicas: Replicas, replica: Replica
) -> None:
    day = timedelta(days=3).total_seconds()
    chats = [
        a_report("ana", f"e-{load}", 60 * load - day, state=BUSY, load_count=load, capacity_count=2)
        for load in (1, 2)
    ]
    await presence.ReportStates(an_import(*chats))
    hour = an_hour(start_time=timestamp(after(-day)), end_time=timestamp(after(180 - day)))

    for reading in (replica, await replicas.start()):
        told = await replicas.reader(reading).GetSiteTimelines(hour)
        assert [look for _, _, look in rows_in(told)["ana"]] == [
            "UNOBSERVED",
            "BUSY with capacity left",
            "BUSY",
        ]
    alone = await replicas.reader(replica).GetAgentTimeline(
        wire.GetAgentTimelineRequest(
            agent="agents/ana", start_time=hour.start_time, end_time=hour.end_time
        )
    )
    assert [one.capacity_left for one in alone.intervals] == [False, True, False]


async def test_the_timeline_of_one_who_never_reported_is_unobserved_from_end_to_end(
    reader: TimelineServiceStub,
) -> None:
    hour = an_hour()
    told = await reader.GetAgentTimeline(
        wire.GetAgentTimelineRequest(
            agent="agents/eve", start_time=hour.start_time, end_time=hour.end_time
        )
    )

    assert list(told.intervals) == [
        wire.AgentTimeline.Interval(
            start_time=hour.start_time, end_time=hour.end_time, state=state.STATE_UNOBSERVED
        )
    ]


@pytest.mark.usefixtures("morning")
async def test_the_timeline_of_an_agent_stops_at_what_has_passed(
    reader: TimelineServiceStub,
) -> None:
    before = SystemClock().now()
    told = await reader.GetAgentTimeline(_timeline_until(before + timedelta(hours=8)))
    after_it = SystemClock().now()

    passed = told.passed_time.ToDatetime(UTC)
    assert before - timedelta(milliseconds=1) <= passed <= after_it
    assert [one.state for one in told.intervals][-1] == BREAK
    assert told.intervals[-1].end_time == told.passed_time


@pytest.mark.usefixtures("morning")
async def test_a_span_to_come_has_no_timeline(reader: TimelineServiceStub) -> None:
    start = timestamp(SystemClock().now() + timedelta(hours=1))

    request = _timeline_until(SystemClock().now() + timedelta(hours=2), start_time=start)
    told = await reader.GetAgentTimeline(request)

    assert list(told.intervals) == []
    assert told.passed_time.ToMilliseconds() == start.ToMilliseconds()


@pytest.mark.usefixtures("morning")
async def test_what_came_after_the_instant_of_the_knowledge_had_not_passed_then(
    reader: TimelineServiceStub,
) -> None:
    known_by = timestamp(NOON + timedelta(minutes=30))
    told = await reader.GetAgentTimeline(
        _timeline_until(NOON + timedelta(hours=1), as_known_at_time=known_by)
    )

    (unobserved,) = told.intervals
    assert unobserved.state == state.STATE_UNOBSERVED
    assert unobserved.end_time == told.passed_time == known_by


@pytest.mark.usefixtures("morning")
async def test_a_span_that_is_over_has_passed(reader: TimelineServiceStub) -> None:
    told = await reader.GetAgentTimeline(_timeline_until(NOON + timedelta(hours=1)))

    assert told.passed_time.ToDatetime(UTC) == NOON + timedelta(hours=1)


def _timeline_until(end: datetime, **changes: object) -> wire.GetAgentTimelineRequest:
    values = {"agent": "agents/ana", "start_time": timestamp(NOON), "end_time": timestamp(end)}
    return wire.GetAgentTimelineRequest(**(values | changes))  # type: ignore[arg-type]  # by name


@pytest.mark.usefixtures("morning")
async def test_each_interval_names_the_entry_whose_word_it_shows(
    reader: TimelineServiceStub, presence: PresenceServiceStub
) -> None:
    hour = an_hour()
    request = wire.GetAgentTimelineRequest(
        agent="agents/ana", start_time=hour.start_time, end_time=hour.end_time
    )
    told = await reader.GetAgentTimeline(request)
    log = await presence.ListStateLog(
        a_log_request("ana", start_time=timestamp(NOON - timedelta(hours=2)))
    )

    in_the_log = {
        (entry.source, entry.event_id): (entry.occurred_time, entry.recorded_time, entry.state)
        for entry in log.entries
    }
    assert len(told.intervals) == 4
    for interval in told.intervals:
        entry = interval.entry
        found = in_the_log[entry.source, entry.event_id]
        assert found == (entry.occurred_time, entry.recorded_time, interval.state)
        assert found[0].ToDatetime() <= interval.start_time.ToDatetime()


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("end_time", {"end_time": timestamp(NOON)}),
        ("end_time", {"end_time": timestamp(NOON + timedelta(days=32))}),
        ("start_time", {"start_time": None}),
        ("start_time", {"start_time": timestamp(datetime.min.replace(tzinfo=UTC))}),
        ("start_time", {"start_time": timestamp(datetime(9999, 12, 31, tzinfo=UTC))}),
        ("site", {"site": "bank"}),
        ("agents[1]", {"agents": ["agents/ana", "ana"]}),
        ("teams", {"teams": ["teams/a"] * 101}),
    ],
)
async def test_a_request_without_meaning_names_its_field(
    reader: TimelineServiceStub, field: str, changes: dict[str, object]
) -> None:
    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await reader.GetSiteTimelines(an_hour(**changes))

    assert [violation.field for violation in refusal_from(caught.value).violations] == [field]


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("time_zone", {"time_zone": "Mars/Olympus"}),
        ("day", {"day": None}),
        ("day", {"day": date_pb2.Date(year=2026, month=2, day=30)}),
        ("day", {"day": date_pb2.Date(year=1, month=1, day=1)}),
        ("start_time", {"day": None, "start_time": timestamp(datetime(9999, 12, 31, tzinfo=UTC))}),
        ("day_start_minutes", {"day_start_minutes": 1440}),
    ],
)
async def test_an_axis_without_meaning_names_its_field(
    reader: TimelineServiceStub, field: str, changes: dict[str, object]
) -> None:
    values = {
        "site": "sites/bank",
        "time_zone": "UTC",
        "day": date_pb2.Date(year=2026, month=3, day=1),
    }

    with pytest.raises(grpc.aio.AioRpcError) as caught:
        await reader.GetHeatmapCells(wire.GetHeatmapCellsRequest(**(values | changes)))

    assert [violation.field for violation in refusal_from(caught.value).violations] == [field]


def an_import(*reports: StateReport) -> ReportStatesRequest:
    return a_request(*reports, source="import-bank", source_kind=state.SOURCE_KIND_IMPORT)


def _ms(seconds: int) -> int:
    return int(after(seconds).timestamp() * 1000)


def _kept_days(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*) FROM agent_day").fetchone()
    assert row is not None
    return int(row[0])
