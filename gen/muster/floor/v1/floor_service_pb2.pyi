import datetime

from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from muster.options.v1 import options_pb2 as _options_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetFloorRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class StartSurgeRequest(_message.Message):
    __slots__ = ("queue", "factor", "duration")
    QUEUE_FIELD_NUMBER: _ClassVar[int]
    FACTOR_FIELD_NUMBER: _ClassVar[int]
    DURATION_FIELD_NUMBER: _ClassVar[int]
    queue: str
    factor: int
    duration: _duration_pb2.Duration
    def __init__(self, queue: _Optional[str] = ..., factor: _Optional[int] = ..., duration: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class StartOutageRequest(_message.Message):
    __slots__ = ("source", "duration")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    DURATION_FIELD_NUMBER: _ClassVar[int]
    source: str
    duration: _duration_pb2.Duration
    def __init__(self, source: _Optional[str] = ..., duration: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class StartSignInRequest(_message.Message):
    __slots__ = ("site",)
    SITE_FIELD_NUMBER: _ClassVar[int]
    site: str
    def __init__(self, site: _Optional[str] = ...) -> None: ...

class Floor(_message.Message):
    __slots__ = ("sites", "incidents", "server_time")
    class Site(_message.Message):
        __slots__ = ("site", "display_name", "agent_count", "signed_in_count", "queues", "sources")
        SITE_FIELD_NUMBER: _ClassVar[int]
        DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
        AGENT_COUNT_FIELD_NUMBER: _ClassVar[int]
        SIGNED_IN_COUNT_FIELD_NUMBER: _ClassVar[int]
        QUEUES_FIELD_NUMBER: _ClassVar[int]
        SOURCES_FIELD_NUMBER: _ClassVar[int]
        site: str
        display_name: str
        agent_count: int
        signed_in_count: int
        queues: _containers.RepeatedScalarFieldContainer[str]
        sources: _containers.RepeatedScalarFieldContainer[str]
        def __init__(self, site: _Optional[str] = ..., display_name: _Optional[str] = ..., agent_count: _Optional[int] = ..., signed_in_count: _Optional[int] = ..., queues: _Optional[_Iterable[str]] = ..., sources: _Optional[_Iterable[str]] = ...) -> None: ...
    class Incident(_message.Message):
        __slots__ = ("kind", "site", "subject", "factor", "start_time", "end_time")
        class Kind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
            __slots__ = ()
            KIND_UNSPECIFIED: _ClassVar[Floor.Incident.Kind]
            KIND_SURGE: _ClassVar[Floor.Incident.Kind]
            KIND_OUTAGE: _ClassVar[Floor.Incident.Kind]
            KIND_SIGN_IN: _ClassVar[Floor.Incident.Kind]
        KIND_UNSPECIFIED: Floor.Incident.Kind
        KIND_SURGE: Floor.Incident.Kind
        KIND_OUTAGE: Floor.Incident.Kind
        KIND_SIGN_IN: Floor.Incident.Kind
        KIND_FIELD_NUMBER: _ClassVar[int]
        SITE_FIELD_NUMBER: _ClassVar[int]
        SUBJECT_FIELD_NUMBER: _ClassVar[int]
        FACTOR_FIELD_NUMBER: _ClassVar[int]
        START_TIME_FIELD_NUMBER: _ClassVar[int]
        END_TIME_FIELD_NUMBER: _ClassVar[int]
        kind: Floor.Incident.Kind
        site: str
        subject: str
        factor: int
        start_time: _timestamp_pb2.Timestamp
        end_time: _timestamp_pb2.Timestamp
        def __init__(self, kind: _Optional[_Union[Floor.Incident.Kind, str]] = ..., site: _Optional[str] = ..., subject: _Optional[str] = ..., factor: _Optional[int] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
    SITES_FIELD_NUMBER: _ClassVar[int]
    INCIDENTS_FIELD_NUMBER: _ClassVar[int]
    SERVER_TIME_FIELD_NUMBER: _ClassVar[int]
    sites: _containers.RepeatedCompositeFieldContainer[Floor.Site]
    incidents: _containers.RepeatedCompositeFieldContainer[Floor.Incident]
    server_time: _timestamp_pb2.Timestamp
    def __init__(self, sites: _Optional[_Iterable[_Union[Floor.Site, _Mapping]]] = ..., incidents: _Optional[_Iterable[_Union[Floor.Incident, _Mapping]]] = ..., server_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
