from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from typing import ClassVar as _ClassVar

DESCRIPTOR: _descriptor.FileDescriptor

class ErrorReason(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    ERROR_REASON_UNSPECIFIED: _ClassVar[ErrorReason]
    SIGN_IN_REQUIRED: _ClassVar[ErrorReason]
    WRONG_CREDENTIALS: _ClassVar[ErrorReason]
    TOO_MANY_ATTEMPTS: _ClassVar[ErrorReason]
    PERMISSION_MISSING: _ClassVar[ErrorReason]
    CSRF_CHECK_FAILED: _ClassVar[ErrorReason]
    NO_SUCH_METHOD: _ClassVar[ErrorReason]
    MALFORMED_REQUEST: _ClassVar[ErrorReason]
    INVALID_FIELD: _ClassVar[ErrorReason]
    BACKEND_UNAVAILABLE: _ClassVar[ErrorReason]
    INTERNAL_ERROR: _ClassVar[ErrorReason]
    DEADLINE_PASSED: _ClassVar[ErrorReason]
    DATABASE_UNAVAILABLE: _ClassVar[ErrorReason]
    OVERLOADED: _ClassVar[ErrorReason]
    TOO_MANY_STREAMS: _ClassVar[ErrorReason]
    WRONG_CODE: _ClassVar[ErrorReason]
    UNKNOWN_ACCOUNT: _ClassVar[ErrorReason]
    UNKNOWN_SOURCE: _ClassVar[ErrorReason]
    SOURCE_EXISTS: _ClassVar[ErrorReason]
    UNKNOWN_MAPPING: _ClassVar[ErrorReason]
    STALE_ETAG: _ClassVar[ErrorReason]
    INVALID_PAGE_TOKEN: _ClassVar[ErrorReason]
    SIGNATURE_REFUSED: _ClassVar[ErrorReason]
    SIGNATURE_EXPIRED: _ClassVar[ErrorReason]
    BODY_TOO_LARGE: _ClassVar[ErrorReason]
    TOO_MANY_PENDING: _ClassVar[ErrorReason]
    FIELD_FORBIDDEN: _ClassVar[ErrorReason]
ERROR_REASON_UNSPECIFIED: ErrorReason
SIGN_IN_REQUIRED: ErrorReason
WRONG_CREDENTIALS: ErrorReason
TOO_MANY_ATTEMPTS: ErrorReason
PERMISSION_MISSING: ErrorReason
CSRF_CHECK_FAILED: ErrorReason
NO_SUCH_METHOD: ErrorReason
MALFORMED_REQUEST: ErrorReason
INVALID_FIELD: ErrorReason
BACKEND_UNAVAILABLE: ErrorReason
INTERNAL_ERROR: ErrorReason
DEADLINE_PASSED: ErrorReason
DATABASE_UNAVAILABLE: ErrorReason
OVERLOADED: ErrorReason
TOO_MANY_STREAMS: ErrorReason
WRONG_CODE: ErrorReason
UNKNOWN_ACCOUNT: ErrorReason
UNKNOWN_SOURCE: ErrorReason
SOURCE_EXISTS: ErrorReason
UNKNOWN_MAPPING: ErrorReason
STALE_ETAG: ErrorReason
INVALID_PAGE_TOKEN: ErrorReason
SIGNATURE_REFUSED: ErrorReason
SIGNATURE_EXPIRED: ErrorReason
BODY_TOO_LARGE: ErrorReason
TOO_MANY_PENDING: ErrorReason
FIELD_FORBIDDEN: ErrorReason
