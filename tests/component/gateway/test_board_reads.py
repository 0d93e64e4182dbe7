"""The board beyond one day: several calls of it, over REST, with owners that change or are away."""

import csv
import io
from base64 import b64decode
from datetime import UTC, datetime, timedelta

import pytest
from muster.dispatch.v1 import contact_pb2
from muster.presence.v1 import presence_service_pb2
from muster.roster.v1 import people_pb2, shift_pb2

from gateway.domain.timelines import unpack_numbers
from tests.component.gateway.behind import SITE
from tests.component.gateway.desk import Desk
from tests.component.gateway.test_protection import choose

PATH = f"/v1/{SITE}/heatmap"
RANGE = {"startTime": "2026-11-22T08:30:00Z", "endTime": "2026-11-22T12:00:00Z"}
COACHING = {"x-muster-purpose": "coaching"}


@pytest.fixture(autouse=True)
async def _history_is_shown(desk: Desk) -> None:
    """The day of these tests lies in the past: strict rules would hide it."""
    assert (await choose(desk)).status_code == 200


def a_shift(start: datetime) -> shift_pb2.Shift:
    shift = shift_pb2.Shift(name="shifts/one", agent="agents/a")
    shift.start_time.FromDatetime(start)
    shift.end_time.FromDatetime(start + timedelta(hours=8))
    return shift


async def test_a_range_to_the_minute_comes_with_its_hours_and_the_plan(desk: Desk) -> None:
    desk.roster.shifts = [a_shift(datetime(2026, 11, 22, 8, tzinfo=UTC))]

    async with desk.http(await desk.sign_in()) as client:
        board = (await client.get(PATH, params=RANGE)).json()

    assert [column["label"] for column in board["columns"]] == ["08:30", "09", "10", "11"]
    assert board["plan"] == {
        "startOffsetsSeconds": [-1800],
        "endOffsetsSeconds": [7 * 3600 + 1800],
        "activityCounts": [0],
    }
    assert [row.get("firstShift", 0) for row in board["rows"]] == [0, 1]
    assert "day" not in board


async def test_filters_groups_and_counters_come_as_asked(desk: Desk) -> None:
    desk.roster.teams = [
        people_pb2.Team(name="teams/t", display_name="Shop", site=SITE, line="lines/sales")
    ]
    desk.roster.members[0].team = "teams/t"
    asked = RANGE | {"lines": "lines/sales", "groupBy": "GROUPING_LINE", "states": "STATE_BREAK"}

    async with desk.http(await desk.sign_in()) as client:
        board = (await client.get(PATH, params=asked)).json()

    assert [(row["displayName"], row["line"]) for row in board["rows"]] == [("Zoe", "lines/sales")]
    assert [(one["key"], one["rowCount"]) for one in board["groups"]] == [("lines/sales", 1)]
    assert board["counts"] == [
        {"totalCount": 1},
        {"state": "STATE_BREAK", "shownCount": 1, "totalCount": 1},
    ]
    assert {"name": "lines/sales", "displayNames": {"en": "Sales"}} in board["labels"]


async def test_who_is_on_a_long_break_is_counted_and_shown_alone(desk: Desk) -> None:
    until_one = RANGE | {"endTime": "2026-11-22T13:00:00Z", "longBreaks": "true"}

    async with desk.http(await desk.sign_in()) as client:
        at_its_start = (await client.get(PATH, params=RANGE | {"longBreaks": "true"})).json()
        an_hour_later = (await client.get(PATH, params=until_one)).json()
        table = await client.get(
            f"{PATH}:export",
            params={"format": "FORMAT_CSV"}
            | {f"selection.{name}": value for name, value in until_one.items()},
        )

    assert (at_its_start.get("rows", []), at_its_start["longBreaks"]) == ([], {})
    assert [row["displayName"] for row in an_hour_later["rows"]] == ["Zoe"]
    assert an_hour_later["longBreaks"] == {"shownCount": 1, "totalCount": 1}
    lines = csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"), newline=""))
    assert {line["name"] for line in lines} == {"Zoe"}


async def test_a_change_of_the_roster_is_on_the_next_board_without_copying_it_anew(
    desk: Desk,
) -> None:
    async with desk.http(await desk.sign_in()) as client:
        await client.get(PATH, params=RANGE)
        copied = desk.roster.copy_count
        desk.roster.change(people_pb2.Agent(name="agents/c", display_name="Cleo", site=SITE))
        board = (await client.get(PATH, params=RANGE)).json()

    assert [row["displayName"] for row in board["rows"]] == ["Ana", "Cleo", "Zoe"]
    assert desk.roster.copy_count == copied


async def test_a_copy_that_is_too_old_to_be_kept_up_is_made_anew(desk: Desk) -> None:
    async with desk.http(await desk.sign_in()) as client:
        await client.get(PATH, params=RANGE)
        copied = desk.roster.copy_count
        desk.roster.change(people_pb2.Agent(name="agents/c", display_name="Cleo", site=SITE))
        desk.roster.oldest_kept = 2
        board = (await client.get(PATH, params=RANGE)).json()

    assert len(board["rows"]) == 3
    assert desk.roster.copy_count == copied + 1


async def test_all_sites_are_one_board_with_a_place_of_each(desk: Desk) -> None:
    async with desk.http(await desk.sign_in()) as client:
        board = (await client.get("/v1/sites/-/heatmap", params=RANGE)).json()

    assert [cursor["site"] for cursor in board["cursors"]] == [SITE]
    assert len(board["rows"]) == 2


async def test_what_is_malformed_is_named_field_by_field(desk: Desk) -> None:
    wrong = [
        {"teams": "t"},
        {"startTime": "2026-11-22T08:30:10Z", "endTime": "2026-11-22T12:00:00Z"},
        {"timeZone": "Mars/Olympus"},
        {"sites": SITE},
        {"orderBy": "ORDER_AMOUNT"},
    ]

    async with desk.http(await desk.sign_in()) as client:
        answers = [await client.get(PATH, params=params) for params in wrong]

    fields = [answer.json()["violations"][0]["field"] for answer in answers]
    assert fields == ["teams[0]", "start_time", "time_zone", "sites", "amount_state"]


async def test_strips_tell_the_groups_of_a_span(desk: Desk) -> None:
    desk.presence.add_link("a")
    asked = {f"selection.{name}": value for name, value in RANGE.items()}

    async with desk.http(await desk.sign_in()) as client:
        strips = (await client.get(f"/v1/{SITE}/teamStrips", params=asked)).json()

    counts = unpack_numbers(b64decode(strips["headcountsPacked"]), 4).reshape(42, 7)
    assert strips["blockCount"] == 42
    assert strips["strips"] == [{"agentCount": 2}]
    assert set(counts.sum(axis=1).tolist()) == {200}


async def test_waiting_numbers_come_with_their_sums(desk: Desk) -> None:
    desk.dispatch.add_queue("calls", waiting=3, answered=10, in_time=8)

    async with desk.http(await desk.sign_in()) as client:
        waiting = (await client.get(f"/v1/{SITE}/waiting")).json()

    assert waiting["waitingCount"] == 3
    assert waiting["serviceLevelRatio"] == 0.8
    assert waiting["queues"][0]["displayNames"] == {"en": "Calls"}


async def test_without_dispatch_waiting_numbers_are_missing(desk: Desk) -> None:
    token = await desk.sign_in()
    await desk.stop("dispatch")

    async with desk.http(token) as client:
        answer = await client.get(f"/v1/{SITE}/waiting", timeout=20)

    assert answer.status_code == 200
    assert [part["part"] for part in answer.json()["missing"]] == ["dispatch"]


async def test_a_day_of_an_agent_comes_in_one_call(desk: Desk) -> None:
    desk.presence.log = presence_service_pb2.ListStateLogResponse(next_page_token="more")
    desk.roster.shifts = [a_shift(datetime(2026, 11, 22, 8, tzinfo=UTC))]
    desk.dispatch.contacts = [contact_pb2.Contact(name="contacts/one")]

    async with desk.http(await desk.sign_in()) as client:
        day = (await client.get("/v1/agents/a/day", params=RANGE, headers=COACHING)).json()

    assert day["displayName"] == "Zoe"
    assert [one["state"] for one in day["stateTimes"]] == ["STATE_ONLINE"]
    assert day["log"]["nextPageToken"] == "more"
    assert [shift["name"] for shift in day["shifts"]] == ["shifts/one"]
    assert [contact["name"] for contact in day["contacts"]["contacts"]] == ["contacts/one"]
    assert "missing" not in day


async def test_without_dispatch_a_day_says_that_contacts_are_missing(desk: Desk) -> None:
    desk.presence.log = presence_service_pb2.ListStateLogResponse()
    token = await desk.sign_in()
    await desk.stop("dispatch")

    async with desk.http(token) as client:
        answer = await client.get("/v1/agents/a/day", params=RANGE, headers=COACHING, timeout=20)

    day = answer.json()
    (missing,) = day["missing"]
    assert (missing["part"], missing["reason"]) == ("contacts", "BACKEND_UNAVAILABLE")
    assert missing["sinceTime"]
    assert day["timeline"]["intervals"]


async def test_an_export_is_a_file_with_a_name(desk: Desk) -> None:
    asked = {f"selection.{name}": value for name, value in RANGE.items()}

    async with desk.http(await desk.sign_in()) as client:
        table = await client.get(f"{PATH}:export", params=asked | {"format": "FORMAT_CSV"})
        picture = await client.get(f"{PATH}:export", params=asked | {"format": "FORMAT_PNG"})

    lines = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"), newline="")))
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert "bank-2026-11-22.csv" in table.headers["content-disposition"]
    assert len(lines) == 2 * 4
    assert picture.content.startswith(b"\x89PNG")
