import datetime

from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from muster.options.v1 import options_pb2 as _options_pb2
from muster.presence.v1 import presence_service_pb2 as _presence_service_pb2
from muster.presence.v1 import state_pb2 as _state_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class HeartbeatRequest(_message.Message):
    __slots__ = ("source", "source_kind", "agents", "client_time")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_KIND_FIELD_NUMBER: _ClassVar[int]
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    CLIENT_TIME_FIELD_NUMBER: _ClassVar[int]
    source: str
    source_kind: _state_pb2.SourceKind
    agents: _containers.RepeatedScalarFieldContainer[str]
    client_time: _timestamp_pb2.Timestamp
    def __init__(self, source: _Optional[str] = ..., source_kind: _Optional[_Union[_state_pb2.SourceKind, str]] = ..., agents: _Optional[_Iterable[str]] = ..., client_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class HeartbeatResponse(_message.Message):
    __slots__ = ("lease", "resend", "refused_agents", "server_time")
    LEASE_FIELD_NUMBER: _ClassVar[int]
    RESEND_FIELD_NUMBER: _ClassVar[int]
    REFUSED_AGENTS_FIELD_NUMBER: _ClassVar[int]
    SERVER_TIME_FIELD_NUMBER: _ClassVar[int]
    lease: _duration_pb2.Duration
    resend: _containers.RepeatedScalarFieldContainer[str]
    refused_agents: _containers.RepeatedScalarFieldContainer[str]
    server_time: _timestamp_pb2.Timestamp
    def __init__(self, lease: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., resend: _Optional[_Iterable[str]] = ..., refused_agents: _Optional[_Iterable[str]] = ..., server_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class StreamReportsRequest(_message.Message):
    __slots__ = ("open", "batch", "beat")
    class Open(_message.Message):
        __slots__ = ("source", "source_kind")
        SOURCE_FIELD_NUMBER: _ClassVar[int]
        SOURCE_KIND_FIELD_NUMBER: _ClassVar[int]
        source: str
        source_kind: _state_pb2.SourceKind
        def __init__(self, source: _Optional[str] = ..., source_kind: _Optional[_Union[_state_pb2.SourceKind, str]] = ...) -> None: ...
    class Batch(_message.Message):
        __slots__ = ("number", "reports", "sent_time")
        NUMBER_FIELD_NUMBER: _ClassVar[int]
        REPORTS_FIELD_NUMBER: _ClassVar[int]
        SENT_TIME_FIELD_NUMBER: _ClassVar[int]
        number: int
        reports: _containers.RepeatedCompositeFieldContainer[_presence_service_pb2.StateReport]
        sent_time: _timestamp_pb2.Timestamp
        def __init__(self, number: _Optional[int] = ..., reports: _Optional[_Iterable[_Union[_presence_service_pb2.StateReport, _Mapping]]] = ..., sent_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
    class Beat(_message.Message):
        __slots__ = ("agents", "client_time")
        AGENTS_FIELD_NUMBER: _ClassVar[int]
        CLIENT_TIME_FIELD_NUMBER: _ClassVar[int]
        agents: _containers.RepeatedScalarFieldContainer[str]
        client_time: _timestamp_pb2.Timestamp
        def __init__(self, agents: _Optional[_Iterable[str]] = ..., client_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
    OPEN_FIELD_NUMBER: _ClassVar[int]
    BATCH_FIELD_NUMBER: _ClassVar[int]
    BEAT_FIELD_NUMBER: _ClassVar[int]
    open: StreamReportsRequest.Open
    batch: StreamReportsRequest.Batch
    beat: StreamReportsRequest.Beat
    def __init__(self, open: _Optional[_Union[StreamReportsRequest.Open, _Mapping]] = ..., batch: _Optional[_Union[StreamReportsRequest.Batch, _Mapping]] = ..., beat: _Optional[_Union[StreamReportsRequest.Beat, _Mapping]] = ...) -> None: ...

class StreamReportsResponse(_message.Message):
    __slots__ = ("beat", "answer")
    class Answer(_message.Message):
        __slots__ = ("number", "response")
        NUMBER_FIELD_NUMBER: _ClassVar[int]
        RESPONSE_FIELD_NUMBER: _ClassVar[int]
        number: int
        response: _presence_service_pb2.ReportStatesResponse
        def __init__(self, number: _Optional[int] = ..., response: _Optional[_Union[_presence_service_pb2.ReportStatesResponse, _Mapping]] = ...) -> None: ...
    BEAT_FIELD_NUMBER: _ClassVar[int]
    ANSWER_FIELD_NUMBER: _ClassVar[int]
    beat: HeartbeatResponse
    answer: StreamReportsResponse.Answer
    def __init__(self, beat: _Optional[_Union[HeartbeatResponse, _Mapping]] = ..., answer: _Optional[_Union[StreamReportsResponse.Answer, _Mapping]] = ...) -> None: ...

class ListSourcesRequest(_message.Message):
    __slots__ = ("site", "source", "page_size", "page_token")
    SITE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    site: str
    source: str
    page_size: int
    page_token: str
    def __init__(self, site: _Optional[str] = ..., source: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListSourcesResponse(_message.Message):
    __slots__ = ("sources", "next_page_token")
    SOURCES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    sources: _containers.RepeatedCompositeFieldContainer[Source]
    next_page_token: str
    def __init__(self, sources: _Optional[_Iterable[_Union[Source, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class Source(_message.Message):
    __slots__ = ("source", "source_kind", "agent", "state", "lease", "last_proof_time", "skew", "skew_time", "skew_out_of_bounds")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[Source.State]
        STATE_UNLEASED: _ClassVar[Source.State]
        STATE_LIVE: _ClassVar[Source.State]
        STATE_SILENT: _ClassVar[Source.State]
        STATE_LOST: _ClassVar[Source.State]
    STATE_UNSPECIFIED: Source.State
    STATE_UNLEASED: Source.State
    STATE_LIVE: Source.State
    STATE_SILENT: Source.State
    STATE_LOST: Source.State
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_KIND_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    LEASE_FIELD_NUMBER: _ClassVar[int]
    LAST_PROOF_TIME_FIELD_NUMBER: _ClassVar[int]
    SKEW_FIELD_NUMBER: _ClassVar[int]
    SKEW_TIME_FIELD_NUMBER: _ClassVar[int]
    SKEW_OUT_OF_BOUNDS_FIELD_NUMBER: _ClassVar[int]
    source: str
    source_kind: _state_pb2.SourceKind
    agent: str
    state: Source.State
    lease: _duration_pb2.Duration
    last_proof_time: _timestamp_pb2.Timestamp
    skew: _duration_pb2.Duration
    skew_time: _timestamp_pb2.Timestamp
    skew_out_of_bounds: bool
    def __init__(self, source: _Optional[str] = ..., source_kind: _Optional[_Union[_state_pb2.SourceKind, str]] = ..., agent: _Optional[str] = ..., state: _Optional[_Union[Source.State, str]] = ..., lease: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., last_proof_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., skew: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., skew_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., skew_out_of_bounds: _Optional[bool] = ...) -> None: ...

class ExtendWrapUpRequest(_message.Message):
    __slots__ = ("agent", "duration", "reason", "text", "request_id")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    DURATION_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    agent: str
    duration: _duration_pb2.Duration
    reason: str
    text: str
    request_id: str
    def __init__(self, agent: _Optional[str] = ..., duration: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., reason: _Optional[str] = ..., text: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...
