from muster.options.v1 import options_pb2 as _options_pb2
from muster.presence.v1 import state_pb2 as _state_pb2
from muster.roster.v1 import people_pb2 as _people_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class BoardChanges(_message.Message):
    __slots__ = ("cursor", "agents", "states", "reasons", "activities", "occurred_times_ms", "marks", "since_times_ms", "revised", "capacity_left")
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    STATES_FIELD_NUMBER: _ClassVar[int]
    REASONS_FIELD_NUMBER: _ClassVar[int]
    ACTIVITIES_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_TIMES_MS_FIELD_NUMBER: _ClassVar[int]
    MARKS_FIELD_NUMBER: _ClassVar[int]
    SINCE_TIMES_MS_FIELD_NUMBER: _ClassVar[int]
    REVISED_FIELD_NUMBER: _ClassVar[int]
    CAPACITY_LEFT_FIELD_NUMBER: _ClassVar[int]
    cursor: _state_pb2.Cursor
    agents: _containers.RepeatedScalarFieldContainer[str]
    states: _containers.RepeatedScalarFieldContainer[_state_pb2.State]
    reasons: _containers.RepeatedScalarFieldContainer[str]
    activities: _containers.RepeatedScalarFieldContainer[_state_pb2.Activity]
    occurred_times_ms: _containers.RepeatedScalarFieldContainer[int]
    marks: _containers.RepeatedScalarFieldContainer[int]
    since_times_ms: _containers.RepeatedScalarFieldContainer[int]
    revised: _containers.RepeatedScalarFieldContainer[bool]
    capacity_left: _containers.RepeatedScalarFieldContainer[bool]
    def __init__(self, cursor: _Optional[_Union[_state_pb2.Cursor, _Mapping]] = ..., agents: _Optional[_Iterable[str]] = ..., states: _Optional[_Iterable[_Union[_state_pb2.State, str]]] = ..., reasons: _Optional[_Iterable[str]] = ..., activities: _Optional[_Iterable[_Union[_state_pb2.Activity, str]]] = ..., occurred_times_ms: _Optional[_Iterable[int]] = ..., marks: _Optional[_Iterable[int]] = ..., since_times_ms: _Optional[_Iterable[int]] = ..., revised: _Optional[_Iterable[bool]] = ..., capacity_left: _Optional[_Iterable[bool]] = ...) -> None: ...

class RosterChanges(_message.Message):
    __slots__ = ("cursor", "parts")
    class Part(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        PART_UNSPECIFIED: _ClassVar[RosterChanges.Part]
        PART_PEOPLE: _ClassVar[RosterChanges.Part]
        PART_SHIFTS: _ClassVar[RosterChanges.Part]
    PART_UNSPECIFIED: RosterChanges.Part
    PART_PEOPLE: RosterChanges.Part
    PART_SHIFTS: RosterChanges.Part
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    PARTS_FIELD_NUMBER: _ClassVar[int]
    cursor: _people_pb2.Cursor
    parts: _containers.RepeatedScalarFieldContainer[RosterChanges.Part]
    def __init__(self, cursor: _Optional[_Union[_people_pb2.Cursor, _Mapping]] = ..., parts: _Optional[_Iterable[_Union[RosterChanges.Part, str]]] = ...) -> None: ...
