import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from chassis.errors import Code, Refusal
from gateway.app.board_people import WantedSites
from gateway.app.board_span import WantedSpan
from gateway.app.export_heatmap import ExportHeatmap, File, Format, Writer
from gateway.app.join_board import WantedBoard
from gateway.domain.board_rows import Filters
from gateway.domain.heatmap import Label
from gateway.domain.timelines import INFERRED_MARK, Look
from gateway.export.fonts import Fonts
from gateway.export.picture import HEAD, INFERRED, NAMES, PALETTE, SPARE, HeatmapPicture
from gateway.export.table import HeatmapTable, as_seconds, as_text
from tests.unit.gateway.board_fakes import (
    BANK,
    BUSY,
    COULD_TAKE_MORE,
    EVERYBODY,
    MORNING,
    ONLINE,
    BoardDesk,
    a_person,
)

NO_FONTS = Fonts([])
LAST_HOURS = WantedSpan(start_time=MORNING - timedelta(minutes=90), end_time=MORNING)
BANK_BOARD = WantedBoard(WantedSites(BANK.name), LAST_HOURS)


@pytest.fixture
def desk() -> BoardDesk:
    desk = BoardDesk()
    desk.roster.people = [a_person("ana", "Ana", team="teams/t"), a_person("bo", "=1+1")]
    desk.roster.labels = {"teams/t": Label("teams/t", "Shop")}
    desk.presence.told = {"ana": [(ONLINE, 2400), (BUSY, 60)]}
    return desk


async def export(
    desk: BoardDesk,
    form: Format,
    wanted: WantedBoard = BANK_BOARD,
    agent: str = "",
    language: str = "en",
    fonts: Fonts = NO_FONTS,
) -> File:
    writers: dict[Format, Writer] = {Format.CSV: HeatmapTable(), Format.PNG: HeatmapPicture(fonts)}
    use_case = ExportHeatmap(desk.read_board(), writers)
    return await use_case(wanted, agent, form, language, EVERYBODY)


def lines_of(file: File) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"), newline="")))


async def test_a_table_has_a_line_for_each_agent_and_hour(desk: BoardDesk) -> None:
    file = await export(desk, Format.CSV)

    lines = lines_of(file)
    ana = [line for line in lines if line["agent"] == "agents/ana"]
    assert file.content.startswith(b"\xef\xbb\xbf")
    assert [(line["hour"], line["seconds"]) for line in ana] == [("07:30", "1800"), ("08", "3600")]
    assert [(line["online"], line["busy"]) for line in ana] == [("1800", "0"), ("600", "3000")]
    assert ana[0]["start"] == "2026-11-22T07:30:00+01:00"
    assert ana[0]["team"] == "Shop"
    assert len(lines) == 4


async def test_seconds_of_a_line_sum_to_its_hour_also_on_a_day_of_25(desk: BoardDesk) -> None:
    day = WantedBoard(WantedSites(BANK.name), WantedSpan(day=date(2026, 10, 25)))

    lines = lines_of(await export(desk, Format.CSV, day))

    states = ("not told", "online", "busy", "wrap-up", "break", "offline", "unobserved")
    assert len(lines) == 2 * 25
    assert {sum(float(line[state]) for state in states) for line in lines} == {3600}


async def test_of_whom_nothing_is_known_nothing_is_told(desk: BoardDesk) -> None:
    lines = lines_of(await export(desk, Format.CSV))

    assert {line["not told"] for line in lines if line["agent"] == "agents/bo"} == {"1800", "3600"}


async def test_a_name_is_never_a_formula(desk: BoardDesk) -> None:
    lines = lines_of(await export(desk, Format.CSV))

    assert {line["name"] for line in lines} == {"Ana", "'=1+1"}


@given(st.text())
def test_no_text_begins_as_a_formula_does(text: str) -> None:
    assert not as_text(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize(("milliseconds", "seconds"), [(0, "0"), (61_000, "61"), (1_005, "1.005")])
def test_seconds_are_exact(milliseconds: int, seconds: str) -> None:
    assert as_seconds(milliseconds) == seconds


async def test_headings_come_in_chinese(desk: BoardDesk) -> None:
    file = await export(desk, Format.CSV, language="zh-Hans")

    assert "在线" in file.content.decode("utf-8-sig").splitlines()[0]


async def test_one_agent_is_exported_alone(desk: BoardDesk) -> None:
    file = await export(desk, Format.CSV, agent="agents/ana")

    assert {line["agent"] for line in lines_of(file)} == {"agents/ana"}
    assert file.name == "bank-ana-2026-11-22.csv"


async def test_a_picture_shows_each_state_in_its_colour(desk: BoardDesk) -> None:
    file = await export(desk, Format.PNG)

    image = Image.open(io.BytesIO(file.content))
    online, busy = (tuple(PALETTE[state].tolist()) for state in (ONLINE, BUSY))
    # Names come by display name: the formula first.
    assert image.getpixel((NAMES + 10, HEAD + 24 + 4)) == online
    assert image.getpixel((1600 - 20, HEAD + 24 + 4)) == busy


async def test_a_picture_shows_who_could_take_more_lighter_between_two_lines_of_busy(
    desk: BoardDesk,
) -> None:
    desk.roster.people = [a_person("ana")]
    desk.presence.told = {"ana": [(COULD_TAKE_MORE, 60)]}

    image = Image.open(io.BytesIO((await export(desk, Format.PNG)).content))

    column = [image.getpixel((NAMES + 10, HEAD + down)) for down in range(24)]
    busy, spare, paper = (tuple(PALETTE[paint].tolist()) for paint in (BUSY, SPARE, 0))
    assert column == [busy, *[spare] * 21, busy, paper]


async def test_a_picture_tells_what_was_inferred_from_what_was_told(desk: BoardDesk) -> None:
    desk.roster.people = [a_person("ana")]
    desk.presence.told = {"ana": [(Look(ONLINE, marks=INFERRED_MARK), 60)]}

    image = Image.open(io.BytesIO((await export(desk, Format.PNG)).content))

    column = [image.getpixel((NAMES + 10, HEAD + down)) for down in range(24)]
    online, inferred, paper = (tuple(PALETTE[paint].tolist()) for paint in (ONLINE, INFERRED, 0))
    assert column == [online, *[inferred] * 21, online, paper]


async def test_the_legend_of_a_picture_has_every_colour(desk: BoardDesk) -> None:
    image = Image.open(io.BytesIO((await export(desk, Format.PNG)).content))

    legend = image.crop((NAMES, HEAD + 2 * 24, image.width, image.height))

    seen = {colour for _, colour in legend.getcolors() or ()}
    assert seen >= {tuple(colour) for colour in PALETTE.tolist()}


async def test_without_a_font_for_it_chinese_is_refused_with_the_remedy(desk: BoardDesk) -> None:
    with pytest.raises(Refusal, match="fonts-noto-cjk"):
        await export(desk, Format.PNG, language="zh-Hans")


async def test_a_name_that_the_font_lacks_is_replaced_by_the_id(desk: BoardDesk) -> None:
    desk.roster.people = [a_person("li", "李雷")]

    assert not NO_FONTS.can_write("李雷")
    assert (await export(desk, Format.PNG)).content.startswith(b"\x89PNG")


def test_a_font_that_is_there_is_taken(tmp_path: Path) -> None:
    file = tmp_path / "NotoSansCJK-Regular.ttc"
    file.touch()

    assert Fonts([tmp_path / "none.ttc", file]).writes_chinese


async def test_too_much_for_a_file_names_the_limit(desk: BoardDesk) -> None:
    desk.roster.people = [a_person(f"a{number}") for number in range(2001)]

    with pytest.raises(Refusal) as refused:
        await export(desk, Format.PNG)

    assert refused.value.reason == "EXPORT_TOO_LARGE"
    assert refused.value.metadata["pictured"] == "2000"


async def test_a_file_holds_those_on_a_long_break_where_they_alone_are_asked_for(
    desk: BoardDesk,
) -> None:
    desk.presence.told = {"ana": [(Look(4, reason="tea"), 1)], "bo": [(ONLINE, 1)]}
    desk.policies.limits = {"tea": 900_000}
    wanted = replace(BANK_BOARD, filters=Filters(long_breaks=True))

    lines = lines_of(await export(desk, Format.CSV, wanted))

    assert {line["agent"] for line in lines} == {"agents/ana"}


async def test_without_the_policy_there_is_no_file_of_long_breaks(desk: BoardDesk) -> None:
    desk.policies.failure = Refusal(Code.UNAVAILABLE, "GONE", "no answer")

    assert (await export(desk, Format.CSV)).content
    with pytest.raises(Refusal, match="BACKEND_UNAVAILABLE"):
        await export(desk, Format.CSV, replace(BANK_BOARD, filters=Filters(long_breaks=True)))


async def test_without_presence_there_is_no_file(desk: BoardDesk) -> None:
    desk.presence.timelines_failure = Refusal(Code.UNAVAILABLE, "GONE", "no answer")

    with pytest.raises(Refusal, match="BACKEND_UNAVAILABLE"):
        await export(desk, Format.CSV)
