"""Spans of time as whole microseconds, as the tables hold them."""

from datetime import timedelta

_MICROSECOND = timedelta(microseconds=1)


def span_us(span: timedelta | None) -> int | None:
    """Returns the microseconds of a span."""
    return None if span is None else span // _MICROSECOND


def span_of(microseconds: int | None) -> timedelta | None:
    """Returns the span of so many microseconds."""
    return None if microseconds is None else timedelta(microseconds=microseconds)
