from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from typing import ClassVar as _ClassVar

DESCRIPTOR: _descriptor.FileDescriptor

class ErrorReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ERROR_REASON_UNSPECIFIED: _ClassVar[ErrorReason]
    INVALID_FIELD: _ClassVar[ErrorReason]
    UNKNOWN_SITE: _ClassVar[ErrorReason]
    UNKNOWN_QUEUE: _ClassVar[ErrorReason]
    UNKNOWN_SOURCE: _ClassVar[ErrorReason]
    GOING_ON_ALREADY: _ClassVar[ErrorReason]
    FLOOR_STARTING: _ClassVar[ErrorReason]
ERROR_REASON_UNSPECIFIED: ErrorReason
INVALID_FIELD: ErrorReason
UNKNOWN_SITE: ErrorReason
UNKNOWN_QUEUE: ErrorReason
UNKNOWN_SOURCE: ErrorReason
GOING_ON_ALREADY: ErrorReason
FLOOR_STARTING: ErrorReason
