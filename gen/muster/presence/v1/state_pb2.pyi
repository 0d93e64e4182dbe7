import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from muster.options.v1 import options_pb2 as _options_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    STATE_UNSPECIFIED: _ClassVar[State]
    STATE_ONLINE: _ClassVar[State]
    STATE_BUSY: _ClassVar[State]
    STATE_WRAP_UP: _ClassVar[State]
    STATE_BREAK: _ClassVar[State]
    STATE_OFFLINE: _ClassVar[State]
    STATE_UNOBSERVED: _ClassVar[State]

class Activity(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ACTIVITY_UNSPECIFIED: _ClassVar[Activity]
    ACTIVITY_RINGING: _ClassVar[Activity]
    ACTIVITY_TALKING: _ClassVar[Activity]
    ACTIVITY_HOLD: _ClassVar[Activity]
    ACTIVITY_OUTBOUND: _ClassVar[Activity]
    ACTIVITY_CHATTING: _ClassVar[Activity]
    ACTIVITY_TRAVELLING: _ClassVar[Activity]
    ACTIVITY_ON_SITE: _ClassVar[Activity]
    ACTIVITY_WORKING: _ClassVar[Activity]

class SourceKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SOURCE_KIND_UNSPECIFIED: _ClassVar[SourceKind]
    SOURCE_KIND_AGENT: _ClassVar[SourceKind]
    SOURCE_KIND_SUPERVISOR: _ClassVar[SourceKind]
    SOURCE_KIND_TELEPHONY: _ClassVar[SourceKind]
    SOURCE_KIND_SYSTEM: _ClassVar[SourceKind]
    SOURCE_KIND_IMPORT: _ClassVar[SourceKind]

class EntryKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ENTRY_KIND_UNSPECIFIED: _ClassVar[EntryKind]
    ENTRY_KIND_CHANGE: _ClassVar[EntryKind]
    ENTRY_KIND_LIMIT: _ClassVar[EntryKind]
    ENTRY_KIND_LOSS: _ClassVar[EntryKind]
    ENTRY_KIND_AMENDMENT: _ClassVar[EntryKind]
    ENTRY_KIND_ACCEPTANCE: _ClassVar[EntryKind]
    ENTRY_KIND_GAP: _ClassVar[EntryKind]
    ENTRY_KIND_OUTAGE: _ClassVar[EntryKind]

class LossScope(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    LOSS_SCOPE_UNSPECIFIED: _ClassVar[LossScope]
    LOSS_SCOPE_CLIENT: _ClassVar[LossScope]
    LOSS_SCOPE_SOURCE: _ClassVar[LossScope]
    LOSS_SCOPE_SITE: _ClassVar[LossScope]

class Mark(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    MARK_UNSPECIFIED: _ClassVar[Mark]
    MARK_INFERRED: _ClassVar[Mark]
    MARK_CLAIMED: _ClassVar[Mark]
    MARK_GAP: _ClassVar[Mark]
    MARK_OUTAGE: _ClassVar[Mark]
    MARK_AMENDED: _ClassVar[Mark]
    MARK_OVERRUN: _ClassVar[Mark]
STATE_UNSPECIFIED: State
STATE_ONLINE: State
STATE_BUSY: State
STATE_WRAP_UP: State
STATE_BREAK: State
STATE_OFFLINE: State
STATE_UNOBSERVED: State
ACTIVITY_UNSPECIFIED: Activity
ACTIVITY_RINGING: Activity
ACTIVITY_TALKING: Activity
ACTIVITY_HOLD: Activity
ACTIVITY_OUTBOUND: Activity
ACTIVITY_CHATTING: Activity
ACTIVITY_TRAVELLING: Activity
ACTIVITY_ON_SITE: Activity
ACTIVITY_WORKING: Activity
SOURCE_KIND_UNSPECIFIED: SourceKind
SOURCE_KIND_AGENT: SourceKind
SOURCE_KIND_SUPERVISOR: SourceKind
SOURCE_KIND_TELEPHONY: SourceKind
SOURCE_KIND_SYSTEM: SourceKind
SOURCE_KIND_IMPORT: SourceKind
ENTRY_KIND_UNSPECIFIED: EntryKind
ENTRY_KIND_CHANGE: EntryKind
ENTRY_KIND_LIMIT: EntryKind
ENTRY_KIND_LOSS: EntryKind
ENTRY_KIND_AMENDMENT: EntryKind
ENTRY_KIND_ACCEPTANCE: EntryKind
ENTRY_KIND_GAP: EntryKind
ENTRY_KIND_OUTAGE: EntryKind
LOSS_SCOPE_UNSPECIFIED: LossScope
LOSS_SCOPE_CLIENT: LossScope
LOSS_SCOPE_SOURCE: LossScope
LOSS_SCOPE_SITE: LossScope
MARK_UNSPECIFIED: Mark
MARK_INFERRED: Mark
MARK_CLAIMED: Mark
MARK_GAP: Mark
MARK_OUTAGE: Mark
MARK_AMENDED: Mark
MARK_OVERRUN: Mark

class Cursor(_message.Message):
    __slots__ = ("site", "epoch", "seq")
    SITE_FIELD_NUMBER: _ClassVar[int]
    EPOCH_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    site: str
    epoch: int
    seq: int
    def __init__(self, site: _Optional[str] = ..., epoch: _Optional[int] = ..., seq: _Optional[int] = ...) -> None: ...

class StateLogEntry(_message.Message):
    __slots__ = ("agent", "event_id", "state", "reason", "activity", "occurred_time", "recorded_time", "source", "source_kind", "actor", "contacts", "link", "position", "source_sequence", "kind", "end_time", "source_time", "queue", "load_count", "capacity_count", "limit_time", "refers_to_time", "refers_to_source", "refers_to_event_id", "loss_scope", "text", "marks")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_TIME_FIELD_NUMBER: _ClassVar[int]
    RECORDED_TIME_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_KIND_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    CONTACTS_FIELD_NUMBER: _ClassVar[int]
    LINK_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    SOURCE_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    SOURCE_TIME_FIELD_NUMBER: _ClassVar[int]
    QUEUE_FIELD_NUMBER: _ClassVar[int]
    LOAD_COUNT_FIELD_NUMBER: _ClassVar[int]
    CAPACITY_COUNT_FIELD_NUMBER: _ClassVar[int]
    LIMIT_TIME_FIELD_NUMBER: _ClassVar[int]
    REFERS_TO_TIME_FIELD_NUMBER: _ClassVar[int]
    REFERS_TO_SOURCE_FIELD_NUMBER: _ClassVar[int]
    REFERS_TO_EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    LOSS_SCOPE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    MARKS_FIELD_NUMBER: _ClassVar[int]
    agent: str
    event_id: str
    state: State
    reason: str
    activity: Activity
    occurred_time: _timestamp_pb2.Timestamp
    recorded_time: _timestamp_pb2.Timestamp
    source: str
    source_kind: SourceKind
    actor: str
    contacts: _containers.RepeatedScalarFieldContainer[str]
    link: Cursor
    position: int
    source_sequence: int
    kind: EntryKind
    end_time: _timestamp_pb2.Timestamp
    source_time: _timestamp_pb2.Timestamp
    queue: str
    load_count: int
    capacity_count: int
    limit_time: _timestamp_pb2.Timestamp
    refers_to_time: _timestamp_pb2.Timestamp
    refers_to_source: str
    refers_to_event_id: str
    loss_scope: LossScope
    text: str
    marks: int
    def __init__(self, agent: _Optional[str] = ..., event_id: _Optional[str] = ..., state: _Optional[_Union[State, str]] = ..., reason: _Optional[str] = ..., activity: _Optional[_Union[Activity, str]] = ..., occurred_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., recorded_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source: _Optional[str] = ..., source_kind: _Optional[_Union[SourceKind, str]] = ..., actor: _Optional[str] = ..., contacts: _Optional[_Iterable[str]] = ..., link: _Optional[_Union[Cursor, _Mapping]] = ..., position: _Optional[int] = ..., source_sequence: _Optional[int] = ..., kind: _Optional[_Union[EntryKind, str]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., queue: _Optional[str] = ..., load_count: _Optional[int] = ..., capacity_count: _Optional[int] = ..., limit_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., refers_to_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., refers_to_source: _Optional[str] = ..., refers_to_event_id: _Optional[str] = ..., loss_scope: _Optional[_Union[LossScope, str]] = ..., text: _Optional[str] = ..., marks: _Optional[int] = ...) -> None: ...
