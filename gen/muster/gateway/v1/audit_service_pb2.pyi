import datetime

from google.api import annotations_pb2 as _annotations_pb2
from google.api import httpbody_pb2 as _httpbody_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from muster.options.v1 import options_pb2 as _options_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class AuditEntry(_message.Message):
    __slots__ = ("name", "kind", "record_time", "actor", "method", "person", "site", "purpose", "outcome", "summary", "request_digest", "trace_id", "address_class", "change_entry")
    class Kind(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        KIND_UNSPECIFIED: _ClassVar[AuditEntry.Kind]
        KIND_LOOK: _ClassVar[AuditEntry.Kind]
        KIND_CHANGE: _ClassVar[AuditEntry.Kind]
        KIND_OUTCOME: _ClassVar[AuditEntry.Kind]
        KIND_REFUSAL: _ClassVar[AuditEntry.Kind]
    KIND_UNSPECIFIED: AuditEntry.Kind
    KIND_LOOK: AuditEntry.Kind
    KIND_CHANGE: AuditEntry.Kind
    KIND_OUTCOME: AuditEntry.Kind
    KIND_REFUSAL: AuditEntry.Kind
    class AddressClass(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        ADDRESS_CLASS_UNSPECIFIED: _ClassVar[AuditEntry.AddressClass]
        ADDRESS_CLASS_LOOPBACK: _ClassVar[AuditEntry.AddressClass]
        ADDRESS_CLASS_PRIVATE: _ClassVar[AuditEntry.AddressClass]
        ADDRESS_CLASS_PUBLIC: _ClassVar[AuditEntry.AddressClass]
    ADDRESS_CLASS_UNSPECIFIED: AuditEntry.AddressClass
    ADDRESS_CLASS_LOOPBACK: AuditEntry.AddressClass
    ADDRESS_CLASS_PRIVATE: AuditEntry.AddressClass
    ADDRESS_CLASS_PUBLIC: AuditEntry.AddressClass
    NAME_FIELD_NUMBER: _ClassVar[int]
    KIND_FIELD_NUMBER: _ClassVar[int]
    RECORD_TIME_FIELD_NUMBER: _ClassVar[int]
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    METHOD_FIELD_NUMBER: _ClassVar[int]
    PERSON_FIELD_NUMBER: _ClassVar[int]
    SITE_FIELD_NUMBER: _ClassVar[int]
    PURPOSE_FIELD_NUMBER: _ClassVar[int]
    OUTCOME_FIELD_NUMBER: _ClassVar[int]
    SUMMARY_FIELD_NUMBER: _ClassVar[int]
    REQUEST_DIGEST_FIELD_NUMBER: _ClassVar[int]
    TRACE_ID_FIELD_NUMBER: _ClassVar[int]
    ADDRESS_CLASS_FIELD_NUMBER: _ClassVar[int]
    CHANGE_ENTRY_FIELD_NUMBER: _ClassVar[int]
    name: str
    kind: AuditEntry.Kind
    record_time: _timestamp_pb2.Timestamp
    actor: str
    method: str
    person: str
    site: str
    purpose: str
    outcome: str
    summary: str
    request_digest: str
    trace_id: str
    address_class: AuditEntry.AddressClass
    change_entry: str
    def __init__(self, name: _Optional[str] = ..., kind: _Optional[_Union[AuditEntry.Kind, str]] = ..., record_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., actor: _Optional[str] = ..., method: _Optional[str] = ..., person: _Optional[str] = ..., site: _Optional[str] = ..., purpose: _Optional[str] = ..., outcome: _Optional[str] = ..., summary: _Optional[str] = ..., request_digest: _Optional[str] = ..., trace_id: _Optional[str] = ..., address_class: _Optional[_Union[AuditEntry.AddressClass, str]] = ..., change_entry: _Optional[str] = ...) -> None: ...

class ListAuditEntriesRequest(_message.Message):
    __slots__ = ("actor", "person", "method", "site", "start_time", "end_time", "page_size", "page_token")
    ACTOR_FIELD_NUMBER: _ClassVar[int]
    PERSON_FIELD_NUMBER: _ClassVar[int]
    METHOD_FIELD_NUMBER: _ClassVar[int]
    SITE_FIELD_NUMBER: _ClassVar[int]
    START_TIME_FIELD_NUMBER: _ClassVar[int]
    END_TIME_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    actor: str
    person: str
    method: str
    site: str
    start_time: _timestamp_pb2.Timestamp
    end_time: _timestamp_pb2.Timestamp
    page_size: int
    page_token: str
    def __init__(self, actor: _Optional[str] = ..., person: _Optional[str] = ..., method: _Optional[str] = ..., site: _Optional[str] = ..., start_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., end_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListAuditEntriesResponse(_message.Message):
    __slots__ = ("entries", "next_page_token")
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    entries: _containers.RepeatedCompositeFieldContainer[AuditEntry]
    next_page_token: str
    def __init__(self, entries: _Optional[_Iterable[_Union[AuditEntry, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListMyLooksRequest(_message.Message):
    __slots__ = ("page_size", "page_token")
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    page_size: int
    page_token: str
    def __init__(self, page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListMyLooksResponse(_message.Message):
    __slots__ = ("looks", "next_page_token")
    class Look(_message.Message):
        __slots__ = ("look_time", "actor", "actor_display_name", "method", "purpose", "is_change")
        LOOK_TIME_FIELD_NUMBER: _ClassVar[int]
        ACTOR_FIELD_NUMBER: _ClassVar[int]
        ACTOR_DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
        METHOD_FIELD_NUMBER: _ClassVar[int]
        PURPOSE_FIELD_NUMBER: _ClassVar[int]
        IS_CHANGE_FIELD_NUMBER: _ClassVar[int]
        look_time: _timestamp_pb2.Timestamp
        actor: str
        actor_display_name: str
        method: str
        purpose: str
        is_change: bool
        def __init__(self, look_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., actor: _Optional[str] = ..., actor_display_name: _Optional[str] = ..., method: _Optional[str] = ..., purpose: _Optional[str] = ..., is_change: _Optional[bool] = ...) -> None: ...
    LOOKS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    looks: _containers.RepeatedCompositeFieldContainer[ListMyLooksResponse.Look]
    next_page_token: str
    def __init__(self, looks: _Optional[_Iterable[_Union[ListMyLooksResponse.Look, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ExportAuditLogRequest(_message.Message):
    __slots__ = ("first_seq",)
    FIRST_SEQ_FIELD_NUMBER: _ClassVar[int]
    first_seq: int
    def __init__(self, first_seq: _Optional[int] = ...) -> None: ...
