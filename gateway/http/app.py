"""All that is served over HTTP."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from gateway.http.limits import HeadLimits
from gateway.http.reference import reference_routes
from gateway.http.security import SecureHeaders


def build_app(
    *,
    api: ASGIApp,
    push: ASGIApp,
    source_events: ASGIApp,
    web: ASGIApp,
    sign_in: Sequence[BaseRoute] = (),
) -> ASGIApp:
    """Puts the parts together: the API under `/v1`, in it the push stream, what sources push,
    signing in by providers and the API's description; the web app everywhere else.
    """
    routes = [
        Route("/v1/push", push),
        Route("/v1/sources/{source}/events", source_events, methods=["POST"]),
        *sign_in,
        *reference_routes(),
        Route("/v1/{path:path}", api),
        Route("/v1", api),
        Mount("/", web),
    ]
    return SecureHeaders(HeadLimits(Starlette(routes=routes)))
