"""RoleService."""

from collections.abc import Mapping
from typing import Any

from google.protobuf import empty_pb2
from muster.gateway.v1 import role_service_pb2 as pb
from muster.gateway.v1 import role_service_pb2_grpc

from chassis.access import current_caller
from gateway.api.masks import masked
from gateway.api.permissions import Opened
from gateway.app.manage_roles import ManageRoles
from gateway.domain.roles import Role

_CHANGEABLE = ("display_name", "permissions")


class RoleServicer(role_service_pb2_grpc.RoleServiceServicer):
    """Keeps roles in the name of the caller."""

    def __init__(self, roles: ManageRoles, permissions: Mapping[str, Opened]) -> None:
        self._roles = roles
        self._permissions = permissions

    async def ListPermissions(  # noqa: N802 - the name on the wire
        self, _request: pb.ListPermissionsRequest, _context: Any
    ) -> pb.ListPermissionsResponse:
        return pb.ListPermissionsResponse(
            permissions=[
                pb.Permission(
                    id=id_,
                    methods=sorted(opened.methods),
                    read_fields=sorted(opened.read_fields),
                    write_fields=sorted(opened.write_fields),
                )
                for id_, opened in self._permissions.items()
            ]
        )

    async def ListRoles(  # noqa: N802 - the name on the wire
        self, _request: pb.ListRolesRequest, _context: Any
    ) -> pb.ListRolesResponse:
        return pb.ListRolesResponse(roles=map(_role_to, await self._roles.list()))

    async def GetRole(self, request: pb.GetRoleRequest, _context: Any) -> pb.Role:  # noqa: N802 - the name on the wire
        return _role_to(await self._roles.get(_id(request.name)))

    async def CreateRole(self, request: pb.CreateRoleRequest, _context: Any) -> pb.Role:  # noqa: N802 - the name on the wire
        wanted = Role(
            request.role_id, request.role.display_name, frozenset(request.role.permissions)
        )
        return _role_to(await self._roles.create(wanted, current_caller().identity))

    async def UpdateRole(self, request: pb.UpdateRoleRequest, _context: Any) -> pb.Role:  # noqa: N802 - the name on the wire
        message = request.role
        fields = masked(message, request.update_mask, _CHANGEABLE)
        changed = await self._roles.update(
            _id(message.name),
            message.display_name if "display_name" in fields else None,
            frozenset(message.permissions) if "permissions" in fields else None,
            message.etag,
            current_caller().identity,
        )
        return _role_to(changed)

    async def DeleteRole(  # noqa: N802 - the name on the wire
        self, request: pb.DeleteRoleRequest, _context: Any
    ) -> empty_pb2.Empty:
        await self._roles.delete(_id(request.name), current_caller().identity)
        return empty_pb2.Empty()


def _id(name: str) -> str:
    return name.removeprefix("roles/")


def _role_to(role: Role) -> pb.Role:
    return pb.Role(
        name=role.name,
        display_name=role.display_name,
        permissions=sorted(role.permissions),
        seeded=role.seeded,
        account_count=role.account_count,
        etag=role.etag,
    )
