"""Figures beside their floors."""

import json

import pytest

from tools.bench.__main__ import figures_json
from tools.bench.figure import figure_from, percentile


def test_a_figure_holds_its_ratio_to_the_floor() -> None:
    figure = figure_from("ingest", "changes/s", [10, 30, 20], floor_name="copy", floor_values=[40])

    assert (figure.median, figure.floor_median, figure.ratio) == (20, 40, 0.5)


@pytest.mark.parametrize(("count", "expected"), [(1, 1), (100, 99), (200, 198), (1000, 990)])
def test_a_percentile_is_a_value_that_was_measured(count: int, expected: int) -> None:
    assert percentile([float(value) for value in range(1, count + 1)], 0.99) == expected


def test_the_file_of_figures_names_the_machine() -> None:
    figure = figure_from("push", "ms", [1.0], floor_name="bare", floor_values=[0.5], note="n")

    content = json.loads(figures_json([figure]))

    assert content["figures"][0]["name"] == "push"
    assert content["machine"]["processors"] >= 1
