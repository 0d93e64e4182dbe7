from google.type import date_pb2 as _date_pb2
from google.type import timeofday_pb2 as _timeofday_pb2
from muster.options.v1 import options_pb2 as _options_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Site(_message.Message):
    __slots__ = ("name", "display_name", "time_zone", "operating_day_start", "display_order")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    TIME_ZONE_FIELD_NUMBER: _ClassVar[int]
    OPERATING_DAY_START_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_ORDER_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    time_zone: str
    operating_day_start: _timeofday_pb2.TimeOfDay
    display_order: int
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., time_zone: _Optional[str] = ..., operating_day_start: _Optional[_Union[_timeofday_pb2.TimeOfDay, _Mapping]] = ..., display_order: _Optional[int] = ...) -> None: ...

class Line(_message.Message):
    __slots__ = ("name", "display_names")
    class DisplayNamesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAMES_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_names: _containers.ScalarMap[str, str]
    def __init__(self, name: _Optional[str] = ..., display_names: _Optional[_Mapping[str, str]] = ...) -> None: ...

class Skill(_message.Message):
    __slots__ = ("name", "display_names")
    class DisplayNamesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAMES_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_names: _containers.ScalarMap[str, str]
    def __init__(self, name: _Optional[str] = ..., display_names: _Optional[_Mapping[str, str]] = ...) -> None: ...

class Team(_message.Message):
    __slots__ = ("name", "display_name", "site", "leads", "line")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    SITE_FIELD_NUMBER: _ClassVar[int]
    LEADS_FIELD_NUMBER: _ClassVar[int]
    LINE_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    site: str
    leads: _containers.RepeatedScalarFieldContainer[str]
    line: str
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., site: _Optional[str] = ..., leads: _Optional[_Iterable[str]] = ..., line: _Optional[str] = ...) -> None: ...

class Agent(_message.Message):
    __slots__ = ("name", "display_name", "site", "team", "skills", "end_date")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    SITE_FIELD_NUMBER: _ClassVar[int]
    TEAM_FIELD_NUMBER: _ClassVar[int]
    SKILLS_FIELD_NUMBER: _ClassVar[int]
    END_DATE_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    site: str
    team: str
    skills: _containers.RepeatedCompositeFieldContainer[AgentSkill]
    end_date: _date_pb2.Date
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., site: _Optional[str] = ..., team: _Optional[str] = ..., skills: _Optional[_Iterable[_Union[AgentSkill, _Mapping]]] = ..., end_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ...) -> None: ...

class AgentSkill(_message.Message):
    __slots__ = ("skill", "level")
    SKILL_FIELD_NUMBER: _ClassVar[int]
    LEVEL_FIELD_NUMBER: _ClassVar[int]
    skill: str
    level: int
    def __init__(self, skill: _Optional[str] = ..., level: _Optional[int] = ...) -> None: ...

class Cursor(_message.Message):
    __slots__ = ("site", "epoch", "seq")
    SITE_FIELD_NUMBER: _ClassVar[int]
    EPOCH_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    site: str
    epoch: int
    seq: int
    def __init__(self, site: _Optional[str] = ..., epoch: _Optional[int] = ..., seq: _Optional[int] = ...) -> None: ...
