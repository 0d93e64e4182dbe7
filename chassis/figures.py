"""Some metrics of this process, read from its registry as numbers."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import inf

from prometheus_client import CollectorRegistry
from prometheus_client.metrics_core import Metric

_BUCKET = "_bucket"


@dataclass(frozen=True, slots=True)
class Gauge:
    """A gauge over all its labels."""

    metric: str
    sum: float
    largest: float


@dataclass(frozen=True, slots=True)
class Histogram:
    """What was measured since the process started, over all labels: how many fell into each bucket.

    There is one count more than bounds: that of what lies beyond the last one.
    """

    metric: str
    bounds: tuple[float, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """What was asked for, as far as the process has it."""

    gauges: tuple[Gauge, ...]
    histograms: tuple[Histogram, ...]


def read_figures(registry: CollectorRegistry, metrics: Collection[str]) -> Figures:
    """Returns the gauges and histograms of those names, by name; only those are collected."""
    names = [*metrics, *(f"{name}{_BUCKET}" for name in metrics)]
    families = sorted(registry.restricted_registry(names).collect(), key=lambda one: one.name)
    return Figures(
        tuple(_gauge(one) for one in families if one.type == "gauge" and one.samples),
        tuple(_histogram(one) for one in families if one.type == "histogram" and one.samples),
    )


def _gauge(family: Metric) -> Gauge:
    values = [sample.value for sample in family.samples]
    return Gauge(family.name, sum(values), max(values))


def _histogram(family: Metric) -> Histogram:
    totals: defaultdict[float, int] = defaultdict(int)
    for sample in family.samples:
        if sample.name.endswith(_BUCKET):
            totals[float(sample.labels["le"])] += int(sample.value)
    bounds = sorted(totals)
    return Histogram(
        family.name,
        tuple(bound for bound in bounds if bound != inf),
        tuple(_steps(totals[bound] for bound in bounds)),
    )


def _steps(cumulative: Iterable[int]) -> Iterable[int]:
    former = 0
    for total in cumulative:
        yield total - former
        former = total
