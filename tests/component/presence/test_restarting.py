"""A restart with ten thousand agents under leases."""

from collections.abc import AsyncIterator
from time import perf_counter

import psycopg
import pytest
from muster.presence.v1 import state_pb2 as state

from services.presence.domain.state import EntryKind, State
from tests.component.conftest import OwnerUrl
from tests.component.presence.replicas import Replicas
from tests.component.presence.reports import a_request
from tests.component.presence.roster import FakeRoster
from tests.component.presence.watching import Log, now_report, of_browsers, of_pbx
from tests.support.waiting import eventually

AGENTS = [f"a-{number:05}" for number in range(10_000)]
PART = 2_500
READY_WITHIN_SECONDS = 3.0


@pytest.fixture
async def log(owner_url: OwnerUrl) -> AsyncIterator[Log]:
    connection = await psycopg.AsyncConnection.connect(owner_url("presence"), autocommit=True)
    yield Log(connection)
    await connection.close()


async def test_ten_thousand_agents_under_leases_outlive_a_restart(
    replicas: Replicas, roster: FakeRoster, log: Log
) -> None:
    for agent in AGENTS:
        roster.hire(agent, "bank")
    await live_for_a_moment(replicas, log)
    # Presence was away for ten minutes, longer than any lease and grace.
    await log.change(
        "UPDATE watch_mark SET mark_time = mark_time - interval '10 min';"
        "UPDATE source_lease SET proof_time = proof_time - interval '10 min'"
    )

    async def starts_in_time() -> bool:
        begun = perf_counter()
        await replicas.start()
        return perf_counter() - begun < READY_WITHIN_SECONDS

    # A machine that is busy with others slows one start down, and not every one.
    await eventually(starts_in_time, within_seconds=60)
    await eventually(lambda: log.count(EntryKind.OUTAGE))

    async def leases_have_begun_anew() -> bool:
        return await log.read(
            "SELECT count(*) FROM source_lease"
            " WHERE now() - proof_time < '1 min' AND lost_time IS NULL"
        ) == [(len(AGENTS) + 1,)]

    await eventually(leases_have_begun_anew)
    assert await log.count(EntryKind.LOSS) == 0
    assert await log.read("SELECT state, count(*) FROM agent_state GROUP BY state") == [
        (State.ONLINE.value, len(AGENTS))
    ]


async def live_for_a_moment(replicas: Replicas, log: Log) -> None:
    """Everybody is online by the telephone system and has a browser open."""
    async with replicas.apart() as before:
        replica = await before.start()
        presence, sources = before.caller(replica), before.source(replica)
        await sources.Heartbeat(of_pbx())
        for start in range(0, len(AGENTS), PART):
            part = AGENTS[start : start + PART]
            await presence.ReportStates(a_request(*(now_report(agent, "e-1") for agent in part)))
            pressed = (now_report(agent, "e-1", state=state.STATE_ONLINE) for agent in part)
            await presence.ReportStates(
                a_request(*pressed, source="web", source_kind=state.SOURCE_KIND_AGENT)
            )
            await sources.Heartbeat(of_browsers(*part))
        await sources.Heartbeat(of_pbx())

        async def all_have_leases() -> bool:
            return await log.read(
                "SELECT count(*) FROM source_lease WHERE site = 'bank' AND length IS NOT NULL"
            ) == [(len(AGENTS) + 1,)]

        await eventually(all_have_leases)
