"""Structured logs: one JSON object a line, a constant event name, always a trace id."""

import json
import logging
import traceback
from collections.abc import MutableMapping
from datetime import UTC, datetime
from typing import Any, TextIO

import structlog
from opentelemetry import trace
from structlog.typing import FilteringBoundLogger, WrappedLogger

Fields = MutableMapping[str, Any]

LEVELS = {
    "debug": logging.DEBUG,
    "info": logging.INFO,
    "warning": logging.WARNING,
    "error": logging.ERROR,
}


def open_log(stream: TextIO, *, process: str, replica: str, level: str) -> FilteringBoundLogger:
    """A logger that writes to the stream. Levels are debug, info, warning and error."""

    def name_origin(_logger: WrappedLogger, _method: str, fields: Fields) -> Fields:
        return {"process": process, "replica": replica, **fields}

    logger: FilteringBoundLogger = structlog.wrap_logger(
        structlog.WriteLogger(stream),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            name_origin,
            _add_trace_id,
            _render_error,
            _render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        cache_logger_on_first_use=True,
    )
    return logger


def take_over_libraries(log: FilteringBoundLogger) -> None:
    """Sends what libraries log by the standard library, from warnings on, to the same stream."""
    root = logging.getLogger()
    for handler in root.handlers[:]:
        root.removeHandler(handler)
    root.addHandler(_LibraryHandler(log))
    root.setLevel(logging.WARNING)


def trace_id() -> str | None:
    """The present trace id as 32 hexadecimal digits, None outside a trace."""
    context = trace.get_current_span().get_span_context()
    return trace.format_trace_id(context.trace_id) if context.is_valid else None


class _LibraryHandler(logging.Handler):
    def __init__(self, log: FilteringBoundLogger) -> None:
        super().__init__()
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        fields: dict[str, Any] = {"logger": record.name, "message": record.getMessage()}
        if record.exc_info and record.exc_info[1]:
            fields["exc_info"] = record.exc_info[1]
        self._log.log(record.levelno, "library.logged", **fields)


def _add_trace_id(_logger: WrappedLogger, _method: str, fields: Fields) -> Fields:
    fields["trace_id"] = trace_id()
    return fields


def _render_error(_logger: WrappedLogger, _method: str, fields: Fields) -> Fields:
    error = fields.pop("exc_info", None)
    if isinstance(error, BaseException):
        fields["error"] = f"{type(error).__name__}: {error}"
        fields["stack"] = "".join(traceback.format_exception(error))
    return fields


def _render(_logger: WrappedLogger, _method: str, fields: Fields) -> str:
    first = {name: fields.pop(name) for name in ("time", "level", "event")}
    return json.dumps(first | dict(fields), ensure_ascii=False, default=_as_text)


def _as_text(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return str(value)
