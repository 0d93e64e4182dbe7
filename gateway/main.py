"""Wires the gateway and runs it."""

from datetime import timedelta
from functools import partial

from starlette.types import ASGIApp

from chassis.access import Authenticator
from chassis.ground import Drain
from chassis.http import HttpServer
from chassis.process import Ground, run_process
from chassis.rpc.server import RpcServer, server_layers
from gateway.accounts import AccountParts
from gateway.api.catalogue import read_catalogue, service_names
from gateway.api.costs import Cost
from gateway.api.invoke import Invoker, local_methods
from gateway.api.reflection import public_contracts
from gateway.api.served import Served
from gateway.audit import AuditParts
from gateway.backends.roster import RosterSites
from gateway.board import assemble_board
from gateway.config import GatewaySettings
from gateway.floor import assemble_floor
from gateway.http.app import build_app
from gateway.http.layered import Layered
from gateway.http.routes import Routes
from gateway.http.transcoder import Transcoder
from gateway.http.web_app import WebApp
from gateway.limits import assemble_limits
from gateway.operations import assemble_operations
from gateway.protection import ProtectionParts
from gateway.push.endpoint import Door
from gateway.pushing import PushParts
from gateway.rpc.guard import StreamGuard
from gateway.rpc.pass_through import PassThrough
from gateway.sources import assemble_sources
from gateway.telemetry import HTTP_STARTED

_CREATE_SESSION = "/muster.gateway.v1.AccountService/CreateSession"
_SOURCES = "muster.gateway.v1.SourceService"


def run() -> None:
    """Runs the gateway until it is asked to stop."""
    gateway = Gateway()
    run_process(
        "gateway", GatewaySettings, gateway.assemble, authenticate=gateway.make_authenticator
    )


class Gateway:
    """Assembles the process in the two steps that it is started in."""

    http_port: int
    _protection: ProtectionParts
    _accounts: AccountParts

    def make_authenticator(self, ground: Ground[GatewaySettings]) -> Authenticator:
        """Comes first: sessions are what tells callers apart, over gRPC as over HTTP."""
        self._protection = ProtectionParts(ground)
        self._accounts = AccountParts(ground, self._protection.histories.history_of)
        self._protection.profiles.follow(self._accounts.callers.forget)
        return self._accounts.callers.authenticate

    async def assemble(self, ground: Ground[GatewaySettings], server: RpcServer) -> None:
        """Serves gRPC on the server and everything else on a server of its own."""
        settings, authenticate = ground.settings, self._accounts.callers.authenticate
        to_roster = ground.peer(settings.roster_target, forward=True)
        to_presence = ground.peer(settings.presence_target, forward=True)
        people = RosterSites(to_roster)
        catalogue = read_catalogue()
        audit = AuditParts(ground, self._protection)
        asked = audit.asked_calls(catalogue, authenticate)
        server.add_layer(asked)
        layered = Layered(server_layers(ground.telemetry, authenticate, asked))
        sources = assemble_sources(ground, layered, people.get_site)
        no_floor, to_floor = assemble_floor(ground)
        served = (
            *no_floor,
            *assemble_board(ground, self._protection.profiles.rules_of),
            Served(_SOURCES, sources.servicer),
            *self._accounts.served(),
            self._protection.served(people),
            assemble_operations(ground, people),
            audit.served(),
        )
        limiting = assemble_limits(ground, self._accounts.current_place)
        invoker = Invoker(
            local_methods(*((one.name, one.servicer) for one in served)),
            {
                "roster": to_roster,
                "presence": to_presence,
                "dispatch": ground.peer(settings.dispatch_target, forward=True),
                **to_floor,
            },
            limiting.before(audit.through),
        )

        guard = StreamGuard(authenticate, self._accounts.sessions.revocations)
        server.add_generic(PassThrough(catalogue, invoker, guard), service_names(catalogue))
        server.reflect(service_names(catalogue), public_contracts(catalogue))
        ground.on_drain(_ending(guard))

        revocations = self._accounts.sessions.revocations
        door = Door(layered, authenticate, partial(limiting.charge, Cost.READ))
        push = PushParts(ground, door, revocations, people.get_site)
        api = Transcoder(Routes(catalogue), invoker, layered, ground.clock)
        web = WebApp(settings.web_folder)
        app = build_app(
            api=api,
            push=push.endpoint,
            source_events=sources.endpoint,
            web=web,
            sign_in=self._accounts.sign_in_routes(
                layered, partial(audit.through, catalogue[_CREATE_SESSION])
            ),
        )
        self.http_port = await _serve_http(ground, app, push)


def _ending(guard: StreamGuard) -> Drain:
    async def drain(_grace: timedelta) -> None:
        guard.leave()

    return drain


async def _serve_http(ground: Ground[GatewaySettings], app: ASGIApp, push: PushParts) -> int:
    settings = ground.settings
    http = HttpServer(app, host=settings.http_host, port=settings.http_port)
    await http.start()
    ground.telemetry.log.info(HTTP_STARTED, http_port=http.port)

    async def drain(grace: timedelta) -> None:
        # Readers come back to another replica and resume; only requests in hand get the grace.
        push.close()
        await http.stop(grace)

    ground.on_drain(drain)
    ground.stack.push_async_callback(drain, timedelta(seconds=1))
    return http.port
