"""Serves the web app that `make web` builds."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from gateway.http.problems import WrongVerb, no_such_path, problem
from gateway.http.security import PAGE_POLICY

# Vite names what it puts there by content hash.
_HASHED = "assets/"
_A_YEAR = "public, max-age=31536000, immutable"
_PAGE_HEADERS = {"content-security-policy": PAGE_POLICY, "cache-control": "no-cache"}

_NOT_BUILT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Muster</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head><body>
<h1>The web app is not built</h1>
<p>Run <code>make web</code> in the project's folder, then reload this page.</p>
<p>The API under <code>/v1</code> works without it.</p>
</body></html>
"""


class WebApp:
    """Files by their path; any other path is a page of the app, an ASGI application."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = self._respond(Request(scope))
        await response(scope, receive, send)

    def _respond(self, request: Request) -> Response:
        if request.method not in ("GET", "HEAD"):
            return problem(WrongVerb(["GET"]), "")
        path = request.url.path.lstrip("/")
        file = self._find(path)
        if file is not None:
            kept = _A_YEAR if path.startswith(_HASHED) else "no-cache"
            # A worker's own answer says what the worker may reach.
            headers = {"content-security-policy": PAGE_POLICY, "cache-control": kept}
            return FileResponse(file, headers=headers)
        if "." in path.rpartition("/")[2] and path != "index.html":
            # A file that is gone, as after an update: the page in its stead would only confuse.
            return problem(no_such_path(), "")
        return self._page()

    def _find(self, path: str) -> Path | None:
        """Returns the file of a path inside the folder; the page itself has headers of its own."""
        if not path or "\0" in path or path == "index.html":
            return None
        file = (self._folder / path).resolve()
        try:
            return file if file.is_relative_to(self._folder) and file.is_file() else None
        except OSError:
            # No file has a name that the file system does not even take, as one that is too long.
            return None

    def _page(self) -> Response:
        index = self._folder / "index.html"
        if not index.is_file():
            return HTMLResponse(_NOT_BUILT, 503, _PAGE_HEADERS)
        return FileResponse(index, headers=_PAGE_HEADERS)
