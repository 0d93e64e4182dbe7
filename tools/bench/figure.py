"""One measured figure beside its floor: the simplest program that does the same work."""

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, and what the floor came to in the same run.

    `ratio` is median over floor_median. The machine moves absolute values by a half between runs;
    the ratio is what may be compared.
    """

    name: str
    unit: str
    median: float
    p99: float
    floor_name: str
    floor_median: float
    ratio: float
    note: str = ""


def figure_from(
    name: str,
    unit: str,
    values: Sequence[float],
    *,
    floor_name: str,
    floor_values: Sequence[float],
    is_rate: bool = False,
    note: str = "",
) -> Figure:
    """Makes a figure from the values of its repeats and those of its floor.

    Of a rate the bad end is the low one.
    """
    median = statistics.median(values)
    floor_median = statistics.median(floor_values)
    return Figure(
        name=name,
        unit=unit,
        median=median,
        p99=percentile(values, 0.01 if is_rate else 0.99),
        floor_name=floor_name,
        floor_median=floor_median,
        ratio=median / floor_median if floor_median else 0.0,
        note=note,
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least that share of the values do not exceed."""
    rank = math.ceil(share * len(values))
    return sorted(values)[max(rank, 1) - 1]
