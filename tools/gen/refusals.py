"""Holds the refusals in the code against the reasons of the contracts, in both directions."""

import ast
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.gen.contracts import Reason

FOLDERS = ("chassis", "services", "gateway", "simulator")
# The ground has no enum of its own: what it refuses stands in the gateway's, or in those of the
# owners whose tables it keeps.
_SHARED_OWNER = "gateway"


@dataclass(frozen=True, slots=True)
class Sent:
    """One place where a refusal is made."""

    place: str
    owner: str
    code: str
    reason: str


def sent_in(source: str, place: str) -> list[Sent]:
    """The refusals that one source text makes with a constant reason."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [
        Sent(f"{place}:{call.lineno}", owner_of(place), _code(call.args[0]), _text(call.args[1]))
        for call in calls
        if _name(call.func) == "Refusal" and len(call.args) > 1 and _text(call.args[1])
    ]


def undeclared(sent: Iterable[Sent], reasons: Sequence[Reason]) -> list[str]:
    """Refusals whose reason, or whose code for it, no contract declares."""
    return [
        f"{refusal.place}: {refusal.code} {refusal.reason}"
        for refusal in sent
        if not any(_declares(reason, refusal) for reason in reasons)
    ]


def unsent(reasons: Iterable[Reason], words: dict[str, frozenset[str]]) -> list[str]:
    """Reasons that neither their owner's code nor the ground ever names."""
    return [
        f"{reason.owner}: {reason.name}"
        for reason in reasons
        if reason.name not in words.get(reason.owner, frozenset()) | words.get("", frozenset())
    ]


def read_sources(root: Path) -> Iterator[tuple[str, str]]:
    """Place and text of every source file of the processes."""
    for folder in FOLDERS:
        for file in sorted((root / folder).rglob("*.py")):
            yield file.relative_to(root).as_posix(), file.read_text("utf-8")


def words_in(source: str) -> frozenset[str]:
    """Every string and every attribute that the text names."""
    nodes = list(ast.walk(ast.parse(source)))
    texts = {_text(node) for node in nodes}
    return frozenset(texts | {node.attr for node in nodes if isinstance(node, ast.Attribute)})


def owner_of(place: str) -> str:
    """The owner whose contract a file speaks by; empty for the ground."""
    parts = place.split("/")
    return {"services": parts[1], "gateway": "gateway", "simulator": "floor"}.get(parts[0], "")


def _declares(reason: Reason, refusal: Sent) -> bool:
    allowed = {refusal.owner, _SHARED_OWNER} if refusal.owner else {reason.owner}
    named = reason.name == refusal.reason and reason.owner in allowed
    return named and (not refusal.code or refusal.code in reason.codes)


def _code(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) and node.attr.isupper() else ""


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


def _text(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
