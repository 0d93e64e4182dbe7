"""All that is served over HTTP."""

from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from gateway.http.limits import HeadLimits
from gateway.http.security import SecureHeaders


def build_app(*, api: ASGIApp, push: ASGIApp, source_events: ASGIApp, web: ASGIApp) -> ASGIApp:
    """Puts the parts together: the API under `/v1`, in it the push stream and what sources push,
    the web app everywhere else.
    """
    routes = [
        Route("/v1/push", push),
        Route("/v1/sources/{source}/events", source_events, methods=["POST"]),
        Route("/v1/{path:path}", api),
        Route("/v1", api),
        Mount("/", web),
    ]
    return SecureHeaders(HeadLimits(Starlette(routes=routes)))
