import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from muster.options.v1 import options_pb2 as _options_pb2
from muster.presence.v1 import state_pb2 as _state_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AgentStatesChanged(_message.Message):
    __slots__ = ("cursor", "recorded_time", "source_indexes", "sources", "agents", "states", "reason_indexes", "reasons", "activities", "occurred_times_us", "source_sequences", "event_ids", "contact_counts", "contacts", "kinds", "end_times_us", "current_states", "current_reason_indexes", "current_activities", "current_marks", "current_since_times_us", "current_load_counts", "current_capacity_counts", "marks")
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    RECORDED_TIME_FIELD_NUMBER: _ClassVar[int]
    SOURCE_INDEXES_FIELD_NUMBER: _ClassVar[int]
    SOURCES_FIELD_NUMBER: _ClassVar[int]
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    STATES_FIELD_NUMBER: _ClassVar[int]
    REASON_INDEXES_FIELD_NUMBER: _ClassVar[int]
    REASONS_FIELD_NUMBER: _ClassVar[int]
    ACTIVITIES_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_TIMES_US_FIELD_NUMBER: _ClassVar[int]
    SOURCE_SEQUENCES_FIELD_NUMBER: _ClassVar[int]
    EVENT_IDS_FIELD_NUMBER: _ClassVar[int]
    CONTACT_COUNTS_FIELD_NUMBER: _ClassVar[int]
    CONTACTS_FIELD_NUMBER: _ClassVar[int]
    KINDS_FIELD_NUMBER: _ClassVar[int]
    END_TIMES_US_FIELD_NUMBER: _ClassVar[int]
    CURRENT_STATES_FIELD_NUMBER: _ClassVar[int]
    CURRENT_REASON_INDEXES_FIELD_NUMBER: _ClassVar[int]
    CURRENT_ACTIVITIES_FIELD_NUMBER: _ClassVar[int]
    CURRENT_MARKS_FIELD_NUMBER: _ClassVar[int]
    CURRENT_SINCE_TIMES_US_FIELD_NUMBER: _ClassVar[int]
    CURRENT_LOAD_COUNTS_FIELD_NUMBER: _ClassVar[int]
    CURRENT_CAPACITY_COUNTS_FIELD_NUMBER: _ClassVar[int]
    MARKS_FIELD_NUMBER: _ClassVar[int]
    cursor: _state_pb2.Cursor
    recorded_time: _timestamp_pb2.Timestamp
    source_indexes: _containers.RepeatedScalarFieldContainer[int]
    sources: _containers.RepeatedScalarFieldContainer[str]
    agents: _containers.RepeatedScalarFieldContainer[str]
    states: _containers.RepeatedScalarFieldContainer[_state_pb2.State]
    reason_indexes: _containers.RepeatedScalarFieldContainer[int]
    reasons: _containers.RepeatedScalarFieldContainer[str]
    activities: _containers.RepeatedScalarFieldContainer[_state_pb2.Activity]
    occurred_times_us: _containers.RepeatedScalarFieldContainer[int]
    source_sequences: _containers.RepeatedScalarFieldContainer[int]
    event_ids: _containers.RepeatedScalarFieldContainer[str]
    contact_counts: _containers.RepeatedScalarFieldContainer[int]
    contacts: _containers.RepeatedScalarFieldContainer[str]
    kinds: _containers.RepeatedScalarFieldContainer[_state_pb2.EntryKind]
    end_times_us: _containers.RepeatedScalarFieldContainer[int]
    current_states: _containers.RepeatedScalarFieldContainer[_state_pb2.State]
    current_reason_indexes: _containers.RepeatedScalarFieldContainer[int]
    current_activities: _containers.RepeatedScalarFieldContainer[_state_pb2.Activity]
    current_marks: _containers.RepeatedScalarFieldContainer[int]
    current_since_times_us: _containers.RepeatedScalarFieldContainer[int]
    current_load_counts: _containers.RepeatedScalarFieldContainer[int]
    current_capacity_counts: _containers.RepeatedScalarFieldContainer[int]
    marks: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, cursor: _Optional[_Union[_state_pb2.Cursor, _Mapping]] = ..., recorded_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source_indexes: _Optional[_Iterable[int]] = ..., sources: _Optional[_Iterable[str]] = ..., agents: _Optional[_Iterable[str]] = ..., states: _Optional[_Iterable[_Union[_state_pb2.State, str]]] = ..., reason_indexes: _Optional[_Iterable[int]] = ..., reasons: _Optional[_Iterable[str]] = ..., activities: _Optional[_Iterable[_Union[_state_pb2.Activity, str]]] = ..., occurred_times_us: _Optional[_Iterable[int]] = ..., source_sequences: _Optional[_Iterable[int]] = ..., event_ids: _Optional[_Iterable[str]] = ..., contact_counts: _Optional[_Iterable[int]] = ..., contacts: _Optional[_Iterable[str]] = ..., kinds: _Optional[_Iterable[_Union[_state_pb2.EntryKind, str]]] = ..., end_times_us: _Optional[_Iterable[int]] = ..., current_states: _Optional[_Iterable[_Union[_state_pb2.State, str]]] = ..., current_reason_indexes: _Optional[_Iterable[int]] = ..., current_activities: _Optional[_Iterable[_Union[_state_pb2.Activity, str]]] = ..., current_marks: _Optional[_Iterable[int]] = ..., current_since_times_us: _Optional[_Iterable[int]] = ..., current_load_counts: _Optional[_Iterable[int]] = ..., current_capacity_counts: _Optional[_Iterable[int]] = ..., marks: _Optional[_Iterable[int]] = ...) -> None: ...
