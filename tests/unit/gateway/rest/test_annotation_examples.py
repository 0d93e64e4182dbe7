"""Every example of the documentation of google.api.http, in its order, and its rules as cases."""

from dataclasses import replace
from typing import Any

import httpx
import pytest
from google.api import http_pb2
from google.protobuf import json_format

from gateway.api.catalogue import UnsupportedMethodError
from gateway.http.bound import routes_of
from gateway.http.routes import Routes
from tests.unit.gateway.rest.rules import CATALOGUE, Backend

SERVICE = "/muster.rules.v1.Messaging/"


@pytest.mark.parametrize(
    ("verb", "url", "body", "method", "request_form"),
    [
        # «HTTP: GET /v1/messages/123456 - gRPC: GetMessage(name: "messages/123456")»
        ("GET", "/v1/messages/123456", "", "GetMessage", {"name": "messages/123456"}),
        # «GET /v1/messages/123456?revision=2&sub.subfield=foo»
        (
            "GET",
            "/v1/b/messages/123456?revision=2&sub.subfield=foo",
            "",
            "GetRevision",
            {"messageId": "123456", "revision": "2", "sub": {"subfield": "foo"}},
        ),
        # «PATCH /v1/messages/123456 { "text": "Hi!" }», body: "message"
        (
            "PATCH",
            "/v1/c/messages/123456",
            '{ "text": "Hi!" }',
            "UpdateMessage",
            {"messageId": "123456", "message": {"text": "Hi!"}},
        ),
        # «All other fields are passed via the URL query parameters»
        (
            "PATCH",
            "/v1/c/messages/123456?validate_only=true",
            '{ "text": "Hi!" }',
            "UpdateMessage",
            {"messageId": "123456", "message": {"text": "Hi!"}, "validateOnly": True},
        ),
        # «PATCH /v1/messages/123456 { "text": "Hi!" }», body: "*"
        (
            "PATCH",
            "/v1/d/messages/123456",
            '{ "text": "Hi!" }',
            "UpdateWholeMessage",
            {"messageId": "123456", "text": "Hi!"},
        ),
        # «GET /v1/messages/123456» and «GET /v1/users/me/messages/123456», additional_bindings
        ("GET", "/v1/e/messages/123456", "", "GetUsersMessage", {"messageId": "123456"}),
        (
            "GET",
            "/v1/e/users/me/messages/123456",
            "",
            "GetUsersMessage",
            {"userId": "me", "messageId": "123456"},
        ),
        # «get: /v1/messages/{message_id}/{sub.subfield}»
        (
            "GET",
            "/v1/f/messages/123456/foo",
            "",
            "GetSubMessage",
            {"messageId": "123456", "sub": {"subfield": "foo"}},
        ),
        # «Verb = ":" LITERAL»
        ("POST", "/v1/messages/1:archive", "", "ArchiveMessage", {"name": "messages/1"}),
        # «** matches zero or more URL path segments»
        ("GET", "/v1/files", "", "GetFile", {"name": "files"}),
        ("GET", "/v1/files/a/b/c", "", "GetFile", {"name": "files/a/b/c"}),
        # «The server side does the reverse decoding»: of one segment, all of it
        ("GET", "/v1/e/messages/a%2Fb%20%E4%BD%A0", "", "GetUsersMessage", {"messageId": "a/b 你"}),
        # «except "%2F" and "%2f" are left unchanged»: of several segments
        ("GET", "/v1/messages/a%2Fb%2f%20c", "", "GetMessage", {"name": "messages/a%2Fb%2f c"}),
        ("GET", "/v1/files/%2F/x+y", "", "GetFile", {"name": "files/%2F/x+y"}),
        # «A custom method can be defined using the 'custom' field», «"*" to leave it unspecified»
        ("LOCK", "/v1/messages/1", "", "LockMessage", {"name": "messages/1"}),
        ("DELETE", "/v1/pages/1", "", "ShowPage", {"name": "pages/1"}),
        # «a non-repeated field with a primitive (non-message) type»
        (
            "GET",
            "/v1/kinds/-7/true/KIND_FIRST/9007199254740993/18446744073709551615",
            "",
            "Search",
            {
                "int32": -7,
                "bool": True,
                "kind": "KIND_FIRST",
                "int64": "9007199254740993",
                "uint64": "18446744073709551615",
            },
        ),
        # «it can map the request or response body to a repeated field»
        ("POST", "/v1/texts", '["a", "b"]', "Search", {"texts": ["a", "b"]}),
        ("POST", "/v1/lists", '[{"text": "a"}]', "Search", {"everythings": [{"text": "a"}]}),
    ],
)
async def test_a_request_means_what_the_documentation_says(
    client: httpx.AsyncClient,
    backend: Backend,
    verb: str,
    url: str,
    body: str,
    method: str,
    request_form: dict[str, Any],
) -> None:
    answer = await client.request(verb, url, content=body)

    assert answer.status_code == 200, answer.text
    asked, request = backend.last
    assert (asked, json_format.MessageToDict(request)) == (method, request_form)


@pytest.mark.parametrize(
    ("verb", "url", "body", "field"),
    [
        # «If body is "*", there is no URL query parameter»
        ("PATCH", "/v1/d/messages/1?text=Hi", "{}", "text"),
        # What the body fills is no parameter, nor what the path says.
        ("PATCH", "/v1/c/messages/1?message.text=Hi", "{}", "message.text"),
        ("GET", "/v1/e/messages/1?message_id=1", "", "message_id"),
        ("GET", "/v1/e/messages/1?messageId=1", "", "messageId"),
        # What the path says is no matter of the body: the one or the other would be unheard.
        ("PATCH", "/v1/d/messages/1", '{"messageId": "2"}', "message_id"),
        # «Repeated message fields must not be mapped to URL query parameters», maps are such
        ("GET", "/v1/things?everythings.text=a", "", "everythings.text"),
        ("GET", "/v1/things?timestamps=2026-11-22T08:00:00Z", "", "timestamps"),
        ("GET", "/v1/things?labels.a=b", "", "labels.a"),
        ("GET", "/v1/things?labels=b", "", "labels"),
        # Percent-encoding that is none.
        ("GET", "/v1/e/messages/%zz", "", "message_id"),
        ("GET", "/v1/e/messages/%ff", "", "message_id"),
        ("GET", "/v1/files/%", "", "name"),
        # Values that are none of the field's type.
        ("GET", "/v1/kinds/x/true/KIND_FIRST/1/1", "", "int32"),
        ("GET", "/v1/kinds/1/yes/KIND_FIRST/1/1", "", "bool"),
        ("GET", "/v1/kinds/1/true/KIND_NONE/1/1", "", "kind"),
        ("GET", "/v1/kinds/1/true/1/1/-1", "", "uint64"),
    ],
)
async def test_what_the_rules_exclude_is_refused_by_name(
    client: httpx.AsyncClient, backend: Backend, verb: str, url: str, body: str, field: str
) -> None:
    answer = await client.request(verb, url, content=body)

    assert (answer.status_code, answer.json()["reason"]) == (400, "MALFORMED_REQUEST")
    assert [violation["field"] for violation in answer.json()["violations"]] == [field]
    assert backend.asked == []


async def test_a_body_may_repeat_what_the_path_says(
    client: httpx.AsyncClient, backend: Backend
) -> None:
    answer = await client.patch("/v1/d/messages/1", json={"messageId": "1", "text": "Hi!"})

    assert answer.status_code == 200
    assert json_format.MessageToDict(backend.last[1]) == {"messageId": "1", "text": "Hi!"}


async def test_without_a_body_in_the_rule_none_is_read(
    client: httpx.AsyncClient, backend: Backend
) -> None:
    answer = await client.request("GET", "/v1/messages/1", content="{not even JSON")

    assert answer.status_code == 200
    assert json_format.MessageToDict(backend.last[1]) == {"name": "messages/1"}


async def test_an_empty_body_of_a_field_says_that_it_is_there(
    client: httpx.AsyncClient, backend: Backend
) -> None:
    await client.patch("/v1/c/messages/1")

    assert backend.last[1].HasField("message")


@pytest.mark.parametrize(
    "rule",
    [
        http_pb2.HttpRule(),
        http_pb2.HttpRule(get="v1/x"),
        http_pb2.HttpRule(get="/v1/{nothing}"),
        http_pb2.HttpRule(get="/v1/{texts}"),
        http_pb2.HttpRule(get="/v1/{inner}"),
        http_pb2.HttpRule(get="/v1/{timestamp}"),
        http_pb2.HttpRule(get="/v1/{labels}"),
        http_pb2.HttpRule(get="/v1/{everythings.text}"),
        http_pb2.HttpRule(get="/v1/{text.text}"),
        http_pb2.HttpRule(post="/v1/x", body="nothing"),
        # «the referred field must be present at the top-level»
        http_pb2.HttpRule(post="/v1/x", body="inner.text"),
        http_pb2.HttpRule(get="/v1/x", response_body="nothing"),
        # «the nesting may only be one level deep»
        http_pb2.HttpRule(
            get="/v1/x",
            additional_bindings=[
                http_pb2.HttpRule(get="/v1/y", additional_bindings=[http_pb2.HttpRule(get="/v1/z")])
            ],
        ),
    ],
)
def test_a_rule_against_the_annotations_rules_stops_the_start(rule: http_pb2.HttpRule) -> None:
    method = replace(CATALOGUE[f"{SERVICE}Search"], rule=rule)

    with pytest.raises(UnsupportedMethodError, match="Search"):
        list(routes_of(method))


def test_two_methods_of_one_path_stop_the_start() -> None:
    first = CATALOGUE[f"{SERVICE}GetMessage"]
    second = replace(first, path=f"{SERVICE}GetOther")

    with pytest.raises(UnsupportedMethodError, match="GetOther and"):
        Routes({first.path: first, second.path: second})
