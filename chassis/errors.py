"""What a refusal is: a stable reason with data, the same in every process and on every wire."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType

NO_METADATA: Mapping[str, str] = MappingProxyType({})

_MOST_TOLD = 3

SHARED_DOMAIN = "muster"
"""The domain of reasons that the ground raises, whichever process serves."""


class Code(StrEnum):
    """The kind of a refusal, by the names of the gRPC status codes."""

    INVALID_ARGUMENT = "INVALID_ARGUMENT"
    NOT_FOUND = "NOT_FOUND"
    ALREADY_EXISTS = "ALREADY_EXISTS"
    PERMISSION_DENIED = "PERMISSION_DENIED"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    RESOURCE_EXHAUSTED = "RESOURCE_EXHAUSTED"
    FAILED_PRECONDITION = "FAILED_PRECONDITION"
    ABORTED = "ABORTED"
    OUT_OF_RANGE = "OUT_OF_RANGE"
    UNAVAILABLE = "UNAVAILABLE"
    DEADLINE_EXCEEDED = "DEADLINE_EXCEEDED"
    UNIMPLEMENTED = "UNIMPLEMENTED"
    INTERNAL = "INTERNAL"


@dataclass(frozen=True, slots=True)
class FieldViolation:
    """One field of a request that is not as it must be.

    The field is a path such as `agents[3].team`; the description says what is wrong and what would
    be right.
    """

    field: str
    description: str


class Refusal(Exception):  # noqa: N818 - an answer, not a mistake
    """An answer other than the one asked for, which the caller can act on.

    The reason is a name of an `ErrorReason` of the domain; an empty domain stands for the serving
    process. The message is English for developers; whoever shows it to people words it by reason
    and metadata.
    """

    def __init__(
        self,
        code: Code,
        reason: str,
        message: str,
        *,
        metadata: Mapping[str, str] = NO_METADATA,
        violations: Sequence[FieldViolation] = (),
        retry_after: timedelta | None = None,
        domain: str = "",
    ) -> None:
        super().__init__(f"{code} {reason}: {message}")
        self.code = code
        self.reason = reason
        self.message = message
        self.metadata = MappingProxyType(dict(metadata))
        self.violations = tuple(violations)
        self.retry_after = retry_after
        self.domain = domain


def invalid_fields(violations: Sequence[FieldViolation]) -> Refusal:
    """Refuses a request for the given fields, of which there is at least one."""
    told = "; ".join(f"{one.field}: {one.description}" for one in violations[:_MOST_TOLD])
    more = f"; and {len(violations) - _MOST_TOLD} more" if len(violations) > _MOST_TOLD else ""
    return Refusal(Code.INVALID_ARGUMENT, "INVALID_FIELD", told + more, violations=violations)
