"""Reads what a request brings, within limits."""

from urllib.parse import parse_qsl

from starlette.requests import Request

from gateway.http.binding import BINARY, JSON, malformed

BODY_LIMIT = 4 * 1024 * 1024
PARAMETER_LIMIT = 1000


def parse_query(request: Request) -> list[tuple[str, str]]:
    """Returns the parameters of the query in their order."""
    text = request.scope["query_string"].decode("latin-1")
    try:
        return parse_qsl(
            text, keep_blank_values=True, errors="strict", max_num_fields=PARAMETER_LIMIT
        )
    except ValueError as error:
        raise malformed("query", str(error)[:200]) from None


async def read_content(request: Request) -> bytes:
    """Returns the body; refuses one that is too large without keeping it."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > BODY_LIMIT:
            raise malformed("body", f"is larger than {BODY_LIMIT} bytes; send it in parts")
    return bytes(content)


def media_type_of(request: Request) -> str:
    """Returns the media type of the body; JSON if it says none."""
    declared = request.headers.get("content-type", JSON)
    media_type = declared.partition(";")[0].strip().lower()
    if media_type not in (JSON, BINARY):
        raise malformed("content-type", f"is {JSON} or {BINARY}")
    return media_type


def wants_binary(request: Request) -> bool:
    """Tells whether the caller asks for binary protobuf."""
    accepted = request.headers.get("accept", "").lower().split(",")
    return any(one.partition(";")[0].strip() == BINARY for one in accepted)


def is_encrypted(request: Request) -> bool:
    """Tells whether the browser speaks TLS, to us or to the proxy in front.

    Who pretends it only gets a cookie that she cannot use.
    """
    return "https" in (request.url.scheme, request.headers.get("x-forwarded-proto", ""))
