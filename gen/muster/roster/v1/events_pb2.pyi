import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from muster.roster.v1 import people_pb2 as _people_pb2
from muster.roster.v1 import shift_pb2 as _shift_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AgentsChanged(_message.Message):
    __slots__ = ("cursor", "recorded_time", "agents", "teams")
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    RECORDED_TIME_FIELD_NUMBER: _ClassVar[int]
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    TEAMS_FIELD_NUMBER: _ClassVar[int]
    cursor: _people_pb2.Cursor
    recorded_time: _timestamp_pb2.Timestamp
    agents: _containers.RepeatedCompositeFieldContainer[_people_pb2.Agent]
    teams: _containers.RepeatedCompositeFieldContainer[_people_pb2.Team]
    def __init__(self, cursor: _Optional[_Union[_people_pb2.Cursor, _Mapping]] = ..., recorded_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., agents: _Optional[_Iterable[_Union[_people_pb2.Agent, _Mapping]]] = ..., teams: _Optional[_Iterable[_Union[_people_pb2.Team, _Mapping]]] = ...) -> None: ...

class ShiftsChanged(_message.Message):
    __slots__ = ("cursor", "recorded_time", "shifts")
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    RECORDED_TIME_FIELD_NUMBER: _ClassVar[int]
    SHIFTS_FIELD_NUMBER: _ClassVar[int]
    cursor: _people_pb2.Cursor
    recorded_time: _timestamp_pb2.Timestamp
    shifts: _containers.RepeatedCompositeFieldContainer[_shift_pb2.Shift]
    def __init__(self, cursor: _Optional[_Union[_people_pb2.Cursor, _Mapping]] = ..., recorded_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., shifts: _Optional[_Iterable[_Union[_shift_pb2.Shift, _Mapping]]] = ...) -> None: ...
