"""The controls of the demo floor through the gateway: where there is a floor, and where is none."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from muster.floor.v1.floor_service_pb2_grpc import add_FloorServiceServicer_to_server

from chassis.access import trust_authenticator
from chassis.clock import SystemClock
from chassis.health import Health
from chassis.identity import PROCESS_GRANTS, Trust, create_keys
from chassis.rpc.server import RpcServer
from chassis.telemetry import silent_telemetry
from simulator.floor.controls import Controls
from simulator.floor.incidents import Incidents
from simulator.floor.rpc import FloorServicer
from simulator.floor.sources import Sources
from simulator.twin.setting import THREE_ZONES, Setting
from simulator.twin.twin import Twin
from tests.component.gateway.desk import Desk

WORLD = Setting(THREE_ZONES, agent_count=60)
ORDERS = "sites/harbor/queues/harbor-orders"


@pytest.fixture
async def floor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """A floor that has begun, to which the gateway is led."""
    create_keys(tmp_path, PROCESS_GRANTS)
    clock = SystemClock()
    twin = Twin(WORLD, clock.now().date())
    twin.run(clock.now())
    server = RpcServer(
        process="floor",
        host="127.0.0.1",
        port=0,
        authenticate=trust_authenticator(Trust.load(tmp_path / "trust.json"), clock),
        telemetry=silent_telemetry("floor"),
        health=Health(),
    )
    controls = Controls(lambda: twin, twin.workers, Sources(twin.workers), Incidents(), clock)
    server.add(add_FloorServiceServicer_to_server, FloorServicer(controls))
    await server.start()
    monkeypatch.setenv("MUSTER_FLOOR_TARGET", f"ipv4:127.0.0.1:{server.port}")
    yield
    await server.drain(timedelta())


async def test_where_no_floor_runs_it_has_no_sites_and_nothing_can_be_started(desk: Desk) -> None:
    async with desk.http(await desk.sign_in()) as client:
        asked = await client.get("/v1/floor")
        played = await client.post("/v1/floor:startSignIn", json={"site": "sites/harbor"})

    assert (asked.status_code, asked.json()) == (200, {})
    assert (played.status_code, played.json()["reason"]) == (400, "NO_FLOOR")
    assert "muster up --demo" in played.json()["detail"]


async def test_whoever_may_play_starts_a_surge_and_sees_it_go_on(floor: None, desk: Desk) -> None:
    asked = {"queue": ORDERS, "factor": 3, "duration": "600s"}
    async with desk.http(await desk.sign_in()) as client:
        started = await client.post("/v1/floor:startSurge", json=asked)
        again = await client.post("/v1/floor:startSurge", json=asked)
        seen = (await client.get("/v1/floor")).json()

    assert started.status_code == 200
    assert (again.status_code, again.json()["reason"]) == (400, "GOING_ON_ALREADY")
    (incident,) = seen["incidents"]
    assert (incident["kind"], incident["subject"], incident["factor"]) == ("KIND_SURGE", ORDERS, 3)
    assert [site["site"] for site in seen["sites"]] == [
        "sites/harbor",
        "sites/delta",
        "sites/lakes",
    ]


async def test_a_duration_beyond_all_bounds_is_refused_by_its_field(
    floor: None, desk: Desk
) -> None:
    asked = {"source": "harbor-calls", "duration": "315576000000s"}
    async with desk.http(await desk.sign_in()) as client:
        answer = await client.post("/v1/floor:startOutage", json=asked)

    assert answer.json()["violations"][0]["field"] == "duration"


async def test_an_agent_plays_nothing(floor: None, desk: Desk) -> None:
    async with desk.http(await desk.sign_in("agent")) as client:
        answer = await client.get("/v1/floor")

    assert (answer.status_code, answer.json()["reason"]) == (403, "PERMISSION_MISSING")
