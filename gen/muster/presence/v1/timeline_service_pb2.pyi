import datetime

from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from muster.options.v1 import options_pb2 as _options_pb2
from muster.presence.v1 import events_pb2 as _events_pb2
from muster.presence.v1 import state_pb2 as _state_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AgentState(_message.Message):
    __slots__ = ("agent", "team", "state", "reason", "activity", "marks", "since_time", "contacts", "load_count", "capacity_count")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    TEAM_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    ACTIVITY_FIELD_NUMBER: _ClassVar[int]
    MARKS_FIELD_NUMBER: _ClassVar[int]
    SINCE_TIME_FIELD_NUMBER: _ClassVar[int]
    CONTACTS_FIELD_NUMBER: _ClassVar[int]
    LOAD_COUNT_FIELD_NUMBER: _ClassVar[int]
    CAPACITY_COUNT_FIELD_NUMBER: _ClassVar[int]
    agent: str
    team: str
    state: _state_pb2.State
    reason: str
    activity: _state_pb2.Activity
    marks: int
    since_time: _timestamp_pb2.Timestamp
    contacts: _containers.RepeatedScalarFieldContainer[str]
    load_count: int
    capacity_count: int
    def __init__(self, agent: _Optional[str] = ..., team: _Optional[str] = ..., state: _Optional[_Union[_state_pb2.State, str]] = ..., reason: _Optional[str] = ..., activity: _Optional[_Union[_state_pb2.Activity, str]] = ..., marks: _Optional[int] = ..., since_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., contacts: _Optional[_Iterable[str]] = ..., load_count: _Optional[int] = ..., capacity_count: _Optional[int] = ...) -> None: ...

class ListAgentStatesRequest(_message.Message):
    __slots__ = ("site", "states", "teams", "agents", "page_size", "page_token")
    SITE_FIELD_NUMBER: _ClassVar[int]
    STATES_FIELD_NUMBER: _ClassVar[int]
    TEAMS_FIELD_NUMBER: _ClassVar[int]
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    site: str
    states: _containers.RepeatedScalarFieldContainer[_state_pb2.State]
    teams: _containers.RepeatedScalarFieldContainer[str]
    agents: _containers.RepeatedScalarFieldContainer[str]
    page_size: int
    page_token: str
    def __init__(self, site: _Optional[str] = ..., states: _Optional[_Iterable[_Union[_state_pb2.State, str]]] = ..., teams: _Optional[_Iterable[str]] = ..., agents: _Optional[_Iterable[str]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListAgentStatesResponse(_message.Message):
    __slots__ = ("agent_states", "next_page_token", "cursor")
    AGENT_STATES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    agent_states: _containers.RepeatedCompositeFieldContainer[AgentState]
    next_page_token: str
    cursor: _state_pb2.Cursor
    def __init__(self, agent_states: _Optional[_Iterable[_Union[AgentState, _Mapping]]] = ..., next_page_token: _Optional[str] = ..., cursor: _Optional[_Union[_state_pb2.Cursor, _Mapping]] = ...) -> None: ...

class WatchAgentStatesRequest(_message.Message):
    __slots__ = ("after", "teams", "agents")
    AFTER_FIELD_NUMBER: _ClassVar[int]
    TEAMS_FIELD_NUMBER: _ClassVar[int]
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    after: _state_pb2.Cursor
    teams: _containers.RepeatedScalarFieldContainer[str]
    agents: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, after: _Optional[_Union[_state_pb2.Cursor, _Mapping]] = ..., teams: _Optional[_Iterable[str]] = ..., agents: _Optional[_Iterable[str]] = ...) -> None: ...

class WatchAgentStatesResponse(_message.Message):
    __slots__ = ("changes", "checkpoint")
    CHANGES_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    changes: _events_pb2.AgentStatesChanged
    checkpoint: _state_pb2.Cursor
    def __init__(self, changes: _Optional[_Union[_events_pb2.AgentStatesChanged, _Mapping]] = ..., checkpoint: _Optional[_Union[_state_pb2.Cursor, _Mapping]] = ...) -> None: ...

class GetSiteTimelinesRequest(_message.Message):
    __slots__ = ("site", "start_time", "end_time", "agents", "teams", "as_known_at_time")
    SITE_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    TEAMS_FIELD_NUMBER: _ClassVar[int]
    AS_KNOWN_AT_TIME_FIELD_NUMBER: _ClassVar[int]
    site: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    agents: _containers.RepeatedScalarFieldContainer[str]
    teams: _containers.RepeatedScalarFieldContainer[str]
    as_known_at_time: _timestamp_pb2.Timestamp
    def __init__(self, site: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., agents: _Optional[_Iterable[str]] = ..., teams: _Optional[_Iterable[str]] = ..., as_known_at_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class SiteTimelines(_message.Message):
    __slots__ = ("cursor", "start_time", "end_time", "agents", "interval_counts", "last_change_times_ms", "unit_ms", "lengths_packed", "look_indexes_packed", "looks")
    class Look(_message.Message):
        __slots__ = ("state", "activity", "reason", "marks", "capacity_left")
        STATE_FIELD_NUMBER: _ClassVar[int]
        ACTIVITY_FIELD_NUMBER: _ClassVar[int]
        REASON_FIELD_NUMBER: _ClassVar[int]
        MARKS_FIELD_NUMBER: _ClassVar[int]
        CAPACITY_LEFT_FIELD_NUMBER: _ClassVar[int]
        state: _state_pb2.State
        activity: _state_pb2.Activity
        reason: str
        marks: int
        capacity_left: bool
        def __init__(self, state: _Optional[_Union[_state_pb2.State, str]] = ..., activity: _Optional[_Union[_state_pb2.Activity, str]] = ..., reason: _Optional[str] = ..., marks: _Optional[int] = ..., capacity_left: _Optional[bool] = ...) -> None: ...
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    INTERVAL_COUNTS_FIELD_NUMBER: _ClassVar[int]
    LAST_CHANGE_TIMES_MS_FIELD_NUMBER: _ClassVar[int]
    UNIT_MS_FIELD_NUMBER: _ClassVar[int]
    LENGTHS_PACKED_FIELD_NUMBER: _ClassVar[int]
    LOOK_INDEXES_PACKED_FIELD_NUMBER: _ClassVar[int]
    LOOKS_FIELD_NUMBER: _ClassVar[int]
    cursor: _state_pb2.Cursor
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    agents: _containers.RepeatedScalarFieldContainer[str]
    interval_counts: _containers.RepeatedScalarFieldContainer[int]
    last_change_times_ms: _containers.RepeatedScalarFieldContainer[int]
    unit_ms: int
    lengths_packed: bytes
    look_indexes_packed: bytes
    looks: _containers.RepeatedCompositeFieldContainer[SiteTimelines.Look]
    def __init__(self, cursor: _Optional[_Union[_state_pb2.Cursor, _Mapping]] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., agents: _Optional[_Iterable[str]] = ..., interval_counts: _Optional[_Iterable[int]] = ..., last_change_times_ms: _Optional[_Iterable[int]] = ..., unit_ms: _Optional[int] = ..., lengths_packed: _Optional[bytes] = ..., look_indexes_packed: _Optional[bytes] = ..., looks: _Optional[_Iterable[_Union[SiteTimelines.Look, _Mapping]]] = ...) -> None: ...

class GetStripsRequest(_message.Message):
    __slots__ = ("site", "start_time", "end_time", "agents", "teams")
    SITE_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    TEAMS_FIELD_NUMBER: _ClassVar[int]
    site: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    agents: _containers.RepeatedScalarFieldContainer[str]
    teams: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, site: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., agents: _Optional[_Iterable[str]] = ..., teams: _Optional[_Iterable[str]] = ...) -> None: ...

class Strips(_message.Message):
    __slots__ = ("cursor", "start_time", "end_time", "passed_time", "agents", "block_count", "states_packed")
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    PASSED_TIME_FIELD_NUMBER: _ClassVar[int]
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    BLOCK_COUNT_FIELD_NUMBER: _ClassVar[int]
    STATES_PACKED_FIELD_NUMBER: _ClassVar[int]
    cursor: _state_pb2.Cursor
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    passed_time: _timestamp_pb2.Timestamp
    agents: _containers.RepeatedScalarFieldContainer[str]
    block_count: int
    states_packed: bytes
    def __init__(self, cursor: _Optional[_Union[_state_pb2.Cursor, _Mapping]] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., passed_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., agents: _Optional[_Iterable[str]] = ..., block_count: _Optional[int] = ..., states_packed: _Optional[bytes] = ...) -> None: ...

class GetHeatmapCellsRequest(_message.Message):
    __slots__ = ("site", "time_zone", "day", "start_time", "day_start_minutes", "agents", "teams")
    SITE_FIELD_NUMBER: _ClassVar[int]
    TIME_ZONE_FIELD_NUMBER: _ClassVar[int]
    DAY_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    DAY_START_MINUTES_FIELD_NUMBER: _ClassVar[int]
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    TEAMS_FIELD_NUMBER: _ClassVar[int]
    site: str
    time_zone: str
    day: _date_pb2.Date
    start_time: _timestamp_pb2.Timestamp
    day_start_minutes: int
    agents: _containers.RepeatedScalarFieldContainer[str]
    teams: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, site: _Optional[str] = ..., time_zone: _Optional[str] = ..., day: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., day_start_minutes: _Optional[int] = ..., agents: _Optional[_Iterable[str]] = ..., teams: _Optional[_Iterable[str]] = ...) -> None: ...

class HeatmapCells(_message.Message):
    __slots__ = ("cursor", "start_time", "end_time", "passed_time", "columns", "agents", "milliseconds_packed", "reasons", "break_milliseconds_packed")
    class Column(_message.Message):
        __slots__ = ("start_time", "label")
        START_TIME_FIELD_NUMBER: _ClassVar[int]
        LABEL_FIELD_NUMBER: _ClassVar[int]
        start_time: _timestamp_pb2.Timestamp
        label: str
        def __init__(self, start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., label: _Optional[str] = ...) -> None: ...
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    PASSED_TIME_FIELD_NUMBER: _ClassVar[int]
    COLUMNS_FIELD_NUMBER: _ClassVar[int]
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    MILLISECONDS_PACKED_FIELD_NUMBER: _ClassVar[int]
    REASONS_FIELD_NUMBER: _ClassVar[int]
    BREAK_MILLISECONDS_PACKED_FIELD_NUMBER: _ClassVar[int]
    cursor: _state_pb2.Cursor
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    passed_time: _timestamp_pb2.Timestamp
    columns: _containers.RepeatedCompositeFieldContainer[HeatmapCells.Column]
    agents: _containers.RepeatedScalarFieldContainer[str]
    milliseconds_packed: bytes
    reasons: _containers.RepeatedScalarFieldContainer[str]
    break_milliseconds_packed: bytes
    def __init__(self, cursor: _Optional[_Union[_state_pb2.Cursor, _Mapping]] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., passed_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., columns: _Optional[_Iterable[_Union[HeatmapCells.Column, _Mapping]]] = ..., agents: _Optional[_Iterable[str]] = ..., milliseconds_packed: _Optional[bytes] = ..., reasons: _Optional[_Iterable[str]] = ..., break_milliseconds_packed: _Optional[bytes] = ...) -> None: ...

class GetAgentTimelineRequest(_message.Message):
    __slots__ = ("agent", "start_time", "end_time", "as_known_at_time")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    AS_KNOWN_AT_TIME_FIELD_NUMBER: _ClassVar[int]
    agent: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    as_known_at_time: _timestamp_pb2.Timestamp
    def __init__(self, agent: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., as_known_at_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class AgentTimeline(_message.Message):
    __slots__ = ("agent", "cursor", "intervals", "passed_time")
    class Interval(_message.Message):
        __slots__ = ("start_time", "end_time", "state", "reason", "activity", "marks", "contacts", "entry", "capacity_left")
        START_TIME_FIELD_NUMBER: _ClassVar[int]
        END_TIME_FIELD_NUMBER: _ClassVar[int]
        STATE_FIELD_NUMBER: _ClassVar[int]
        REASON_FIELD_NUMBER: _ClassVar[int]
        ACTIVITY_FIELD_NUMBER: _ClassVar[int]
        MARKS_FIELD_NUMBER: _ClassVar[int]
        CONTACTS_FIELD_NUMBER: _ClassVar[int]
        ENTRY_FIELD_NUMBER: _ClassVar[int]
        CAPACITY_LEFT_FIELD_NUMBER: _ClassVar[int]
        start_time: _timestamp_pb2.Timestamp
        end_time: _timestamp_pb2.Timestamp
        state: _state_pb2.State
        reason: str
        activity: _state_pb2.Activity
        marks: int
        contacts: _containers.RepeatedScalarFieldContainer[str]
        entry: AgentTimeline.EntryReference
        capacity_left: bool
        def __init__(self, start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., state: _Optional[_Union[_state_pb2.State, str]] = ..., reason: _Optional[str] = ..., activity: _Optional[_Union[_state_pb2.Activity, str]] = ..., marks: _Optional[int] = ..., contacts: _Optional[_Iterable[str]] = ..., entry: _Optional[_Union[AgentTimeline.EntryReference, _Mapping]] = ..., capacity_left: _Optional[bool] = ...) -> None: ...
    class EntryReference(_message.Message):
        __slots__ = ("source", "source_kind", "event_id", "occurred_time", "recorded_time")
        SOURCE_FIELD_NUMBER: _ClassVar[int]
        SOURCE_KIND_FIELD_NUMBER: _ClassVar[int]
        EVENT_ID_FIELD_NUMBER: _ClassVar[int]
        OCCURRED_TIME_FIELD_NUMBER: _ClassVar[int]
        RECORDED_TIME_FIELD_NUMBER: _ClassVar[int]
        source: str
        source_kind: _state_pb2.SourceKind
        event_id: str
        occurred_time: _timestamp_pb2.Timestamp
        recorded_time: _timestamp_pb2.Timestamp
        def __init__(self, source: _Optional[str] = ..., source_kind: _Optional[_Union[_state_pb2.SourceKind, str]] = ..., event_id: _Optional[str] = ..., occurred_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., recorded_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
    AGENT_FIELD_NUMBER: _ClassVar[int]
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    INTERVALS_FIELD_NUMBER: _ClassVar[int]
    PASSED_TIME_FIELD_NUMBER: _ClassVar[int]
    agent: str
    cursor: _state_pb2.Cursor
    intervals: _containers.RepeatedCompositeFieldContainer[AgentTimeline.Interval]
    passed_time: _timestamp_pb2.Timestamp
    def __init__(self, agent: _Optional[str] = ..., cursor: _Optional[_Union[_state_pb2.Cursor, _Mapping]] = ..., intervals: _Optional[_Iterable[_Union[AgentTimeline.Interval, _Mapping]]] = ..., passed_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...
