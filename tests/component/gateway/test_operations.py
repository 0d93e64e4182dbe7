"""How Muster does, over REST, with processes that are there and one that is not."""

from typing import Any

from tests.component.gateway.behind import SITE
from tests.component.gateway.desk import Desk

PATH = "/v1/operations"


async def read(desk: Desk, account: str = "supervisor") -> Any:
    async with desk.http(await desk.sign_in(account)) as client:
        return (await client.get(PATH)).json()


async def test_each_process_tells_its_state_its_version_and_its_lags(desk: Desk) -> None:
    told = await read(desk)

    by_name = {one["process"]: one for one in told["processes"]}
    presence = by_name["presence"]
    assert (presence["replica"], presence["state"]) == ("presence-1", "STATE_READY")
    assert presence["version"]
    assert by_name["gateway"]["state"] == "STATE_READY"
    figures = {one["metric"]: one for one in presence["figures"]}
    assert figures["muster_bus_outbox_pending_messages"]["value"] == 3
    assert 0.01 < figures["muster_presence_commit_seconds"]["p99Seconds"] <= 0.025


async def test_a_process_that_is_gone_is_silent_and_the_rest_is_told(desk: Desk) -> None:
    await desk.stop("dispatch")

    told = await read(desk)

    [gone] = [one for one in told["processes"] if one["process"] == "dispatch"]
    assert gone["state"] == "STATE_SILENT"
    assert gone["problems"][0]["code"] in ("UNAVAILABLE", "DEADLINE_EXCEEDED")
    assert "presence" in {one["process"] for one in told["processes"]}


async def test_a_site_tells_its_last_event_its_lost_sources_and_what_is_unsigned(
    desk: Desk,
) -> None:
    desk.presence.add_link("a")
    desk.presence.add_link("a")

    [site] = [one for one in (await read(desk))["sites"] if one["site"] == SITE]

    assert site["lastOccurredTime"]
    assert [(one["source"], one["state"]) for one in site["sources"]] == [("pbx", "STATE_LOST")]
    assert site["chain"]["linkCount"] == "2"
    assert site["chain"]["unsignedCount"] == "1"


async def test_what_presence_does_not_tell_is_named(desk: Desk) -> None:
    await desk.stop("presence")

    told = await read(desk)

    assert {one["part"] for one in told["missing"]} >= {"coverage", "sources", "chain"}


async def test_an_agent_does_not_see_how_muster_does(desk: Desk) -> None:
    refused = await read(desk, "agent")

    assert refused["reason"] == "PERMISSION_MISSING"
