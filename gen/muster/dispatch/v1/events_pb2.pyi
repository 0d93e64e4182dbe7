import datetime

from google.protobuf import timestamp_pb2 as _timestamp_pb2
from muster.dispatch.v1 import contact_pb2 as _contact_pb2
from muster.dispatch.v1 import queue_pb2 as _queue_pb2
from google.protobuf.internal import containers as _containers
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from collections.abc import Iterable as _Iterable, Mapping as _Mapping
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class ContactsChanged(_message.Message):
    __slots__ = ("cursor", "recorded_time", "contacts", "queues")
    CURSOR_FIELD_NUMBER: _ClassVar[int]
    RECORDED_TIME_FIELD_NUMBER: _ClassVar[int]
    CONTACTS_FIELD_NUMBER: _ClassVar[int]
    QUEUES_FIELD_NUMBER: _ClassVar[int]
    cursor: _contact_pb2.Cursor
    recorded_time: _timestamp_pb2.Timestamp
    contacts: _containers.RepeatedCompositeFieldContainer[_contact_pb2.Contact]
    queues: _containers.RepeatedCompositeFieldContainer[_queue_pb2.Queue]
    def __init__(self, cursor: _Optional[_Union[_contact_pb2.Cursor, _Mapping]] = ..., recorded_time: _Optional[_Union[datetime.datetime, _timestamp_pb2.Timestamp, _Mapping]] = ..., contacts: _Optional[_Iterable[_Union[_contact_pb2.Contact, _Mapping]]] = ..., queues: _Optional[_Iterable[_Union[_queue_pb2.Queue, _Mapping]]] = ...) -> None: ...
