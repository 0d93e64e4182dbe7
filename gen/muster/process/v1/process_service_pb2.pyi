import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from muster.options.v1 import options_pb2 as _options_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetProcessRequest(_message.Message):
    __slots__ = ("metrics",)
    METRICS_FIELD_NUMBER: _ClassVar[int]
    metrics: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, metrics: _Optional[_Iterable[str]] = ...) -> None: ...

class Process(_message.Message):
    __slots__ = ("process", "replica", "version", "start_time", "draining", "checks", "gauges", "histograms")
    class Check(_message.Message):
        __slots__ = ("name", "problem")
        NAME_FIELD_NUMBER: _ClassVar[int]
        PROBLEM_FIELD_NUMBER: _ClassVar[int]
        name: str
        problem: str
        def __init__(self, name: _Optional[str] = ..., problem: _Optional[str] = ...) -> None: ...
    class Gauge(_message.Message):
        __slots__ = ("metric", "sum", "largest")
        METRIC_FIELD_NUMBER: _ClassVar[int]
        SUM_FIELD_NUMBER: _ClassVar[int]
        LARGEST_FIELD_NUMBER: _ClassVar[int]
        metric: str
        sum: float
        largest: float
        def __init__(self, metric: _Optional[str] = ..., sum: _Optional[float] = ..., largest: _Optional[float] = ...) -> None: ...
    class Histogram(_message.Message):
        __slots__ = ("metric", "bounds", "counts")
        METRIC_FIELD_NUMBER: _ClassVar[int]
        BOUNDS_FIELD_NUMBER: _ClassVar[int]
        COUNTS_FIELD_NUMBER: _ClassVar[int]
        metric: str
        bounds: _containers.RepeatedScalarFieldContainer[float]
        counts: _containers.RepeatedScalarFieldContainer[int]
        def __init__(self, metric: _Optional[str] = ..., bounds: _Optional[_Iterable[float]] = ..., counts: _Optional[_Iterable[int]] = ...) -> None: ...
    PROCESS_FIELD_NUMBER: _ClassVar[int]
    REPLICA_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    DRAINING_FIELD_NUMBER: _ClassVar[int]
    CHECKS_FIELD_NUMBER: _ClassVar[int]
    GAUGES_FIELD_NUMBER: _ClassVar[int]
    HISTOGRAMS_FIELD_NUMBER: _ClassVar[int]
    process: str
    replica: str
    version: str
    start_time: _timestamp_pb2.Timestamp
    draining: bool
    checks: _containers.RepeatedCompositeFieldContainer[Process.Check]
    gauges: _containers.RepeatedCompositeFieldContainer[Process.Gauge]
    histograms: _containers.RepeatedCompositeFieldContainer[Process.Histogram]
    def __init__(self, process: _Optional[str] = ..., replica: _Optional[str] = ..., version: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., draining: _Optional[bool] = ..., checks: _Optional[_Iterable[_Union[Process.Check, _Mapping]]] = ..., gauges: _Optional[_Iterable[_Union[Process.Gauge, _Mapping]]] = ..., histograms: _Optional[_Iterable[_Union[Process.Histogram, _Mapping]]] = ...) -> None: ...
