from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from typing import ClassVar as _ClassVar

DESCRIPTOR: _descriptor.FileDescriptor

class ErrorReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ERROR_REASON_UNSPECIFIED: _ClassVar[ErrorReason]
    INVALID_FIELD: _ClassVar[ErrorReason]
    UNKNOWN_AGENT: _ClassVar[ErrorReason]
    IN_THE_FUTURE: _ClassVar[ErrorReason]
    TOO_OLD: _ClassVar[ErrorReason]
    CURSOR_EXPIRED: _ClassVar[ErrorReason]
    INVALID_PAGE_TOKEN: _ClassVar[ErrorReason]
    OUT_OF_SCOPE: _ClassVar[ErrorReason]
    OVERLOADED: _ClassVar[ErrorReason]
    NOT_IN_WRAP_UP: _ClassVar[ErrorReason]
    POLICY_CHANGED: _ClassVar[ErrorReason]
    UNKNOWN_POLICY_VERSION: _ClassVar[ErrorReason]
    UNKNOWN_ENTRY: _ClassVar[ErrorReason]
    NOT_A_CLAIM: _ClassVar[ErrorReason]
    REQUEST_ID_REUSED: _ClassVar[ErrorReason]
    LOG_DISAGREES: _ClassVar[ErrorReason]
    UNKNOWN_SITE: _ClassVar[ErrorReason]
    NO_DAILY_ROOT: _ClassVar[ErrorReason]
    ONLY_OWN_BUTTON: _ClassVar[ErrorReason]
ERROR_REASON_UNSPECIFIED: ErrorReason
INVALID_FIELD: ErrorReason
UNKNOWN_AGENT: ErrorReason
IN_THE_FUTURE: ErrorReason
TOO_OLD: ErrorReason
CURSOR_EXPIRED: ErrorReason
INVALID_PAGE_TOKEN: ErrorReason
OUT_OF_SCOPE: ErrorReason
OVERLOADED: ErrorReason
NOT_IN_WRAP_UP: ErrorReason
POLICY_CHANGED: ErrorReason
UNKNOWN_POLICY_VERSION: ErrorReason
UNKNOWN_ENTRY: ErrorReason
NOT_A_CLAIM: ErrorReason
REQUEST_ID_REUSED: ErrorReason
LOG_DISAGREES: ErrorReason
UNKNOWN_SITE: ErrorReason
NO_DAILY_ROOT: ErrorReason
ONLY_OWN_BUTTON: ErrorReason
