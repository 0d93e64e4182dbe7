"""A board as a table: a line for each agent and hour, with the exact seconds of each state."""

import csv
import io
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

import numpy as np

from gateway.app.join_board import Board
from gateway.domain.board_rows import Row
from gateway.domain.held_time import state_cells
from gateway.domain.timelines import STATE_COUNT, Integers
from gateway.export.words import WORDS, Words

BYTE_ORDER_MARK = "\ufeff"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_SECOND_MS = 1000
_ORDER = (*range(1, STATE_COUNT), 0)
"""States as they are listed: what is not told comes last."""


class HeatmapTable:
    """Writes CSV that spreadsheets read as it is meant: UTF-8, and text that is never a formula."""

    content_type = "text/csv; charset=utf-8"

    def __call__(self, board: Board, language: str) -> bytes:
        """Returns the table of a board that has timelines."""
        into = io.StringIO(BYTE_ORDER_MARK, newline="")
        into.seek(0, io.SEEK_END)
        lines = csv.writer(into)
        lines.writerow(_heading(WORDS[language]))
        lines.writerows(_lines(board, language))
        return into.getvalue().encode()


def as_text(value: str) -> str:
    """Returns a text that a spreadsheet does not take for a formula."""
    return f"'{value}" if value.startswith(_FORMULA_STARTS) else value


def as_seconds(milliseconds: int) -> str:
    """Returns seconds, with decimals only where there are some."""
    seconds, rest = divmod(milliseconds, _SECOND_MS)
    return f"{seconds}.{rest:03}" if rest else str(seconds)


def _heading(words: Words) -> list[str]:
    about = [words.agent, words.name, words.site, words.team, words.line]
    return [*about, words.start, words.hour, words.length, *(words.states[one] for one in _ORDER)]


def _lines(board: Board, language: str) -> Iterator[list[str]]:
    columns, zone = board.span.columns(), ZoneInfo(board.span.zone)
    starts = [column.start_time.astimezone(zone).isoformat() for column in columns]
    edges = _edges_ms(board)
    rows = list({row.person.agent: row for row in board.rows}.values())
    lengths = np.diff(edges).tolist()
    for row, cells in zip(rows, _cells(board, rows, edges), strict=True):
        about = _about(board, row, language)
        for start, column, length, cell in zip(starts, columns, lengths, cells, strict=True):
            told = [as_seconds(cell[state]) for state in _ORDER]
            yield [*about, start, column.label, as_seconds(length), *told]


def _about(board: Board, row: Row, language: str) -> list[str]:
    person = row.person
    named = [_label(board, name, language) for name in (person.site, person.team, person.line)]
    return [as_text(text) for text in (person.agent, person.display_name, *named)]


def _label(board: Board, name: str, language: str) -> str:
    label = board.labels.get(name)
    if label is None:
        return name
    by_language = label.display_names
    return label.display_name or by_language.get(language) or by_language.get("en") or name


def _edges_ms(board: Board) -> Integers:
    instants = [column.start_time for column in board.span.columns()] + [board.span.end_time]
    return np.array([int(one.timestamp() * _SECOND_MS) for one in instants], np.int64)


def _cells(board: Board, rows: Sequence[Row], edges: Integers) -> Sequence[list[list[int]]]:
    """Returns milliseconds by row, hour and state; of whom nothing is known, all of it not told."""
    timelines = board.timelines
    if timelines is None:
        raise ValueError("a board without timelines is no table")
    passed_ms = int(board.read_time.timestamp() * _SECOND_MS)
    places = np.arange(len(timelines.agents))
    cells = state_cells(timelines, places, places.size, edges, passed_ms)
    nothing = [[int(length), *[0] * (STATE_COUNT - 1)] for length in np.diff(edges)]
    numbers = [row.timeline_number for row in rows]
    return [cells[number - 1].tolist() if number else nothing for number in numbers]
