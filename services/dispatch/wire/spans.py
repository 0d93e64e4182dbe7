"""Instants and spans of time as messages, and back."""

from datetime import datetime, timedelta

from google.protobuf.duration_pb2 import Duration
from google.protobuf.timestamp_pb2 import Timestamp

from services.dispatch.domain.event import EPOCH, microseconds_of

_MICROSECOND = timedelta(microseconds=1)
# What a timedelta holds, and far more than anybody may state.
_LONGEST_SECONDS = 10**12


def timestamp_of(instant: datetime | None) -> Timestamp | None:
    """Returns an instant as a message; None, which leaves a field absent, for None."""
    if instant is None:
        return None
    seconds, rest = divmod(microseconds_of(instant), 1_000_000)
    return Timestamp(seconds=seconds, nanos=rest * 1_000)


def instant_from(timestamp: Timestamp) -> datetime | None:
    """Returns the instant, cut to the microsecond; None if it is absent or no instant at all.

    An absent one reads as the start of 1970, which no event and no span means.
    """
    seconds, nanos = timestamp.seconds, timestamp.nanos
    if not seconds and not nanos:
        return None
    try:
        return EPOCH + timedelta(0, seconds, nanos // 1_000)
    except OverflowError:
        return None


def duration_of(span: timedelta | None) -> Duration | None:
    """Returns a span as a message; None for None."""
    if span is None:
        return None
    seconds, rest = divmod(span // _MICROSECOND, 1_000_000)
    return Duration(seconds=seconds, nanos=rest * 1_000)


def span_from(duration: Duration) -> timedelta:
    """Returns the span, cut to the microsecond; one that is out of every range is as long as can
    be.
    """
    seconds = min(max(duration.seconds, -_LONGEST_SECONDS), _LONGEST_SECONDS)
    return timedelta(0, seconds, int(duration.nanos / 1_000))
