import datetime

from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from google.type import date_pb2 as _date_pb2
from muster.options.v1 import options_pb2 as _options_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ProtectionProfile(_message.Message):
    __slots__ = ("name", "version", "rule_set", "agreed_by", "agreement_date", "agreement_reference", "effective_time", "from_the_beginning", "author", "create_time", "rules", "rules_in_force", "confirmed_count", "my_confirm_time", "purposes")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    RULE_SET_FIELD_NUMBER: _ClassVar[int]
    AGREED_BY_FIELD_NUMBER: _ClassVar[int]
    AGREEMENT_DATE_FIELD_NUMBER: _ClassVar[int]
    AGREEMENT_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    EFFECTIVE_TIME_FIELD_NUMBER: _ClassVar[int]
    FROM_THE_BEGINNING_FIELD_NUMBER: _ClassVar[int]
    AUTHOR_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    RULES_FIELD_NUMBER: _ClassVar[int]
    RULES_IN_FORCE_FIELD_NUMBER: _ClassVar[int]
    CONFIRMED_COUNT_FIELD_NUMBER: _ClassVar[int]
    MY_CONFIRM_TIME_FIELD_NUMBER: _ClassVar[int]
    PURPOSES_FIELD_NUMBER: _ClassVar[int]
    name: str
    version: int
    rule_set: str
    agreed_by: str
    agreement_date: _date_pb2.Date
    agreement_reference: str
    effective_time: _timestamp_pb2.Timestamp
    from_the_beginning: bool
    author: str
    create_time: _timestamp_pb2.Timestamp
    rules: ProtectionRules
    rules_in_force: ProtectionRules
    confirmed_count: int
    my_confirm_time: _timestamp_pb2.Timestamp
    purposes: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, name: _Optional[str] = ..., version: _Optional[int] = ..., rule_set: _Optional[str] = ..., agreed_by: _Optional[str] = ..., agreement_date: _Optional[_Union[_date_pb2.Date, _Mapping]] = ..., agreement_reference: _Optional[str] = ..., effective_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., from_the_beginning: _Optional[bool] = ..., author: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., rules: _Optional[_Union[ProtectionRules, _Mapping]] = ..., rules_in_force: _Optional[_Union[ProtectionRules, _Mapping]] = ..., confirmed_count: _Optional[int] = ..., my_confirm_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., purposes: _Optional[_Iterable[str]] = ...) -> None: ...

class ProtectionRules(_message.Message):
    __slots__ = ("history_audience", "purpose_required", "smallest_group", "person_ranking", "names_on_walls")
    class HistoryAudience(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        HISTORY_AUDIENCE_UNSPECIFIED: _ClassVar[ProtectionRules.HistoryAudience]
        HISTORY_AUDIENCE_DIRECT_LEAD: _ClassVar[ProtectionRules.HistoryAudience]
        HISTORY_AUDIENCE_SCOPE: _ClassVar[ProtectionRules.HistoryAudience]
    HISTORY_AUDIENCE_UNSPECIFIED: ProtectionRules.HistoryAudience
    HISTORY_AUDIENCE_DIRECT_LEAD: ProtectionRules.HistoryAudience
    HISTORY_AUDIENCE_SCOPE: ProtectionRules.HistoryAudience
    HISTORY_AUDIENCE_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_REQUIRED_FIELD_NUMBER: _ClassVar[int]
    SMALLEST_GROUP_FIELD_NUMBER: _ClassVar[int]
    PERSON_RANKING_FIELD_NUMBER: _ClassVar[int]
    NAMES_ON_WALLS_FIELD_NUMBER: _ClassVar[int]
    history_audience: ProtectionRules.HistoryAudience
    purpose_required: bool
    smallest_group: int
    person_ranking: bool
    names_on_walls: bool
    def __init__(self, history_audience: _Optional[_Union[ProtectionRules.HistoryAudience, str]] = ..., purpose_required: _Optional[bool] = ..., smallest_group: _Optional[int] = ..., person_ranking: _Optional[bool] = ..., names_on_walls: _Optional[bool] = ...) -> None: ...

class ProtectionRuleSet(_message.Message):
    __slots__ = ("id", "rules")
    ID_FIELD_NUMBER: _ClassVar[int]
    RULES_FIELD_NUMBER: _ClassVar[int]
    id: str
    rules: ProtectionRules
    def __init__(self, id: _Optional[str] = ..., rules: _Optional[_Union[ProtectionRules, _Mapping]] = ...) -> None: ...

class GetProtectionProfileRequest(_message.Message):
    __slots__ = ("name", "version")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    name: str
    version: int
    def __init__(self, name: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class UpdateProtectionProfileRequest(_message.Message):
    __slots__ = ("profile",)
    PROFILE_FIELD_NUMBER: _ClassVar[int]
    profile: ProtectionProfile
    def __init__(self, profile: _Optional[_Union[ProtectionProfile, _Mapping]] = ...) -> None: ...

class ListProtectionProfileVersionsRequest(_message.Message):
    __slots__ = ("name", "page_size", "page_token")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    name: str
    page_size: int
    page_token: str
    def __init__(self, name: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListProtectionProfileVersionsResponse(_message.Message):
    __slots__ = ("profiles", "next_page_token")
    PROFILES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    profiles: _containers.RepeatedCompositeFieldContainer[ProtectionProfile]
    next_page_token: str
    def __init__(self, profiles: _Optional[_Iterable[_Union[ProtectionProfile, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ConfirmProtectionProfileRequest(_message.Message):
    __slots__ = ("name", "version")
    NAME_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    name: str
    version: int
    def __init__(self, name: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class ProtectionConfirmation(_message.Message):
    __slots__ = ("agent", "version", "confirm_time")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    CONFIRM_TIME_FIELD_NUMBER: _ClassVar[int]
    agent: str
    version: int
    confirm_time: _timestamp_pb2.Timestamp
    def __init__(self, agent: _Optional[str] = ..., version: _Optional[int] = ..., confirm_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ListProtectionConfirmationsRequest(_message.Message):
    __slots__ = ("name", "page_size", "page_token")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    name: str
    page_size: int
    page_token: str
    def __init__(self, name: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListProtectionConfirmationsResponse(_message.Message):
    __slots__ = ("confirmations", "next_page_token")
    CONFIRMATIONS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    confirmations: _containers.RepeatedCompositeFieldContainer[ProtectionConfirmation]
    next_page_token: str
    def __init__(self, confirmations: _Optional[_Iterable[_Union[ProtectionConfirmation, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListProtectionRuleSetsRequest(_message.Message):
    __slots__ = ()
    def __init__(self) -> None: ...

class ListProtectionRuleSetsResponse(_message.Message):
    __slots__ = ("rule_sets",)
    RULE_SETS_FIELD_NUMBER: _ClassVar[int]
    rule_sets: _containers.RepeatedCompositeFieldContainer[ProtectionRuleSet]
    def __init__(self, rule_sets: _Optional[_Iterable[_Union[ProtectionRuleSet, _Mapping]]] = ...) -> None: ...
