import gzip
import json
import re
from typing import Any

import httpx
import pytest
from google.api import httpbody_pb2
from google.protobuf import json_format
from google.protobuf.any_pb2 import Any as Packed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
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
        ('{"text": "a", "text": "b"}', "'text' comes twice in one object"),
        ('{"double": NaN}', "NaN is no JSON"),
        ('{"inner":' * 40 + "1" + "}" * 40, "is nested deeper than 32 levels"),
        ("[" * 200_000, "is nested deeper than 32 levels"),
        ('{"struct":' + '{"a":' * 100_000, "is nested deeper than 32 levels"),
        (b"\xff\xfe", "utf-8"),
        ("1" * 5000, ""),
    ],
)
async def test_a_body_that_is_no_json_object_is_refused_as_a_whole(
    client: httpx.AsyncClient, backend: Backend, content: str | bytes, why: str
) -> None:
    field, description = await violation_of(client, "/v1/things", content)

    assert field == "body"
    assert why in description
    assert backend.asked == []


@pytest.mark.parametrize(
    ("content", "field", "description"),
    [
        ('{"textt": 1}', "textt", "there is no such field; there are bool, int32, int64"),
        (
            '{"inner": {"texxt": 1}}',
            "inner.texxt",
            "there is no such field; there are text, texts, kinds, inner, timestamp",
        ),
        ('{"everythings": [{}, {"inner": "a"}]}', "everythings[1].inner", "is a JSON object"),
        ('{"everythings": [{}, {}, "a"]}', "everythings[2]", "is a JSON object"),
        ('{"everythings": [null]}', "everythings[0]", "is null; what is in a list"),
        ('{"everythings": {}}', "everythings", "is a JSON list"),
        ('{"text": 1}', "text", "is a text in quotes"),
        ('{"texts": ["a", 1]}', "texts[1]", "is a text in quotes"),
        ('{"int32": "soon"}', "int32", "is a whole number from -2147483648 to 2147483647"),
        ('{"int32": 1.5}', "int32", "is a whole number"),
        ('{"int32": 2147483648}', "int32", "is a whole number"),
        ('{"uint64": -1}', "uint64", "is a whole number from 0 to 18446744073709551615"),
        ('{"int64_value": []}', "int64Value", "is a whole number"),
        ('{"bool": "true"}', "bool", "is `true` or `false`"),
        ('{"double": "many"}', "double", "is a number"),
        ('{"bytes": [1]}', "bytes", "is bytes in base64"),
        ('{"kind": "KIND_THIRD"}', "kind", "is one of KIND_UNSPECIFIED, KIND_FIRST, KIND_SECOND"),
        ('{"kind": "Message too deep"}', "kind", "is one of KIND_UNSPECIFIED"),
        ('{"inner": {"kinds": [0, "a"]}}', "inner.kinds[1]", "is one of KIND_UNSPECIFIED"),
        (
            '{"everythings": [{}, {"inner": {"timestamp": "soon"}}]}',
            "everythings[1].inner.timestamp",
            "is not written like 2026-11-22T08:00:00Z",
        ),
        ('{"timestamps": ["2026-11-22T08:00:00Z", 5]}', "timestamps[1]", "is not written like"),
        ('{"duration": "1"}', "duration", "is not written like 1.5s"),
        ('{"struct": []}', "struct", "is a JSON object"),
        ('{"labels": {"a": "b", "c": 1}}', "labels[c]", "is a text in quotes"),
        ('{"labels": {"a": null}}', "labels[a]", "is null; what is in a list or map is a text"),
        ('{"labels": {"\\udc00": "a"}}', "labels[\\udc00]", "its key is a text"),
        ('{"labels": []}', "labels", "is a JSON object"),
        ('{"\\ud800": 1}', "\\ud800", "there is no such field"),
        ('{"text": "\\ud800"}', "text", "half of a surrogate pair"),
        ('{"kind": "\\ud800"}', "kind", "half of a surrogate pair"),
        ('{"oneText": "a", "oneInner": {}}', "oneInner", "excludes oneText: send one of them"),
        ('{"optionalText": "a", "optional_text": "b"}', "optionalText", "comes twice"),
        ('{"bool": true, "' + "a" * 1000 + '": 1}', "a" * 80, "there is no such field"),
    ],
)
async def test_json_that_the_method_does_not_take_is_refused_at_its_place_with_the_remedy(
    client: httpx.AsyncClient, backend: Backend, content: str, field: str, description: str
) -> None:
    told = await violation_of(client, "/v1/things", content)

    assert told[0] == field
    assert told[1].startswith(description) or description in told[1]
    assert backend.asked == []


@pytest.mark.parametrize(
    ("url", "content", "field"),
    [
        ("/v1/one/inners", '{"texts": ["a", 1]}', "oneInner.texts[1]"),
        ("/v1/one/inners", "[]", "oneInner"),
        ("/v1/texts", '["a", 1]', "texts[1]"),
        ("/v1/texts", "{}", "texts"),
        ("/v1/lists", '[{}, {"inner": 1}]', "everythings[1].inner"),
    ],
)
async def test_a_body_that_fills_one_field_is_refused_below_its_name(
    client: httpx.AsyncClient, url: str, content: str, field: str
) -> None:
    assert (await violation_of(client, url, content))[0] == field


LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=9)
)
NAMES = st.sampled_from(
    [field.json_name for field in Everything.DESCRIPTOR.fields] + ["a", "kinds"]
)
TREES = st.dictionaries(
    NAMES,
    st.recursive(
        LEAVES,
        lambda part: st.lists(part, max_size=3) | st.dictionaries(NAMES, part, max_size=3),
        max_leaves=9,
    ),
    max_size=4,
)


@given(tree=TREES)
@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_whatever_json_comes_is_taken_or_refused_at_a_place_that_it_has(
    client: httpx.AsyncClient, tree: dict[str, object]
) -> None:
    answer = await client.post("/v1/things", content=json.dumps(tree))

    if answer.status_code != 200:
        (violation,) = answer.json()["violations"]
        part: Any = tree
        for name, index in re.findall(r"(\w+)|\[(\w*)\]", violation["field"]):
            part = part[name] if name else part[int(index) if isinstance(part, list) else index]
        assert answer.status_code == 400


async def violation_of(
    client: httpx.AsyncClient, url: str, content: str | bytes
) -> tuple[str, str]:
    answer = await client.post(url, content=content)
    assert (answer.status_code, answer.json()["reason"]) == (400, "MALFORMED_REQUEST")
    (violation,) = answer.json()["violations"]
    return violation["field"], violation["description"]


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
