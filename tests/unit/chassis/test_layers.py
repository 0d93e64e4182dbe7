import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chassis.errors import Refusal
from chassis.rpc.admission import AdmissionLayer
from chassis.rpc.call import Call, Proceed, run_layers
from chassis.rpc.deadline import MARGIN, DeadlineLayer, bind_deadline, remaining, time_for_call

CALL = Call(method="/muster.x.v1.Service/Do", headers={}, remaining_seconds=None)
FIVE_SECONDS = timedelta(seconds=5)


async def test_layers_lie_around_the_answer_in_their_order() -> None:
    order = []

    def layer(name: str) -> Any:
        async def run(_call: Call, proceed: Proceed) -> Any:
            order.append(f"{name} begins")
            answer = await proceed()
            order.append(f"{name} ends")
            return answer

        return run

    answer = await run_layers([layer("outer"), layer("inner")], CALL, _answer)

    assert answer == "answer"
    assert order == ["outer begins", "inner begins", "inner ends", "outer ends"]


async def test_a_full_server_sends_calls_away_until_there_is_room() -> None:
    admission = AdmissionLayer(limit=1)
    go_on = asyncio.Event()

    async def take_time() -> str:
        await go_on.wait()
        return "answer"

    first = asyncio.create_task(admission(CALL, take_time))
    await asyncio.sleep(0)
    with pytest.raises(Refusal) as refusal:
        await admission(CALL, _answer)
    go_on.set()

    assert refusal.value.reason == "OVERLOADED"
    assert refusal.value.retry_after == timedelta(seconds=1)
    assert await first == "answer"
    assert await admission(CALL, _answer) == "answer"


async def test_streams_take_no_room_from_calls() -> None:
    admission = AdmissionLayer(limit=1, stream_limit=1)
    stream = replace(CALL, answers_with_stream=True)

    async def answer_a_call_meanwhile() -> Any:
        with pytest.raises(Refusal, match="1 streams are in hand"):
            await admission(stream, _answer)
        return await admission(CALL, _answer)

    assert await admission(stream, answer_a_call_meanwhile) == "answer"


async def test_a_call_that_takes_longer_than_its_caller_waits_is_ended() -> None:
    call = Call(method=CALL.method, headers={}, remaining_seconds=0.01)

    with pytest.raises(Refusal) as refusal:
        await DeadlineLayer()(call, asyncio.Event().wait)

    assert refusal.value.reason == "DEADLINE_PASSED"


async def test_a_time_out_of_the_handlers_own_is_not_taken_for_the_deadline() -> None:
    async def time_out() -> None:
        raise TimeoutError("of something else")

    with pytest.raises(TimeoutError, match="something else"):
        await DeadlineLayer()(CALL, time_out)


def test_outside_a_call_there_is_no_deadline() -> None:
    assert remaining() is None
    assert time_for_call(None, FIVE_SECONDS) == 5
    assert time_for_call(60, FIVE_SECONDS) == 60


def test_an_inner_deadline_never_reaches_beyond_the_outer_one() -> None:
    with bind_deadline(timedelta(seconds=1)), bind_deadline(timedelta(minutes=1)):
        left = remaining()
        seconds = time_for_call(None, FIVE_SECONDS)

    assert left is not None
    assert left <= timedelta(seconds=1)
    assert seconds <= 1 - MARGIN.total_seconds()


async def _answer() -> str:
    return "answer"
