"""The clock of a telephone system steps an hour forth and back: nothing is lost unsaid."""

from datetime import timedelta

import pytest

from chassis.clock import SystemClock
from tests.support.desk import Desk

HOUR = timedelta(hours=1)


@pytest.fixture
async def agent(desk: Desk) -> str:
    await desk.open_site("clock-town", ["clock-1"])
    return "clock-1"


async def test_a_change_from_an_hour_ahead_is_refused_and_told_so(desk: Desk, agent: str) -> None:
    now = SystemClock().now()

    answer = await desk.post(
        "/v1/states:report",
        {
            "source": "stepping",
            "sourceKind": "SOURCE_KIND_TELEPHONY",
            "reports": [
                {
                    "eventId": "ahead",
                    "agent": f"agents/{agent}",
                    "state": "STATE_BUSY",
                    "occurredTime": (now + HOUR).isoformat(),
                }
            ],
        },
    )

    assert answer["outcomes"] == ["OUTCOME_REFUSED"]
    assert answer["refusals"][0]["reason"] == "IN_THE_FUTURE"


async def test_a_change_from_an_hour_behind_takes_its_place_in_the_past(
    desk: Desk, agent: str
) -> None:
    now = SystemClock().now()
    await desk.report(agent, "ONLINE", now, "present", source="stepping")

    outcome = await desk.report(agent, "BUSY", now - HOUR, "behind", source="stepping")

    assert outcome == "OUTCOME_RECORDED"
    assert await desk.log_ids(agent, now) == ["behind", "present"]
    states = await desk.get("/v1/sites/clock-town/agentStates")
    assert [state["state"] for state in states["agentStates"]] == ["STATE_ONLINE"]
