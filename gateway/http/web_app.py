"""Serves the web app that `make web` builds."""

import secrets
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send

from gateway.http.problems import WrongVerb, no_such_path, problem
from gateway.http.security import page_policy

NONCE_PLACE = "__CSP_NONCE__"
# Vite names what it puts there by content hash.
_HASHED = "assets"
_A_YEAR = "public, max-age=31536000, immutable"

_NOT_BUILT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Muster</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style nonce="__CSP_NONCE__">
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem }
</style></head><body>
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
            hashed = path.startswith(f"{_HASHED}/")
            return FileResponse(file, headers={"cache-control": _A_YEAR if hashed else "no-cache"})
        if "." in path.rpartition("/")[2]:
            # A file that is gone, as after an update; a page in its stead would only confuse the
            # browser.
            return problem(no_such_path(), "")
        return self._page()

    def _find(self, path: str) -> Path | None:
        """Returns the file of a path inside the folder; the page itself is no file, since it needs
        its nonce.
        """
        if not path or "\0" in path or path == "index.html":
            return None
        file = (self._folder / path).resolve()
        return file if file.is_relative_to(self._folder) and file.is_file() else None

    def _page(self) -> Response:
        index = self._folder / "index.html"
        built = index.is_file()
        text = index.read_text(encoding="utf-8") if built else _NOT_BUILT
        nonce = secrets.token_urlsafe(16)
        return Response(
            text.replace(NONCE_PLACE, nonce),
            200 if built else 503,
            {"content-security-policy": page_policy(nonce), "cache-control": "no-cache"},
            media_type="text/html",
        )
