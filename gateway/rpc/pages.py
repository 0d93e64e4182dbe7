"""Pages of a list: tokens that tell where it goes on, bound to the list that they belong to."""

import hashlib
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from chassis.errors import Code, Refusal
from gateway.app.source_ports import Page, Place

DEFAULT_SIZE = 50
GREATEST_SIZE = 1000

_Row = TypeVar("_Row")


class Asked(Protocol):
    """What every request for a list brings."""

    page_size: int
    page_token: str


def page_of(request: Asked, list_name: str, *form: type[str] | type[int]) -> Page:
    """Returns the page that a request asks for, with one row more, which tells whether there is a
    next one. The form tells what names a place in the list.
    """
    size = request.page_size if request.page_size > 0 else DEFAULT_SIZE
    after = _decode(list_name, request.page_token, form) if request.page_token else ()
    return Page(min(size, GREATEST_SIZE) + 1, after)


def cut(
    rows: Sequence[_Row], page: Page, list_name: str, place_of: Callable[[_Row], Place]
) -> tuple[Sequence[_Row], str]:
    """Returns the rows of the page and the token of the next one."""
    if len(rows) < page.limit:
        return rows, ""
    shown = rows[: page.limit - 1]
    return shown, _encode(list_name, place_of(shown[-1]))


def _encode(list_name: str, place: Place) -> str:
    return urlsafe_b64encode(json.dumps([_mark(list_name), *place]).encode()).decode()


def _decode(list_name: str, token: str, form: Sequence[type]) -> Place:
    try:
        mark, *place = json.loads(urlsafe_b64decode(token.encode()))
        if mark == _mark(list_name) and [type(one) for one in place] == list(form):
            return tuple(place)
    except (ValueError, TypeError, RecursionError):
        # Whatever is wrong with a token, it is refused below.
        pass
    raise Refusal(
        Code.INVALID_ARGUMENT,
        "INVALID_PAGE_TOKEN",
        "the page token does not belong to this list: start at the first page",
    )


def _mark(list_name: str) -> str:
    return hashlib.sha256(list_name.encode()).hexdigest()[:12]
