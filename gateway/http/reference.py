"""Serves the description of the API: the OpenAPI document and the page made of it.

Both say what the protos say, which are public, and nothing of any installation; so they are open to
whoever has no account yet.
"""

from collections.abc import Mapping
from functools import partial
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gateway.http.answers import Wanted, write_bytes
from gateway.http.binding import JSON
from gateway.http.problems import WrongVerb, problem
from gateway.http.security import PAGE_POLICY

_FILES: Mapping[str, tuple[str, str]] = {
    "/v1/openapi.json": ("openapi.json", JSON),
    "/docs/api": ("api.html", "text/html; charset=utf-8"),
    "/docs/api.css": ("api.css", "text/css; charset=utf-8"),
}
_HEADERS = {"cache-control": "no-cache", "content-security-policy": PAGE_POLICY}
_VERBS = ("GET", "HEAD")
# Other verbs are refused here as everywhere, by a problem document.
_ANY_VERB = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def reference_routes() -> list[Route]:
    """Returns the routes of the files, which are read once."""
    folder = files("gateway").joinpath("reference")
    return [
        Route(path, partial(_serve, folder.joinpath(name).read_bytes(), kind), methods=[*_ANY_VERB])
        for path, (name, kind) in _FILES.items()
    ]


async def _serve(content: bytes, media_type: str, request: Request) -> Response:
    if request.method not in _VERBS:
        return problem(WrongVerb(_VERBS), "")
    response = await write_bytes(content, media_type, Wanted.of(request.method, request.headers))
    response.headers.update(_HEADERS)
    return response
