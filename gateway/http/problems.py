"""Refusals as problem documents (RFC 9457)."""

import json
import math
from collections.abc import Sequence

from starlette.responses import Response

from chassis.errors import SHARED_DOMAIN, Code, FieldViolation, Refusal

MEDIA_TYPE = "application/problem+json"

STATUS = {
    Code.INVALID_ARGUMENT: 400,
    Code.NOT_FOUND: 404,
    Code.ALREADY_EXISTS: 409,
    Code.PERMISSION_DENIED: 403,
    Code.UNAUTHENTICATED: 401,
    Code.RESOURCE_EXHAUSTED: 429,
    Code.FAILED_PRECONDITION: 400,
    Code.ABORTED: 409,
    Code.OUT_OF_RANGE: 400,
    Code.UNAVAILABLE: 503,
    Code.DEADLINE_EXCEEDED: 504,
    Code.UNIMPLEMENTED: 501,
    Code.INTERNAL: 500,
}


class WrongVerb(Refusal):
    """The path exists and takes other verbs."""

    def __init__(self, verbs: Sequence[str]) -> None:
        super().__init__(
            Code.UNIMPLEMENTED,
            "NO_SUCH_METHOD",
            f"the path takes {', '.join(verbs)}",
            domain=SHARED_DOMAIN,
        )
        self.verbs = tuple(verbs)


class TooLarge(Refusal):
    """The body is larger than what is taken."""

    def __init__(self, limit: int) -> None:
        super().__init__(
            Code.OUT_OF_RANGE,
            "BODY_TOO_LARGE",
            f"the body is larger than {limit} bytes: send it in parts",
        )


class TooSlow(Refusal):
    """The body did not arrive in time."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            Code.DEADLINE_EXCEEDED,
            "BODY_TOO_SLOW",
            f"the body did not arrive within {seconds:g} seconds: send it in smaller parts",
        )


class HeadTooLarge(Refusal):
    """The URL (414) or the headers (431) are larger than what is taken."""

    def __init__(self, status: int, part: str, description: str) -> None:
        super().__init__(
            Code.INVALID_ARGUMENT,
            "HEAD_TOO_LARGE",
            f"{part}: {description}",
            violations=[FieldViolation(part, description)],
        )
        self.status = status


_STATUS_OF_KIND = {WrongVerb: 405, TooLarge: 413, TooSlow: 408}
# What is left of such a request is not worth reading.
_ENDING = (TooLarge, TooSlow, HeadTooLarge)


def status_of(refusal: Refusal) -> int:
    """Returns the HTTP status that tells a refusal."""
    if isinstance(refusal, HeadTooLarge):
        return refusal.status
    return _STATUS_OF_KIND.get(type(refusal)) or STATUS[refusal.code]


def problem(refusal: Refusal, trace: str) -> Response:
    """Returns the answer that tells a refusal."""
    domain = refusal.domain or f"gateway.{SHARED_DOMAIN}"
    status = status_of(refusal)
    document = {
        "type": f"urn:muster:problem:{domain}:{refusal.reason}",
        "title": refusal.reason.replace("_", " ").capitalize(),
        "status": status,
        "detail": refusal.message,
        "reason": refusal.reason,
        "domain": domain,
        "metadata": dict(refusal.metadata),
        "violations": [
            {"field": violation.field, "description": violation.description}
            for violation in refusal.violations
        ],
        "trace": trace,
    }
    headers = {}
    if refusal.retry_after is not None:
        seconds = max(1, math.ceil(refusal.retry_after.total_seconds()))
        document["retryAfterSeconds"] = seconds
        headers["retry-after"] = str(seconds)
    if refusal.code is Code.UNAUTHENTICATED:
        headers["www-authenticate"] = "Bearer"
    if isinstance(refusal, _ENDING):
        headers["connection"] = "close"
    if isinstance(refusal, WrongVerb):
        headers["allow"] = ", ".join(refusal.verbs)
    content = json.dumps(document, ensure_ascii=False)
    return Response(content, status, headers, media_type=MEDIA_TYPE)


def no_such_path() -> Refusal:
    """Refuses a path that leads nowhere."""
    return Refusal(Code.NOT_FOUND, "NO_SUCH_METHOD", "there is no such path", domain=SHARED_DOMAIN)
