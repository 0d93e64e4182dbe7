"""ProtectionService."""

import re
from typing import Any

from muster.gateway.v1 import protection_service_pb2 as pb
from muster.gateway.v1 import protection_service_pb2_grpc

from chassis.access import current_caller, current_scope
from chassis.errors import FieldViolation, invalid_fields
from chassis.rpc.pages import cut
from gateway.api.own_agent import own_agent
from gateway.app.manage_protection import ManageProtection
from gateway.app.protection_ports import SiteGate
from gateway.domain.protection import RULE_SETS
from gateway.rpc.pages import page_of
from gateway.rpc.protection_convert import (
    confirmation_to,
    profile_from,
    rules_to,
    version_to,
    view_to,
)

_NAME = re.compile(r"(sites/[a-z0-9-]{1,63})/protectionProfile")


class ProtectionServicer(protection_service_pb2_grpc.ProtectionServiceServicer):
    """Keeps profiles in the name of the caller, within her scope."""

    def __init__(self, manage: ManageProtection, sites: SiteGate) -> None:
        self._manage = manage
        self._sites = sites

    async def GetProtectionProfile(  # noqa: N802 - the name on the wire
        self, request: pb.GetProtectionProfileRequest, _context: Any
    ) -> pb.ProtectionProfile:
        site = await self._visible("name", request.name)
        return view_to(await self._manage.get(site, request.version, own_agent()))

    async def UpdateProtectionProfile(  # noqa: N802 - the name on the wire
        self, request: pb.UpdateProtectionProfileRequest, _context: Any
    ) -> pb.ProtectionProfile:
        site = _site("profile.name", request.profile.name)
        wanted = profile_from(request.profile, site, current_caller().identity.subject)
        return view_to(await self._manage.choose(wanted, self._sites, current_scope()))

    async def ListProtectionProfileVersions(  # noqa: N802 - the name on the wire
        self, request: pb.ListProtectionProfileVersionsRequest, _context: Any
    ) -> pb.ListProtectionProfileVersionsResponse:
        site = await self._visible("name", request.name)
        page = page_of(request, int)
        rows = await self._manage.list_versions(site, page)
        shown, token = cut(rows, request, lambda version: (version.version,))
        return pb.ListProtectionProfileVersionsResponse(
            profiles=map(version_to, shown), next_page_token=token
        )

    async def ConfirmProtectionProfile(  # noqa: N802 - the name on the wire
        self, request: pb.ConfirmProtectionProfileRequest, _context: Any
    ) -> pb.ProtectionConfirmation:
        site = _site("name", request.name)
        return confirmation_to(await self._manage.confirm(site, request.version, own_agent()))

    async def ListProtectionConfirmations(  # noqa: N802 - the name on the wire
        self, request: pb.ListProtectionConfirmationsRequest, _context: Any
    ) -> pb.ListProtectionConfirmationsResponse:
        site = await self._visible("name", request.name)
        page = page_of(request, str)
        rows = await self._manage.list_confirmations(site, current_scope(), page)
        shown, token = cut(rows, request, lambda confirmation: (confirmation.agent,))
        return pb.ListProtectionConfirmationsResponse(
            confirmations=map(confirmation_to, shown), next_page_token=token
        )

    async def ListProtectionRuleSets(  # noqa: N802 - the name on the wire
        self, _request: pb.ListProtectionRuleSetsRequest, _context: Any
    ) -> pb.ListProtectionRuleSetsResponse:
        sets = [
            pb.ProtectionRuleSet(id=id_, rules=rules_to(rules)) for id_, rules in RULE_SETS.items()
        ]
        return pb.ListProtectionRuleSetsResponse(rule_sets=sets)

    async def _visible(self, field: str, name: str) -> str:
        """Returns the site of a profile that the caller may see; refuses any other as roster
        does.
        """
        site = _site(field, name)
        await self._sites.get_site(site)
        return site


def _site(field: str, name: str) -> str:
    match = _NAME.fullmatch(name)
    if match is None:
        raise invalid_fields([FieldViolation(field, "has the form sites/{site}/protectionProfile")])
    return match[1]
