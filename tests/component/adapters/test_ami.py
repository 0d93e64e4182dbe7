"""The live adapter between an Asterisk and a gateway, both over real sockets."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from chassis.clock import SystemClock
from cli.adapters.ami.adapter import AmiAdapter
from cli.adapters.ami.floor import Floor
from cli.adapters.ami.protocol import AmiError, Login
from cli.adapters.sender import LiveSender, Origin
from cli.importing.asterisk.lines import Lines
from tests.component.adapters.asterisk import SECRET, USER, Asterisk, an_asterisk
from tests.component.adapters.gateway import Gateway, a_gateway
from tests.support.waiting import eventually

ANA = {"Queue": "sales", "Interface": "PJSIP/101", "Paused": "0", "Status": "1"}
ANAS_CHANNEL = {"Channel": "PJSIP/101-0000000a", "Uniqueid": "a", "Linkedid": "c"}


@pytest.fixture
async def asterisk() -> AsyncIterator[Asterisk]:
    async with an_asterisk() as asterisk:
        asterisk.members = [ANA]
        yield asterisk


@pytest.fixture
def gateway() -> Gateway:
    return Gateway()


@asynccontextmanager
async def following(asterisk: Asterisk, gateway: Gateway) -> AsyncIterator[AmiAdapter]:
    """Runs an adapter between the two."""
    async with a_gateway(gateway) as channel:
        sender = LiveSender(channel, Origin("pbx", "north"), lambda _change, _why: None)
        login = Login("127.0.0.1", asterisk.port, USER, SECRET)
        floor = Floor(Lines({"PJSIP/101": "ana"}))
        adapter = AmiAdapter(login, floor, sender, SystemClock(), lambda _line: None)
        beat = sender.beat(adapter.heard, adapter.stand_of)
        tasks = [asyncio.create_task(work) for work in (sender.run(), beat, adapter.run())]
        yield adapter
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def test_it_tells_how_everybody_stands_and_then_what_changes(
    asterisk: Asterisk, gateway: Gateway
) -> None:
    async with following(asterisk, gateway) as adapter:
        await adapter.heard.wait()

        await asterisk.say("BridgeEnter", **ANAS_CHANNEL)
        await asterisk.say("Hangup", **ANAS_CHANNEL)

        await eventually(lambda: len(gateway.states) == 3)
    assert gateway.story == ["agents/ana ONLINE", "agents/ana BUSY c", "agents/ana ONLINE"]


async def test_a_call_in_progress_is_found_when_it_connects(
    asterisk: Asterisk, gateway: Gateway
) -> None:
    asterisk.channels = [ANAS_CHANNEL | {"BridgeId": "x"}]

    async with following(asterisk, gateway):
        await eventually(lambda: bool(gateway.states))

    assert gateway.story == ["agents/ana BUSY c"]


async def test_a_gateway_that_is_away_loses_nothing_and_gets_nothing_twice(
    asterisk: Asterisk, gateway: Gateway
) -> None:
    async with following(asterisk, gateway) as adapter:
        await adapter.heard.wait()
        gateway.away = 3

        for queue in ("1", "0", "1"):
            await asterisk.say("QueueMemberPause", **ANA | {"Paused": queue})

        await eventually(lambda: len(gateway.states) == 4)
    assert [line.split()[1] for line in gateway.story] == ["ONLINE", "BREAK", "ONLINE", "BREAK"]


async def test_after_a_restart_of_asterisk_it_connects_again_and_tells_what_it_missed(
    asterisk: Asterisk, gateway: Gateway
) -> None:
    async with following(asterisk, gateway) as adapter:
        await adapter.heard.wait()

        asterisk.members = [ANA | {"Paused": "1"}]
        asterisk.hang_up()

        await eventually(lambda: len(gateway.states) == 2)
    assert gateway.story == ["agents/ana ONLINE", "agents/ana BREAK"]


async def test_heartbeats_stop_while_asterisk_is_not_heard(
    asterisk: Asterisk, gateway: Gateway
) -> None:
    async with following(asterisk, gateway) as adapter:
        await eventually(lambda: gateway.beats >= 2)

        asterisk.hang_up()

        await eventually(lambda: not adapter.heard.is_set())


async def test_whom_the_server_lost_is_told_again(asterisk: Asterisk, gateway: Gateway) -> None:
    async with following(asterisk, gateway):
        await eventually(lambda: bool(gateway.beats))

        gateway.lost.append("agents/ana")

        await eventually(lambda: len(gateway.states) == 2)
    assert gateway.story == ["agents/ana ONLINE", "agents/ana ONLINE"]


async def test_a_wrong_secret_ends_it_with_what_asterisk_says(asterisk: Asterisk) -> None:
    async with a_gateway(Gateway()) as channel:
        sender = LiveSender(channel, Origin("pbx", "north"), lambda _change, _why: None)
        login = Login("127.0.0.1", asterisk.port, USER, "guess")
        adapter = AmiAdapter(login, Floor(Lines({})), sender, SystemClock(), lambda _line: None)

        with pytest.raises(AmiError, match="refuses muster: Authentication failed"):
            await adapter.run()
