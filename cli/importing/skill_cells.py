"""Reads the skills that a cell tells of an agent."""

import re
from collections.abc import Mapping as Cells

from cli.importing.mapping_kinds import AgentsMapping
from cli.importing.reasons import Reason, RowRefusedError, cell_told

# As people separate words in one cell, in Chinese too.
_SEPARATORS = re.compile(r"[,;|/\n，；、]")
_WORD = re.compile(r"(.+?)\s*(?:[:：]\s*([1-5]))?")


def parse_skills(cells: Cells[str, str], mapping: AgentsMapping) -> tuple[tuple[str, int], ...]:
    """Returns the ids of an agent's skills with their levels, in order of the ids.

    Of a skill that a cell tells twice the last word counts.
    """
    column = mapping.columns.skills
    if column is None:
        return ()
    words = (word.strip() for word in _SEPARATORS.split(cells[column]))
    return tuple(sorted(dict(_parse(word, column, mapping) for word in words if word).items()))


def _parse(word: str, column: str, mapping: AgentsMapping) -> tuple[str, int]:
    match = _WORD.fullmatch(word)
    for skill in mapping.skills:
        if match is not None and match[1] in skill.cells:
            return skill.id, int(match[2] or skill.level)
    raise RowRefusedError(Reason.UNKNOWN_SKILL, cell_told(column, word))
