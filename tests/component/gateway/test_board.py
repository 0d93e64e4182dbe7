from base64 import b64decode

import pytest
from muster.gateway.v1 import board_service_pb2
from muster.gateway.v1.board_service_pb2_grpc import BoardServiceStub

from gateway.domain.timelines import unpack_numbers
from tests.component.gateway.behind import SITE
from tests.component.gateway.desk import Desk
from tests.component.gateway.test_protection import choose

PATH = f"/v1/{SITE}/heatmap"


@pytest.fixture(autouse=True)
async def _history_is_shown(desk: Desk) -> None:
    """The day of these tests lies in the past: strict rules would hide it."""
    assert (await choose(desk)).status_code == 200


async def test_the_board_joins_people_and_timelines(desk: Desk) -> None:
    desk.presence.add_link("a")

    async with desk.http(await desk.sign_in()) as client:
        board = (await client.get(PATH)).json()

    assert board["day"] == {"year": 2026, "month": 11, "day": 22}
    assert board["siteDisplayName"] == "Bank"
    assert [row["displayName"] for row in board["rows"]] == ["Ana", "Zoe"]
    assert [row.get("timelineNumber", 0) for row in board["rows"]] == [0, 1]
    assert board["timelines"]["intervalCounts"] == [2]
    lengths = unpack_numbers(b64decode(board["timelines"]["lengthsPacked"]), 4)
    assert lengths.tolist() == [43_200, 43_200]
    assert "agents" not in board["timelines"]
    assert board["cursor"] == {"site": SITE, "epoch": 1, "seq": "1"}
    assert len(board["columns"]) == 24


async def test_grpc_and_rest_give_the_same_board(desk: Desk) -> None:
    desk.presence.add_link("a")
    token = await desk.sign_in()
    headers = {"accept": "application/x-protobuf"}

    async with desk.http(token) as client:
        by_rest = (await client.get(f"{PATH}?timeZone=Asia/Kolkata", headers=headers)).content
    async with desk.rpc(token) as channel:
        by_rpc = await BoardServiceStub(channel).GetHeatmap(
            board_service_pb2.GetHeatmapRequest(site=SITE, time_zone="Asia/Kolkata")
        )

    rest = board_service_pb2.Heatmap.FromString(by_rest)
    rest.ClearField("server_time")
    by_rpc.ClearField("server_time")
    assert rest == by_rpc


async def test_without_presence_the_board_shows_the_people_and_says_what_is_missing(
    desk: Desk,
) -> None:
    token = await desk.sign_in()
    await desk.stop("presence")

    async with desk.http(token) as client:
        answer = await client.get(PATH, timeout=20)

    board = answer.json()
    assert answer.status_code == 200
    assert [row["displayName"] for row in board["rows"]] == ["Ana", "Zoe"]
    assert [missing["part"] for missing in board["missing"]] == ["presence"]
    assert "cursor" not in board
    assert "127.0.0.1" not in answer.text


async def test_without_roster_the_board_says_whom_it_misses(desk: Desk) -> None:
    token = await desk.sign_in()
    await desk.stop("roster")

    async with desk.http(token) as client:
        answer = await client.get(PATH, timeout=20)

    assert answer.status_code == 503
    assert answer.json()["reason"] == "BACKEND_UNAVAILABLE"


async def test_a_site_that_one_may_not_see_is_not_found(desk: Desk) -> None:
    async with desk.http(await desk.sign_in()) as client:
        answer = await client.get("/v1/sites/other/heatmap")

    assert answer.status_code == 404
    assert answer.json()["reason"] == "UNKNOWN_SITE"
