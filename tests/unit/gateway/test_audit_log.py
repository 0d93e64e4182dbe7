import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest
from prometheus_client import CollectorRegistry

from chassis.clock import ManualClock
from chassis.errors import Code, Refusal
from gateway.app.audit_log import MOST_WAITING, AuditLog
from gateway.telemetry import declare_audit_metrics
from proof.audit import AuditContent
from tests.unit.gateway.fakes import MORNING


class FakeWriter:
    """Keeps links in memory; waits while it is held, and fails when told to."""

    def __init__(self) -> None:
        self.links: list[Sequence[AuditContent]] = []
        self.held = asyncio.Event()
        self.held.set()
        self.away = False

    async def append(self, contents: Sequence[AuditContent], _now: datetime) -> int:
        await self.held.wait()
        if self.away:
            raise Refusal(Code.UNAVAILABLE, "DATABASE_UNAVAILABLE", "away")
        self.links.append(contents)
        return len(self.links)


def a_look(person: str) -> AuditContent:
    return AuditContent(kind="LOOK", actor="accounts/lead", method="s/M", person=person)


@pytest.fixture
def writer() -> FakeWriter:
    return FakeWriter()


@pytest.fixture
def log(writer: FakeWriter) -> AuditLog:
    metrics = declare_audit_metrics(CollectorRegistry())
    return AuditLog(writer, metrics, ManualClock(MORNING))


async def test_what_comes_while_a_link_is_written_becomes_the_next_link_together(
    log: AuditLog, writer: FakeWriter
) -> None:
    writer.held.clear()
    first = asyncio.create_task(log.write(a_look("a")))
    await asyncio.sleep(0)
    others = [asyncio.create_task(log.write(a_look(name))) for name in "bcd"]
    await asyncio.sleep(0)
    writer.held.set()

    assert await first == (1, 0)
    assert await asyncio.gather(*others) == [(2, 0), (2, 1), (2, 2)]
    assert [[one.person for one in link] for link in writer.links] == [["a"], ["b", "c", "d"]]


async def test_what_cannot_be_written_is_refused_and_the_next_one_is_tried_again(
    log: AuditLog, writer: FakeWriter
) -> None:
    writer.away = True
    with pytest.raises(Refusal) as refused:
        await log.write(a_look("a"))
    writer.away = False

    assert (refused.value.code, refused.value.reason) == (Code.UNAVAILABLE, "AUDIT_UNAVAILABLE")
    assert await log.write(a_look("b")) == (1, 0)


async def test_a_defect_of_the_store_leaves_nobody_waiting(
    log: AuditLog, writer: FakeWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def break_down(*_: Any) -> int:
        raise RuntimeError("a defect")

    with monkeypatch.context() as patched:
        patched.setattr(writer, "append", break_down)
        with pytest.raises(Refusal):
            await asyncio.wait_for(log.write(a_look("a")), 5)

    assert await log.write(a_look("b")) == (1, 0)


async def test_whoever_gives_up_waiting_is_written_down_all_the_same(
    log: AuditLog, writer: FakeWriter
) -> None:
    writer.held.clear()
    waiting = asyncio.create_task(log.write(a_look("a")))
    await asyncio.sleep(0)
    waiting.cancel()
    writer.held.set()

    await log.finish()

    assert [one.person for link in writer.links for one in link] == ["a"]


async def test_a_queue_that_is_full_refuses_at_once(log: AuditLog, writer: FakeWriter) -> None:
    writer.held.clear()
    waiting = [asyncio.create_task(log.write(a_look("a"))) for _ in range(MOST_WAITING)]
    await asyncio.sleep(0)

    with pytest.raises(Refusal):
        await log.write(a_look("late"))

    writer.held.set()
    assert len(await asyncio.gather(*waiting)) == MOST_WAITING
