from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from typing import ClassVar as _ClassVar

DESCRIPTOR: _descriptor.FileDescriptor

class ErrorReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ERROR_REASON_UNSPECIFIED: _ClassVar[ErrorReason]
    INVALID_FIELD: _ClassVar[ErrorReason]
    UNKNOWN_SITE: _ClassVar[ErrorReason]
    UNKNOWN_AGENT: _ClassVar[ErrorReason]
    UNKNOWN_CONTACT: _ClassVar[ErrorReason]
    UNKNOWN_RECORDING: _ClassVar[ErrorReason]
    IN_THE_FUTURE: _ClassVar[ErrorReason]
    TOO_OLD: _ClassVar[ErrorReason]
    OUT_OF_SCOPE: _ClassVar[ErrorReason]
    TOO_MANY_EVENTS: _ClassVar[ErrorReason]
    NO_CONSENT: _ClassVar[ErrorReason]
    CURSOR_EXPIRED: _ClassVar[ErrorReason]
    INVALID_PAGE_TOKEN: _ClassVar[ErrorReason]
    OVERLOADED: _ClassVar[ErrorReason]
ERROR_REASON_UNSPECIFIED: ErrorReason
INVALID_FIELD: ErrorReason
UNKNOWN_SITE: ErrorReason
UNKNOWN_AGENT: ErrorReason
UNKNOWN_CONTACT: ErrorReason
UNKNOWN_RECORDING: ErrorReason
IN_THE_FUTURE: ErrorReason
TOO_OLD: ErrorReason
OUT_OF_SCOPE: ErrorReason
TOO_MANY_EVENTS: ErrorReason
NO_CONSENT: ErrorReason
CURSOR_EXPIRED: ErrorReason
INVALID_PAGE_TOKEN: ErrorReason
OVERLOADED: ErrorReason
