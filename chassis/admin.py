"""What a process tells those who run it, over plain HTTP on a port of its own."""

import asyncio

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from chassis.health import Health


def admin_app(health: Health, registry: CollectorRegistry) -> Starlette:
    """The pages /livez, /readyz and /metrics.

    /livez answers as long as the event loop turns. /readyz answers 503 with the failing checks by
    name. /metrics is the registry in the text format of Prometheus.
    """

    async def livez(_request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def readyz(_request: Request) -> Response:
        report = await health.report()
        failing = {name: why for name, why in report.items() if why is not None}
        return JSONResponse(failing, status_code=503 if failing else 200)

    async def metrics(_request: Request) -> Response:
        # Thousands of series take half a second to write out, in which calls must go on.
        text = await asyncio.to_thread(generate_latest, registry)
        return Response(text, media_type=CONTENT_TYPE_LATEST)

    return Starlette(
        routes=[
            Route("/livez", livez),
            Route("/readyz", readyz),
            Route("/metrics", metrics),
        ]
    )
