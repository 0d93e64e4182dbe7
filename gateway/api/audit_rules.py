"""What the descriptors say about keeping calls in the audit log."""

import re
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
    request names the person whom they tell of.
    """

    audit: int
    changes: bool
    person_field: str
    anonymous: bool

    def keeps(self, person: str) -> bool:
        """Tells whether a call about that person (empty: nobody in particular) is kept."""
        if self.audit == options_pb2.AUDIT_NEVER:
            return False
        return self.changes or bool(person) or self.audit == options_pb2.AUDIT_ALWAYS

    @property
    def may_keep(self) -> bool:
        """Tells whether some calls of the method are kept."""
        return self.keeps(self.person_field)

    def person_of(self, request: Message | None) -> str:
        """Returns the person whom a request names; empty where it names none."""
        if request is None or not self.person_field:
            return ""
        name = str(getattr(request, self.person_field))
        return name if _AGENT.fullmatch(name) else ""


@lru_cache(maxsize=1024)
def audit_rule_of(path: str) -> AuditRule:
    """Returns the rule of a method, given as `/muster.presence.v1.PresenceService/ReportStates`.

    KeyError if there is no such method.
    """
    name = path.removeprefix("/").replace("/", ".")
    # The stubs of generated extensions know another type of descriptor, hence Any.
    options: Any = descriptor_pool.Default().FindMethodByName(name).GetOptions()
    access: options_pb2.Access = options.Extensions[options_pb2.access]
    http = options.Extensions[annotations_pb2.http]
    changes = options.HasExtension(annotations_pb2.http) and http.WhichOneof("pattern") != "get"
    return AuditRule(access.audit, changes, access.person_field, access.anonymous)
