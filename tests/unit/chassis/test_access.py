from typing import Any

import pytest
from google.protobuf import descriptor_pb2, descriptor_pool
from muster.gateway.v1 import account_service_pb2  # noqa: F401 - describes its methods
from muster.options.v1 import options_pb2
from muster.roster.v1 import roster_service_pb2  # noqa: F401 - describes its methods

from chassis.access import (
    AccessRuleMissingError,
    Caller,
    Visibility,
    access_of,
    bind_caller,
    check_access,
    current_caller,
    current_scope,
    forwarded_token,
)
from chassis.errors import Code, Refusal
from chassis.identity import Identity
from chassis.scope import Scope

LIST_SITES = "/muster.roster.v1.RosterService/ListSites"
COPY_AGENTS = "/muster.roster.v1.RosterService/CopyAgents"
CREATE_SESSION = "/muster.gateway.v1.AccountService/CreateSession"


def a_caller(*permissions: str) -> Caller:
    scope = Scope(frozenset({"sites/x"}))
    return Caller(Identity("accounts/ana", frozenset(permissions), scope), "token")


def test_the_rule_of_a_method_is_read_from_its_proto() -> None:
    rule = access_of(COPY_AGENTS)

    assert (rule.visibility, rule.permission) == (Visibility.INTERNAL, "roster.agents.copy")
    assert access_of(CREATE_SESSION).anonymous


def test_who_holds_the_permission_may_call() -> None:
    check_access(LIST_SITES, a_caller("roster.people.read"))


def test_who_lacks_the_permission_is_told_which() -> None:
    with pytest.raises(Refusal) as refusal:
        check_access(LIST_SITES, a_caller("roster.people.write"))

    assert refusal.value.code is Code.PERMISSION_DENIED
    assert refusal.value.metadata == {"permission": "roster.people.read"}


def test_who_is_nobody_must_sign_in_except_to_sign_in() -> None:
    check_access(CREATE_SESSION, None)

    with pytest.raises(Refusal) as refusal:
        check_access(LIST_SITES, None)
    assert refusal.value.reason == "SIGN_IN_REQUIRED"


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("without_rule", None),
        ("without_visibility", options_pb2.Access(permission="board.read")),
        ("without_permission", options_pb2.Access(visibility=options_pb2.VISIBILITY_PUBLIC)),
        (
            "with_both",
            options_pb2.Access(
                visibility=options_pb2.VISIBILITY_PUBLIC, permission="board.read", anonymous=True
            ),
        ),
    ],
)
def test_a_method_without_a_complete_rule_is_an_error(
    name: str, rule: options_pb2.Access | None
) -> None:
    _describe(name, rule)

    with pytest.raises(AccessRuleMissingError):
        access_of(f"/muster.{name}.v1.Service/Do")


def test_a_method_that_is_described_nowhere_is_an_error() -> None:
    with pytest.raises(AccessRuleMissingError, match="nowhere"):
        access_of("/muster.nowhere.v1.Service/Do")


def test_the_caller_is_known_inside_the_call_alone() -> None:
    with bind_caller(a_caller()):
        assert current_caller().identity.subject == "accounts/ana"
        assert current_scope().sees_site("sites/x")
        assert forwarded_token() == "token"

    with pytest.raises(LookupError):
        current_caller()


def _describe(name: str, rule: options_pb2.Access | None) -> None:
    """Adds a service to the pool, as the import of generated stubs does."""
    file = descriptor_pb2.FileDescriptorProto(
        name=f"muster/{name}/v1/service.proto",
        package=f"muster.{name}.v1",
        syntax="proto3",
        dependency=["muster/options/v1/options.proto"],
    )
    file.message_type.add(name="Empty")
    method = file.service.add(name="Service").method.add(
        name="Do", input_type=f".{file.package}.Empty", output_type=f".{file.package}.Empty"
    )
    if rule is not None:
        # The stubs of generated extensions know another type of descriptor, hence Any.
        options: Any = method.options
        options.Extensions[options_pb2.access].CopyFrom(rule)
    descriptor_pool.Default().AddSerializedFile(file.SerializeToString())
