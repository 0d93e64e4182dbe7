"""How a process calls another one: in the caller's name, or in its own."""

from pathlib import Path
from typing import Any, cast

import pytest
from muster.roster.v1 import roster_service_pb2 as wire
from muster.roster.v1.roster_service_pb2_grpc import RosterServiceStub

from chassis.access import Caller, bind_caller, current_caller
from chassis.clock import SystemClock
from chassis.config import ProcessSettings
from chassis.ground import BackgroundTasks, Ground
from chassis.health import Health
from chassis.identity import PROCESS_GRANTS, Signer
from chassis.telemetry import silent_telemetry
from tests.component.chassis.conftest import READER, Place, Places, Signers


@pytest.fixture
def signers(tmp_path: Path) -> Signers:
    return Signers(tmp_path / "keys", PROCESS_GRANTS)


@pytest.fixture
def ground(tmp_path: Path, signers: Signers, places: Places) -> Ground[ProcessSettings]:
    telemetry = silent_telemetry("presence")
    return Ground(
        settings=cast("ProcessSettings", None),
        clock=SystemClock(),
        telemetry=telemetry,
        trust=signers.trust,
        signer=Signer.load(tmp_path / "keys" / "presence.key", "presence"),
        health=Health(),
        database=cast("Any", None),
        bus=cast("Any", None),
        stack=places.stack,
        tasks=BackgroundTasks(telemetry),
    )


async def test_a_call_in_the_callers_name_carries_her_token(
    ground: Ground[ProcessSettings], places: Places
) -> None:
    place = await places.start()
    subjects = _noting_callers(place)
    stub = RosterServiceStub(ground.peer(place.target, forward=True))

    with bind_caller(Caller(READER, places.token(READER))):
        await stub.ListSites(wire.ListSitesRequest())

    assert subjects == [READER.subject]


async def test_a_call_in_nobodys_name_is_not_made(
    ground: Ground[ProcessSettings], places: Places
) -> None:
    place = await places.start()
    stub = RosterServiceStub(ground.peer(place.target, forward=True))

    with pytest.raises(LookupError):
        await stub.ListSites(wire.ListSitesRequest())


async def test_a_call_in_its_own_name_may_do_what_the_process_was_granted(
    ground: Ground[ProcessSettings], places: Places
) -> None:
    place = await places.start()
    stub = RosterServiceStub(ground.peer(place.target, forward=False))

    parts = [part async for part in stub.CopyAgents(wire.CopyAgentsRequest())]

    assert len(parts) == 1


async def test_a_peer_without_a_target_is_an_error_at_once(
    ground: Ground[ProcessSettings],
) -> None:
    with pytest.raises(ValueError, match="MUSTER_"):
        ground.peer("", forward=False)


def _noting_callers(place: Place) -> list[str]:
    subjects: list[str] = []

    async def note(_request: Any) -> wire.ListSitesResponse:
        subjects.append(current_caller().identity.subject)
        return wire.ListSitesResponse()

    place.roster.list_sites = note
    return subjects
