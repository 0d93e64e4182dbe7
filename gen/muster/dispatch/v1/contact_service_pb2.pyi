import datetime

from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from muster.dispatch.v1 import contact_pb2 as _contact_pb2
from muster.dispatch.v1 import events_pb2 as _events_pb2
from muster.dispatch.v1 import queue_pb2 as _queue_pb2
from muster.options.v1 import options_pb2 as _options_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ReportContactsRequest(_message.Message):
    __slots__ = ("site", "source", "source_kind", "events")
    SITE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_KIND_FIELD_NUMBER: _ClassVar[int]
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    site: str
    source: str
    source_kind: _contact_pb2.SourceKind
    events: _containers.RepeatedCompositeFieldContainer[_contact_pb2.ContactEvent]
    def __init__(self, site: _Optional[str] = ..., source: _Optional[str] = ..., source_kind: _Optional[_Union[_contact_pb2.SourceKind, str]] = ..., events: _Optional[_Iterable[_Union[_contact_pb2.ContactEvent, _Mapping]]] = ...) -> None: ...

class ReportContactsResponse(_message.Message):
    __slots__ = ("outcomes", "refusals", "cursor")
    class Outcome(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        OUTCOME_UNSPECIFIED: _ClassVar[ReportContactsResponse.Outcome]
        OUTCOME_RECORDED: _ClassVar[ReportContactsResponse.Outcome]
        OUTCOME_ALREADY_RECORDED: _ClassVar[ReportContactsResponse.Outcome]
        OUTCOME_REFUSED: _ClassVar[ReportContactsResponse.Outcome]
    OUTCOME_UNSPECIFIED: ReportContactsResponse.Outcome
    OUTCOME_RECORDED: ReportContactsResponse.Outcome
    OUTCOME_ALREADY_RECORDED: ReportContactsResponse.Outcome
    OUTCOME_REFUSED: ReportContactsResponse.Outcome
    class Refusal(_message.Message):
        __slots__ = ("index", "reason", "message")
        INDEX_FIELD_NUMBER: _ClassVar[int]
        REASON_FIELD_NUMBER: _ClassVar[int]
        MESSAGE_FIELD_NUMBER: _ClassVar[int]
        index: int
        reason: str
        message: str
        def __init__(self, index: _Optional[int] = ..., reason: _Optional[str] = ..., message: _Optional[str] = ...) -> None: ...
    OUTCOMES_FIELD_NUMBER: _ClassVar[int]
    REFUSALS_FIELD_NUMBER: _ClassVar[int]
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    outcomes: _containers.RepeatedScalarFieldContainer[ReportContactsResponse.Outcome]
    refusals: _containers.RepeatedCompositeFieldContainer[ReportContactsResponse.Refusal]
    cursor: _contact_pb2.Cursor
    def __init__(self, outcomes: _Optional[_Iterable[_Union[ReportContactsResponse.Outcome, str]]] = ..., refusals: _Optional[_Iterable[_Union[ReportContactsResponse.Refusal, _Mapping]]] = ..., cursor: _Optional[_Union[_contact_pb2.Cursor, _Mapping]] = ...) -> None: ...

class GetContactRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListContactsRequest(_message.Message):
    __slots__ = ("site", "start_time", "end_time", "queue", "agent", "state", "page_size", "page_token")
    SITE_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    QUEUE_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    site: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    queue: str
    agent: str
    state: _contact_pb2.Contact.State
    page_size: int
    page_token: str
    def __init__(self, site: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., queue: _Optional[str] = ..., agent: _Optional[str] = ..., state: _Optional[_Union[_contact_pb2.Contact.State, str]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListAgentContactsRequest(_message.Message):
    __slots__ = ("agent", "start_time", "end_time", "page_size", "page_token")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    agent: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    page_size: int
    page_token: str
    def __init__(self, agent: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListContactsResponse(_message.Message):
    __slots__ = ("contacts", "next_page_token")
    CONTACTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    contacts: _containers.RepeatedCompositeFieldContainer[_contact_pb2.Contact]
    next_page_token: str
    def __init__(self, contacts: _Optional[_Iterable[_Union[_contact_pb2.Contact, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class OpenRecordingRequest(_message.Message):
    __slots__ = ("name", "purpose")
    NAME_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    name: str
    purpose: str
    def __init__(self, name: _Optional[str] = ..., purpose: _Optional[str] = ...) -> None: ...

class OpenRecordingResponse(_message.Message):
    __slots__ = ("recording_reference", "source")
    RECORDING_REFERENCE_FIELD_NUMBER: _ClassVar[int]
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    recording_reference: str
    source: str
    def __init__(self, recording_reference: _Optional[str] = ..., source: _Optional[str] = ...) -> None: ...

class ListRecordingAccessesRequest(_message.Message):
    __slots__ = ("contact", "page_size", "page_token")
    CONTACT_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    contact: str
    page_size: int
    page_token: str
    def __init__(self, contact: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class RecordingAccess(_message.Message):
    __slots__ = ("recording", "actor", "access_time", "purpose")
    RECORDING_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    ACCESS_TIME_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    recording: str
    actor: str
    access_time: _timestamp_pb2.Timestamp
    purpose: str
    def __init__(self, recording: _Optional[str] = ..., actor: _Optional[str] = ..., access_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., purpose: _Optional[str] = ...) -> None: ...

class ListRecordingAccessesResponse(_message.Message):
    __slots__ = ("accesses", "next_page_token")
    ACCESSES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    accesses: _containers.RepeatedCompositeFieldContainer[RecordingAccess]
    next_page_token: str
    def __init__(self, accesses: _Optional[_Iterable[_Union[RecordingAccess, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ApplyQueuesRequest(_message.Message):
    __slots__ = ("queues", "validate_only")
    QUEUES_FIELD_NUMBER: _ClassVar[int]
    VALIDATE_ONLY_FIELD_NUMBER: _ClassVar[int]
    queues: _containers.RepeatedCompositeFieldContainer[_queue_pb2.Queue]
    validate_only: bool
    def __init__(self, queues: _Optional[_Iterable[_Union[_queue_pb2.Queue, _Mapping]]] = ..., validate_only: _Optional[bool] = ...) -> None: ...

class ApplyQueuesResponse(_message.Message):
    __slots__ = ("created_count", "updated_count", "unchanged_count", "cursors")
    CREATED_COUNT_FIELD_NUMBER: _ClassVar[int]
    UPDATED_COUNT_FIELD_NUMBER: _ClassVar[int]
    UNCHANGED_COUNT_FIELD_NUMBER: _ClassVar[int]
    CURSORS_FIELD_NUMBER: _ClassVar[int]
    created_count: int
    updated_count: int
    unchanged_count: int
    cursors: _containers.RepeatedCompositeFieldContainer[_contact_pb2.Cursor]
    def __init__(self, created_count: _Optional[int] = ..., updated_count: _Optional[int] = ..., unchanged_count: _Optional[int] = ..., cursors: _Optional[_Iterable[_Union[_contact_pb2.Cursor, _Mapping]]] = ...) -> None: ...

class ListQueuesRequest(_message.Message):
    __slots__ = ("site", "page_size", "page_token")
    SITE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    site: str
    page_size: int
    page_token: str
    def __init__(self, site: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListQueuesResponse(_message.Message):
    __slots__ = ("queues", "next_page_token")
    QUEUES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    queues: _containers.RepeatedCompositeFieldContainer[_queue_pb2.Queue]
    next_page_token: str
    def __init__(self, queues: _Optional[_Iterable[_Union[_queue_pb2.Queue, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetQueueFiguresRequest(_message.Message):
    __slots__ = ("site", "queues")
    SITE_FIELD_NUMBER: _ClassVar[int]
    QUEUES_FIELD_NUMBER: _ClassVar[int]
    site: str
    queues: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, site: _Optional[str] = ..., queues: _Optional[_Iterable[str]] = ...) -> None: ...

class WatchQueueFiguresRequest(_message.Message):
    __slots__ = ("site", "queues")
    SITE_FIELD_NUMBER: _ClassVar[int]
    QUEUES_FIELD_NUMBER: _ClassVar[int]
    site: str
    queues: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, site: _Optional[str] = ..., queues: _Optional[_Iterable[str]] = ...) -> None: ...

class ReplayChangesRequest(_message.Message):
    __slots__ = ("after",)
    AFTER_FIELD_NUMBER: _ClassVar[int]
    after: _contact_pb2.Cursor
    def __init__(self, after: _Optional[_Union[_contact_pb2.Cursor, _Mapping]] = ...) -> None: ...
