import gzip

import httpx
import pytest
from google.api import httpbody_pb2
from google.protobuf import json_format
from google.protobuf.any_pb2 import Any as Packed
from muster.options.v1 import download_pb2

from tests.unit.gateway.rest.rules import Backend, Everything

BINARY = {"content-type": "application/x-protobuf"}


async def test_a_body_is_json_or_binary(client: httpx.AsyncClient, backend: Backend) -> None:
    wanted = Everything(int64=2**60, texts=["a"], bytes=b"\0\xff", labels={"a": "b"})
    wanted.timestamp.FromJsonString("2026-11-22T08:00:00.5Z")

    await client.post("/v1/things", content=json_format.MessageToJson(wanted))
    await client.post("/v1/things", content=wanted.SerializeToString(), headers=BINARY)

    assert [request for _, request in backend.asked] == [wanted, wanted]


@pytest.mark.parametrize(
    "content",
    [
        '{"int64": 9007199254740993, "double": "NaN", "kind": 1, "boolValue": null}',
        '{"int64": "9007199254740993", "double": "NaN", "kind": "KIND_FIRST"}',
    ],
)
async def test_json_is_read_by_the_mapping_of_protobuf(
    client: httpx.AsyncClient, backend: Backend, content: str
) -> None:
    await client.post("/v1/things", content=content)

    form = json_format.MessageToDict(backend.last[1])
    assert form == {"int64": "9007199254740993", "double": "NaN", "kind": "KIND_FIRST"}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{", "Expecting property name"),
        ("[]", "is a JSON object"),
        ("null", "is a JSON object"),
        ('{"textt": 1}', 'no field named "textt"'),
        ('{"inner": {"texxt": 1}}', 'no field named "texxt"'),
        ('{"text": 1}', "text"),
        ('{"int32": "soon"}', "int32"),
        ('{"int32": 1.5}', "int32"),
        ('{"kind": "KIND_THIRD"}', "It is one of KIND_UNSPECIFIED, KIND_FIRST, KIND_SECOND."),
        ('{"kind": "KIND THIRD"}', "KIND THIRD"),
        ('{"kind": "a for enum type x at b"}', "for enum type x at b"),
        ('{"text": "a", "text": "b"}', "'text' comes twice in one object"),
        ('{"double": NaN}', "NaN is no JSON"),
        ('{"text": "\\ud800"}', ""),
        ('{"oneText": "a", "oneInner": {}}', "one"),
        ('{"inner":' * 40 + "1" + "}" * 40, "is nested deeper than 32 levels"),
        ("[" * 200_000, "is nested deeper than 32 levels"),
        ('{"struct":' + '{"a":' * 100_000, "is nested deeper than 32 levels"),
        (b"\xff\xfe", "utf-8"),
        ("1" * 5000, ""),
    ],
)
async def test_json_that_the_method_does_not_take_is_refused_with_the_reason(
    client: httpx.AsyncClient, backend: Backend, content: str | bytes, why: str
) -> None:
    answer = await client.post("/v1/things", content=content)

    assert (answer.status_code, answer.json()["reason"]) == (400, "MALFORMED_REQUEST")
    (violation,) = answer.json()["violations"]
    assert violation["field"] == "body"
    assert why in violation["description"]
    assert backend.asked == []


@pytest.mark.parametrize(
    ("url", "content", "field", "other"),
    [
        ("/v1/one/texts/a", '{"oneInner": {"text": "b"}}', "one_text", "one_inner"),
        ("/v1/one/texts/a", '{"oneInner": {}}', "one_text", "one_inner"),
        ("/v1/one/inners/a", '{"oneText": "b"}', "one_inner.text", "one_text"),
        ("/v1/one/inners?one_text=b", "{}", "one_text", "one_inner"),
    ],
)
async def test_of_a_oneof_body_path_and_query_say_one_field(
    client: httpx.AsyncClient, backend: Backend, url: str, content: str, field: str, other: str
) -> None:
    answer = await client.post(url, content=content)

    assert (answer.status_code, answer.json()["reason"]) == (400, "MALFORMED_REQUEST")
    assert answer.json()["violations"] == [
        {"field": field, "description": f"excludes {other}: send one of them"}
    ]
    assert backend.asked == []


async def test_a_body_may_repeat_the_field_of_a_oneof_that_the_path_says(
    client: httpx.AsyncClient, backend: Backend
) -> None:
    answer = await client.post("/v1/one/texts/a", content='{"oneText": "a"}')

    assert answer.status_code == 200
    assert backend.last[1] == Everything(one_text="a")


async def test_binary_that_is_none_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/things", content=b"\xff\xff\xff", headers=BINARY)

    assert (answer.status_code, answer.json()["reason"]) == (400, "MALFORMED_REQUEST")


async def test_a_list_has_no_binary_form(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/texts", content=b"\0", headers=BINARY)

    assert answer.json()["violations"][0]["field"] == "content-type"


@pytest.mark.parametrize(
    ("url", "content", "form"),
    [
        ("/v1/texts", '["a"]', ["b", "c"]),
        ("/v1/lists", "[{}]", [{"text": "d"}]),
    ],
)
async def test_the_rule_names_what_is_answered(
    client: httpx.AsyncClient, backend: Backend, url: str, content: str, form: object
) -> None:
    backend.answer = Everything(texts=["b", "c"], everythings=[Everything(text="d")])

    assert (await client.post(url, content=content)).json() == form


async def test_what_is_answered_may_be_a_message_or_a_plain_value(
    client: httpx.AsyncClient, backend: Backend
) -> None:
    backend.answer = Everything(int64=2**60, inner={"texts": ["a"]})
    wants_binary = {"accept": "application/x-protobuf"}

    assert (await client.get("/v1/part")).json() == {"texts": ["a"]}
    assert (await client.get("/v1/number")).json() == str(2**60)
    binary = await client.get("/v1/part", headers=wants_binary)
    assert Everything.Inner.FromString(binary.content).texts == ["a"]
    assert (await client.get("/v1/number", headers=wants_binary)).json() == str(2**60)


async def test_what_is_answered_is_there_even_if_it_is_nothing(
    client: httpx.AsyncClient, backend: Backend
) -> None:
    backend.answer = Everything()

    assert (await client.get("/v1/number")).json() == "0"
    assert (await client.get("/v1/part")).json() == {}
    assert (await client.post("/v1/texts", json=[])).json() == []


async def test_a_file_is_answered_as_it_is(client: httpx.AsyncClient, backend: Backend) -> None:
    file = httpbody_pb2.HttpBody(content_type="text/csv; charset=utf-8", data=b"a,b\r\n")
    backend.answer = file
    name = Packed()
    name.Pack(download_pb2.Download(file_name='银行 "1".csv'))
    file.extensions.append(name)

    for headers in ({}, {"accept": "application/x-protobuf"}):
        answer = await client.get("/v1/files/x", headers=headers)

        assert (answer.content, answer.headers["content-type"]) == (
            b"a,b\r\n",
            "text/csv; charset=utf-8",
        )
        assert answer.headers["content-disposition"] == (
            "attachment; filename*=UTF-8''%E9%93%B6%E8%A1%8C%20%221%22.csv"
        )
        assert answer.headers["etag"]


async def test_a_file_without_a_name_or_type_is_a_file_all_the_same(
    client: httpx.AsyncClient, backend: Backend
) -> None:
    backend.answer = httpbody_pb2.HttpBody(data=b"<script>")

    answer = await client.get("/v1/files/x")

    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == "attachment"


async def test_a_file_is_taken_as_it_is(client: httpx.AsyncClient, backend: Backend) -> None:
    content = gzip.compress(b"a")

    answer = await client.put(
        "/v1/files/a/b", content=content, headers={"content-type": "text/csv; header=present"}
    )

    assert answer.status_code == 200
    method, request = backend.last
    assert method == "PutFile"
    assert json_format.MessageToDict(request)["name"] == "files/a/b"
    file = getattr(request, "file")  # noqa: B009 - the type of the request is made at run time
    assert (file.content_type, file.data) == ("text/csv; header=present", content)
