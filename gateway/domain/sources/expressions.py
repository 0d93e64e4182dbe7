"""JMESPath expressions with an end: what a mapping says can neither run for ever nor grow without
bound, whatever a vendor sends.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import jmespath
from jmespath.exceptions import JMESPathError

LONGEST_EXPRESSION = 1000
MOST_NODES = 100
MOST_GROWING = 4

# The language has no loops and calls no code; only these can make more out of what they are given.
_GROWING_NODES = frozenset({"flatten", "multi_select_list", "multi_select_dict"})
_GROWING_FUNCTIONS = frozenset({"join", "map", "merge", "to_string"})


class ExpressionRefusedError(ValueError):
    """Tells what is wrong with an expression."""


class ExpressionFailedError(Exception):
    """The expression does not fit what it was given, as the length of a number."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A compiled expression."""

    text: str
    _compiled: Any

    @classmethod
    def parse(cls, text: str) -> "Expression":
        """Reads an expression; raises ExpressionRefusedError."""
        if len(text) > LONGEST_EXPRESSION:
            raise ExpressionRefusedError(f"is longer than {LONGEST_EXPRESSION} characters")
        try:
            compiled = jmespath.compile(text)
        except (JMESPathError, ValueError, RecursionError) as error:
            raise ExpressionRefusedError(f"is no JMESPath: {_first_line(error)}") from None
        nodes = list(_nodes(compiled.parsed))
        if len(nodes) > MOST_NODES:
            raise ExpressionRefusedError(f"has more than {MOST_NODES} parts")
        if sum(map(_grows, nodes)) > MOST_GROWING:
            raise ExpressionRefusedError(
                f"builds or flattens lists, or joins texts, more than {MOST_GROWING} times"
            )
        return cls(text, compiled)

    def search(self, document: object) -> Any:
        """Returns what the expression finds in a document; None if nothing is there. Raises
        ExpressionFailedError.
        """
        try:
            return self._compiled.search(document)
        except (JMESPathError, ArithmeticError, TypeError, ValueError) as error:
            raise ExpressionFailedError(f"{self.text}: {_first_line(error)}") from None

    def holds(self, document: object) -> bool:
        """Tells whether it finds something that counts as true: no empty text or list."""
        return self.search(document) not in (None, False, "", [], {})


def _nodes(node: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(one["children"])


def _grows(node: Mapping[str, Any]) -> bool:
    if node["type"] == "function_expression":
        return node["value"] in _GROWING_FUNCTIONS
    return node["type"] in _GROWING_NODES


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0][:200]
