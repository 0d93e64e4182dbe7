import datetime

from google.api import annotations_pb2 as _annotations_pb2
from google.api import httpbody_pb2 as _httpbody_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from google.type import datetime_pb2 as _datetime_pb2
from muster.dispatch.v1 import contact_pb2 as _contact_pb2
from muster.dispatch.v1 import contact_service_pb2 as _contact_service_pb2
from muster.dispatch.v1 import queue_pb2 as _queue_pb2
from muster.options.v1 import options_pb2 as _options_pb2
from muster.presence.v1 import presence_service_pb2 as _presence_service_pb2
from muster.presence.v1 import state_pb2 as _state_pb2
from muster.presence.v1 import timeline_service_pb2 as _timeline_service_pb2
from muster.roster.v1 import shift_pb2 as _shift_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AxisStart(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    AXIS_START_UNSPECIFIED: _ClassVar[AxisStart]
    AXIS_START_MIDNIGHT: _ClassVar[AxisStart]
    AXIS_START_OPERATING_DAY: _ClassVar[AxisStart]
    AXIS_START_LAST_24_HOURS: _ClassVar[AxisStart]
AXIS_START_UNSPECIFIED: AxisStart
AXIS_START_MIDNIGHT: AxisStart
AXIS_START_OPERATING_DAY: AxisStart
AXIS_START_LAST_24_HOURS: AxisStart

class GetHeatmapRequest(_message.Message):
    __slots__ = ("site", "day", "time_zone", "start_time", "end_time", "axis_start", "sites", "teams", "lines", "skills", "states", "order_by", "descending", "amount_state", "group_by", "local_start", "local_end", "long_breaks")
    class Order(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        ORDER_UNSPECIFIED: _ClassVar[GetHeatmapRequest.Order]
        ORDER_NAME: _ClassVar[GetHeatmapRequest.Order]
        ORDER_TEAM: _ClassVar[GetHeatmapRequest.Order]
        ORDER_STATE: _ClassVar[GetHeatmapRequest.Order]
        ORDER_TIME_IN_STATE: _ClassVar[GetHeatmapRequest.Order]
        ORDER_SHIFT_START: _ClassVar[GetHeatmapRequest.Order]
        ORDER_AMOUNT: _ClassVar[GetHeatmapRequest.Order]
    ORDER_UNSPECIFIED: GetHeatmapRequest.Order
    ORDER_NAME: GetHeatmapRequest.Order
    ORDER_TEAM: GetHeatmapRequest.Order
    ORDER_STATE: GetHeatmapRequest.Order
    ORDER_TIME_IN_STATE: GetHeatmapRequest.Order
    ORDER_SHIFT_START: GetHeatmapRequest.Order
    ORDER_AMOUNT: GetHeatmapRequest.Order
    class Grouping(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        GROUPING_UNSPECIFIED: _ClassVar[GetHeatmapRequest.Grouping]
        GROUPING_TEAM: _ClassVar[GetHeatmapRequest.Grouping]
        GROUPING_LINE: _ClassVar[GetHeatmapRequest.Grouping]
        GROUPING_STATE: _ClassVar[GetHeatmapRequest.Grouping]
        GROUPING_SKILL: _ClassVar[GetHeatmapRequest.Grouping]
        GROUPING_SITE: _ClassVar[GetHeatmapRequest.Grouping]
    GROUPING_UNSPECIFIED: GetHeatmapRequest.Grouping
    GROUPING_TEAM: GetHeatmapRequest.Grouping
    GROUPING_LINE: GetHeatmapRequest.Grouping
    GROUPING_STATE: GetHeatmapRequest.Grouping
    GROUPING_SKILL: GetHeatmapRequest.Grouping
    GROUPING_SITE: GetHeatmapRequest.Grouping
    SITE_FIELD_NUMBER: _ClassVar[int]
    DAY_FIELD_NUMBER: _ClassVar[int]
    TIME_ZONE_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    AXIS_START_FIELD_NUMBER: _ClassVar[int]
    SITES_FIELD_NUMBER: _ClassVar[int]
    TEAMS_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    SKILLS_FIELD_NUMBER: _ClassVar[int]
    STATES_FIELD_NUMBER: _ClassVar[int]
    ORDER_BY_FIELD_NUMBER: _ClassVar[int]
    DESCENDING_FIELD_NUMBER: _ClassVar[int]
    AMOUNT_STATE_FIELD_NUMBER: _ClassVar[int]
    GROUP_BY_FIELD_NUMBER: _ClassVar[int]
    LOCAL_START_FIELD_NUMBER: _ClassVar[int]
    LOCAL_END_FIELD_NUMBER: _ClassVar[int]
    LONG_BREAKS_FIELD_NUMBER: _ClassVar[int]
    site: str
    day: _date_pb2.Date
    time_zone: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    axis_start: AxisStart
    sites: _containers.RepeatedScalarFieldContainer[str]
    teams: _containers.RepeatedScalarFieldContainer[str]
    lines: _containers.RepeatedScalarFieldContainer[str]
    skills: _containers.RepeatedScalarFieldContainer[str]
    states: _containers.RepeatedScalarFieldContainer[_state_pb2.State]
    order_by: GetHeatmapRequest.Order
    descending: bool
    amount_state: _state_pb2.State
    group_by: GetHeatmapRequest.Grouping
    local_start: _datetime_pb2.DateTime
    local_end: _datetime_pb2.DateTime
    long_breaks: bool
    def __init__(self, site: _Optional[str] = ..., day: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., time_zone: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., axis_start: _Optional[_Union[AxisStart, str]] = ..., sites: _Optional[_Iterable[str]] = ..., teams: _Optional[_Iterable[str]] = ..., lines: _Optional[_Iterable[str]] = ..., skills: _Optional[_Iterable[str]] = ..., states: _Optional[_Iterable[_Union[_state_pb2.State, str]]] = ..., order_by: _Optional[_Union[GetHeatmapRequest.Order, str]] = ..., descending: _Optional[bool] = ..., amount_state: _Optional[_Union[_state_pb2.State, str]] = ..., group_by: _Optional[_Union[GetHeatmapRequest.Grouping, str]] = ..., local_start: _Optional[_Union[_datetime_pb2.DateTime, _Mapping]] = ..., local_end: _Optional[_Union[_datetime_pb2.DateTime, _Mapping]] = ..., long_breaks: _Optional[bool] = ...) -> None: ...

class Label(_message.Message):
    __slots__ = ("name", "display_name", "display_names")
    class DisplayNamesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAMES_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    display_names: _containers.ScalarMap[str, str]
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., display_names: _Optional[_Mapping[str, str]] = ...) -> None: ...

class Heatmap(_message.Message):
    __slots__ = ("site", "site_display_name", "day", "time_zone", "start_time", "end_time", "columns", "rows", "timelines", "cursor", "missing", "server_time", "first_data_day", "last_data_day", "groups", "counts", "withheld_count", "plan", "cursors", "labels", "operating_day_start_minutes", "long_breaks")
    class Column(_message.Message):
        __slots__ = ("start_time", "label")
        START_TIME_FIELD_NUMBER: _ClassVar[int]
        LABEL_FIELD_NUMBER: _ClassVar[int]
        start_time: _timestamp_pb2.Timestamp
        label: str
        def __init__(self, start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., label: _Optional[str] = ...) -> None: ...
    class Row(_message.Message):
        __slots__ = ("agent", "display_name", "team", "timeline_number", "site", "line", "skills", "first_shift", "shift_count")
        AGENT_FIELD_NUMBER: _ClassVar[int]
        DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
        TEAM_FIELD_NUMBER: _ClassVar[int]
        TIMELINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
        SITE_FIELD_NUMBER: _ClassVar[int]
        LINE_FIELD_NUMBER: _ClassVar[int]
        SKILLS_FIELD_NUMBER: _ClassVar[int]
        FIRST_SHIFT_FIELD_NUMBER: _ClassVar[int]
        SHIFT_COUNT_FIELD_NUMBER: _ClassVar[int]
        agent: str
        display_name: str
        team: str
        timeline_number: int
        site: str
        line: str
        skills: _containers.RepeatedScalarFieldContainer[str]
        first_shift: int
        shift_count: int
        def __init__(self, agent: _Optional[str] = ..., display_name: _Optional[str] = ..., team: _Optional[str] = ..., timeline_number: _Optional[int] = ..., site: _Optional[str] = ..., line: _Optional[str] = ..., skills: _Optional[_Iterable[str]] = ..., first_shift: _Optional[int] = ..., shift_count: _Optional[int] = ...) -> None: ...
    class Group(_message.Message):
        __slots__ = ("key", "first_row", "row_count", "counts")
        KEY_FIELD_NUMBER: _ClassVar[int]
        FIRST_ROW_FIELD_NUMBER: _ClassVar[int]
        ROW_COUNT_FIELD_NUMBER: _ClassVar[int]
        COUNTS_FIELD_NUMBER: _ClassVar[int]
        key: str
        first_row: int
        row_count: int
        counts: _containers.RepeatedCompositeFieldContainer[Heatmap.StateCount]
        def __init__(self, key: _Optional[str] = ..., first_row: _Optional[int] = ..., row_count: _Optional[int] = ..., counts: _Optional[_Iterable[_Union[Heatmap.StateCount, _Mapping]]] = ...) -> None: ...
    class StateCount(_message.Message):
        __slots__ = ("state", "shown_count", "total_count")
        STATE_FIELD_NUMBER: _ClassVar[int]
        SHOWN_COUNT_FIELD_NUMBER: _ClassVar[int]
        TOTAL_COUNT_FIELD_NUMBER: _ClassVar[int]
        state: _state_pb2.State
        shown_count: int
        total_count: int
        def __init__(self, state: _Optional[_Union[_state_pb2.State, str]] = ..., shown_count: _Optional[int] = ..., total_count: _Optional[int] = ...) -> None: ...
    class LongBreaks(_message.Message):
        __slots__ = ("shown_count", "total_count")
        SHOWN_COUNT_FIELD_NUMBER: _ClassVar[int]
        TOTAL_COUNT_FIELD_NUMBER: _ClassVar[int]
        shown_count: int
        total_count: int
        def __init__(self, shown_count: _Optional[int] = ..., total_count: _Optional[int] = ...) -> None: ...
    class Plan(_message.Message):
        __slots__ = ("start_offsets_seconds", "end_offsets_seconds", "activity_counts", "activity_kinds", "activity_start_offsets_seconds", "activity_end_offsets_seconds")
        START_OFFSETS_SECONDS_FIELD_NUMBER: _ClassVar[int]
        END_OFFSETS_SECONDS_FIELD_NUMBER: _ClassVar[int]
        ACTIVITY_COUNTS_FIELD_NUMBER: _ClassVar[int]
        ACTIVITY_KINDS_FIELD_NUMBER: _ClassVar[int]
        ACTIVITY_START_OFFSETS_SECONDS_FIELD_NUMBER: _ClassVar[int]
        ACTIVITY_END_OFFSETS_SECONDS_FIELD_NUMBER: _ClassVar[int]
        start_offsets_seconds: _containers.RepeatedScalarFieldContainer[int]
        end_offsets_seconds: _containers.RepeatedScalarFieldContainer[int]
        activity_counts: _containers.RepeatedScalarFieldContainer[int]
        activity_kinds: _containers.RepeatedScalarFieldContainer[_shift_pb2.Activity.Kind]
        activity_start_offsets_seconds: _containers.RepeatedScalarFieldContainer[int]
        activity_end_offsets_seconds: _containers.RepeatedScalarFieldContainer[int]
        def __init__(self, start_offsets_seconds: _Optional[_Iterable[int]] = ..., end_offsets_seconds: _Optional[_Iterable[int]] = ..., activity_counts: _Optional[_Iterable[int]] = ..., activity_kinds: _Optional[_Iterable[_Union[_shift_pb2.Activity.Kind, str]]] = ..., activity_start_offsets_seconds: _Optional[_Iterable[int]] = ..., activity_end_offsets_seconds: _Optional[_Iterable[int]] = ...) -> None: ...
    class MissingPart(_message.Message):
        __slots__ = ("part", "message", "reason", "since_time", "permission", "in_preparation")
        PART_FIELD_NUMBER: _ClassVar[int]
        MESSAGE_FIELD_NUMBER: _ClassVar[int]
        REASON_FIELD_NUMBER: _ClassVar[int]
        SINCE_TIME_FIELD_NUMBER: _ClassVar[int]
        PERMISSION_FIELD_NUMBER: _ClassVar[int]
        IN_PREPARATION_FIELD_NUMBER: _ClassVar[int]
        part: str
        message: str
        reason: str
        since_time: _timestamp_pb2.Timestamp
        permission: str
        in_preparation: bool
        def __init__(self, part: _Optional[str] = ..., message: _Optional[str] = ..., reason: _Optional[str] = ..., since_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., permission: _Optional[str] = ..., in_preparation: _Optional[bool] = ...) -> None: ...
    SITE_FIELD_NUMBER: _ClassVar[int]
    SITE_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    DAY_FIELD_NUMBER: _ClassVar[int]
    TIME_ZONE_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    COLUMNS_FIELD_NUMBER: _ClassVar[int]
    ROWS_FIELD_NUMBER: _ClassVar[int]
    TIMELINES_FIELD_NUMBER: _ClassVar[int]
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    MISSING_FIELD_NUMBER: _ClassVar[int]
    SERVER_TIME_FIELD_NUMBER: _ClassVar[int]
    FIRST_DATA_DAY_FIELD_NUMBER: _ClassVar[int]
    LAST_DATA_DAY_FIELD_NUMBER: _ClassVar[int]
    GROUPS_FIELD_NUMBER: _ClassVar[int]
    COUNTS_FIELD_NUMBER: _ClassVar[int]
    WITHHELD_COUNT_FIELD_NUMBER: _ClassVar[int]
    PLAN_FIELD_NUMBER: _ClassVar[int]
    CURSORS_FIELD_NUMBER: _ClassVar[int]
    LABELS_FIELD_NUMBER: _ClassVar[int]
    OPERATING_DAY_START_MINUTES_FIELD_NUMBER: _ClassVar[int]
    LONG_BREAKS_FIELD_NUMBER: _ClassVar[int]
    site: str
    site_display_name: str
    day: _date_pb2.Date
    time_zone: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    columns: _containers.RepeatedCompositeFieldContainer[Heatmap.Column]
    rows: _containers.RepeatedCompositeFieldContainer[Heatmap.Row]
    timelines: _timeline_service_pb2.SiteTimelines
    cursor: _state_pb2.Cursor
    missing: _containers.RepeatedCompositeFieldContainer[Heatmap.MissingPart]
    server_time: _timestamp_pb2.Timestamp
    first_data_day: _date_pb2.Date
    last_data_day: _date_pb2.Date
    groups: _containers.RepeatedCompositeFieldContainer[Heatmap.Group]
    counts: _containers.RepeatedCompositeFieldContainer[Heatmap.StateCount]
    withheld_count: int
    plan: Heatmap.Plan
    cursors: _containers.RepeatedCompositeFieldContainer[_state_pb2.Cursor]
    labels: _containers.RepeatedCompositeFieldContainer[Label]
    operating_day_start_minutes: int
    long_breaks: Heatmap.LongBreaks
    def __init__(self, site: _Optional[str] = ..., site_display_name: _Optional[str] = ..., day: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., time_zone: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., columns: _Optional[_Iterable[_Union[Heatmap.Column, _Mapping]]] = ..., rows: _Optional[_Iterable[_Union[Heatmap.Row, _Mapping]]] = ..., timelines: _Optional[_Union[_timeline_service_pb2.SiteTimelines, _Mapping]] = ..., cursor: _Optional[_Union[_state_pb2.Cursor, _Mapping]] = ..., missing: _Optional[_Iterable[_Union[Heatmap.MissingPart, _Mapping]]] = ..., server_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., first_data_day: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., last_data_day: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., groups: _Optional[_Iterable[_Union[Heatmap.Group, _Mapping]]] = ..., counts: _Optional[_Iterable[_Union[Heatmap.StateCount, _Mapping]]] = ..., withheld_count: _Optional[int] = ..., plan: _Optional[_Union[Heatmap.Plan, _Mapping]] = ..., cursors: _Optional[_Iterable[_Union[_state_pb2.Cursor, _Mapping]]] = ..., labels: _Optional[_Iterable[_Union[Label, _Mapping]]] = ..., operating_day_start_minutes: _Optional[int] = ..., long_breaks: _Optional[_Union[Heatmap.LongBreaks, _Mapping]] = ...) -> None: ...

class GetTeamStripsRequest(_message.Message):
    __slots__ = ("site", "selection")
    SITE_FIELD_NUMBER: _ClassVar[int]
    SELECTION_FIELD_NUMBER: _ClassVar[int]
    site: str
    selection: GetHeatmapRequest
    def __init__(self, site: _Optional[str] = ..., selection: _Optional[_Union[GetHeatmapRequest, _Mapping]] = ...) -> None: ...

class TeamStrips(_message.Message):
    __slots__ = ("site", "time_zone", "start_time", "end_time", "passed_time", "block_count", "strips", "headcounts_packed", "planned_headcounts_packed", "labels", "missing", "cursors", "server_time")
    class Strip(_message.Message):
        __slots__ = ("key", "agent_count", "suppressed", "aggregated")
        KEY_FIELD_NUMBER: _ClassVar[int]
        AGENT_COUNT_FIELD_NUMBER: _ClassVar[int]
        SUPPRESSED_FIELD_NUMBER: _ClassVar[int]
        AGGREGATED_FIELD_NUMBER: _ClassVar[int]
        key: str
        agent_count: int
        suppressed: bool
        aggregated: bool
        def __init__(self, key: _Optional[str] = ..., agent_count: _Optional[int] = ..., suppressed: _Optional[bool] = ..., aggregated: _Optional[bool] = ...) -> None: ...
    SITE_FIELD_NUMBER: _ClassVar[int]
    TIME_ZONE_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    PASSED_TIME_FIELD_NUMBER: _ClassVar[int]
    BLOCK_COUNT_FIELD_NUMBER: _ClassVar[int]
    STRIPS_FIELD_NUMBER: _ClassVar[int]
    HEADCOUNTS_PACKED_FIELD_NUMBER: _ClassVar[int]
    PLANNED_HEADCOUNTS_PACKED_FIELD_NUMBER: _ClassVar[int]
    LABELS_FIELD_NUMBER: _ClassVar[int]
    MISSING_FIELD_NUMBER: _ClassVar[int]
    CURSORS_FIELD_NUMBER: _ClassVar[int]
    SERVER_TIME_FIELD_NUMBER: _ClassVar[int]
    site: str
    time_zone: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    passed_time: _timestamp_pb2.Timestamp
    block_count: int
    strips: _containers.RepeatedCompositeFieldContainer[TeamStrips.Strip]
    headcounts_packed: bytes
    planned_headcounts_packed: bytes
    labels: _containers.RepeatedCompositeFieldContainer[Label]
    missing: _containers.RepeatedCompositeFieldContainer[Heatmap.MissingPart]
    cursors: _containers.RepeatedCompositeFieldContainer[_state_pb2.Cursor]
    server_time: _timestamp_pb2.Timestamp
    def __init__(self, site: _Optional[str] = ..., time_zone: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., passed_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., block_count: _Optional[int] = ..., strips: _Optional[_Iterable[_Union[TeamStrips.Strip, _Mapping]]] = ..., headcounts_packed: _Optional[bytes] = ..., planned_headcounts_packed: _Optional[bytes] = ..., labels: _Optional[_Iterable[_Union[Label, _Mapping]]] = ..., missing: _Optional[_Iterable[_Union[Heatmap.MissingPart, _Mapping]]] = ..., cursors: _Optional[_Iterable[_Union[_state_pb2.Cursor, _Mapping]]] = ..., server_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class GetWaitingRequest(_message.Message):
    __slots__ = ("site", "sites")
    SITE_FIELD_NUMBER: _ClassVar[int]
    SITES_FIELD_NUMBER: _ClassVar[int]
    site: str
    sites: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, site: _Optional[str] = ..., sites: _Optional[_Iterable[str]] = ...) -> None: ...

class Waiting(_message.Message):
    __slots__ = ("site", "queues", "waiting_count", "oldest_enqueue_time", "answered_count", "abandoned_count", "service_level_ratio", "service_level_policy", "cursors", "missing", "server_time")
    class Queue(_message.Message):
        __slots__ = ("figures", "display_names", "channel")
        class DisplayNamesEntry(_message.Message):
            __slots__ = ("key", "value")
            KEY_FIELD_NUMBER: _ClassVar[int]
            VALUE_FIELD_NUMBER: _ClassVar[int]
            key: str
            value: str
            def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
        FIGURES_FIELD_NUMBER: _ClassVar[int]
        DISPLAY_NAMES_FIELD_NUMBER: _ClassVar[int]
        CHANNEL_FIELD_NUMBER: _ClassVar[int]
        figures: _queue_pb2.QueueFigures
        display_names: _containers.ScalarMap[str, str]
        channel: _contact_pb2.Channel
        def __init__(self, figures: _Optional[_Union[_queue_pb2.QueueFigures, _Mapping]] = ..., display_names: _Optional[_Mapping[str, str]] = ..., channel: _Optional[_Union[_contact_pb2.Channel, str]] = ...) -> None: ...
    SITE_FIELD_NUMBER: _ClassVar[int]
    QUEUES_FIELD_NUMBER: _ClassVar[int]
    WAITING_COUNT_FIELD_NUMBER: _ClassVar[int]
    OLDEST_ENQUEUE_TIME_FIELD_NUMBER: _ClassVar[int]
    ANSWERED_COUNT_FIELD_NUMBER: _ClassVar[int]
    ABANDONED_COUNT_FIELD_NUMBER: _ClassVar[int]
    SERVICE_LEVEL_RATIO_FIELD_NUMBER: _ClassVar[int]
    SERVICE_LEVEL_POLICY_FIELD_NUMBER: _ClassVar[int]
    CURSORS_FIELD_NUMBER: _ClassVar[int]
    MISSING_FIELD_NUMBER: _ClassVar[int]
    SERVER_TIME_FIELD_NUMBER: _ClassVar[int]
    site: str
    queues: _containers.RepeatedCompositeFieldContainer[Waiting.Queue]
    waiting_count: int
    oldest_enqueue_time: _timestamp_pb2.Timestamp
    answered_count: int
    abandoned_count: int
    service_level_ratio: float
    service_level_policy: str
    cursors: _containers.RepeatedCompositeFieldContainer[_contact_pb2.Cursor]
    missing: _containers.RepeatedCompositeFieldContainer[Heatmap.MissingPart]
    server_time: _timestamp_pb2.Timestamp
    def __init__(self, site: _Optional[str] = ..., queues: _Optional[_Iterable[_Union[Waiting.Queue, _Mapping]]] = ..., waiting_count: _Optional[int] = ..., oldest_enqueue_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., answered_count: _Optional[int] = ..., abandoned_count: _Optional[int] = ..., service_level_ratio: _Optional[float] = ..., service_level_policy: _Optional[str] = ..., cursors: _Optional[_Iterable[_Union[_contact_pb2.Cursor, _Mapping]]] = ..., missing: _Optional[_Iterable[_Union[Heatmap.MissingPart, _Mapping]]] = ..., server_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class GetAgentDayRequest(_message.Message):
    __slots__ = ("agent", "day", "time_zone", "start_time", "end_time", "axis_start")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    DAY_FIELD_NUMBER: _ClassVar[int]
    TIME_ZONE_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    AXIS_START_FIELD_NUMBER: _ClassVar[int]
    agent: str
    day: _date_pb2.Date
    time_zone: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    axis_start: AxisStart
    def __init__(self, agent: _Optional[str] = ..., day: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., time_zone: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., axis_start: _Optional[_Union[AxisStart, str]] = ...) -> None: ...

class AgentDay(_message.Message):
    __slots__ = ("agent", "display_name", "site", "team", "line", "skills", "labels", "day", "time_zone", "start_time", "end_time", "passed_time", "columns", "timeline", "state_times", "log", "shifts", "contacts", "missing", "server_time")
    class StateTime(_message.Message):
        __slots__ = ("state", "reason", "milliseconds", "interval_count")
        STATE_FIELD_NUMBER: _ClassVar[int]
        REASON_FIELD_NUMBER: _ClassVar[int]
        MILLISECONDS_FIELD_NUMBER: _ClassVar[int]
        INTERVAL_COUNT_FIELD_NUMBER: _ClassVar[int]
        state: _state_pb2.State
        reason: str
        milliseconds: int
        interval_count: int
        def __init__(self, state: _Optional[_Union[_state_pb2.State, str]] = ..., reason: _Optional[str] = ..., milliseconds: _Optional[int] = ..., interval_count: _Optional[int] = ...) -> None: ...
    AGENT_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    SITE_FIELD_NUMBER: _ClassVar[int]
    TEAM_FIELD_NUMBER: _ClassVar[int]
    LINE_FIELD_NUMBER: _ClassVar[int]
    SKILLS_FIELD_NUMBER: _ClassVar[int]
    LABELS_FIELD_NUMBER: _ClassVar[int]
    DAY_FIELD_NUMBER: _ClassVar[int]
    TIME_ZONE_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    PASSED_TIME_FIELD_NUMBER: _ClassVar[int]
    COLUMNS_FIELD_NUMBER: _ClassVar[int]
    TIMELINE_FIELD_NUMBER: _ClassVar[int]
    STATE_TIMES_FIELD_NUMBER: _ClassVar[int]
    LOG_FIELD_NUMBER: _ClassVar[int]
    SHIFTS_FIELD_NUMBER: _ClassVar[int]
    CONTACTS_FIELD_NUMBER: _ClassVar[int]
    MISSING_FIELD_NUMBER: _ClassVar[int]
    SERVER_TIME_FIELD_NUMBER: _ClassVar[int]
    agent: str
    display_name: str
    site: str
    team: str
    line: str
    skills: _containers.RepeatedScalarFieldContainer[str]
    labels: _containers.RepeatedCompositeFieldContainer[Label]
    day: _date_pb2.Date
    time_zone: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    passed_time: _timestamp_pb2.Timestamp
    columns: _containers.RepeatedCompositeFieldContainer[Heatmap.Column]
    timeline: _timeline_service_pb2.AgentTimeline
    state_times: _containers.RepeatedCompositeFieldContainer[AgentDay.StateTime]
    log: _presence_service_pb2.ListStateLogResponse
    shifts: _containers.RepeatedCompositeFieldContainer[_shift_pb2.Shift]
    contacts: _contact_service_pb2.ListContactsResponse
    missing: _containers.RepeatedCompositeFieldContainer[Heatmap.MissingPart]
    server_time: _timestamp_pb2.Timestamp
    def __init__(self, agent: _Optional[str] = ..., display_name: _Optional[str] = ..., site: _Optional[str] = ..., team: _Optional[str] = ..., line: _Optional[str] = ..., skills: _Optional[_Iterable[str]] = ..., labels: _Optional[_Iterable[_Union[Label, _Mapping]]] = ..., day: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., time_zone: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., passed_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., columns: _Optional[_Iterable[_Union[Heatmap.Column, _Mapping]]] = ..., timeline: _Optional[_Union[_timeline_service_pb2.AgentTimeline, _Mapping]] = ..., state_times: _Optional[_Iterable[_Union[AgentDay.StateTime, _Mapping]]] = ..., log: _Optional[_Union[_presence_service_pb2.ListStateLogResponse, _Mapping]] = ..., shifts: _Optional[_Iterable[_Union[_shift_pb2.Shift, _Mapping]]] = ..., contacts: _Optional[_Union[_contact_service_pb2.ListContactsResponse, _Mapping]] = ..., missing: _Optional[_Iterable[_Union[Heatmap.MissingPart, _Mapping]]] = ..., server_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ExportHeatmapRequest(_message.Message):
    __slots__ = ("site", "agent", "format", "selection", "language_code")
    class Format(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        FORMAT_UNSPECIFIED: _ClassVar[ExportHeatmapRequest.Format]
        FORMAT_CSV: _ClassVar[ExportHeatmapRequest.Format]
        FORMAT_PNG: _ClassVar[ExportHeatmapRequest.Format]
    FORMAT_UNSPECIFIED: ExportHeatmapRequest.Format
    FORMAT_CSV: ExportHeatmapRequest.Format
    FORMAT_PNG: ExportHeatmapRequest.Format
    SITE_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    FORMAT_FIELD_NUMBER: _ClassVar[int]
    SELECTION_FIELD_NUMBER: _ClassVar[int]
    LANGUAGE_CODE_FIELD_NUMBER: _ClassVar[int]
    site: str
    agent: str
    format: ExportHeatmapRequest.Format
    selection: GetHeatmapRequest
    language_code: str
    def __init__(self, site: _Optional[str] = ..., agent: _Optional[str] = ..., format: _Optional[_Union[ExportHeatmapRequest.Format, str]] = ..., selection: _Optional[_Union[GetHeatmapRequest, _Mapping]] = ..., language_code: _Optional[str] = ...) -> None: ...
