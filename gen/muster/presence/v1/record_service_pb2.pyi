import datetime

from google.api import annotations_pb2 as _annotations_pb2
from google.protobuf import timestamp_pb2 as _timestamp_pb2
from muster.options.v1 import options_pb2 as _options_pb2
from muster.presence.v1 import state_pb2 as _state_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Opening(_message.Message):
    __slots__ = ("digest", "value", "salt")
    DIGEST_FIELD_NUMBER: _ClassVar[int]
    VALUE_FIELD_NUMBER: _ClassVar[int]
    SALT_FIELD_NUMBER: _ClassVar[int]
    digest: bytes
    value: str
    salt: bytes
    def __init__(self, digest: _Optional[bytes] = ..., value: _Optional[str] = ..., salt: _Optional[bytes] = ...) -> None: ...

class ChainLink(_message.Message):
    __slots__ = ("place", "recorded_time", "previous_hash", "root", "hash", "entry_count")
    PLACE_FIELD_NUMBER: _ClassVar[int]
    RECORDED_TIME_FIELD_NUMBER: _ClassVar[int]
    PREVIOUS_HASH_FIELD_NUMBER: _ClassVar[int]
    ROOT_FIELD_NUMBER: _ClassVar[int]
    HASH_FIELD_NUMBER: _ClassVar[int]
    ENTRY_COUNT_FIELD_NUMBER: _ClassVar[int]
    place: _state_pb2.Cursor
    recorded_time: _timestamp_pb2.Timestamp
    previous_hash: bytes
    root: bytes
    hash: bytes
    entry_count: int
    def __init__(self, place: _Optional[_Union[_state_pb2.Cursor, _Mapping]] = ..., recorded_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., previous_hash: _Optional[bytes] = ..., root: _Optional[bytes] = ..., hash: _Optional[bytes] = ..., entry_count: _Optional[int] = ...) -> None: ...

class Checkpoint(_message.Message):
    __slots__ = ("place", "link_hash", "recorded_time", "key_id", "signature")
    PLACE_FIELD_NUMBER: _ClassVar[int]
    LINK_HASH_FIELD_NUMBER: _ClassVar[int]
    RECORDED_TIME_FIELD_NUMBER: _ClassVar[int]
    KEY_ID_FIELD_NUMBER: _ClassVar[int]
    SIGNATURE_FIELD_NUMBER: _ClassVar[int]
    place: _state_pb2.Cursor
    link_hash: bytes
    recorded_time: _timestamp_pb2.Timestamp
    key_id: str
    signature: bytes
    def __init__(self, place: _Optional[_Union[_state_pb2.Cursor, _Mapping]] = ..., link_hash: _Optional[bytes] = ..., recorded_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., key_id: _Optional[str] = ..., signature: _Optional[bytes] = ...) -> None: ...

class DailyRoot(_message.Message):
    __slots__ = ("name", "epoch", "first_seq", "last_seq", "entry_count", "last_hash", "links_root", "previous_hash", "leaves_hash", "key_id", "signature", "exported", "mailed")
    NAME_FIELD_NUMBER: _ClassVar[int]
    EPOCH_FIELD_NUMBER: _ClassVar[int]
    FIRST_SEQ_FIELD_NUMBER: _ClassVar[int]
    LAST_SEQ_FIELD_NUMBER: _ClassVar[int]
    ENTRY_COUNT_FIELD_NUMBER: _ClassVar[int]
    LAST_HASH_FIELD_NUMBER: _ClassVar[int]
    LINKS_ROOT_FIELD_NUMBER: _ClassVar[int]
    PREVIOUS_HASH_FIELD_NUMBER: _ClassVar[int]
    LEAVES_HASH_FIELD_NUMBER: _ClassVar[int]
    KEY_ID_FIELD_NUMBER: _ClassVar[int]
    SIGNATURE_FIELD_NUMBER: _ClassVar[int]
    EXPORTED_FIELD_NUMBER: _ClassVar[int]
    MAILED_FIELD_NUMBER: _ClassVar[int]
    name: str
    epoch: int
    first_seq: int
    last_seq: int
    entry_count: int
    last_hash: bytes
    links_root: bytes
    previous_hash: bytes
    leaves_hash: bytes
    key_id: str
    signature: bytes
    exported: bool
    mailed: bool
    def __init__(self, name: _Optional[str] = ..., epoch: _Optional[int] = ..., first_seq: _Optional[int] = ..., last_seq: _Optional[int] = ..., entry_count: _Optional[int] = ..., last_hash: _Optional[bytes] = ..., links_root: _Optional[bytes] = ..., previous_hash: _Optional[bytes] = ..., leaves_hash: _Optional[bytes] = ..., key_id: _Optional[str] = ..., signature: _Optional[bytes] = ..., exported: _Optional[bool] = ..., mailed: _Optional[bool] = ...) -> None: ...

class Receipt(_message.Message):
    __slots__ = ("agent", "day", "zone", "issue_time", "openings", "links")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    DAY_FIELD_NUMBER: _ClassVar[int]
    ZONE_FIELD_NUMBER: _ClassVar[int]
    ISSUE_TIME_FIELD_NUMBER: _ClassVar[int]
    OPENINGS_FIELD_NUMBER: _ClassVar[int]
    LINKS_FIELD_NUMBER: _ClassVar[int]
    agent: str
    day: str
    zone: str
    issue_time: _timestamp_pb2.Timestamp
    openings: _containers.RepeatedCompositeFieldContainer[Opening]
    links: _containers.RepeatedCompositeFieldContainer[ReceiptLink]
    def __init__(self, agent: _Optional[str] = ..., day: _Optional[str] = ..., zone: _Optional[str] = ..., issue_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., openings: _Optional[_Iterable[_Union[Opening, _Mapping]]] = ..., links: _Optional[_Iterable[_Union[ReceiptLink, _Mapping]]] = ...) -> None: ...

class ReceiptLink(_message.Message):
    __slots__ = ("link", "checkpoint", "entries", "root_proof")
    LINK_FIELD_NUMBER: _ClassVar[int]
    CHECKPOINT_FIELD_NUMBER: _ClassVar[int]
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    ROOT_PROOF_FIELD_NUMBER: _ClassVar[int]
    link: ChainLink
    checkpoint: Checkpoint
    entries: _containers.RepeatedCompositeFieldContainer[ReceiptEntry]
    root_proof: RootProof
    def __init__(self, link: _Optional[_Union[ChainLink, _Mapping]] = ..., checkpoint: _Optional[_Union[Checkpoint, _Mapping]] = ..., entries: _Optional[_Iterable[_Union[ReceiptEntry, _Mapping]]] = ..., root_proof: _Optional[_Union[RootProof, _Mapping]] = ...) -> None: ...

class ReceiptEntry(_message.Message):
    __slots__ = ("position", "hashed_bytes", "path")
    POSITION_FIELD_NUMBER: _ClassVar[int]
    HASHED_BYTES_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    position: int
    hashed_bytes: bytes
    path: _containers.RepeatedScalarFieldContainer[bytes]
    def __init__(self, position: _Optional[int] = ..., hashed_bytes: _Optional[bytes] = ..., path: _Optional[_Iterable[bytes]] = ...) -> None: ...

class RootProof(_message.Message):
    __slots__ = ("daily_root", "position", "link_count", "path")
    DAILY_ROOT_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    LINK_COUNT_FIELD_NUMBER: _ClassVar[int]
    PATH_FIELD_NUMBER: _ClassVar[int]
    daily_root: str
    position: int
    link_count: int
    path: _containers.RepeatedScalarFieldContainer[bytes]
    def __init__(self, daily_root: _Optional[str] = ..., position: _Optional[int] = ..., link_count: _Optional[int] = ..., path: _Optional[_Iterable[bytes]] = ...) -> None: ...

class GetReceiptRequest(_message.Message):
    __slots__ = ("agent", "day", "zone")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    DAY_FIELD_NUMBER: _ClassVar[int]
    ZONE_FIELD_NUMBER: _ClassVar[int]
    agent: str
    day: str
    zone: str
    def __init__(self, agent: _Optional[str] = ..., day: _Optional[str] = ..., zone: _Optional[str] = ...) -> None: ...

class ListCheckpointsRequest(_message.Message):
    __slots__ = ("site", "page_size", "page_token", "last_only")
    SITE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    LAST_ONLY_FIELD_NUMBER: _ClassVar[int]
    site: str
    page_size: int
    page_token: str
    last_only: bool
    def __init__(self, site: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ..., last_only: _Optional[bool] = ...) -> None: ...

class ListCheckpointsResponse(_message.Message):
    __slots__ = ("checkpoints", "next_page_token")
    CHECKPOINTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    checkpoints: _containers.RepeatedCompositeFieldContainer[Checkpoint]
    next_page_token: str
    def __init__(self, checkpoints: _Optional[_Iterable[_Union[Checkpoint, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class ListDailyRootsRequest(_message.Message):
    __slots__ = ("site", "page_size", "page_token")
    SITE_FIELD_NUMBER: _ClassVar[int]
    PAGE_SIZE_FIELD_NUMBER: _ClassVar[int]
    PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    site: str
    page_size: int
    page_token: str
    def __init__(self, site: _Optional[str] = ..., page_size: _Optional[int] = ..., page_token: _Optional[str] = ...) -> None: ...

class ListDailyRootsResponse(_message.Message):
    __slots__ = ("daily_roots", "next_page_token")
    DAILY_ROOTS_FIELD_NUMBER: _ClassVar[int]
    NEXT_PAGE_TOKEN_FIELD_NUMBER: _ClassVar[int]
    daily_roots: _containers.RepeatedCompositeFieldContainer[DailyRoot]
    next_page_token: str
    def __init__(self, daily_roots: _Optional[_Iterable[_Union[DailyRoot, _Mapping]]] = ..., next_page_token: _Optional[str] = ...) -> None: ...

class GetDailyRootRequest(_message.Message):
    __slots__ = ("name",)
    NAME_FIELD_NUMBER: _ClassVar[int]
    name: str
    def __init__(self, name: _Optional[str] = ...) -> None: ...

class ReadChainRequest(_message.Message):
    __slots__ = ("site", "first_seq", "last_seq", "with_stray_entries")
    SITE_FIELD_NUMBER: _ClassVar[int]
    FIRST_SEQ_FIELD_NUMBER: _ClassVar[int]
    LAST_SEQ_FIELD_NUMBER: _ClassVar[int]
    WITH_STRAY_ENTRIES_FIELD_NUMBER: _ClassVar[int]
    site: str
    first_seq: int
    last_seq: int
    with_stray_entries: bool
    def __init__(self, site: _Optional[str] = ..., first_seq: _Optional[int] = ..., last_seq: _Optional[int] = ..., with_stray_entries: _Optional[bool] = ...) -> None: ...

class ReadChainResponse(_message.Message):
    __slots__ = ("links", "openings", "kept_from_time", "stray_entries", "pseudonyms")
    LINKS_FIELD_NUMBER: _ClassVar[int]
    OPENINGS_FIELD_NUMBER: _ClassVar[int]
    KEPT_FROM_TIME_FIELD_NUMBER: _ClassVar[int]
    STRAY_ENTRIES_FIELD_NUMBER: _ClassVar[int]
    PSEUDONYMS_FIELD_NUMBER: _ClassVar[int]
    links: _containers.RepeatedCompositeFieldContainer[VerifiableLink]
    openings: _containers.RepeatedCompositeFieldContainer[Opening]
    kept_from_time: _timestamp_pb2.Timestamp
    stray_entries: _containers.RepeatedCompositeFieldContainer[StrayEntry]
    pseudonyms: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, links: _Optional[_Iterable[_Union[VerifiableLink, _Mapping]]] = ..., openings: _Optional[_Iterable[_Union[Opening, _Mapping]]] = ..., kept_from_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., stray_entries: _Optional[_Iterable[_Union[StrayEntry, _Mapping]]] = ..., pseudonyms: _Optional[_Iterable[str]] = ...) -> None: ...

class StrayEntry(_message.Message):
    __slots__ = ("seq", "position", "agent", "event_id", "occurred_time")
    SEQ_FIELD_NUMBER: _ClassVar[int]
    POSITION_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    EVENT_ID_FIELD_NUMBER: _ClassVar[int]
    OCCURRED_TIME_FIELD_NUMBER: _ClassVar[int]
    seq: int
    position: int
    agent: str
    event_id: str
    occurred_time: _timestamp_pb2.Timestamp
    def __init__(self, seq: _Optional[int] = ..., position: _Optional[int] = ..., agent: _Optional[str] = ..., event_id: _Optional[str] = ..., occurred_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class VerifiableLink(_message.Message):
    __slots__ = ("link", "entries")
    LINK_FIELD_NUMBER: _ClassVar[int]
    ENTRIES_FIELD_NUMBER: _ClassVar[int]
    link: ChainLink
    entries: _containers.RepeatedCompositeFieldContainer[VerifiableEntry]
    def __init__(self, link: _Optional[_Union[ChainLink, _Mapping]] = ..., entries: _Optional[_Iterable[_Union[VerifiableEntry, _Mapping]]] = ...) -> None: ...

class VerifiableEntry(_message.Message):
    __slots__ = ("position", "agent", "hashed_bytes", "recorded_time")
    POSITION_FIELD_NUMBER: _ClassVar[int]
    AGENT_FIELD_NUMBER: _ClassVar[int]
    HASHED_BYTES_FIELD_NUMBER: _ClassVar[int]
    RECORDED_TIME_FIELD_NUMBER: _ClassVar[int]
    position: int
    agent: str
    hashed_bytes: bytes
    recorded_time: _timestamp_pb2.Timestamp
    def __init__(self, position: _Optional[int] = ..., agent: _Optional[str] = ..., hashed_bytes: _Optional[bytes] = ..., recorded_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ...) -> None: ...

class EraseAgentRequest(_message.Message):
    __slots__ = ("agent", "request_id", "reason", "aliases")
    AGENT_FIELD_NUMBER: _ClassVar[int]
    REQUEST_ID_FIELD_NUMBER: _ClassVar[int]
    REASON_FIELD_NUMBER: _ClassVar[int]
    ALIASES_FIELD_NUMBER: _ClassVar[int]
    agent: str
    request_id: str
    reason: str
    aliases: _containers.RepeatedScalarFieldContainer[str]
    def __init__(self, agent: _Optional[str] = ..., request_id: _Optional[str] = ..., reason: _Optional[str] = ..., aliases: _Optional[_Iterable[str]] = ...) -> None: ...

class EraseAgentResponse(_message.Message):
    __slots__ = ("pseudonym", "request_time", "completed")
    PSEUDONYM_FIELD_NUMBER: _ClassVar[int]
    REQUEST_TIME_FIELD_NUMBER: _ClassVar[int]
    COMPLETED_FIELD_NUMBER: _ClassVar[int]
    pseudonym: str
    request_time: _timestamp_pb2.Timestamp
    completed: bool
    def __init__(self, pseudonym: _Optional[str] = ..., request_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., completed: _Optional[bool] = ...) -> None: ...
