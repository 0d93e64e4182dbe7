import datetime

from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from muster.options.v1 import options_pb2 as _options_pb2
from muster.presence.v1 import state_pb2 as _state_pb2
from muster.presence.v1 import timeline_service_pb2 as _timeline_service_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetHeatmapRequest(_message.Message):
    __slots__ = ("site", "day", "time_zone")
    SITE_FIELD_NUMBER: _ClassVar[int]
    DAY_FIELD_NUMBER: _ClassVar[int]
    TIME_ZONE_FIELD_NUMBER: _ClassVar[int]
    site: str
    day: _date_pb2.Date
    time_zone: str
    def __init__(self, site: _Optional[str] = ..., day: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., time_zone: _Optional[str] = ...) -> None: ...

class Heatmap(_message.Message):
    __slots__ = ("site", "site_display_name", "day", "time_zone", "start_time", "end_time", "columns", "rows", "timelines", "cursor", "missing", "server_time", "first_data_day", "last_data_day")
    class Column(_message.Message):
        __slots__ = ("start_time", "label")
        START_TIME_FIELD_NUMBER: _ClassVar[int]
        LABEL_FIELD_NUMBER: _ClassVar[int]
        start_time: _timestamp_pb2.Timestamp
        label: str
        def __init__(self, start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., label: _Optional[str] = ...) -> None: ...
    class Row(_message.Message):
        __slots__ = ("agent", "display_name", "team", "timeline_number")
        AGENT_FIELD_NUMBER: _ClassVar[int]
        DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
        TEAM_FIELD_NUMBER: _ClassVar[int]
        TIMELINE_NUMBER_FIELD_NUMBER: _ClassVar[int]
        agent: str
        display_name: str
        team: str
        timeline_number: int
        def __init__(self, agent: _Optional[str] = ..., display_name: _Optional[str] = ..., team: _Optional[str] = ..., timeline_number: _Optional[int] = ...) -> None: ...
    class MissingPart(_message.Message):
        __slots__ = ("part", "message")
        PART_FIELD_NUMBER: _ClassVar[int]
        MESSAGE_FIELD_NUMBER: _ClassVar[int]
        part: str
        message: str
        def __init__(self, part: _Optional[str] = ..., message: _Optional[str] = ...) -> None: ...
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
    def __init__(self, site: _Optional[str] = ..., site_display_name: _Optional[str] = ..., day: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., time_zone: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., columns: _Optional[_Iterable[_Union[Heatmap.Column, _Mapping]]] = ..., rows: _Optional[_Iterable[_Union[Heatmap.Row, _Mapping]]] = ..., timelines: _Optional[_Union[_timeline_service_pb2.SiteTimelines, _Mapping]] = ..., cursor: _Optional[_Union[_state_pb2.Cursor, _Mapping]] = ..., missing: _Optional[_Iterable[_Union[Heatmap.MissingPart, _Mapping]]] = ..., server_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., first_data_day: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., last_data_day: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...
