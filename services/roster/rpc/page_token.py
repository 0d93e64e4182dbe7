"""Page tokens: where a list goes on, bound to the list that it belongs to."""

import base64
import binascii
import hashlib
from typing import Any

from chassis.errors import Code, Refusal

DEFAULT_PAGE_SIZE = 50
GREATEST_PAGE_SIZE = 1_000
_MARK_LENGTH = 8


def page_limit(page_size: int) -> int:
    """Returns how many rows a page has: 50 if unspecified, 1000 at most."""
    return min(page_size, GREATEST_PAGE_SIZE) if page_size > 0 else DEFAULT_PAGE_SIZE


def list_of(request: Any) -> str:
    """Returns what a page token of a list is bound to: the request without size and token."""
    arguments = type(request)()
    arguments.CopyFrom(request)
    arguments.ClearField("page_size")
    arguments.ClearField("page_token")
    kind: str = request.DESCRIPTOR.full_name
    return f"{kind} {arguments.SerializeToString(deterministic=True).hex()}"


def encode_page_token(list_name: str, last: str) -> str:
    """Returns the token of the page after `last` of a list."""
    return base64.urlsafe_b64encode(_mark(list_name) + last.encode()).decode()


def decode_page_token(list_name: str, token: str) -> str:
    """Returns the last name of the page before, empty for the first page.

    Refuses with INVALID_PAGE_TOKEN what is no token of that list.
    """
    if not token:
        return ""
    try:
        content = base64.urlsafe_b64decode(token.encode())
        last = content[_MARK_LENGTH:].decode()
        if content[:_MARK_LENGTH] == _mark(list_name) and last.isprintable():
            return last
    except (binascii.Error, UnicodeError):
        # Whatever is wrong with a token, it is refused below.
        pass
    raise invalid_page_token()


def invalid_page_token() -> Refusal:
    """Refuses a page token that is not one of the list."""
    return Refusal(
        Code.INVALID_ARGUMENT,
        "INVALID_PAGE_TOKEN",
        "the page token does not belong to this list: start at the first page",
    )


def _mark(list_name: str) -> bytes:
    return hashlib.sha256(list_name.encode()).digest()[:_MARK_LENGTH]
