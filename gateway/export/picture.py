"""A board as a picture: title, hours, a line of exact states for each agent, and the legend."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from chassis.errors import Code, Refusal
from gateway.app.join_board import Board
from gateway.domain.board_rows import Row
from gateway.domain.timelines import INFERRED_MARK, STATE_COUNT, Look, Timelines
from gateway.export.fonts import Font, Fonts
from gateway.export.words import WORDS, Words

WIDTH, NAMES, MARGIN, HEAD, FOOT = 1600, 220, 16, 72, 44
_SHORTEST_ROW, _TALLEST_ROW, _READABLE_ROW = 4, 24, 13
_AIMED_HEIGHT = 1400
_INK, _FAINT, _PAPER = (32, 32, 36), (205, 208, 214), (255, 255, 255)
PALETTE: NDArray[np.uint8] = np.array(
    [
        (255, 255, 255),  # not told
        (0, 158, 115),  # online: bluish green
        (213, 94, 0),  # busy: vermilion
        (230, 159, 0),  # wrap-up: orange
        (240, 228, 66),  # break: yellow
        (184, 188, 194),  # offline: grey
        (226, 228, 232),  # unobserved: hatched over this
        (250, 190, 130),  # busy with capacity left: lighter, between two lines of busy
        (143, 205, 186),  # online that a mapping inferred: likewise, of online
    ],
    np.uint8,
)
"""The colours by paint, which stay apart for the common colour-vision deficiencies: a paint is the
State number, SPARE or INFERRED.
"""
SPARE, INFERRED = STATE_COUNT, STATE_COUNT + 1
_ONLINE, _BUSY, _UNOBSERVED, _HATCH = 1, 2, 6, (120, 124, 132)
_EDGES = {SPARE: _BUSY, INFERRED: _ONLINE}
"""The paint of the lines above and below a lighter one."""
_LEGEND = (_ONLINE, INFERRED, _BUSY, SPARE, *range(_BUSY + 1, STATE_COUNT))
_SECOND_MS = 1000

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What is drawn on, and how tall its rows are."""

    draw: ImageDraw.ImageDraw
    row_height: int
    small: Font
    large: Font


class HeatmapPicture:
    """Draws PNG."""

    content_type = "image/png"

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts

    def __call__(self, board: Board, language: str) -> bytes:
        """Returns the picture of a board that has timelines. Refuses Chinese where no font of the
        machine has it.
        """
        if language != "en" and not self._fonts.writes_chinese:
            raise _no_font(language)
        rows = list({row.person.agent: row for row in board.rows}.values())
        tall = min(_TALLEST_ROW, max(_SHORTEST_ROW, _AIMED_HEIGHT // max(1, len(rows))))
        image = Image.new("RGB", (WIDTH, HEAD + tall * max(1, len(rows)) + FOOT), _PAPER)
        image.paste(Image.fromarray(_blocks(board, rows, tall)), (NAMES, HEAD))
        sheet = _Sheet(
            ImageDraw.Draw(image), tall, self._fonts.of_size(12), self._fonts.of_size(18)
        )
        self._write(sheet, board, rows, WORDS[language])
        into = io.BytesIO()
        image.save(into, "PNG")
        return into.getvalue()

    def _write(self, sheet: _Sheet, board: Board, rows: Sequence[Row], words: Words) -> None:
        bottom = HEAD + sheet.row_height * max(1, len(rows))
        _title(sheet, self._readable(_about(board), board.sites[0].name), board, words)
        _hours(sheet, board, bottom)
        if sheet.row_height >= _READABLE_ROW:
            for index, row in enumerate(rows):
                person = row.person
                name = self._readable(person.display_name, person.agent)
                _cut_text(sheet, (MARGIN, HEAD + index * sheet.row_height), name)
        _legend(sheet, bottom + MARGIN, words)

    def _readable(self, text: str, instead: str) -> str:
        """Returns a text, or a name that every font can write."""
        return text if self._fonts.can_write(text) else instead


def paint_pixels(timelines: Timelines, width: int, passed_ms: int) -> Pixels:
    """Returns the paint in the middle of each pixel of each agent's line."""
    lengths = timelines.lengths_ms()
    span = timelines.end_ms - timelines.start_ms
    rows = np.arange(len(timelines.agents))
    # The ends of all intervals in one row of numbers, an agent's after those of the one before.
    ends = np.cumsum(lengths)
    middles = ((2 * np.arange(width) + 1) * span) // (2 * width)
    places = np.searchsorted(ends, (rows * span)[:, None] + middles[None, :], side="right")
    paints = np.array([_paint_of(look) for look in timelines.looks], np.uint8)
    pixels = paints[timelines.look_indexes()[places]]
    pixels[:, middles >= passed_ms - timelines.start_ms] = 0
    return pixels


def _paint_of(look: Look) -> int:
    if look.state == _ONLINE and look.marks & INFERRED_MARK:
        return INFERRED
    return SPARE if look.capacity_left else look.state


def _blocks(board: Board, rows: Sequence[Row], tall: int) -> Pixels:
    timelines, width = board.timelines, WIDTH - NAMES - MARGIN
    if timelines is None:
        raise ValueError("a board without timelines is no picture")
    passed_ms = int(board.read_time.timestamp() * _SECOND_MS)
    told = paint_pixels(timelines, width, passed_ms)
    nobody = np.zeros((1, width), np.uint8)
    numbers = np.array([row.timeline_number for row in rows] or [0], np.int64)
    lines = np.concatenate([nobody, told])[numbers]
    return _coloured(np.repeat(lines, tall, axis=0), tall)


def _coloured(paints: Pixels, tall: int) -> Pixels:
    """Returns the colours of rows that are so tall, with a line of paper under each if it has room
    for one.
    """
    gap = 1 if tall > _SHORTEST_ROW else 0
    colours: Pixels = PALETTE[paints]
    down, across = np.indices(paints.shape)
    colours[(paints == _UNOBSERVED) & ((down + across) % 6 == 0)] = _HATCH
    is_edge = np.isin(down % tall, (0, tall - gap - 1))
    for lighter, edge in _EDGES.items():
        colours[(paints == lighter) & is_edge] = PALETTE[edge]
    if gap:
        colours[tall - 1 :: tall] = _PAPER
    return colours


def _about(board: Board) -> str:
    return ", ".join(site.display_name for site in board.sites)


def _title(sheet: _Sheet, about: str, board: Board, words: Words) -> None:
    span = board.span
    said = f"{words.title} · {about} · {span.day or f'{span.start_time:%Y-%m-%d %H:%M} UTC'}"
    sheet.draw.text((MARGIN, 10), f"{said} · {span.zone}", _INK, sheet.large)
    told = [words.read_at.format(time=f"{board.read_time:%Y-%m-%d %H:%M} UTC")]
    if board.withheld_count:
        told.append(words.withheld.format(count=board.withheld_count))
    sheet.draw.text((MARGIN, 36), " · ".join(told), _INK, sheet.small)


def _hours(sheet: _Sheet, board: Board, bottom: int) -> None:
    span, width = board.span, WIDTH - NAMES - MARGIN
    columns = span.columns()
    each = max(1, -(-len(columns) * 30 // width))
    for index, column in enumerate(columns):
        share = (column.start_time - span.start_time) / (span.end_time - span.start_time)
        at = NAMES + int(width * share)
        sheet.draw.line((at, HEAD - 4, at, bottom), _FAINT)
        if index % each == 0:
            sheet.draw.text((at + 2, HEAD - 18), column.label, _INK, sheet.small)


def _cut_text(sheet: _Sheet, at: tuple[int, int], text: str) -> None:
    while text and sheet.draw.textlength(text, sheet.small) > NAMES - 2 * MARGIN:
        text = text[:-1]
    sheet.draw.text(at, text, _INK, sheet.small)


def _legend(sheet: _Sheet, top: int, words: Words) -> None:
    at, names = NAMES, (*words.states, words.spare, words.inferred)
    for paint in _LEGEND:
        colour = tuple(int(part) for part in PALETTE[paint])
        sheet.draw.rectangle((at, top, at + 14, top + 14), colour, _INK)
        if paint == _UNOBSERVED:
            sheet.draw.line((at, top + 14, at + 14, top), _HATCH)
        sheet.draw.text((at + 20, top), names[paint], _INK, sheet.small)
        at += 40 + int(sheet.draw.textlength(names[paint], sheet.small))


def _no_font(language: str) -> Refusal:
    return Refusal(
        Code.FAILED_PRECONDITION,
        "NO_FONT",
        "no font of this machine has Chinese; install fonts-noto-cjk, or ask for language_code en",
        metadata={"language_code": language},
    )
