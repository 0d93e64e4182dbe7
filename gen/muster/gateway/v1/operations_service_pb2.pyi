import datetime

from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from muster.gateway.v1 import board_service_pb2 as _board_service_pb2
from muster.options.v1 import options_pb2 as _options_pb2
from muster.presence.v1 import source_service_pb2 as _source_service_pb2
from muster.presence.v1 import state_pb2 as _state_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetOperationsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class Operations(_message.Message):
    __slots__ = ("processes", "sites", "platforms", "missing", "server_time")
    class Process(_message.Message):
        __slots__ = ("process", "replica", "state", "version", "start_time", "problems", "figures")
        class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
            __slots__ = ()
            STATE_UNSPECIFIED: _ClassVar[Operations.Process.State]
            STATE_READY: _ClassVar[Operations.Process.State]
            STATE_NOT_READY: _ClassVar[Operations.Process.State]
            STATE_DRAINING: _ClassVar[Operations.Process.State]
            STATE_SILENT: _ClassVar[Operations.Process.State]
        STATE_UNSPECIFIED: Operations.Process.State
        STATE_READY: Operations.Process.State
        STATE_NOT_READY: Operations.Process.State
        STATE_DRAINING: Operations.Process.State
        STATE_SILENT: Operations.Process.State
        PROCESS_FIELD_NUMBER: _ClassVar[int]
        REPLICA_FIELD_NUMBER: _ClassVar[int]
        STATE_FIELD_NUMBER: _ClassVar[int]
        VERSION_FIELD_NUMBER: _ClassVar[int]
        START_TIME_FIELD_NUMBER: _ClassVar[int]
        PROBLEMS_FIELD_NUMBER: _ClassVar[int]
        FIGURES_FIELD_NUMBER: _ClassVar[int]
        process: str
        replica: str
        state: Operations.Process.State
        version: str
        start_time: _timestamp_pb2.Timestamp
        problems: _containers.RepeatedCompositeFieldContainer[Operations.Problem]
        figures: _containers.RepeatedCompositeFieldContainer[Operations.Figure]
        def __init__(self, process: _Optional[str] = ..., replica: _Optional[str] = ..., state: _Optional[_Union[Operations.Process.State, str]] = ..., version: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., problems: _Optional[_Iterable[_Union[Operations.Problem, _Mapping]]] = ..., figures: _Optional[_Iterable[_Union[Operations.Figure, _Mapping]]] = ...) -> None: ...
    class Problem(_message.Message):
        __slots__ = ("check", "message", "code")
        CHECK_FIELD_NUMBER: _ClassVar[int]
        MESSAGE_FIELD_NUMBER: _ClassVar[int]
        CODE_FIELD_NUMBER: _ClassVar[int]
        check: str
        message: str
        code: str
        def __init__(self, check: _Optional[str] = ..., message: _Optional[str] = ..., code: _Optional[str] = ...) -> None: ...
    class Figure(_message.Message):
        __slots__ = ("metric", "value", "median_seconds", "p99_seconds", "measured_count", "window")
        METRIC_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        MEDIAN_SECONDS_FIELD_NUMBER: _ClassVar[int]
        P99_SECONDS_FIELD_NUMBER: _ClassVar[int]
        MEASURED_COUNT_FIELD_NUMBER: _ClassVar[int]
        WINDOW_FIELD_NUMBER: _ClassVar[int]
        metric: str
        value: float
        median_seconds: float
        p99_seconds: float
        measured_count: int
        window: _duration_pb2.Duration
        def __init__(self, metric: _Optional[str] = ..., value: _Optional[float] = ..., median_seconds: _Optional[float] = ..., p99_seconds: _Optional[float] = ..., measured_count: _Optional[int] = ..., window: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...
    class Site(_message.Message):
        __slots__ = ("site", "display_name", "last_occurred_time", "sources", "chain")
        SITE_FIELD_NUMBER: _ClassVar[int]
        DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
        LAST_OCCURRED_TIME_FIELD_NUMBER: _ClassVar[int]
        SOURCES_FIELD_NUMBER: _ClassVar[int]
        CHAIN_FIELD_NUMBER: _ClassVar[int]
        site: str
        display_name: str
        last_occurred_time: _timestamp_pb2.Timestamp
        sources: _containers.RepeatedCompositeFieldContainer[Operations.Source]
        chain: Operations.Chain
        def __init__(self, site: _Optional[str] = ..., display_name: _Optional[str] = ..., last_occurred_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., sources: _Optional[_Iterable[_Union[Operations.Source, _Mapping]]] = ..., chain: _Optional[_Union[Operations.Chain, _Mapping]] = ...) -> None: ...
    class Source(_message.Message):
        __slots__ = ("source", "source_kind", "state", "client_count", "lost_count", "last_proof_time", "skew")
        SOURCE_FIELD_NUMBER: _ClassVar[int]
        SOURCE_KIND_FIELD_NUMBER: _ClassVar[int]
        STATE_FIELD_NUMBER: _ClassVar[int]
        CLIENT_COUNT_FIELD_NUMBER: _ClassVar[int]
        LOST_COUNT_FIELD_NUMBER: _ClassVar[int]
        LAST_PROOF_TIME_FIELD_NUMBER: _ClassVar[int]
        SKEW_FIELD_NUMBER: _ClassVar[int]
        source: str
        source_kind: _state_pb2.SourceKind
        state: _source_service_pb2.Source.State
        client_count: int
        lost_count: int
        last_proof_time: _timestamp_pb2.Timestamp
        skew: _duration_pb2.Duration
        def __init__(self, source: _Optional[str] = ..., source_kind: _Optional[_Union[_state_pb2.SourceKind, str]] = ..., state: _Optional[_Union[_source_service_pb2.Source.State, str]] = ..., client_count: _Optional[int] = ..., lost_count: _Optional[int] = ..., last_proof_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., skew: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...
    class Chain(_message.Message):
        __slots__ = ("link_count", "checkpoint_time", "unsigned_count")
        LINK_COUNT_FIELD_NUMBER: _ClassVar[int]
        CHECKPOINT_TIME_FIELD_NUMBER: _ClassVar[int]
        UNSIGNED_COUNT_FIELD_NUMBER: _ClassVar[int]
        link_count: int
        checkpoint_time: _timestamp_pb2.Timestamp
        unsigned_count: int
        def __init__(self, link_count: _Optional[int] = ..., checkpoint_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., unsigned_count: _Optional[int] = ...) -> None: ...
    class Platform(_message.Message):
        __slots__ = ("name", "display_name", "site", "pending_count", "mapped")
        NAME_FIELD_NUMBER: _ClassVar[int]
        DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
        SITE_FIELD_NUMBER: _ClassVar[int]
        PENDING_COUNT_FIELD_NUMBER: _ClassVar[int]
        MAPPED_FIELD_NUMBER: _ClassVar[int]
        name: str
        display_name: str
        site: str
        pending_count: int
        mapped: bool
        def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., site: _Optional[str] = ..., pending_count: _Optional[int] = ..., mapped: _Optional[bool] = ...) -> None: ...
    PROCESSES_FIELD_NUMBER: _ClassVar[int]
    SITES_FIELD_NUMBER: _ClassVar[int]
    PLATFORMS_FIELD_NUMBER: _ClassVar[int]
    MISSING_FIELD_NUMBER: _ClassVar[int]
    SERVER_TIME_FIELD_NUMBER: _ClassVar[int]
    processes: _containers.RepeatedCompositeFieldContainer[Operations.Process]
    sites: _containers.RepeatedCompositeFieldContainer[Operations.Site]
    platforms: _containers.RepeatedCompositeFieldContainer[Operations.Platform]
    missing: _containers.RepeatedCompositeFieldContainer[_board_service_pb2.Heatmap.MissingPart]
    server_time: _timestamp_pb2.Timestamp
    def __init__(self, processes: _Optional[_Iterable[_Union[Operations.Process, _Mapping]]] = ..., sites: _Optional[_Iterable[_Union[Operations.Site, _Mapping]]] = ..., platforms: _Optional[_Iterable[_Union[Operations.Platform, _Mapping]]] = ..., missing: _Optional[_Iterable[_Union[_board_service_pb2.Heatmap.MissingPart, _Mapping]]] = ..., server_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
