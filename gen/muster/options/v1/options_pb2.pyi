from google.protobuf import descriptor_pb2 as _descriptor_pb2
from google.protobuf.internal import enum_type_wrapper as _enum_type_wrapper
from google.protobuf import descriptor as _descriptor
from google.protobuf import message as _message
from typing import ClassVar as _ClassVar, Optional as _Optional, Union as _Union

DESCRIPTOR: _descriptor.FileDescriptor

class Visibility(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    VISIBILITY_UNSPECIFIED: _ClassVar[Visibility]
    VISIBILITY_PUBLIC: _ClassVar[Visibility]
    VISIBILITY_INTERNAL: _ClassVar[Visibility]

class Audit(int, metaclass=_enum_type_wrapper.EnumTypeWrapper):
    __slots__ = ()
    AUDIT_UNSPECIFIED: _ClassVar[Audit]
    AUDIT_ALWAYS: _ClassVar[Audit]
    AUDIT_NEVER: _ClassVar[Audit]
VISIBILITY_UNSPECIFIED: Visibility
VISIBILITY_PUBLIC: Visibility
VISIBILITY_INTERNAL: Visibility
AUDIT_UNSPECIFIED: Audit
AUDIT_ALWAYS: Audit
AUDIT_NEVER: Audit
ACCESS_FIELD_NUMBER: _ClassVar[int]
access: _descriptor.FieldDescriptor
FIELD_ACCESS_FIELD_NUMBER: _ClassVar[int]
field_access: _descriptor.FieldDescriptor

class Access(_message.Message):
    __slots__ = ("visibility", "permission", "anonymous", "person_field", "audit")
    VISIBILITY_FIELD_NUMBER: _ClassVar[int]
    PERMISSION_FIELD_NUMBER: _ClassVar[int]
    ANONYMOUS_FIELD_NUMBER: _ClassVar[int]
    PERSON_FIELD_FIELD_NUMBER: _ClassVar[int]
    AUDIT_FIELD_NUMBER: _ClassVar[int]
    visibility: Visibility
    permission: str
    anonymous: bool
    person_field: str
    audit: Audit
    def __init__(self, visibility: _Optional[_Union[Visibility, str]] = ..., permission: _Optional[str] = ..., anonymous: _Optional[bool] = ..., person_field: _Optional[str] = ..., audit: _Optional[_Union[Audit, str]] = ...) -> None: ...

class FieldAccess(_message.Message):
    __slots__ = ("read_permission", "write_permission")
    READ_PERMISSION_FIELD_NUMBER: _ClassVar[int]
    WRITE_PERMISSION_FIELD_NUMBER: _ClassVar[int]
    read_permission: str
    write_permission: str
    def __init__(self, read_permission: _Optional[str] = ..., write_permission: _Optional[str] = ...) -> None: ...
