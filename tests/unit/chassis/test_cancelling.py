"""Tasks end although a cancellation got lost."""

import asyncio

import pytest

from chassis.cancelling import cancel_all, run_together


async def deaf(times: int) -> None:
    """Goes on after so many cancellations, as a wait does whose answer came at that instant."""
    while True:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            times -= 1
            if times < 0:
                raise


async def test_a_task_that_did_not_notice_is_cancelled_again() -> None:
    task = asyncio.create_task(deaf(2))
    await asyncio.sleep(0)

    await cancel_all([task], again_seconds=0.001)

    assert task.cancelled()


async def test_duties_end_together_with_whoever_runs_them() -> None:
    ended = []

    async def duty(name: str) -> None:
        try:
            await deaf(1)
        finally:
            ended.append(name)

    running = asyncio.create_task(run_together(duty("renew"), duty("look")))
    await asyncio.sleep(0.01)
    running.cancel()

    with pytest.raises(asyncio.CancelledError):
        await running
    assert sorted(ended) == ["look", "renew"]


async def test_a_duty_that_fails_ends_the_others_and_is_told() -> None:
    async def fail() -> None:
        raise OSError("no route")

    other = asyncio.Event()

    async def go_on() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            other.set()

    with pytest.raises(OSError, match="no route"):
        await run_together(go_on(), fail())
    assert other.is_set()
