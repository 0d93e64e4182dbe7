import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from openapi_spec_validator import OpenAPIV31SpecValidator

from gateway.api.catalogue import read_catalogue
from gateway.http.routes import Routes
from tools.gen.api_html import api_html
from tools.gen.openapi import openapi_document

DOCUMENT = openapi_document()
OPERATIONS = [
    (path, verb, operation)
    for path, verbs in DOCUMENT["paths"].items()
    for verb, operation in verbs.items()
]


def operation(name: str) -> dict[str, Any]:
    return next(one for _, _, one in OPERATIONS if one["operationId"] == name)


def test_the_document_is_valid() -> None:
    OpenAPIV31SpecValidator(DOCUMENT).validate()


def test_it_lists_what_the_gateway_serves_and_nothing_else() -> None:
    routes = Routes(read_catalogue())
    listed = {(verb.upper(), re.sub(r"{\w+}", "x", path)) for path, verb, _ in OPERATIONS}

    assert all(routes.find(verb, path) for verb, path in listed)
    served = [method for method in read_catalogue().values() if method.rule is not None]
    bindings = sum(1 + len(m.rule.additional_bindings) for m in served if m.rule is not None)
    assert len(OPERATIONS) == bindings


def test_everything_is_described_by_the_comments_of_the_protos() -> None:
    for path, verb, one in OPERATIONS:
        assert one["summary"], (path, verb)
        for parameter in one["parameters"]:
            assert parameter.get("$ref") or parameter["description"], (path, parameter["name"])
    for name, schema in DOCUMENT["components"]["schemas"].items():
        assert schema["description"], name


def test_a_read_tells_path_query_etag_and_permission() -> None:
    one = operation("presence.PresenceService.ListStateLog")

    parameters = {parameter.get("name"): parameter for parameter in one["parameters"]}
    assert parameters["agent"]["in"] == "path"
    assert parameters["startTime"]["schema"] == {"type": "string", "format": "date-time"}
    assert one["responses"]["200"]["headers"]["etag"]
    assert "304" in one["responses"]
    assert "Needs the permission `presence.log.read`." in one["description"]


def test_a_nested_field_is_a_parameter_by_dots() -> None:
    parameters = operation("gateway.BoardService.GetHeatmap")["parameters"]

    assert {"day.year", "day.month", "day.day"} <= {one.get("name") for one in parameters}


def test_what_the_path_says_is_no_property_of_the_body() -> None:
    body = operation("presence.PresenceService.AmendStates")["requestBody"]["content"]

    assert "agent" not in body["application/json"]["schema"]["properties"]
    assert "application/x-protobuf" in body


def test_a_refusal_is_a_problem_document() -> None:
    problem = DOCUMENT["components"]["responses"]["problem"]["content"]

    assert list(problem) == ["application/problem+json"]
    assert all("default" in one["responses"] for _, _, one in OPERATIONS)


def test_how_to_identify_oneself_is_said_and_where_nobody_need() -> None:
    assert set(DOCUMENT["components"]["securitySchemes"]) == {"bearer", "cookie"}
    assert DOCUMENT["security"] == [{"bearer": []}, {"cookie": []}]
    assert operation("gateway.AccountService.CreateSession")["security"] == []
    assert "security" not in operation("gateway.AccountService.GetMyAccount")


def test_a_write_with_a_cookie_and_a_look_at_a_person_name_their_headers() -> None:
    def headers(name: str) -> set[str]:
        found = (one.get("$ref", "") for one in operation(name)["parameters"])
        return {ref.rpartition("/")[2] for ref in found if ref}

    assert "x-muster-csrf" in headers("presence.PresenceService.ReportStates")
    assert "x-muster-csrf" not in headers("gateway.AccountService.CreateSession")
    assert "x-muster-session" in headers("gateway.AccountService.CreateSession")
    assert "x-muster-purpose" in headers("presence.PresenceService.ListStateLog")
    assert "x-muster-purpose" not in headers("roster.RosterService.ListSites")


def test_numbers_of_64_bits_are_strings_and_new_properties_of_an_answer_may_come() -> None:
    schemas = DOCUMENT["components"]["schemas"]

    assert schemas["muster.presence.v1.Cursor"]["properties"]["seq"]["type"] == "string"
    assert "additionalProperties" not in schemas["muster.roster.v1.Site"]
    assert schemas["muster.roster.v1.ApplyRosterRequest"]["additionalProperties"] is False


class _Page(HTMLParser):
    """Notes what a page loads, where it leads and what it has."""

    def __init__(self) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.links: set[str] = set()
        self.names: set[str] = set()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        for name, value in attrs:
            if name == "id":
                self.names.add(value or "")
            elif tag == "a" and name == "href":
                self.links.add(value or "")
            elif name in ("href", "src"):
                self.loaded.append(value or "")


def test_the_page_loads_nothing_but_its_style_and_every_link_of_it_leads_somewhere() -> None:
    page = _Page()
    page.feed(api_html())

    assert page.loaded == ["api.css"]
    assert not page.tags & {"script", "style", "iframe", "form"}
    assert not {name for name in page.attributes if name == "style" or name.startswith("on")}
    assert page.links == {f"#{name.removeprefix('#')}" for name in page.links}
    assert {link[1:] for link in page.links} <= page.names


def test_the_page_shows_every_operation_and_message() -> None:
    page = _Page()
    page.feed(api_html())

    assert page.names >= {one["operationId"] for _, _, one in OPERATIONS}
    assert page.names >= set(DOCUMENT["components"]["schemas"])


def _refs(tree: Any) -> Iterator[str]:
    if isinstance(tree, dict):
        yield from (value for name, value in tree.items() if name == "$ref")
        for value in tree.values():
            yield from _refs(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _refs(value)


def test_every_reference_leads_somewhere() -> None:
    for ref in set(_refs(DOCUMENT)):
        _, kind, section, name = ref.split("/")
        assert name in DOCUMENT[kind][section]
