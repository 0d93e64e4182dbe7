import datetime

from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from muster.dispatch.v1 import contact_pb2 as _contact_pb2
from muster.options.v1 import options_pb2 as _options_pb2
from muster.presence.v1 import presence_service_pb2 as _presence_service_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Source(_message.Message):
    __slots__ = ("name", "site", "display_name", "signing", "active_mapping", "secret", "former_secret_expire_time", "create_time", "update_time", "etag", "pending_count")
    NAME_FIELD_NUMBER: _ClassVar[int]
    SITE_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    SIGNING_FIELD_NUMBER: _ClassVar[int]
    ACTIVE_MAPPING_FIELD_NUMBER: _ClassVar[int]
    SECRET_FIELD_NUMBER: _ClassVar[int]
    FORMER_SECRET_EXPIRE_TIME_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    UPDATE_TIME_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    PENDING_COUNT_FIELD_NUMBER: _ClassVar[int]
    name: str
    site: str
    display_name: str
    signing: SourceSigning
    active_mapping: str
    secret: str
    former_secret_expire_time: _timestamp_pb2.Timestamp
    create_time: _timestamp_pb2.Timestamp
    update_time: _timestamp_pb2.Timestamp
    etag: str
    pending_count: int
    def __init__(self, name: _Optional[str] = ..., site: _Optional[str] = ..., display_name: _Optional[str] = ..., signing: _Optional[_Union[SourceSigning, _Mapping]] = ..., active_mapping: _Optional[str] = ..., secret: _Optional[str] = ..., former_secret_expire_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., update_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., etag: _Optional[str] = ..., pending_count: _Optional[int] = ...) -> None: ...

class SourceSigning(_message.Message):
    __slots__ = ("scheme", "header", "timestamp_header", "signed_text")
    class Scheme(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        SCHEME_UNSPECIFIED: _ClassVar[SourceSigning.Scheme]
        SCHEME_HMAC_SHA256: _ClassVar[SourceSigning.Scheme]
        SCHEME_API_KEY: _ClassVar[SourceSigning.Scheme]
        SCHEME_BASIC: _ClassVar[SourceSigning.Scheme]
    SCHEME_UNSPECIFIED: SourceSigning.Scheme
    SCHEME_HMAC_SHA256: SourceSigning.Scheme
    SCHEME_API_KEY: SourceSigning.Scheme
    SCHEME_BASIC: SourceSigning.Scheme
    SCHEME_FIELD_NUMBER: _ClassVar[int]
    HEADER_FIELD_NUMBER: _ClassVar[int]
    TIMESTAMP_HEADER_FIELD_NUMBER: _ClassVar[int]
    SIGNED_TEXT_FIELD_NUMBER: _ClassVar[int]
    scheme: SourceSigning.Scheme
    header: str
    timestamp_header: str
    signed_text: str
    def __init__(self, scheme: _Optional[_Union[SourceSigning.Scheme, str]] = ..., header: _Optional[str] = ..., timestamp_header: _Optional[str] = ..., signed_text: _Optional[str] = ...) -> None: ...

class SourceMapping(_message.Message):
    __slots__ = ("name", "text", "author", "create_time")
    NAME_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    AUTHOR_FIELD_NUMBER: _ClassVar[int]
    CREATE_TIME_FIELD_NUMBER: _ClassVar[int]
    name: str
    text: str
    author: str
    create_time: _timestamp_pb2.Timestamp
    def __init__(self, name: _Optional[str] = ..., text: _Optional[str] = ..., author: _Optional[str] = ..., create_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class CreateSourceRequest(_message.Message):
    __slots__ = ("source_id", "site", "display_name", "signing")
    SOURCE_ID_FIELD_NUMBER: _ClassVar[int]
    SITE_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    SIGNING_FIELD_NUMBER: _ClassVar[int]
    source_id: str
    site: str
    display_name: str
    signing: SourceSigning
    def __init__(self, source_id: _Optional[str] = ..., site: _Optional[str] = ..., display_name: _Optional[str] = ..., signing: _Optional[_Union[SourceSigning, _Mapping]] = ...) -> None: ...

class GetSourceRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ListSourcesRequest(_message.Message):
    __slots__ = ("site", "page_size", "page_token")
    SITE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    site: str
    page_size: int
    page_token: str
    def __init__(self, site: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListSourcesResponse(_message.Message):
    __slots__ = ("sources", "next_page_token")
    SOURCES_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    sources: _containers.RepeatedCompositeFieldContainer[Source]
    next_page_token: str
    def __init__(self, sources: _Optional[_Iterable[_Union[Source, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class UpdateSourceRequest(_message.Message):
    __slots__ = ("name", "display_name", "signing", "etag")
    NAME_FIELD_NUMBER: _ClassVar[int]
    DISPLAY_NAME_FIELD_NUMBER: _ClassVar[int]
    SIGNING_FIELD_NUMBER: _ClassVar[int]
    ETAG_FIELD_NUMBER: _ClassVar[int]
    name: str
    display_name: str
    signing: SourceSigning
    etag: str
    def __init__(self, name: _Optional[str] = ..., display_name: _Optional[str] = ..., signing: _Optional[_Union[SourceSigning, _Mapping]] = ..., etag: _Optional[str] = ...) -> None: ...

class RotateSourceSecretRequest(_message.Message):
    __slots__ = ("name", "revoke_former")
    NAME_FIELD_NUMBER: _ClassVar[int]
    REVOKE_FORMER_FIELD_NUMBER: _ClassVar[int]
    name: str
    revoke_former: bool
    def __init__(self, name: _Optional[str] = ..., revoke_former: _Optional[bool] = ...) -> None: ...

class CreateSourceMappingRequest(_message.Message):
    __slots__ = ("source", "text")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    source: str
    text: str
    def __init__(self, source: _Optional[str] = ..., text: _Optional[str] = ...) -> None: ...

class ListSourceMappingsRequest(_message.Message):
    __slots__ = ("source", "page_size", "page_token")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    source: str
    page_size: int
    page_token: str
    def __init__(self, source: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListSourceMappingsResponse(_message.Message):
    __slots__ = ("mappings", "next_page_token")
    MAPPINGS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    mappings: _containers.RepeatedCompositeFieldContainer[SourceMapping]
    next_page_token: str
    def __init__(self, mappings: _Optional[_Iterable[_Union[SourceMapping, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ActivateSourceMappingRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class TestSourceMappingRequest(_message.Message):
    __slots__ = ("source", "text", "events")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    TEXT_FIELD_NUMBER: _ClassVar[int]
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    source: str
    text: str
    events: str
    def __init__(self, source: _Optional[str] = ..., text: _Optional[str] = ..., events: _Optional[str] = ...) -> None: ...

class TestSourceMappingResponse(_message.Message):
    __slots__ = ("events", "agents")
    class Fate(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        FATE_UNSPECIFIED: _ClassVar[TestSourceMappingResponse.Fate]
        FATE_UNDERSTOOD: _ClassVar[TestSourceMappingResponse.Fate]
        FATE_UNKNOWN: _ClassVar[TestSourceMappingResponse.Fate]
        FATE_REFUSED: _ClassVar[TestSourceMappingResponse.Fate]
        FATE_IGNORED: _ClassVar[TestSourceMappingResponse.Fate]
    FATE_UNSPECIFIED: TestSourceMappingResponse.Fate
    FATE_UNDERSTOOD: TestSourceMappingResponse.Fate
    FATE_UNKNOWN: TestSourceMappingResponse.Fate
    FATE_REFUSED: TestSourceMappingResponse.Fate
    FATE_IGNORED: TestSourceMappingResponse.Fate
    class Event(_message.Message):
        __slots__ = ("message_number", "event_id", "fate", "states", "contacts", "unknowns", "faults")
        MESSAGE_NUMBER_FIELD_NUMBER: _ClassVar[int]
        EVENT_ID_FIELD_NUMBER: _ClassVar[int]
        FATE_FIELD_NUMBER: _ClassVar[int]
        STATES_FIELD_NUMBER: _ClassVar[int]
        CONTACTS_FIELD_NUMBER: _ClassVar[int]
        UNKNOWNS_FIELD_NUMBER: _ClassVar[int]
        FAULTS_FIELD_NUMBER: _ClassVar[int]
        message_number: int
        event_id: str
        fate: TestSourceMappingResponse.Fate
        states: _containers.RepeatedCompositeFieldContainer[_presence_service_pb2.StateReport]
        contacts: _containers.RepeatedCompositeFieldContainer[_contact_pb2.ContactEvent]
        unknowns: _containers.RepeatedScalarFieldContainer[str]
        faults: _containers.RepeatedScalarFieldContainer[str]
        def __init__(self, message_number: _Optional[int] = ..., event_id: _Optional[str] = ..., fate: _Optional[_Union[TestSourceMappingResponse.Fate, str]] = ..., states: _Optional[_Iterable[_Union[_presence_service_pb2.StateReport, _Mapping]]] = ..., contacts: _Optional[_Iterable[_Union[_contact_pb2.ContactEvent, _Mapping]]] = ..., unknowns: _Optional[_Iterable[str]] = ..., faults: _Optional[_Iterable[str]] = ...) -> None: ...
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    AGENTS_FIELD_NUMBER: _ClassVar[int]
    events: _containers.RepeatedCompositeFieldContainer[TestSourceMappingResponse.Event]
    agents: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, events: _Optional[_Iterable[_Union[TestSourceMappingResponse.Event, _Mapping]]] = ..., agents: _Optional[_Iterable[str]] = ...) -> None: ...

class SourceUnknown(_message.Message):
    __slots__ = ("field", "value", "event_count", "first_seen_time", "last_seen_time", "sample_event")
    FIELD_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    EVENT_COUNT_FIELD_NUMBER: _ClassVar[int]
    FIRST_SEEN_TIME_FIELD_NUMBER: _ClassVar[int]
    LAST_SEEN_TIME_FIELD_NUMBER: _ClassVar[int]
    SAMPLE_EVENT_FIELD_NUMBER: _ClassVar[int]
    field: str
    value: str
    event_count: int
    first_seen_time: _timestamp_pb2.Timestamp
    last_seen_time: _timestamp_pb2.Timestamp
    sample_event: str
    def __init__(self, field: _Optional[str] = ..., value: _Optional[str] = ..., event_count: _Optional[int] = ..., first_seen_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., last_seen_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., sample_event: _Optional[str] = ...) -> None: ...

class ListSourceUnknownsRequest(_message.Message):
    __slots__ = ("source", "page_size", "page_token")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    source: str
    page_size: int
    page_token: str
    def __init__(self, source: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListSourceUnknownsResponse(_message.Message):
    __slots__ = ("unknowns", "next_page_token")
    UNKNOWNS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    unknowns: _containers.RepeatedCompositeFieldContainer[SourceUnknown]
    next_page_token: str
    def __init__(self, unknowns: _Optional[_Iterable[_Union[SourceUnknown, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class SourceEvent(_message.Message):
    __slots__ = ("name", "dedupe_id", "state", "reasons", "mapping_version", "receive_time", "body")
    class State(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
        __slots__ = ()
        STATE_UNSPECIFIED: _ClassVar[SourceEvent.State]
        STATE_PENDING: _ClassVar[SourceEvent.State]
        STATE_DONE: _ClassVar[SourceEvent.State]
        STATE_UNKNOWN: _ClassVar[SourceEvent.State]
        STATE_REFUSED: _ClassVar[SourceEvent.State]
    STATE_UNSPECIFIED: SourceEvent.State
    STATE_PENDING: SourceEvent.State
    STATE_DONE: SourceEvent.State
    STATE_UNKNOWN: SourceEvent.State
    STATE_REFUSED: SourceEvent.State
    NAME_FIELD_NUMBER: _ClassVar[int]
    DEDUPE_ID_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    REASONS_FIELD_NUMBER: _ClassVar[int]
    MAPPING_VERSION_FIELD_NUMBER: _ClassVar[int]
    RECEIVE_TIME_FIELD_NUMBER: _ClassVar[int]
    BODY_FIELD_NUMBER: _ClassVar[int]
    name: str
    dedupe_id: str
    state: SourceEvent.State
    reasons: _containers.RepeatedScalarFieldContainer[str]
    mapping_version: int
    receive_time: _timestamp_pb2.Timestamp
    body: str
    def __init__(self, name: _Optional[str] = ..., dedupe_id: _Optional[str] = ..., state: _Optional[_Union[SourceEvent.State, str]] = ..., reasons: _Optional[_Iterable[str]] = ..., mapping_version: _Optional[int] = ..., receive_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., body: _Optional[str] = ...) -> None: ...

class ListSourceEventsRequest(_message.Message):
    __slots__ = ("source", "state", "page_size", "page_token")
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    STATE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    source: str
    state: SourceEvent.State
    page_size: int
    page_token: str
    def __init__(self, source: _Optional[str] = ..., state: _Optional[_Union[SourceEvent.State, str]] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListSourceEventsResponse(_message.Message):
    __slots__ = ("events", "next_page_token")
    EVENTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    events: _containers.RepeatedCompositeFieldContainer[SourceEvent]
    next_page_token: str
    def __init__(self, events: _Optional[_Iterable[_Union[SourceEvent, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class RetrySourceEventsRequest(_message.Message):
    __slots__ = ("source",)
    SOURCE_FIELD_NUMBER: _ClassVar[int]
    source: str
    def __init__(self, source: _Optional[str] = ...) -> None: ...

class RetrySourceEventsResponse(_message.Message):
    __slots__ = ("event_count",)
    EVENT_COUNT_FIELD_NUMBER: _ClassVar[int]
    event_count: int
    def __init__(self, event_count: _Optional[int] = ...) -> None: ...
