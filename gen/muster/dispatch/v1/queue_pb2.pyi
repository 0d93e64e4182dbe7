import datetime

from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from muster.dispatch.v1 import contact_pb2 as _contact_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Queue(_message.Message):
    __slots__ = ("name", "display_names", "channel", "target", "short_abandon", "service_level_policy", "includes_other_leavers", "applied", "longest_wait")
    class DisplayNamesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAMES_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    SHORT_ABANDON_FIELD_NUMBER: _ClassVar[int]
    SERVICE_LEVEL_POLICY_FIELD_NUMBER: _ClassVar[int]
    INCLUDES_OTHER_LEAVERS_FIELD_NUMBER: _ClassVar[int]
    APPLIED_FIELD_NUMBER: _ClassVar[int]
    LONGEST_WAIT_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_names: _containers.ScalarMap[str, str]
    channel: _contact_pb2.Channel
    target: _duration_pb2.Duration
    short_abandon: _duration_pb2.Duration
    service_level_policy: str
    includes_other_leavers: bool
    applied: bool
    longest_wait: _duration_pb2.Duration
    def __init__(self, name: _Optional[str] = ..., display_names: _Optional[_Mapping[str, str]] = ..., channel: _Optional[_Union[_contact_pb2.Channel, str]] = ..., target: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., short_abandon: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., service_level_policy: _Optional[str] = ..., includes_other_leavers: _Optional[bool] = ..., applied: _Optional[bool] = ..., longest_wait: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class QueueFigures(_message.Message):
    __slots__ = ("queue", "waiting_count", "oldest_enqueue_time", "answered_count", "answered_in_time_count", "abandoned_count", "short_abandoned_count", "timed_out_count", "overflowed_count", "callback_count", "service_level_ratio", "service_level_policy", "includes_other_leavers", "lost_count")
    QUEUE_FIELD_NUMBER: _ClassVar[int]
    WAITING_COUNT_FIELD_NUMBER: _ClassVar[int]
    OLDEST_ENQUEUE_TIME_FIELD_NUMBER: _ClassVar[int]
    ANSWERED_COUNT_FIELD_NUMBER: _ClassVar[int]
    ANSWERED_IN_TIME_COUNT_FIELD_NUMBER: _ClassVar[int]
    ABANDONED_COUNT_FIELD_NUMBER: _ClassVar[int]
    SHORT_ABANDONED_COUNT_FIELD_NUMBER: _ClassVar[int]
    TIMED_OUT_COUNT_FIELD_NUMBER: _ClassVar[int]
    OVERFLOWED_COUNT_FIELD_NUMBER: _ClassVar[int]
    CALLBACK_COUNT_FIELD_NUMBER: _ClassVar[int]
    SERVICE_LEVEL_RATIO_FIELD_NUMBER: _ClassVar[int]
    SERVICE_LEVEL_POLICY_FIELD_NUMBER: _ClassVar[int]
    INCLUDES_OTHER_LEAVERS_FIELD_NUMBER: _ClassVar[int]
    LOST_COUNT_FIELD_NUMBER: _ClassVar[int]
    queue: str
    waiting_count: int
    oldest_enqueue_time: _timestamp_pb2.Timestamp
    answered_count: int
    answered_in_time_count: int
    abandoned_count: int
    short_abandoned_count: int
    timed_out_count: int
    overflowed_count: int
    callback_count: int
    service_level_ratio: float
    service_level_policy: str
    includes_other_leavers: bool
    lost_count: int
    def __init__(self, queue: _Optional[str] = ..., waiting_count: _Optional[int] = ..., oldest_enqueue_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., answered_count: _Optional[int] = ..., answered_in_time_count: _Optional[int] = ..., abandoned_count: _Optional[int] = ..., short_abandoned_count: _Optional[int] = ..., timed_out_count: _Optional[int] = ..., overflowed_count: _Optional[int] = ..., callback_count: _Optional[int] = ..., service_level_ratio: _Optional[float] = ..., service_level_policy: _Optional[str] = ..., includes_other_leavers: _Optional[bool] = ..., lost_count: _Optional[int] = ...) -> None: ...

class SiteQueueFigures(_message.Message):
    __slots__ = ("cursor", "day", "time_zone", "figures")
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    DAY_FIELD_NUMBER: _ClassVar[int]
    TIME_ZONE_FIELD_NUMBER: _ClassVar[int]
    FIGURES_FIELD_NUMBER: _ClassVar[int]
    cursor: _contact_pb2.Cursor
    day: _date_pb2.Date
    time_zone: str
    figures: _containers.RepeatedCompositeFieldContainer[QueueFigures]
    def __init__(self, cursor: _Optional[_Union[_contact_pb2.Cursor, _Mapping]] = ..., day: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., time_zone: _Optional[str] = ..., figures: _Optional[_Iterable[_Union[QueueFigures, _Mapping]]] = ...) -> None: ...
