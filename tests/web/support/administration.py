"""What an installation keeps and its administrators change, by script; mappings are truly tried."""

from collections.abc import Sequence
from typing import Any, TypeVar

from google.protobuf.field_mask_pb2 import FieldMask
from google.protobuf.json_format import MessageToDict, ParseDict
from google.protobuf.message import Message
from muster.dispatch.v1.contact_service_pb2 import ApplyQueuesRequest, ListQueuesResponse
from muster.gateway.v1 import account_service_pb2 as account_pb
from muster.gateway.v1 import audit_service_pb2 as audit_pb
from muster.gateway.v1 import protection_service_pb2 as protection_pb
from muster.gateway.v1 import role_service_pb2 as role_pb
from muster.gateway.v1 import service_account_service_pb2 as program_pb
from muster.gateway.v1 import source_service_pb2 as source_pb
from muster.presence.v1.policy_service_pb2 import PresencePolicy
from muster.roster.v1 import roster_service_pb2 as roster_pb
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from chassis.errors import Refusal
from gateway.app.manage_sources import parsed_mapping
from gateway.domain.sources.body import split_body
from gateway.domain.sources.translate import try_messages
from gateway.rpc.source_convert import tried_to

_Read = TypeVar("_Read", bound=Message)
_LISTS: dict[str, tuple[str, type[Message]]] = {
    "/v1/accounts": ("accounts", account_pb.ListAccountsResponse),
    "/v1/roles": ("roles", role_pb.ListRolesResponse),
    "/v1/permissions": ("permissions", role_pb.ListPermissionsResponse),
    "/v1/serviceAccounts": ("service_accounts", program_pb.ListServiceAccountsResponse),
    "/v1/sites": ("sites", roster_pb.ListSitesResponse),
    "/v1/sites/{site}/teams": ("teams", roster_pb.ListTeamsResponse),
    "/v1/sites/{site}/agents": ("agents", roster_pb.ListAgentsResponse),
    "/v1/lines": ("lines", roster_pb.ListLinesResponse),
    "/v1/skills": ("skills", roster_pb.ListSkillsResponse),
    "/v1/sites/{site}/queues": ("queues", ListQueuesResponse),
    "/v1/protectionRuleSets": ("rule_sets", protection_pb.ListProtectionRuleSetsResponse),
    "/v1/sites/{site}/protectionProfile/versions": (
        "profiles",
        protection_pb.ListProtectionProfileVersionsResponse,
    ),
    "/v1/auditEntries": ("entries", audit_pb.ListAuditEntriesResponse),
    "/v1/sources": ("sources", source_pb.ListSourcesResponse),
    "/v1/sources/{source}/mappings": ("mappings", source_pb.ListSourceMappingsResponse),
    "/v1/sources/{source}/unknowns": ("unknowns", source_pb.ListSourceUnknownsResponse),
    "/v1/sources/{source}/events": ("events", source_pb.ListSourceEventsResponse),
}
SECRET = "mss_shown-this-once"


class Desk:
    """The rows of each list by the name of their field, and what is refused of the next change."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Any]] = {}
        self.policy = PresencePolicy()
        self.profile = protection_pb.ProtectionProfile()
        self.refusal: Response | None = None

    def row(self, name: str) -> Any:
        """Returns the row of a resource name."""
        named = (row for rows in self.rows.values() for row in rows if hasattr(row, "name"))
        return next(row for row in named if row.name == name)

    @property
    def routes(self) -> Sequence[Route]:
        lists = [Route(path, self._list) for path in _LISTS]
        changes = {
            "/v1/accounts:apply": self._apply_accounts,
            "/v1/roster:apply": self._apply_roster,
            "/v1/queues:apply": self._apply_queues,
            "/v1/sources": self._create_source,
            "/v1/sources/{source}/mappings": self._create_mapping,
            "/v1/sources/{source}/mappings:test": self._try_mapping,
            "/v1/sources/{source}/mappings/{version}:activate": self._activate,
            "/v1/sources/{source}/events:retry": self._retry,
        }
        return [
            *lists,
            *(Route(path, self._guarded(run), methods=["POST"]) for path, run in changes.items()),
            Route("/v1/sources/{source}", self._guarded(self._update_source), methods=["PATCH"]),
            Route("/v1/{kind}/{id}", self._guarded(self._patch), methods=["PATCH"]),
            Route("/v1/sites/{site}/presencePolicy", self._get_policy),
            Route(
                "/v1/sites/{site}/presencePolicy", self._guarded(self._put_policy), methods=["PUT"]
            ),
            Route("/v1/sites/{site}/protectionProfile", self._get_profile),
            Route(
                "/v1/sites/{site}/protectionProfile",
                self._guarded(self._put_profile),
                methods=["PUT"],
            ),
        ]

    async def _list(self, request: Request) -> Response:
        field, answer = _LISTS[request.scope["route"].path]
        return _json(answer(**{field: self.rows.get(field, [])}))

    def _guarded(self, change: Any) -> Any:
        async def run(request: Request) -> Response:
            assert request.headers["x-muster-csrf"] == "1"
            if self.refusal is not None:
                refusal, self.refusal = self.refusal, None
                return refusal
            answer: Response = await change(request)
            return answer

        return run

    async def _patch(self, request: Request) -> Response:
        row = self.row("{kind}/{id}".format(**request.path_params))
        fields = await _read(request, type(row)())
        mask = FieldMask()
        mask.FromJsonString(request.query_params["updateMask"])
        mask.MergeMessage(fields, row, replace_repeated_field=True)
        return _json(row)

    async def _apply_accounts(self, request: Request) -> Response:
        asked = await _read(request, account_pb.ApplyAccountsRequest())
        self.rows["accounts"].extend(asked.accounts)
        codes = [account_pb.OneTimeCode(account=row.name, code="7hkw") for row in asked.accounts]
        return _json(account_pb.ApplyAccountsResponse(created_count=1, codes=codes))

    async def _apply_roster(self, request: Request) -> Response:
        asked = await _read(request, roster_pb.ApplyRosterRequest())
        for kind in ("sites", "teams", "agents", "lines", "skills"):
            paths = [path.removeprefix(f"{kind}.") for path in asked.update_mask.paths]
            for row in getattr(asked, kind):
                self._merge(kind, row, FieldMask(paths=paths))
        return JSONResponse({})

    def _merge(self, kind: str, row: Any, mask: FieldMask) -> None:
        known = {one.name: one for one in self.rows[kind]}
        if row.name not in known:
            self.rows[kind].append(row)
        else:
            mask.MergeMessage(row, known[row.name], replace_repeated_field=True)

    async def _apply_queues(self, request: Request) -> Response:
        for queue in (await _read(request, ApplyQueuesRequest())).queues:
            self.row(queue.name).CopyFrom(queue)
        return JSONResponse({})

    async def _get_policy(self, _: Request) -> Response:
        return _json(self.policy)

    async def _put_policy(self, request: Request) -> Response:
        self.policy = await _read(request, PresencePolicy())
        return _json(self.policy)

    async def _get_profile(self, _: Request) -> Response:
        return _json(self.profile)

    async def _put_profile(self, request: Request) -> Response:
        self.profile = await _read(request, protection_pb.ProtectionProfile())
        return _json(self.profile)

    async def _create_source(self, request: Request) -> Response:
        asked = await _read(request, source_pb.CreateSourceRequest())
        name = f"sources/{asked.source_id}"
        source = source_pb.Source(name=name, site=asked.site, display_name=asked.display_name)
        self.rows["sources"].append(source)
        return JSONResponse({**MessageToDict(source), "secret": SECRET})

    async def _update_source(self, request: Request) -> Response:
        asked = await _read(request, source_pb.UpdateSourceRequest())
        source = self.row(f"sources/{request.path_params['source']}")
        source.display_name = asked.display_name
        source.signing.CopyFrom(asked.signing)
        return _json(source)

    async def _create_mapping(self, request: Request) -> Response:
        asked = await _read(request, source_pb.CreateSourceMappingRequest())
        name = f"sources/{request.path_params['source']}/mappings/{len(self.rows['mappings']) + 1}"
        mapping = source_pb.SourceMapping(name=name, text=asked.text, author="accounts/supervisor")
        self.rows["mappings"].insert(0, mapping)
        return _json(mapping)

    async def _try_mapping(self, request: Request) -> Response:
        asked = await _read(request, source_pb.TestSourceMappingRequest())
        try:
            tried = try_messages(parsed_mapping(asked.text), split_body(asked.events.encode()))
        except Refusal as refusal:
            return refused(*[(one.field, one.description) for one in refusal.violations])
        events = [tried_to(number, event) for number, event in tried]
        return _json(source_pb.TestSourceMappingResponse(events=events, agents=["agents/ana"]))

    async def _activate(self, request: Request) -> Response:
        source = self.row(f"sources/{request.path_params['source']}")
        source.active_mapping = f"{source.name}/mappings/{request.path_params['version']}"
        return _json(source)

    async def _retry(self, _: Request) -> Response:
        return JSONResponse({"eventCount": 2})


async def _read(request: Request, message: _Read) -> _Read:
    """Reads a body strictly: a field that the wire does not know fails the test."""
    return ParseDict(await request.json(), message)


def refused(*violations: tuple[str, str]) -> Response:
    """Refuses fields, each with what is wrong."""
    document = {
        "reason": "INVALID_FIELD",
        "detail": "missing or malformed",
        "violations": [{"field": field, "description": said} for field, said in violations],
    }
    return JSONResponse(document, 400)


def changed_meanwhile() -> Response:
    """Refuses a change of what somebody else changed."""
    return JSONResponse({"reason": "STALE_ETAG", "detail": "changed"}, 409)


def _json(message: Message) -> Response:
    return JSONResponse(MessageToDict(message))
