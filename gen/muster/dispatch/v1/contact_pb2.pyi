import datetime

from google.protobuf import duration_pb2 as _duration_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from muster.options.v1 import options_pb2 as _options_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Channel(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CHANNEL_UNSPECIFIED: _ClassVar[Channel]
    CHANNEL_CALL: _ClassVar[Channel]
    CHANNEL_CHAT: _ClassVar[Channel]
    CHANNEL_MAIL: _ClassVar[Channel]

class Direction(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    DIRECTION_UNSPECIFIED: _ClassVar[Direction]
    DIRECTION_INBOUND: _ClassVar[Direction]
    DIRECTION_OUTBOUND: _ClassVar[Direction]
    DIRECTION_INTERNAL: _ClassVar[Direction]

class Priority(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PRIORITY_UNSPECIFIED: _ClassVar[Priority]
    PRIORITY_URGENT: _ClassVar[Priority]
    PRIORITY_HIGH: _ClassVar[Priority]
    PRIORITY_NORMAL: _ClassVar[Priority]
    PRIORITY_LOW: _ClassVar[Priority]

class Party(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    PARTY_UNSPECIFIED: _ClassVar[Party]
    PARTY_CUSTOMER: _ClassVar[Party]
    PARTY_AGENT: _ClassVar[Party]
    PARTY_SYSTEM: _ClassVar[Party]

class ConsentStatus(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    CONSENT_STATUS_UNSPECIFIED: _ClassVar[ConsentStatus]
    CONSENT_STATUS_GIVEN: _ClassVar[ConsentStatus]
    CONSENT_STATUS_REFUSED: _ClassVar[ConsentStatus]
    CONSENT_STATUS_UNKNOWN: _ClassVar[ConsentStatus]

class SourceKind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    SOURCE_KIND_UNSPECIFIED: _ClassVar[SourceKind]
    SOURCE_KIND_TELEPHONY: _ClassVar[SourceKind]
    SOURCE_KIND_SYSTEM: _ClassVar[SourceKind]
    SOURCE_KIND_IMPORT: _ClassVar[SourceKind]
CHANNEL_UNSPECIFIED: Channel
CHANNEL_CALL: Channel
CHANNEL_CHAT: Channel
CHANNEL_MAIL: Channel
DIRECTION_UNSPECIFIED: Direction
DIRECTION_INBOUND: Direction
DIRECTION_OUTBOUND: Direction
DIRECTION_INTERNAL: Direction
PRIORITY_UNSPECIFIED: Priority
PRIORITY_URGENT: Priority
PRIORITY_HIGH: Priority
PRIORITY_NORMAL: Priority
PRIORITY_LOW: Priority
PARTY_UNSPECIFIED: Party
PARTY_CUSTOMER: Party
PARTY_AGENT: Party
PARTY_SYSTEM: Party
CONSENT_STATUS_UNSPECIFIED: ConsentStatus
CONSENT_STATUS_GIVEN: ConsentStatus
CONSENT_STATUS_REFUSED: ConsentStatus
CONSENT_STATUS_UNKNOWN: ConsentStatus
SOURCE_KIND_UNSPECIFIED: SourceKind
SOURCE_KIND_TELEPHONY: SourceKind
SOURCE_KIND_SYSTEM: SourceKind
SOURCE_KIND_IMPORT: SourceKind

class Cursor(_message.Message):
    __slots__ = ("site", "epoch", "seq")
    SITE_FIELD_NUMBER: _ClassVar[int]
    EPOCH_FIELD_NUMBER: _ClassVar[int]
    SEQ_FIELD_NUMBER: _ClassVar[int]
    site: str
    epoch: int
    seq: int
    def __init__(self, site: _Optional[str] = ..., epoch: _Optional[int] = ..., seq: _Optional[int] = ...) -> None: ...

class Contact(_message.Message):
    __slots__ = ("name", "site", "source", "contact_id", "channel", "direction", "priority", "state", "outcome", "ended_by", "start_time", "end_time", "stays", "legs", "consent_status", "recordings", "cursor")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[Contact.State]
        STATE_BEGUN: _ClassVar[Contact.State]
        STATE_WAITING: _ClassVar[Contact.State]
        STATE_RINGING: _ClassVar[Contact.State]
        STATE_TALKING: _ClassVar[Contact.State]
        STATE_ON_HOLD: _ClassVar[Contact.State]
        STATE_ENDED: _ClassVar[Contact.State]
    STATE_UNSPECIFIED: Contact.State
    STATE_BEGUN: Contact.State
    STATE_WAITING: Contact.State
    STATE_RINGING: Contact.State
    STATE_TALKING: Contact.State
    STATE_ON_HOLD: Contact.State
    STATE_ENDED: Contact.State
    class Outcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        OUTCOME_UNSPECIFIED: _ClassVar[Contact.Outcome]
        OUTCOME_ANSWERED: _ClassVar[Contact.Outcome]
        OUTCOME_ABANDONED: _ClassVar[Contact.Outcome]
        OUTCOME_TIMED_OUT: _ClassVar[Contact.Outcome]
        OUTCOME_OVERFLOWED: _ClassVar[Contact.Outcome]
        OUTCOME_CALLBACK: _ClassVar[Contact.Outcome]
        OUTCOME_UNANSWERED: _ClassVar[Contact.Outcome]
    OUTCOME_UNSPECIFIED: Contact.Outcome
    OUTCOME_ANSWERED: Contact.Outcome
    OUTCOME_ABANDONED: Contact.Outcome
    OUTCOME_TIMED_OUT: Contact.Outcome
    OUTCOME_OVERFLOWED: Contact.Outcome
    OUTCOME_CALLBACK: Contact.Outcome
    OUTCOME_UNANSWERED: Contact.Outcome
    NAME_FIELD_NUMBER: _ClassVar[int]
    SITE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    CONTACT_ID_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    DIRECTION_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    ENDED_BY_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    STAYS_FIELD_NUMBER: _ClassVar[int]
    LEGS_FIELD_NUMBER: _ClassVar[int]
    CONSENT_STATUS_FIELD_NUMBER: _ClassVar[int]
    RECORDINGS_FIELD_NUMBER: _ClassVar[int]
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    name: str
    site: str
    source: str
    contact_id: str
    channel: Channel
    direction: Direction
    priority: Priority
    state: Contact.State
    outcome: Contact.Outcome
    ended_by: Party
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    stays: _containers.RepeatedCompositeFieldContainer[QueueStay]
    legs: _containers.RepeatedCompositeFieldContainer[Leg]
    consent_status: ConsentStatus
    recordings: _containers.RepeatedCompositeFieldContainer[Recording]
    cursor: Cursor
    def __init__(self, name: _Optional[str] = ..., site: _Optional[str] = ..., source: _Optional[str] = ..., contact_id: _Optional[str] = ..., channel: _Optional[_Union[Channel, str]] = ..., direction: _Optional[_Union[Direction, str]] = ..., priority: _Optional[_Union[Priority, str]] = ..., state: _Optional[_Union[Contact.State, str]] = ..., outcome: _Optional[_Union[Contact.Outcome, str]] = ..., ended_by: _Optional[_Union[Party, str]] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., stays: _Optional[_Iterable[_Union[QueueStay, _Mapping]]] = ..., legs: _Optional[_Iterable[_Union[Leg, _Mapping]]] = ..., consent_status: _Optional[_Union[ConsentStatus, str]] = ..., recordings: _Optional[_Iterable[_Union[Recording, _Mapping]]] = ..., cursor: _Optional[_Union[Cursor, _Mapping]] = ...) -> None: ...

class QueueStay(_message.Message):
    __slots__ = ("queue", "enqueue_time", "leave_time", "outcome", "wait")
    class Outcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        OUTCOME_UNSPECIFIED: _ClassVar[QueueStay.Outcome]
        OUTCOME_ANSWERED: _ClassVar[QueueStay.Outcome]
        OUTCOME_ABANDONED: _ClassVar[QueueStay.Outcome]
        OUTCOME_TIMED_OUT: _ClassVar[QueueStay.Outcome]
        OUTCOME_OVERFLOWED: _ClassVar[QueueStay.Outcome]
        OUTCOME_CALLBACK: _ClassVar[QueueStay.Outcome]
    OUTCOME_UNSPECIFIED: QueueStay.Outcome
    OUTCOME_ANSWERED: QueueStay.Outcome
    OUTCOME_ABANDONED: QueueStay.Outcome
    OUTCOME_TIMED_OUT: QueueStay.Outcome
    OUTCOME_OVERFLOWED: QueueStay.Outcome
    OUTCOME_CALLBACK: QueueStay.Outcome
    QUEUE_FIELD_NUMBER: _ClassVar[int]
    ENQUEUE_TIME_FIELD_NUMBER: _ClassVar[int]
    LEAVE_TIME_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    WAIT_FIELD_NUMBER: _ClassVar[int]
    queue: str
    enqueue_time: _timestamp_pb2.Timestamp
    leave_time: _timestamp_pb2.Timestamp
    outcome: QueueStay.Outcome
    wait: _duration_pb2.Duration
    def __init__(self, queue: _Optional[str] = ..., enqueue_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., leave_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., outcome: _Optional[_Union[QueueStay.Outcome, str]] = ..., wait: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class Leg(_message.Message):
    __slots__ = ("agent", "ring_time", "answer_time", "end_time", "talk", "hold", "wrap_up")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    RING_TIME_FIELD_NUMBER: _ClassVar[int]
    ANSWER_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    TALK_FIELD_NUMBER: _ClassVar[int]
    HOLD_FIELD_NUMBER: _ClassVar[int]
    WRAP_UP_FIELD_NUMBER: _ClassVar[int]
    agent: str
    ring_time: _timestamp_pb2.Timestamp
    answer_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    talk: _duration_pb2.Duration
    hold: _duration_pb2.Duration
    wrap_up: _duration_pb2.Duration
    def __init__(self, agent: _Optional[str] = ..., ring_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., answer_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., talk: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., hold: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., wrap_up: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ...) -> None: ...

class Recording(_message.Message):
    __slots__ = ("name", "record_time")
    NAME_FIELD_NUMBER: _ClassVar[int]
    RECORD_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    record_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., record_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class ContactEvent(_message.Message):
    __slots__ = ("event_id", "contact_id", "kind", "occurred_time", "source_sequence", "queue_id", "target_queue_id", "agent", "target_agent", "channel", "direction", "priority", "wait", "talk", "hold", "wrap_up", "ended_by", "recording_reference", "consent_status")
    class Kind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        KIND_UNSPECIFIED: _ClassVar[ContactEvent.Kind]
        KIND_ENQUEUED: _ClassVar[ContactEvent.Kind]
        KIND_RINGING: _ClassVar[ContactEvent.Kind]
        KIND_ANSWERED: _ClassVar[ContactEvent.Kind]
        KIND_HELD: _ClassVar[ContactEvent.Kind]
        KIND_RESUMED: _ClassVar[ContactEvent.Kind]
        KIND_TRANSFERRED: _ClassVar[ContactEvent.Kind]
        KIND_LEG_ENDED: _ClassVar[ContactEvent.Kind]
        KIND_ABANDONED: _ClassVar[ContactEvent.Kind]
        KIND_TIMED_OUT: _ClassVar[ContactEvent.Kind]
        KIND_OVERFLOWED: _ClassVar[ContactEvent.Kind]
        KIND_CALLBACK: _ClassVar[ContactEvent.Kind]
        KIND_ENDED: _ClassVar[ContactEvent.Kind]
        KIND_WRAPPED_UP: _ClassVar[ContactEvent.Kind]
        KIND_RECORDED: _ClassVar[ContactEvent.Kind]
    KIND_UNSPECIFIED: ContactEvent.Kind
    KIND_ENQUEUED: ContactEvent.Kind
    KIND_RINGING: ContactEvent.Kind
    KIND_ANSWERED: ContactEvent.Kind
    KIND_HELD: ContactEvent.Kind
    KIND_RESUMED: ContactEvent.Kind
    KIND_TRANSFERRED: ContactEvent.Kind
    KIND_LEG_ENDED: ContactEvent.Kind
    KIND_ABANDONED: ContactEvent.Kind
    KIND_TIMED_OUT: ContactEvent.Kind
    KIND_OVERFLOWED: ContactEvent.Kind
    KIND_CALLBACK: ContactEvent.Kind
    KIND_ENDED: ContactEvent.Kind
    KIND_WRAPPED_UP: ContactEvent.Kind
    KIND_RECORDED: ContactEvent.Kind
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    CONTACT_ID_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_TIME_FIELD_NUMBER: _ClassVar[int]
    SOURCE_SEQUENCE_FIELD_NUMBER: _ClassVar[int]
    QUEUE_ID_FIELD_NUMBER: _ClassVar[int]
    TARGET_QUEUE_ID_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    TARGET_AGENT_FIELD_NUMBER: _ClassVar[int]
    CHANNEL_FIELD_NUMBER: _ClassVar[int]
    DIRECTION_FIELD_NUMBER: _ClassVar[int]
    PRIORITY_FIELD_NUMBER: _ClassVar[int]
    WAIT_FIELD_NUMBER: _ClassVar[int]
    TALK_FIELD_NUMBER: _ClassVar[int]
    HOLD_FIELD_NUMBER: _ClassVar[int]
    WRAP_UP_FIELD_NUMBER: _ClassVar[int]
    ENDED_BY_FIELD_NUMBER: _ClassVar[int]
    RECORDING_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    CONSENT_STATUS_FIELD_NUMBER: _ClassVar[int]
    event_id: str
    contact_id: str
    kind: ContactEvent.Kind
    occurred_time: _timestamp_pb2.Timestamp
    source_sequence: int
    queue_id: str
    target_queue_id: str
    agent: str
    target_agent: str
    channel: Channel
    direction: Direction
    priority: Priority
    wait: _duration_pb2.Duration
    talk: _duration_pb2.Duration
    hold: _duration_pb2.Duration
    wrap_up: _duration_pb2.Duration
    ended_by: Party
    recording_reference: str
    consent_status: ConsentStatus
    def __init__(self, event_id: _Optional[str] = ..., contact_id: _Optional[str] = ..., kind: _Optional[_Union[ContactEvent.Kind, str]] = ..., occurred_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., source_sequence: _Optional[int] = ..., queue_id: _Optional[str] = ..., target_queue_id: _Optional[str] = ..., agent: _Optional[str] = ..., target_agent: _Optional[str] = ..., channel: _Optional[_Union[Channel, str]] = ..., direction: _Optional[_Union[Direction, str]] = ..., priority: _Optional[_Union[Priority, str]] = ..., wait: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., talk: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., hold: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., wrap_up: _Optional[_Union[datetime.timedelta, _duration_pb2.Duration, _Mapping]] = ..., ended_by: _Optional[_Union[Party, str]] = ..., recording_reference: _Optional[str] = ..., consent_status: _Optional[_Union[ConsentStatus, str]] = ...) -> None: ...
