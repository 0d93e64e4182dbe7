import datetime

from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from muster.gateway.v1 import board_service_pb2 as _board_service_pb2
from muster.options.v1 import options_pb2 as _options_pb2
from muster.presence.v1 import state_pb2 as _state_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class GetWallRequest(_message.Message):
    __slots__ = ("site",)
    SITE_FIELD_NUMBER: _ClassVar[int]
    site: str
    def __init__(self, site: _Optional[str] = ...) -> None: ...

class Wall(_message.Message):
    __slots__ = ("site", "site_display_name", "time_zone", "floor", "queues", "site_strip", "team_strips", "missing", "server_time", "site_planned_headcounts_packed", "team_planned_headcounts_packed")
    class Floor(_message.Message):
        __slots__ = ("agent_count", "counts", "ready_count", "free_soon_count", "over_limit_count", "staffed_count", "ready_display_names")
        AGENT_COUNT_FIELD_NUMBER: _ClassVar[int]
        COUNTS_FIELD_NUMBER: _ClassVar[int]
        READY_COUNT_FIELD_NUMBER: _ClassVar[int]
        FREE_SOON_COUNT_FIELD_NUMBER: _ClassVar[int]
        OVER_LIMIT_COUNT_FIELD_NUMBER: _ClassVar[int]
        STAFFED_COUNT_FIELD_NUMBER: _ClassVar[int]
        READY_DISPLAY_NAMES_FIELD_NUMBER: _ClassVar[int]
        agent_count: int
        counts: _containers.RepeatedCompositeFieldContainer[Wall.StateCount]
        ready_count: int
        free_soon_count: int
        over_limit_count: int
        staffed_count: int
        ready_display_names: _containers.RepeatedScalarFieldContainer[str]
        def __init__(self, agent_count: _Optional[int] = ..., counts: _Optional[_Iterable[_Union[Wall.StateCount, _Mapping]]] = ..., ready_count: _Optional[int] = ..., free_soon_count: _Optional[int] = ..., over_limit_count: _Optional[int] = ..., staffed_count: _Optional[int] = ..., ready_display_names: _Optional[_Iterable[str]] = ...) -> None: ...
    class StateCount(_message.Message):
        __slots__ = ("state", "agent_count")
        STATE_FIELD_NUMBER: _ClassVar[int]
        AGENT_COUNT_FIELD_NUMBER: _ClassVar[int]
        state: _state_pb2.State
        agent_count: int
        def __init__(self, state: _Optional[_Union[_state_pb2.State, str]] = ..., agent_count: _Optional[int] = ...) -> None: ...
    class Queues(_message.Message):
        __slots__ = ("waiting_count", "oldest_enqueue_time", "answered_count", "abandoned_count", "service_level_ratio")
        WAITING_COUNT_FIELD_NUMBER: _ClassVar[int]
        OLDEST_ENQUEUE_TIME_FIELD_NUMBER: _ClassVar[int]
        ANSWERED_COUNT_FIELD_NUMBER: _ClassVar[int]
        ABANDONED_COUNT_FIELD_NUMBER: _ClassVar[int]
        SERVICE_LEVEL_RATIO_FIELD_NUMBER: _ClassVar[int]
        waiting_count: int
        oldest_enqueue_time: _timestamp_pb2.Timestamp
        answered_count: int
        abandoned_count: int
        service_level_ratio: float
        def __init__(self, waiting_count: _Optional[int] = ..., oldest_enqueue_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., answered_count: _Optional[int] = ..., abandoned_count: _Optional[int] = ..., service_level_ratio: _Optional[float] = ...) -> None: ...
    SITE_FIELD_NUMBER: _ClassVar[int]
    SITE_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    TIME_ZONE_FIELD_NUMBER: _ClassVar[int]
    FLOOR_FIELD_NUMBER: _ClassVar[int]
    QUEUES_FIELD_NUMBER: _ClassVar[int]
    SITE_STRIP_FIELD_NUMBER: _ClassVar[int]
    TEAM_STRIPS_FIELD_NUMBER: _ClassVar[int]
    MISSING_FIELD_NUMBER: _ClassVar[int]
    SERVER_TIME_FIELD_NUMBER: _ClassVar[int]
    SITE_PLANNED_HEADCOUNTS_PACKED_FIELD_NUMBER: _ClassVar[int]
    TEAM_PLANNED_HEADCOUNTS_PACKED_FIELD_NUMBER: _ClassVar[int]
    site: str
    site_display_name: str
    time_zone: str
    floor: Wall.Floor
    queues: Wall.Queues
    site_strip: _board_service_pb2.TeamStrips
    team_strips: _board_service_pb2.TeamStrips
    missing: _containers.RepeatedCompositeFieldContainer[_board_service_pb2.Heatmap.MissingPart]
    server_time: _timestamp_pb2.Timestamp
    site_planned_headcounts_packed: bytes
    team_planned_headcounts_packed: bytes
    def __init__(self, site: _Optional[str] = ..., site_display_name: _Optional[str] = ..., time_zone: _Optional[str] = ..., floor: _Optional[_Union[Wall.Floor, _Mapping]] = ..., queues: _Optional[_Union[Wall.Queues, _Mapping]] = ..., site_strip: _Optional[_Union[_board_service_pb2.TeamStrips, _Mapping]] = ..., team_strips: _Optional[_Union[_board_service_pb2.TeamStrips, _Mapping]] = ..., missing: _Optional[_Iterable[_Union[_board_service_pb2.Heatmap.MissingPart, _Mapping]]] = ..., server_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., site_planned_headcounts_packed: _Optional[bytes] = ..., team_planned_headcounts_packed: _Optional[bytes] = ...) -> None: ...
