import datetime

from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from muster.options.v1 import options_pb2 as _options_pb2
from muster.roster.v1 import events_pb2 as _events_pb2
from muster.roster.v1 import people_pb2 as _people_pb2
from muster.roster.v1 import shift_pb2 as _shift_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ApplyShiftsRequest(_message.Message):
    __slots__ = ("site", "shifts", "cancelled_shifts", "validate_only")
    SITE_FIELD_NUMBER: _ClassVar[int]
    SHIFTS_FIELD_NUMBER: _ClassVar[int]
    CANCELLED_SHIFTS_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    site: str
    shifts: _containers.RepeatedCompositeFieldContainer[_shift_pb2.Shift]
    cancelled_shifts: _containers.RepeatedScalarFieldContainer[str]
    validate_only: bool
    def __init__(self, site: _Optional[str] = ..., shifts: _Optional[_Iterable[_Union[_shift_pb2.Shift, _Mapping]]] = ..., cancelled_shifts: _Optional[_Iterable[str]] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ApplyShiftsResponse(_message.Message):
    __slots__ = ("created_count", "amended_count", "cancelled_count", "unchanged_count", "publish_time", "cursor")
    CREATED_COUNT_FIELD_NUMBER: _ClassVar[int]
    AMENDED_COUNT_FIELD_NUMBER: _ClassVar[int]
    CANCELLED_COUNT_FIELD_NUMBER: _ClassVar[int]
    UNCHANGED_COUNT_FIELD_NUMBER: _ClassVar[int]
    PUBLISH_TIME_FIELD_NUMBER: _ClassVar[int]
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    created_count: int
    amended_count: int
    cancelled_count: int
    unchanged_count: int
    publish_time: _timestamp_pb2.Timestamp
    cursor: _people_pb2.Cursor
    def __init__(self, created_count: _Optional[int] = ..., amended_count: _Optional[int] = ..., cancelled_count: _Optional[int] = ..., unchanged_count: _Optional[int] = ..., publish_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., cursor: _Optional[_Union[_people_pb2.Cursor, _Mapping]] = ...) -> None: ...

class ListShiftsRequest(_message.Message):
    __slots__ = ("site", "agent", "start_time", "end_time", "known_time", "page_size", "page_token")
    SITE_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    KNOWN_TIME_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    site: str
    agent: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    known_time: _timestamp_pb2.Timestamp
    page_size: int
    page_token: str
    def __init__(self, site: _Optional[str] = ..., agent: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., known_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListShiftsResponse(_message.Message):
    __slots__ = ("shifts", "next_page_token")
    SHIFTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    shifts: _containers.RepeatedCompositeFieldContainer[_shift_pb2.Shift]
    next_page_token: str
    def __init__(self, shifts: _Optional[_Iterable[_Union[_shift_pb2.Shift, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetPlannedHeadcountRequest(_message.Message):
    __slots__ = ("site", "start_time", "end_time", "interval", "grouping", "known_time", "teams", "lines", "skills")
    class Grouping(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        GROUPING_UNSPECIFIED: _ClassVar[GetPlannedHeadcountRequest.Grouping]
        GROUPING_TEAM: _ClassVar[GetPlannedHeadcountRequest.Grouping]
        GROUPING_LINE: _ClassVar[GetPlannedHeadcountRequest.Grouping]
    GROUPING_UNSPECIFIED: GetPlannedHeadcountRequest.Grouping
    GROUPING_TEAM: GetPlannedHeadcountRequest.Grouping
    GROUPING_LINE: GetPlannedHeadcountRequest.Grouping
    SITE_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    INTERVAL_FIELD_NUMBER: _ClassVar[int]
    GROUPING_FIELD_NUMBER: _ClassVar[int]
    KNOWN_TIME_FIELD_NUMBER: _ClassVar[int]
    TEAMS_FIELD_NUMBER: _ClassVar[int]
    LINES_FIELD_NUMBER: _ClassVar[int]
    SKILLS_FIELD_NUMBER: _ClassVar[int]
    site: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    interval: _duration_pb2.Duration
    grouping: GetPlannedHeadcountRequest.Grouping
    known_time: _timestamp_pb2.Timestamp
    teams: _containers.RepeatedScalarFieldContainer[str]
    lines: _containers.RepeatedScalarFieldContainer[str]
    skills: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, site: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., interval: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., grouping: _Optional[_Union[GetPlannedHeadcountRequest.Grouping, str]] = ..., known_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., teams: _Optional[_Iterable[str]] = ..., lines: _Optional[_Iterable[str]] = ..., skills: _Optional[_Iterable[str]] = ...) -> None: ...

class GetPlannedHeadcountResponse(_message.Message):
    __slots__ = ("groups", "interval_count")
    GROUPS_FIELD_NUMBER: _ClassVar[int]
    INTERVAL_COUNT_FIELD_NUMBER: _ClassVar[int]
    groups: _containers.RepeatedCompositeFieldContainer[PlannedGroup]
    interval_count: int
    def __init__(self, groups: _Optional[_Iterable[_Union[PlannedGroup, _Mapping]]] = ..., interval_count: _Optional[int] = ...) -> None: ...

class PlannedGroup(_message.Message):
    __slots__ = ("group", "working_seconds", "activities")
    GROUP_FIELD_NUMBER: _ClassVar[int]
    WORKING_SECONDS_FIELD_NUMBER: _ClassVar[int]
    ACTIVITIES_FIELD_NUMBER: _ClassVar[int]
    group: str
    working_seconds: _containers.RepeatedScalarFieldContainer[int]
    activities: _containers.RepeatedCompositeFieldContainer[PlannedActivity]
    def __init__(self, group: _Optional[str] = ..., working_seconds: _Optional[_Iterable[int]] = ..., activities: _Optional[_Iterable[_Union[PlannedActivity, _Mapping]]] = ...) -> None: ...

class PlannedActivity(_message.Message):
    __slots__ = ("kind", "person_seconds")
    KIND_FIELD_NUMBER: _ClassVar[int]
    PERSON_SECONDS_FIELD_NUMBER: _ClassVar[int]
    kind: _shift_pb2.Activity.Kind
    person_seconds: _containers.RepeatedScalarFieldContainer[int]
    def __init__(self, kind: _Optional[_Union[_shift_pb2.Activity.Kind, str]] = ..., person_seconds: _Optional[_Iterable[int]] = ...) -> None: ...

class ReplayShiftChangesRequest(_message.Message):
    __slots__ = ("after",)
    AFTER_FIELD_NUMBER: _ClassVar[int]
    after: _people_pb2.Cursor
    def __init__(self, after: _Optional[_Union[_people_pb2.Cursor, _Mapping]] = ...) -> None: ...
