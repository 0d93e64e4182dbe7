"""A refusal on the wire: google.rpc.Status with ErrorInfo, BadRequest and RetryInfo."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

import grpc
from google.protobuf.duration_pb2 import Duration
from google.rpc import error_details_pb2, status_pb2

from chassis.errors import SHARED_DOMAIN, Code, FieldViolation, Refusal

DETAILS_KEY = "grpc-status-details-bin"
MOST_DETAILS_BYTES = 5_000
MOST_MESSAGE_CHARACTERS = 500

REASONS_WITHOUT_DETAILS = {
    Code.UNAUTHENTICATED: "SIGN_IN_REQUIRED",
    Code.PERMISSION_DENIED: "PERMISSION_MISSING",
    Code.UNAVAILABLE: "BACKEND_UNAVAILABLE",
    Code.DEADLINE_EXCEEDED: "DEADLINE_PASSED",
    Code.UNIMPLEMENTED: "NO_SUCH_METHOD",
    Code.INVALID_ARGUMENT: "MALFORMED_REQUEST",
    Code.RESOURCE_EXHAUSTED: "OVERLOADED",
}


def status_of(refusal: Refusal, process: str) -> status_pb2.Status:
    """The refusal as the status that a process sends.

    Metadata of a call is limited, so violations that do not fit are left out and counted in the
    metadata `violations_left_out`.
    """
    status = _status(refusal, process, refusal.violations)
    kept = len(refusal.violations)
    while kept and status.ByteSize() > MOST_DETAILS_BYTES:
        kept //= 2
        status = _status(refusal, process, refusal.violations[:kept])
    return status


def status_code_of(code: Code) -> grpc.StatusCode:
    """The status code of the same name."""
    return grpc.StatusCode[code.value]


def refusal_of(code: grpc.StatusCode, message: str, details: bytes | None) -> Refusal:
    """The refusal that a status carries; one with a shared reason if it names none itself."""
    status = status_pb2.Status.FromString(details) if details else status_pb2.Status()
    info = error_details_pb2.ErrorInfo()
    bad_request = error_details_pb2.BadRequest()
    retry = error_details_pb2.RetryInfo()
    for detail in status.details:
        _ = detail.Unpack(info) or detail.Unpack(bad_request) or detail.Unpack(retry)
    kind = Code(code.name) if code.name in Code.__members__ else Code.INTERNAL
    return Refusal(
        kind,
        info.reason or REASONS_WITHOUT_DETAILS.get(kind, "INTERNAL_ERROR"),
        message or status.message,
        metadata=dict(info.metadata),
        violations=_violations(bad_request.field_violations),
        retry_after=retry.retry_delay.ToTimedelta() if retry.HasField("retry_delay") else None,
        domain=info.domain or SHARED_DOMAIN,
    )


def _status(
    refusal: Refusal, process: str, violations: Sequence[FieldViolation]
) -> status_pb2.Status:
    left_out = len(refusal.violations) - len(violations)
    status = status_pb2.Status(
        code=status_code_of(refusal.code).value[0],
        message=refusal.message[:MOST_MESSAGE_CHARACTERS],
    )
    status.details.add().Pack(
        error_details_pb2.ErrorInfo(
            reason=refusal.reason,
            domain=refusal.domain or f"{process}.{SHARED_DOMAIN}",
            metadata=dict(refusal.metadata)
            | ({"violations_left_out": str(left_out)} if left_out else {}),
        )
    )
    if violations:
        status.details.add().Pack(_bad_request(violations))
    if refusal.retry_after is not None:
        delay = _duration(refusal.retry_after)
        status.details.add().Pack(error_details_pb2.RetryInfo(retry_delay=delay))
    return status


def _bad_request(violations: Iterable[FieldViolation]) -> error_details_pb2.BadRequest:
    return error_details_pb2.BadRequest(
        field_violations=[
            error_details_pb2.BadRequest.FieldViolation(
                field=violation.field, description=violation.description
            )
            for violation in violations
        ]
    )


def _violations(
    sent: Iterable[error_details_pb2.BadRequest.FieldViolation],
) -> tuple[FieldViolation, ...]:
    return tuple(FieldViolation(one.field, one.description) for one in sent)


def _duration(span: timedelta) -> Duration:
    duration = Duration()
    duration.FromTimedelta(span)
    return duration
