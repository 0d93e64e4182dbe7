"""The golden logs: a small log a rule, and beside it what it comes to."""

import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from cli.importing.queue_log.as_json import json_pieces
from cli.importing.queue_log.reading import read_queue_log
from cli.importing.queue_log.rules import LoginModel, Rules
from cli.importing.queue_log.window import Window

FOLDER = Path(__file__).parent / "golden"


def load_expected(log: Path) -> Any:
    """The JSON beside a log: `options` tell how to read it, the rest is what it comes to."""
    return json.loads(log.with_suffix(".json").read_text(encoding="utf-8"))


def read_golden(log: Path) -> dict[str, Any]:
    """What a log comes to, read as the JSON beside it says."""
    options = load_expected(log)["options"]
    rules = Rules(
        LoginModel(options.get("login_model", "membership")),
        options.get("aliases", {}),
        ZoneInfo(options.get("zone", "UTC")),
    )
    window = Window(*options["window"]) if "window" in options else None
    result = read_files([log], rules, window)
    for rejected in result["rejected"]:
        del rejected["file"]
    return result


def read_files(files: list[Path], rules: Rules, window: Window | None = None) -> dict[str, Any]:
    """What files come to."""
    with read_queue_log(files, rules, window) as log:
        result: dict[str, Any] = json.loads("".join(json_pieces(log)))
    return result
