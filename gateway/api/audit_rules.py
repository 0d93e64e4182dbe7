"""What the descriptors say about keeping calls in the audit log."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from google.api import annotations_pb2
from google.protobuf import descriptor_pool
from google.protobuf.message import Message
from muster.options.v1 import options_pb2

_AGENT = re.compile(r"agents/[a-z0-9-]{1,63}")


@dataclass(frozen=True, slots=True)
class AuditRule:
    """Whether a method's calls are kept, whether they change something, and which field of the
    request names the person, or lists the persons, whom they tell of.
    """

    audit: int
    changes: bool
    person_field: str
    lists_persons: bool
    anonymous: bool

    def keeps(self, persons: Collection[str]) -> bool:
        """Tells whether a call about those persons (none: nobody in particular) is kept."""
        if self.audit == options_pb2.AUDIT_NEVER:
            return False
        return self.changes or bool(persons) or self.audit == options_pb2.AUDIT_ALWAYS

    @property
    def may_keep(self) -> bool:
        """Tells whether some calls of the method are kept."""
        return self.keeps({self.person_field} - {""})

    def persons_of(self, request: Message | None) -> tuple[str, ...]:
        """Returns the persons whom a request names, each once; none where it names nobody."""
        if request is None or not self.person_field:
            return ()
        value = getattr(request, self.person_field)
        names = (value,) if isinstance(value, str) else value
        return tuple(dict.fromkeys(name for name in names if _AGENT.fullmatch(name)))


@lru_cache(maxsize=1024)
def audit_rule_of(path: str) -> AuditRule:
    """Returns the rule of a method, given as `/muster.presence.v1.PresenceService/ReportStates`.

    KeyError if there is no such method.
    """
    name = path.removeprefix("/").replace("/", ".")
    # The stubs of generated extensions know another type of descriptor, hence Any.
    method = descriptor_pool.Default().FindMethodByName(name)
    options: Any = method.GetOptions()
    access: options_pb2.Access = options.Extensions[options_pb2.access]
    http = options.Extensions[annotations_pb2.http]
    changes = options.HasExtension(annotations_pb2.http) and http.WhichOneof("pattern") != "get"
    field = method.input_type.fields_by_name.get(access.person_field)
    lists_persons = field is not None and field.is_repeated
    return AuditRule(access.audit, changes, access.person_field, lists_persons, access.anonymous)
