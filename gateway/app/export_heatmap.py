"""The board as a file: what it shows, in full, within bounds."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Protocol

from chassis.errors import SHARED_DOMAIN, Code, Refusal
from gateway.app.board import ReadBoard
from gateway.app.board_people import Viewer
from gateway.app.join_board import Board, WantedBoard

MOST_LINES = 200_000
MOST_PICTURED = 2_000


class Format(Enum):
    """The form of a file."""

    CSV = "csv"
    PNG = "png"


@dataclass(frozen=True, slots=True)
class File:
    """A file, and the name under which a browser keeps it."""

    content: bytes
    content_type: str
    name: str


class Writer(Protocol):
    """Writes a board with timelines, in a language."""

    content_type: str

    def __call__(self, board: Board, language: str) -> bytes: ...


class ExportHeatmap:
    """Makes files. Without presence there is none: a file tells the whole or nothing."""

    def __init__(self, read_board: ReadBoard, writers: Mapping[Format, Writer]) -> None:
        self._read_board = read_board
        self._writers = writers

    async def __call__(
        self, wanted: WantedBoard, agent: str, form: Format, language: str, viewer: Viewer
    ) -> File:
        """Returns what the viewer may see as a file; of one agent if one is named."""
        if agent:
            filters = replace(wanted.filters, agents=frozenset({agent}))
            wanted = replace(wanted, filters=filters)
        board = await self._read_board(wanted, viewer)
        if board.timelines is None or (wanted.filters.long_breaks and board.long_breaks is None):
            raise _away(board)
        _check_size(board, form)
        writer = self._writers[form]
        content = await asyncio.to_thread(writer, board, language)
        return File(content, writer.content_type, f"{_stem(board, agent)}.{form.value}")


def _check_size(board: Board, form: Format) -> None:
    agents = len({row.person.agent for row in board.rows})
    if form is Format.PNG and agents > MOST_PICTURED:
        raise _too_large(f"a picture holds {MOST_PICTURED} agents, and these are {agents}")
    lines = agents * len(board.span.columns())
    if form is Format.CSV and lines > MOST_LINES:
        raise _too_large(f"a table holds {MOST_LINES} lines, and these are {lines}")


def _stem(board: Board, agent: str) -> str:
    about = [board.sites[0].name] if len(board.sites) == 1 else ["sites/all"]
    names = [name.partition("/")[2] for name in (*about, *filter(None, [agent]))]
    return "-".join([*names, f"{board.span.day or board.span.start_time.date()}"])


def _too_large(message: str) -> Refusal:
    return Refusal(
        Code.OUT_OF_RANGE,
        "EXPORT_TOO_LARGE",
        f"{message}; choose a shorter span or fewer agents",
        metadata={"lines": str(MOST_LINES), "pictured": str(MOST_PICTURED)},
    )


def _away(board: Board) -> Refusal:
    why = "; ".join(part.message for part in board.missing)
    return Refusal(
        Code.UNAVAILABLE,
        "BACKEND_UNAVAILABLE",
        f"presence does not tell what to export: {why}",
        domain=SHARED_DOMAIN,
    )
