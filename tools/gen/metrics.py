"""The metrics that the code declares, read from the source: a name, a sentence and labels."""

import ast
from dataclasses import dataclass
from pathlib import Path

FOLDERS = ("chassis", "services", "gateway", "simulator")
KINDS = frozenset({"Counter", "Gauge", "Histogram", "Summary"})


@dataclass(frozen=True, slots=True)
class Metric:
    """One declared metric."""

    name: str
    kind: str
    meaning: str
    labels: tuple[str, ...]


def list_metrics(root: Path = Path()) -> list[Metric]:
    """Every metric declared with a constant name below `root`, by name."""
    found = {
        metric.name: metric
        for folder in FOLDERS
        for file in sorted((root / folder).rglob("*.py"))
        for metric in metrics_in(file.read_text("utf-8"))
    }
    return [found[name] for name in sorted(found)]


def metrics_in(source: str) -> list[Metric]:
    """The metrics that one source text declares."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [metric for call in calls if (metric := _metric_of(call))]


def _metric_of(call: ast.Call) -> Metric | None:
    kind = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    texts = [_text_of(argument) for argument in call.args[:2]]
    if kind not in KINDS or len(texts) < 2 or not all(texts):
        return None
    keywords = {keyword.arg: keyword.value for keyword in call.keywords}
    labels = call.args[2] if len(call.args) > 2 else keywords.get("labelnames")
    name = texts[0]
    if kind == "Counter" and not name.endswith("_total"):
        name += "_total"
    return Metric(name, kind.lower(), texts[1], _texts_of(labels))


def _text_of(node: ast.AST) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _texts_of(node: ast.AST | None) -> tuple[str, ...]:
    if isinstance(node, ast.Tuple | ast.List):
        return tuple(text for element in node.elts if (text := _text_of(element)))
    return ()
