import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from prometheus_client import CollectorRegistry, Counter

from chassis.telemetry import (
    Telemetry,
    configure_telemetry,
    context_of,
    silent_telemetry,
    trace_headers,
    trace_id,
)


class ThingMetrics:
    def __init__(self, registry: CollectorRegistry) -> None:
        self.things = Counter("muster_test_things_total", "Counts things.", registry=registry)


@pytest.fixture
def _root_log() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def lines(stream: StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_log_line_is_json_with_its_event_first_and_a_trace_id_always() -> None:
    stream = StringIO()
    telemetry = silent_telemetry("presence", stream=stream)

    telemetry.log.info("link.committed", site="sites/x", at=datetime(2026, 3, 1, tzinfo=UTC))

    (line,) = lines(stream)
    assert list(line)[:3] == ["time", "level", "event"]
    assert line["event"] == "link.committed"
    assert line["process"] == "presence"
    assert line["at"] == "2026-03-01T00:00:00Z"
    assert line["trace_id"] is None


def test_log_lines_inside_a_span_carry_its_trace() -> None:
    stream = StringIO()
    telemetry = silent_telemetry(stream=stream)

    with telemetry.tracer.start_as_current_span("work"):
        telemetry.log.info("work.done")
        expected = trace_id()

    assert expected is not None
    assert lines(stream)[0]["trace_id"] == expected


def test_an_exception_is_one_line_with_its_stack() -> None:
    stream = StringIO()
    telemetry = silent_telemetry(stream=stream)

    telemetry.log.error("work.failed", exc_info=ValueError("no 数据"))

    (line,) = lines(stream)
    assert line["error"] == "ValueError: no 数据"
    assert "ValueError" in line["stack"]


@pytest.mark.usefixtures("_root_log")
def test_what_libraries_warn_of_is_logged_as_json_too() -> None:
    stream = StringIO()
    configure_telemetry("presence", log_level="info", otlp_endpoint="", stream=stream)

    logging.getLogger("some.library").warning("lost %d things", 3)
    logging.getLogger("some.library").info("chatter")

    (line,) = lines(stream)
    assert line["event"] == "library.logged"
    assert (line["logger"], line["message"]) == ("some.library", "lost 3 things")


@pytest.mark.usefixtures("_root_log")
def test_lines_below_the_level_are_not_written() -> None:
    stream = StringIO()
    telemetry = configure_telemetry("p", log_level="warning", otlp_endpoint="", stream=stream)

    telemetry.log.info("chatter")

    assert lines(stream) == []


def test_a_trace_crosses_a_wire_in_headers() -> None:
    spans = InMemorySpanExporter()
    here, there = silent_telemetry("here"), silent_telemetry("there", spans=spans)

    with here.tracer.start_as_current_span("send") as span:
        headers = trace_headers()
    with there.tracer.start_as_current_span("receive", context=context_of(headers)):
        pass

    (received,) = spans.get_finished_spans()
    assert received.context.trace_id == span.get_span_context().trace_id


def test_metrics_are_declared_once_and_shared() -> None:
    telemetry: Telemetry = silent_telemetry()

    telemetry.metrics(ThingMetrics).things.inc()
    telemetry.metrics(ThingMetrics).things.inc()

    assert telemetry.registry.get_sample_value("muster_test_things_total") == 2
