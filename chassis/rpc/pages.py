"""Pages of lists: how many rows one has, and the token that tells where the next one begins.

A token is bound to the list and to the arguments of the request. It opens nothing: whoever makes
one up begins elsewhere in a list that she may read anyway.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from copy import deepcopy
from hashlib import sha256
from typing import Any, Protocol, TypeVar

from chassis.errors import Code, FieldViolation, Refusal, invalid_fields

DEFAULT_SIZE, GREATEST_SIZE = 50, 1_000

_Place = TypeVar("_Place")
_Row = TypeVar("_Row")


class Listing(Protocol):
    """A request for a list."""

    page_size: int
    page_token: str


def page_size(request: Listing) -> int:
    """Returns how many rows the page has at most."""
    if request.page_size < 0:
        raise invalid_fields([FieldViolation("page_size", "give a count, or zero for the default")])
    return min(request.page_size or DEFAULT_SIZE, GREATEST_SIZE)


def page_token(request: Listing, *place: str | int) -> str:
    """Returns the token of the page that begins after a place in the list."""
    content = json.dumps([_binding(request), *place], separators=(",", ":"))
    return urlsafe_b64encode(content.encode()).decode()


def place_after(request: Listing, read: Callable[..., _Place]) -> _Place | None:
    """Returns the place after which the page begins, which `read` makes of its parts and may refuse
    with a ValueError or TypeError; None for the first page.

    Raises INVALID_ARGUMENT/INVALID_PAGE_TOKEN for a token of other arguments or of none of ours.
    """
    if not request.page_token:
        return None
    # Whatever is wrong with a token, it is refused below.
    with suppress(ValueError, TypeError, OverflowError, RecursionError):
        binding, *place = json.loads(urlsafe_b64decode(request.page_token.encode()))
        if binding == _binding(request) and all(map(_is_storable, place)):
            return read(*place)
    raise Refusal(
        Code.INVALID_ARGUMENT,
        "INVALID_PAGE_TOKEN",
        "the page token does not belong to these arguments: start at the first page",
    )


def cut(
    rows: Sequence[_Row], request: Listing, place_of: Callable[[_Row], Iterable[str | int]]
) -> tuple[Sequence[_Row], str]:
    """Returns the rows of the page and the token of the next one, given one row more than the page
    has if there is a next one.
    """
    shown = rows[: page_size(request)]
    if len(shown) == len(rows):
        return shown, ""
    return shown, page_token(request, *place_of(shown[-1]))


def _binding(request: Listing) -> str:
    arguments: Any = deepcopy(request)
    arguments.ClearField("page_size")
    arguments.ClearField("page_token")
    kind = arguments.DESCRIPTOR.full_name.encode()
    return sha256(kind + arguments.SerializeToString(deterministic=True)).hexdigest()[:16]


def _is_storable(part: object) -> bool:
    """Tells whether a database knows such values; of others it says that the query is wrong."""
    if isinstance(part, int):
        return -(2**63) <= part < 2**63
    return isinstance(part, str) and b"\0" not in part.encode()
