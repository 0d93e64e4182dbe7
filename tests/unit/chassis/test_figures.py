from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from chassis.figures import read_figures


def test_a_gauge_is_summed_over_its_labels_beside_the_largest() -> None:
    registry = CollectorRegistry()
    gauge = Gauge("muster_a_waiting", "Counts.", ["site"], registry=registry)
    gauge.labels("x").set(3)
    gauge.labels("y").set(4)

    [told] = read_figures(registry, ["muster_a_waiting"]).gauges

    assert (told.metric, told.sum, told.largest) == ("muster_a_waiting", 7, 4)


def test_a_histogram_tells_what_fell_into_each_bucket_over_its_labels() -> None:
    registry = CollectorRegistry()
    times = Histogram("muster_a_seconds", "Time.", ["kind"], buckets=(0.1, 1), registry=registry)
    times.labels("x").observe(0.05)
    times.labels("y").observe(0.5)
    times.labels("y").observe(7)

    [told] = read_figures(registry, ["muster_a_seconds"]).histograms

    assert (told.bounds, told.counts) == ((0.1, 1.0), (1, 1, 1))


def test_what_was_not_asked_for_or_is_not_there_is_left_out() -> None:
    registry = CollectorRegistry()
    Gauge("muster_a_waiting", "Counts.", registry=registry)
    Counter("muster_a_total", "Counts.", registry=registry)

    figures = read_figures(registry, ["muster_a_total", "muster_b_seconds"])

    assert (figures.gauges, figures.histograms) == ((), ())
