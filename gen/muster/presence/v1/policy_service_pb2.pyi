import datetime

from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from muster.options.v1 import options_pb2 as _options_pb2
from muster.presence.v1 import state_pb2 as _state_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class TrackKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    TRACK_KIND_UNSPECIFIED: _ClassVar[TrackKind]
    TRACK_KIND_PERSON: _ClassVar[TrackKind]
    TRACK_KIND_TELEPHONY: _ClassVar[TrackKind]
    TRACK_KIND_IMPORT: _ClassVar[TrackKind]
TRACK_KIND_UNSPECIFIED: TrackKind
TRACK_KIND_PERSON: TrackKind
TRACK_KIND_TELEPHONY: TrackKind
TRACK_KIND_IMPORT: TrackKind

class PresencePolicy(_message.Message):
    __slots__ = ("site", "version", "start_time", "author", "precedence", "break_reasons", "wrap_up_rules", "lease_rules", "grace", "state_log_retention_days", "root_recipients")
    SITE_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    AUTHOR_FIELD_NUMBER: _ClassVar[int]
    PRECEDENCE_FIELD_NUMBER: _ClassVar[int]
    BREAK_REASONS_FIELD_NUMBER: _ClassVar[int]
    WRAP_UP_RULES_FIELD_NUMBER: _ClassVar[int]
    LEASE_RULES_FIELD_NUMBER: _ClassVar[int]
    GRACE_FIELD_NUMBER: _ClassVar[int]
    STATE_LOG_RETENTION_DAYS_FIELD_NUMBER: _ClassVar[int]
    ROOT_RECIPIENTS_FIELD_NUMBER: _ClassVar[int]
    site: str
    version: int
    start_time: _timestamp_pb2.Timestamp
    author: str
    precedence: _containers.RepeatedCompositeFieldContainer[PrecedenceRank]
    break_reasons: _containers.RepeatedCompositeFieldContainer[BreakReason]
    wrap_up_rules: _containers.RepeatedCompositeFieldContainer[WrapUpRule]
    lease_rules: _containers.RepeatedCompositeFieldContainer[LeaseRule]
    grace: _duration_pb2.Duration
    state_log_retention_days: int
    root_recipients: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, site: _Optional[str] = ..., version: _Optional[int] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., author: _Optional[str] = ..., precedence: _Optional[_Iterable[_Union[PrecedenceRank, _Mapping]]] = ..., break_reasons: _Optional[_Iterable[_Union[BreakReason, _Mapping]]] = ..., wrap_up_rules: _Optional[_Iterable[_Union[WrapUpRule, _Mapping]]] = ..., lease_rules: _Optional[_Iterable[_Union[LeaseRule, _Mapping]]] = ..., grace: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., state_log_retention_days: _Optional[int] = ..., root_recipients: _Optional[_Iterable[str]] = ...) -> None: ...

class PrecedenceRank(_message.Message):
    __slots__ = ("matches",)
    MATCHES_FIELD_NUMBER: _ClassVar[int]
    matches: _containers.RepeatedCompositeFieldContainer[PrecedenceMatch]
    def __init__(self, matches: _Optional[_Iterable[_Union[PrecedenceMatch, _Mapping]]] = ...) -> None: ...

class PrecedenceMatch(_message.Message):
    __slots__ = ("track_kind", "source", "states")
    TRACK_KIND_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    STATES_FIELD_NUMBER: _ClassVar[int]
    track_kind: TrackKind
    source: str
    states: _containers.RepeatedScalarFieldContainer[_state_pb2.State]
    def __init__(self, track_kind: _Optional[_Union[TrackKind, str]] = ..., source: _Optional[str] = ..., states: _Optional[_Iterable[_Union[_state_pb2.State, str]]] = ...) -> None: ...

class BreakReason(_message.Message):
    __slots__ = ("code", "display_names", "reason_class", "paid", "counts_as_break", "recallable", "longest")
    class ReasonClass(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        REASON_CLASS_UNSPECIFIED: _ClassVar[BreakReason.ReasonClass]
        REASON_CLASS_REST: _ClassVar[BreakReason.ReasonClass]
        REASON_CLASS_WORK_AWAY: _ClassVar[BreakReason.ReasonClass]
        REASON_CLASS_MISSED_OFFER: _ClassVar[BreakReason.ReasonClass]
        REASON_CLASS_TECHNICAL: _ClassVar[BreakReason.ReasonClass]
    REASON_CLASS_UNSPECIFIED: BreakReason.ReasonClass
    REASON_CLASS_REST: BreakReason.ReasonClass
    REASON_CLASS_WORK_AWAY: BreakReason.ReasonClass
    REASON_CLASS_MISSED_OFFER: BreakReason.ReasonClass
    REASON_CLASS_TECHNICAL: BreakReason.ReasonClass
    class DisplayNamesEntry(_message.Message):
        __slots__ = ("key", "value")
        KEY_FIELD_NUMBER: _ClassVar[int]
        VALUE_FIELD_NUMBER: _ClassVar[int]
        key: str
        value: str
        def __init__(self, key: _Optional[str] = ..., value: _Optional[str] = ...) -> None: ...
    CODE_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAMES_FIELD_NUMBER: _ClassVar[int]
    REASON_CLASS_FIELD_NUMBER: _ClassVar[int]
    PAID_FIELD_NUMBER: _ClassVar[int]
    COUNTS_AS_BREAK_FIELD_NUMBER: _ClassVar[int]
    RECALLABLE_FIELD_NUMBER: _ClassVar[int]
    LONGEST_FIELD_NUMBER: _ClassVar[int]
    code: str
    display_names: _containers.ScalarMap[str, str]
    reason_class: BreakReason.ReasonClass
    paid: bool
    counts_as_break: bool
    recallable: bool
    longest: _duration_pb2.Duration
    def __init__(self, code: _Optional[str] = ..., display_names: _Optional[_Mapping[str, str]] = ..., reason_class: _Optional[_Union[BreakReason.ReasonClass, str]] = ..., paid: _Optional[bool] = ..., counts_as_break: _Optional[bool] = ..., recallable: _Optional[bool] = ..., longest: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class WrapUpRule(_message.Message):
    __slots__ = ("queue", "target", "limit", "limit_end")
    class LimitEnd(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        LIMIT_END_UNSPECIFIED: _ClassVar[WrapUpRule.LimitEnd]
        LIMIT_END_READY: _ClassVar[WrapUpRule.LimitEnd]
        LIMIT_END_OVERRUN: _ClassVar[WrapUpRule.LimitEnd]
    LIMIT_END_UNSPECIFIED: WrapUpRule.LimitEnd
    LIMIT_END_READY: WrapUpRule.LimitEnd
    LIMIT_END_OVERRUN: WrapUpRule.LimitEnd
    QUEUE_FIELD_NUMBER: _ClassVar[int]
    TARGET_FIELD_NUMBER: _ClassVar[int]
    LIMIT_FIELD_NUMBER: _ClassVar[int]
    LIMIT_END_FIELD_NUMBER: _ClassVar[int]
    queue: str
    target: _duration_pb2.Duration
    limit: _duration_pb2.Duration
    limit_end: WrapUpRule.LimitEnd
    def __init__(self, queue: _Optional[str] = ..., target: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., limit: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., limit_end: _Optional[_Union[WrapUpRule.LimitEnd, str]] = ...) -> None: ...

class LeaseRule(_message.Message):
    __slots__ = ("source_kind", "source", "lease")
    SOURCE_KIND_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    LEASE_FIELD_NUMBER: _ClassVar[int]
    source_kind: _state_pb2.SourceKind
    source: str
    lease: _duration_pb2.Duration
    def __init__(self, source_kind: _Optional[_Union[_state_pb2.SourceKind, str]] = ..., source: _Optional[str] = ..., lease: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class GetPresencePolicyRequest(_message.Message):
    __slots__ = ("site", "version")
    SITE_FIELD_NUMBER: _ClassVar[int]
    VERSION_FIELD_NUMBER: _ClassVar[int]
    site: str
    version: int
    def __init__(self, site: _Optional[str] = ..., version: _Optional[int] = ...) -> None: ...

class UpdatePresencePolicyRequest(_message.Message):
    __slots__ = ("policy",)
    POLICY_FIELD_NUMBER: _ClassVar[int]
    policy: PresencePolicy
    def __init__(self, policy: _Optional[_Union[PresencePolicy, _Mapping]] = ...) -> None: ...
