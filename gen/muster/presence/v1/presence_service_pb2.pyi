import datetime

from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from muster.options.v1 import options_pb2 as _options_pb2
from muster.presence.v1 import events_pb2 as _events_pb2
from muster.presence.v1 import state_pb2 as _state_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class StateReport(_message.Message):
    __slots__ = ("event_id", "agent", "state", "reason", "activity", "occurred_time", "contacts", "inferred", "source_sequence", "queue", "ended_contacts", "load_count", "capacity_count")
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_TIME_FIELD_NUMBER: _ClassVar[int]
    CONTACTS_FIELD_NUMBER: _ClassVar[int]
    INFERRED_FIELD_NUMBER: _ClassVar[int]
    SOURCE_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    QUEUE_FIELD_NUMBER: _ClassVar[int]
    ENDED_CONTACTS_FIELD_NUMBER: _ClassVar[int]
    LOAD_COUNT_FIELD_NUMBER: _ClassVar[int]
    CAPACITY_COUNT_FIELD_NUMBER: _ClassVar[int]
    event_id: str
    agent: str
    state: _state_pb2.State
    reason: str
    activity: _state_pb2.Activity
    occurred_time: _timestamp_pb2.Timestamp
    contacts: _containers.RepeatedScalarFieldContainer[str]
    inferred: bool
    source_sequence: int
    queue: str
    ended_contacts: _containers.RepeatedScalarFieldContainer[str]
    load_count: int
    capacity_count: int
    def __init__(self, event_id: _Optional[str] = ..., agent: _Optional[str] = ..., state: _Optional[_Union[_state_pb2.State, str]] = ..., reason: _Optional[str] = ..., activity: _Optional[_Union[_state_pb2.Activity, str]] = ..., occurred_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., contacts: _Optional[_Iterable[str]] = ..., inferred: _Optional[bool] = ..., source_sequence: _Optional[int] = ..., queue: _Optional[str] = ..., ended_contacts: _Optional[_Iterable[str]] = ..., load_count: _Optional[int] = ..., capacity_count: _Optional[int] = ...) -> None: ...

class ReportStatesRequest(_message.Message):
    __slots__ = ("source", "source_kind", "reports", "sent_time")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_KIND_FIELD_NUMBER: _ClassVar[int]
    REPORTS_FIELD_NUMBER: _ClassVar[int]
    SENT_TIME_FIELD_NUMBER: _ClassVar[int]
    source: str
    source_kind: _state_pb2.SourceKind
    reports: _containers.RepeatedCompositeFieldContainer[StateReport]
    sent_time: _timestamp_pb2.Timestamp
    def __init__(self, source: _Optional[str] = ..., source_kind: _Optional[_Union[_state_pb2.SourceKind, str]] = ..., reports: _Optional[_Iterable[_Union[StateReport, _Mapping]]] = ..., sent_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ReportStatesResponse(_message.Message):
    __slots__ = ("outcomes", "refusals", "cursors")
    class Outcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        OUTCOME_UNSPECIFIED: _ClassVar[ReportStatesResponse.Outcome]
        OUTCOME_RECORDED: _ClassVar[ReportStatesResponse.Outcome]
        OUTCOME_ALREADY_RECORDED: _ClassVar[ReportStatesResponse.Outcome]
        OUTCOME_REFUSED: _ClassVar[ReportStatesResponse.Outcome]
    OUTCOME_UNSPECIFIED: ReportStatesResponse.Outcome
    OUTCOME_RECORDED: ReportStatesResponse.Outcome
    OUTCOME_ALREADY_RECORDED: ReportStatesResponse.Outcome
    OUTCOME_REFUSED: ReportStatesResponse.Outcome
    class Refusal(_message.Message):
        __slots__ = ("index", "reason", "message")
        INDEX_FIELD_NUMBER: _ClassVar[int]
        REASON_FIELD_NUMBER: _ClassVar[int]
        MESSAGE_FIELD_NUMBER: _ClassVar[int]
        index: int
        reason: str
        message: str
        def __init__(self, index: _Optional[int] = ..., reason: _Optional[str] = ..., message: _Optional[str] = ...) -> None: ...
    OUTCOMES_FIELD_NUMBER: _ClassVar[int]
    REFUSALS_FIELD_NUMBER: _ClassVar[int]
    CURSORS_FIELD_NUMBER: _ClassVar[int]
    outcomes: _containers.RepeatedScalarFieldContainer[ReportStatesResponse.Outcome]
    refusals: _containers.RepeatedCompositeFieldContainer[ReportStatesResponse.Refusal]
    cursors: _containers.RepeatedCompositeFieldContainer[_state_pb2.Cursor]
    def __init__(self, outcomes: _Optional[_Iterable[_Union[ReportStatesResponse.Outcome, str]]] = ..., refusals: _Optional[_Iterable[_Union[ReportStatesResponse.Refusal, _Mapping]]] = ..., cursors: _Optional[_Iterable[_Union[_state_pb2.Cursor, _Mapping]]] = ...) -> None: ...

class ListStateLogRequest(_message.Message):
    __slots__ = ("agent", "start_time", "end_time", "page_size", "page_token", "as_known_at_time")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    AS_KNOWN_AT_TIME_FIELD_NUMBER: _ClassVar[int]
    agent: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    page_size: int
    page_token: str
    as_known_at_time: _timestamp_pb2.Timestamp
    def __init__(self, agent: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., as_known_at_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ListStateLogResponse(_message.Message):
    __slots__ = ("entries", "next_page_token", "opening_entry")
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    OPENING_ENTRY_FIELD_NUMBER: _ClassVar[int]
    entries: _containers.RepeatedCompositeFieldContainer[_state_pb2.StateLogEntry]
    next_page_token: str
    opening_entry: _state_pb2.StateLogEntry
    def __init__(self, entries: _Optional[_Iterable[_Union[_state_pb2.StateLogEntry, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., opening_entry: _Optional[_Union[_state_pb2.StateLogEntry, _Mapping]] = ...) -> None: ...

class AmendStatesRequest(_message.Message):
    __slots__ = ("agent", "start_time", "end_time", "state", "reason", "text", "request_id")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    agent: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    state: _state_pb2.State
    reason: str
    text: str
    request_id: str
    def __init__(self, agent: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., state: _Optional[_Union[_state_pb2.State, str]] = ..., reason: _Optional[str] = ..., text: _Optional[str] = ..., request_id: _Optional[str] = ...) -> None: ...

class AcceptClaimRequest(_message.Message):
    __slots__ = ("agent", "source", "event_id", "occurred_time")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_TIME_FIELD_NUMBER: _ClassVar[int]
    agent: str
    source: str
    event_id: str
    occurred_time: _timestamp_pb2.Timestamp
    def __init__(self, agent: _Optional[str] = ..., source: _Optional[str] = ..., event_id: _Optional[str] = ..., occurred_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class GetSiteCoverageRequest(_message.Message):
    __slots__ = ("site",)
    SITE_FIELD_NUMBER: _ClassVar[int]
    site: str
    def __init__(self, site: _Optional[str] = ...) -> None: ...

class SiteCoverage(_message.Message):
    __slots__ = ("cursor", "first_occurred_time", "last_occurred_time")
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    FIRST_OCCURRED_TIME_FIELD_NUMBER: _ClassVar[int]
    LAST_OCCURRED_TIME_FIELD_NUMBER: _ClassVar[int]
    cursor: _state_pb2.Cursor
    first_occurred_time: _timestamp_pb2.Timestamp
    last_occurred_time: _timestamp_pb2.Timestamp
    def __init__(self, cursor: _Optional[_Union[_state_pb2.Cursor, _Mapping]] = ..., first_occurred_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., last_occurred_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ReplayChangesRequest(_message.Message):
    __slots__ = ("after",)
    AFTER_FIELD_NUMBER: _ClassVar[int]
    after: _state_pb2.Cursor
    def __init__(self, after: _Optional[_Union[_state_pb2.Cursor, _Mapping]] = ...) -> None: ...
