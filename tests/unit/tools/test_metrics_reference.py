"""The reference of metrics is read from where they are declared."""

from tools.gen.metrics import Metric, metrics_in


def test_a_declared_metric_is_found_with_its_sentence_and_labels() -> None:
    source = 'x = Histogram("muster_a_wait_seconds", "Time of a wait.", ["kind"], registry=r)'

    assert metrics_in(source) == [
        Metric("muster_a_wait_seconds", "histogram", "Time of a wait.", ("kind",))
    ]


def test_a_counter_is_named_as_it_is_exposed() -> None:
    (metric,) = metrics_in('x = prometheus_client.Counter("muster_a_rows", "Counts rows.")')

    assert metric.name == "muster_a_rows_total"


def test_labels_given_by_keyword_are_found() -> None:
    (metric,) = metrics_in('x = Gauge("muster_a_b", "Is 1.", labelnames=("c", "d"))')

    assert metric.labels == ("c", "d")


def test_calls_that_declare_no_metric_are_passed_over() -> None:
    assert metrics_in('Counter(words)\nopen("muster_a", "rb")') == []
