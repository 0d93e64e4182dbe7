import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import datetime_pb2 as _datetime_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Shift(_message.Message):
    __slots__ = ("name", "agent", "local_start", "local_end", "time_zone", "activities", "state", "version", "publish_time", "publisher", "start_time", "end_time")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[Shift.State]
        STATE_PUBLISHED: _ClassVar[Shift.State]
        STATE_CANCELLED: _ClassVar[Shift.State]
    STATE_UNSPECIFIED: Shift.State
    STATE_PUBLISHED: Shift.State
    STATE_CANCELLED: Shift.State
    NAME_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    LOCAL_START_FIELD_NUMBER: _ClassVar[int]
    LOCAL_END_FIELD_NUMBER: _ClassVar[int]
    TIME_ZONE_FIELD_NUMBER: _ClassVar[int]
    ACTIVITIES_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    PUBLISH_TIME_FIELD_NUMBER: _ClassVar[int]
    PUBLISHER_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    agent: str
    local_start: _datetime_pb2.DateTime
    local_end: _datetime_pb2.DateTime
    time_zone: str
    activities: _containers.RepeatedCompositeFieldContainer[Activity]
    state: Shift.State
    version: int
    publish_time: _timestamp_pb2.Timestamp
    publisher: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., agent: _Optional[str] = ..., local_start: _Optional[_Union[_datetime_pb2.DateTime, _Mapping]] = ..., local_end: _Optional[_Union[_datetime_pb2.DateTime, _Mapping]] = ..., time_zone: _Optional[str] = ..., activities: _Optional[_Iterable[_Union[Activity, _Mapping]]] = ..., state: _Optional[_Union[Shift.State, str]] = ..., version: _Optional[int] = ..., publish_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., publisher: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class Activity(_message.Message):
    __slots__ = ("kind", "local_start", "local_end", "start_time", "end_time")
    class Kind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        KIND_UNSPECIFIED: _ClassVar[Activity.Kind]
        KIND_BREAK: _ClassVar[Activity.Kind]
        KIND_MEAL: _ClassVar[Activity.Kind]
        KIND_TRAINING: _ClassVar[Activity.Kind]
        KIND_MEETING: _ClassVar[Activity.Kind]
        KIND_COACHING: _ClassVar[Activity.Kind]
        KIND_TASK: _ClassVar[Activity.Kind]
    KIND_UNSPECIFIED: Activity.Kind
    KIND_BREAK: Activity.Kind
    KIND_MEAL: Activity.Kind
    KIND_TRAINING: Activity.Kind
    KIND_MEETING: Activity.Kind
    KIND_COACHING: Activity.Kind
    KIND_TASK: Activity.Kind
    KIND_FIELD_NUMBER: _ClassVar[int]
    LOCAL_START_FIELD_NUMBER: _ClassVar[int]
    LOCAL_END_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    kind: Activity.Kind
    local_start: _datetime_pb2.DateTime
    local_end: _datetime_pb2.DateTime
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    def __init__(self, kind: _Optional[_Union[Activity.Kind, str]] = ..., local_start: _Optional[_Union[_datetime_pb2.DateTime, _Mapping]] = ..., local_end: _Optional[_Union[_datetime_pb2.DateTime, _Mapping]] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
