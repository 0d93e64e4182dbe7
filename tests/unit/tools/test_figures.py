"""Figures beside their floors, and the report that holds them."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from tools.bench.__main__ import run
from tools.bench.figure import Figure, figure_from, percentile

FIGURE = figure_from("push", "ms", [1.0], floor_name="bare", floor_values=[0.5], note="n")


def measure() -> Sequence[Figure]:
    return [FIGURE]


def fail() -> Sequence[Figure]:
    raise ConnectionError("nobody listens")


@pytest.fixture
def content(tmp_path: Path) -> dict[str, Any]:
    """The report of a run of which the first half failed."""
    file = tmp_path / "build" / "bench.json"
    run(["broken", "push"], {"broken": fail, "push": measure}.__getitem__, file)
    return dict(json.loads(file.read_text("utf-8")))


def test_a_figure_holds_its_ratio_to_the_floor() -> None:
    figure = figure_from("ingest", "changes/s", [10, 30, 20], floor_name="copy", floor_values=[40])

    assert (figure.median, figure.floor_median, figure.ratio) == (20, 40, 0.5)


def test_of_a_rate_the_bad_end_is_the_low_one() -> None:
    rate = figure_from("in", "1/s", [10, 30, 20], floor_name="f", floor_values=[1], is_rate=True)

    assert rate.p99 == 10


@pytest.mark.parametrize(("count", "expected"), [(1, 1), (100, 99), (200, 198), (1000, 990)])
def test_a_percentile_is_a_value_that_was_measured(count: int, expected: int) -> None:
    assert percentile([float(value) for value in range(1, count + 1)], 0.99) == expected


def test_the_report_holds_each_figure_with_its_floor_and_ratio(content: dict[str, Any]) -> None:
    assert content["figures"] == [{"benchmark": "push", **asdict(FIGURE)}]
    assert content["figures"][0]["ratio"] == 2


def test_a_benchmark_that_fails_is_told_and_keeps_no_other_from_being_measured(
    content: dict[str, Any],
) -> None:
    assert content["failures"] == {"broken": "ConnectionError: nobody listens"}


def test_the_report_names_the_machine_its_load_the_versions_and_the_commit(
    content: dict[str, Any],
) -> None:
    machine, versions = content["machine"], content["versions"]

    assert machine["processors"] >= 1
    assert machine["memory_bytes"] > 2**28
    assert [len(machine[f"load_averages_at_{end}"]) for end in ("start", "end")] == [3, 3]
    assert {"muster", "python", "postgres", "nats"} <= versions.keys()
    assert content["begun_time"] <= content["ended_time"]
    assert {"commit", "has_uncommitted_changes"} <= content.keys()
