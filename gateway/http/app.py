"""All that is served over HTTP."""

from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from gateway.http.security import SecureHeaders


def build_app(*, api: ASGIApp, push: ASGIApp, web: ASGIApp) -> ASGIApp:
    """Puts the parts together: the API under `/v1`, the push stream in it, the web app everywhere
    else.
    """
    return SecureHeaders(
        Starlette(
            routes=[
                Route("/v1/push", push),
                Route("/v1/{path:path}", api),
                Route("/v1", api),
                Mount("/", web),
            ]
        )
    )
