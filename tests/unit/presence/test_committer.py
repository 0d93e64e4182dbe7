import asyncio
from collections.abc import Awaitable

import pytest

from chassis.errors import Refusal
from chassis.telemetry import silent_telemetry
from services.presence.app.committer import Committed, Committer
from services.presence.domain.fate import Outcome, Reason, Refused
from services.presence.domain.link import MOST_ENTRIES
from services.presence.telemetry import PresenceTelemetry
from tests.unit.presence.builders import an_entry
from tests.unit.presence.fakes import FakeStateLog


class Desk:
    """A committer with a log in memory, and callers at it."""

    def __init__(self, most_pending: int = 50_000) -> None:
        self.log = FakeStateLog()
        self.told: list[str] = []
        self.committer = Committer(
            self.log,
            committed=self.told.append,
            telemetry=PresenceTelemetry(silent_telemetry()),
            most_pending=most_pending,
        )

    def call(self, *event_ids: str, site: str = "bank") -> Awaitable[Committed]:
        entries = [an_entry(event_id=event_id) for event_id in event_ids]
        return asyncio.ensure_future(self.committer.commit(site, entries))

    async def until_commits(self, count: int) -> None:
        while len(self.log.commits) < count:  # noqa: ASYNC110 - a turn of the loop, no time
            await asyncio.sleep(0)


async def test_a_lone_caller_commits_at_once() -> None:
    desk = Desk()

    answer = await desk.call("e-1")

    assert answer.fates == (Outcome.RECORDED,)
    assert answer.place == ("bank", 1, 1)
    assert desk.told == ["bank"]


async def test_what_comes_during_a_commit_is_committed_together() -> None:
    desk = Desk()
    desk.log.may_commit.clear()
    calls = [desk.call("e-1")]
    await desk.until_commits(1)
    calls += [desk.call("e-2", "e-1"), desk.call("e-3")]
    await asyncio.sleep(0)
    desk.log.may_commit.set()

    answers = await asyncio.gather(*calls)

    assert desk.log.event_ids() == [["e-1"], ["e-2", "e-1", "e-3"]]
    recorded, already = Outcome.RECORDED, Outcome.ALREADY_RECORDED
    assert [a.fates for a in answers] == [(recorded,), (recorded, already), (recorded,)]


async def test_a_commit_holds_no_more_than_a_link_does() -> None:
    desk = Desk()

    answer = await desk.call(*(f"e-{number}" for number in range(MOST_ENTRIES + 1)))

    assert [len(entries) for _, entries in desk.log.commits] == [MOST_ENTRIES, 1]
    assert len(answer.fates) == MOST_ENTRIES + 1
    assert answer.place == ("bank", 1, 2)


async def test_sites_do_not_wait_for_each_other() -> None:
    desk = Desk()
    desk.log.may_commit.clear()
    calls = [desk.call("e-1"), desk.call("e-1", site="shop")]

    await desk.until_commits(2)

    desk.log.may_commit.set()
    await asyncio.gather(*calls)


async def test_a_poison_entry_is_refused_alone() -> None:
    desk = Desk()
    desk.log.poison = {"e-3"}

    answer = await desk.call("e-1", "e-2", "e-3", "e-4", "e-5")

    refused = [isinstance(fate, Refused) for fate in answer.fates]
    assert refused == [False, False, True, False, False]
    assert answer.place is not None


async def test_a_call_of_poison_alone_has_no_place() -> None:
    desk = Desk()
    desk.log.poison = {"e-1"}

    answer = await desk.call("e-1")

    assert answer.place is None
    assert isinstance(answer.fates[0], Refused)
    assert answer.fates[0].reason is Reason.INVALID_FIELD


async def test_a_caller_who_leaves_does_not_stop_the_commit() -> None:
    desk = Desk()
    desk.log.may_commit.clear()
    leaving = asyncio.ensure_future(desk.call("e-1"))
    await desk.until_commits(1)
    leaving.cancel()
    desk.log.may_commit.set()

    again = await desk.call("e-1")

    assert again.fates == (Outcome.ALREADY_RECORDED,)


async def test_a_failure_reaches_all_who_shared_the_commit_and_nobody_else() -> None:
    desk = Desk()
    desk.log.fail_next(ConnectionError("gone"))

    with pytest.raises(ConnectionError):
        await desk.call("e-1")

    assert (await desk.call("e-1")).fates == (Outcome.RECORDED,)
    assert desk.told == ["bank"]


async def test_beyond_the_limit_callers_are_told_to_come_later() -> None:
    desk = Desk(most_pending=2)
    desk.log.may_commit.clear()
    first = desk.call("e-1", "e-2")
    await desk.until_commits(1)

    with pytest.raises(Refusal) as caught:
        await desk.call("e-3")

    assert caught.value.reason == Reason.OVERLOADED
    assert caught.value.retry_after is not None
    desk.log.may_commit.set()
    await first
    assert (await desk.call("e-3")).fates == (Outcome.RECORDED,)


async def test_a_large_call_passes_an_idle_committer() -> None:
    desk = Desk(most_pending=2)

    answer = await desk.call("e-1", "e-2", "e-3")

    assert len(answer.fates) == 3


async def test_draining_waits_for_commits_of_callers_who_left() -> None:
    desk = Desk()
    desk.log.may_commit.clear()
    leaving = asyncio.ensure_future(desk.call("e-1"))
    await desk.until_commits(1)
    leaving.cancel()
    draining = asyncio.ensure_future(desk.committer.drain())
    await asyncio.sleep(0)
    assert not draining.done()

    desk.log.may_commit.set()

    await draining
    assert desk.told == ["bank"]
