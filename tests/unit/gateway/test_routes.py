from dataclasses import replace

import pytest
from google.api import http_pb2

from gateway.api.catalogue import Kind, read_catalogue
from gateway.http.routes import Match, Routes

HEATMAP = "/muster.gateway.v1.BoardService/GetHeatmap"


def routes_for(*templates: str) -> Routes:
    """Routes of methods that are called as their templates; variables are fields of a request that
    has several.
    """
    method = read_catalogue()[HEATMAP]
    rules = {template: http_pb2.HttpRule(get=template) for template in templates}
    return Routes({text: replace(method, path=text, rule=rule) for text, rule in rules.items()})


def template_of(match: Match | None) -> str | None:
    return match.route.method.path if match else None


def test_internal_methods_are_not_in_the_catalogue() -> None:
    catalogue = read_catalogue()

    assert HEATMAP in catalogue
    assert "/muster.presence.v1.PresenceService/ReportStates" in catalogue
    assert "/muster.presence.v1.PresenceService/GetSiteCoverage" not in catalogue
    assert "/muster.roster.v1.RosterService/CopyAgents" not in catalogue


@pytest.mark.parametrize(
    ("verb", "path", "method"),
    [
        ("POST", "/v1/sessions", "gateway.v1.AccountService/CreateSession"),
        ("DELETE", "/v1/sessions/current", "gateway.v1.AccountService/DeleteSession"),
        ("GET", "/v1/accounts/me", "gateway.v1.AccountService/GetMyAccount"),
        ("GET", "/v1/sites/bank/heatmap", "gateway.v1.BoardService/GetHeatmap"),
        ("HEAD", "/v1/sites/bank/heatmap", "gateway.v1.BoardService/GetHeatmap"),
        ("GET", "/v1/%73ites/bank", "roster.v1.RosterService/GetSite"),
        ("GET", "/v1/sites", "roster.v1.RosterService/ListSites"),
        ("GET", "/v1/sites/bank", "roster.v1.RosterService/GetSite"),
        ("GET", "/v1/sites/bank/teams", "roster.v1.RosterService/ListTeams"),
        ("POST", "/v1/roster:apply", "roster.v1.RosterService/ApplyRoster"),
        ("GET", "/v1/agents/a05/stateLog", "presence.v1.PresenceService/ListStateLog"),
        (
            "PUT",
            "/v1/sites/bank/presencePolicy",
            "presence.v1.PolicyService/UpdatePresencePolicy",
        ),
        ("POST", "/v1/agents/a05:amendStates", "presence.v1.PresenceService/AmendStates"),
        ("POST", "/v1/states:report", "presence.v1.PresenceService/ReportStates"),
    ],
)
def test_a_rest_request_finds_its_method(verb: str, path: str, method: str) -> None:
    match = Routes(read_catalogue()).find(verb, path)

    assert match is not None
    assert match.route.method.path == f"/muster.{method}"


def test_a_known_path_tells_its_verbs() -> None:
    routes = Routes(read_catalogue())

    assert routes.find("PUT", "/v1/states:report") is None
    assert routes.verbs("/v1/states:report") == ("POST",)
    assert routes.verbs("/v1/sites/bank/heatmap") == ("GET", "HEAD")
    assert routes.verbs("/v1/nothing") == ()


# From the tests of Envoy's transcoder (grpc-httpjson-transcoding, path_matcher_test.cc), less those
# with templates that go on after **.
WILD = ("/a/**", "/b/*", "/c/*/d/**", "/c/*/d/e", "/c/f/d/e")
VERBS = ("/some/const:verb", "/some/*:verb", "/some/*/foo:verb", "/other/**:verb")
PERSONS = ("/person", "/person/{site=*}", "/{site=**}:verb")


@pytest.mark.parametrize(
    ("templates", "path", "found"),
    [
        (("/**",), "/", "/**"),
        (("/**",), "/a", "/**"),
        (("/**",), "/a/", "/**"),
        (WILD, "/a/b", "/a/**"),
        (WILD, "/a/b/c", "/a/**"),
        (WILD, "/b/c", "/b/*"),
        (WILD, "/c/u/d/v", "/c/*/d/**"),
        (WILD, "/c/v/d/w/x", "/c/*/d/**"),
        (WILD, "/c/x/y/d/z", None),
        (WILD, "/c//v/d/w/x", None),
        (WILD, "/c/x/d/e", "/c/*/d/e"),
        (WILD, "/c/f/d/e", "/c/f/d/e"),
        (PERSONS, "/person:verb", "/{site=**}:verb"),
        (PERSONS, "/person/jason:verb", "/{site=**}:verb"),
        (PERSONS, "/person", "/person"),
        (PERSONS, "/person/jason", "/person/{site=*}"),
        (PERSONS, "/animal/cat", None),
        (PERSONS, "/person:other", None),
        (PERSONS, "/person/jason:other", "/person/{site=*}"),
        (PERSONS, "/animal/cat:other", None),
        (VERBS, "/some/const:verb", "/some/const:verb"),
        (VERBS, "/some/other:verb", "/some/*:verb"),
        (VERBS, "/some/other:verb/", None),
        (VERBS, "/some/bar/foo:verb", "/some/*/foo:verb"),
        (VERBS, "/some/foo1/foo2/foo:verb", None),
        (VERBS, "/some/foo/bar:verb", None),
        (VERBS, "/other/bar/foo:verb", "/other/**:verb"),
        (("/foo/*/hello",), "/foo/other:verb/hello", "/foo/*/hello"),
        (("/prefix/middle", "/prefix"), "/prefix/middle/other", None),
        (("/prefix/middle", "/prefix"), "/other", None),
        (("/a/b/c/d",), "/a/b/c", None),
        # Not of Envoy, which drops slashes at the end.
        (("/a/b",), "/a/b/", None),
        (("/a/*",), "/a/", None),
        # A verb is a colon that came as one.
        (("/a/{site}", "/b:verb"), "/a/x%3Averb", "/a/{site}"),
    ],
)
def test_paths_match_as_in_another_transcoder(
    templates: tuple[str, ...], path: str, found: str | None
) -> None:
    assert template_of(routes_for(*templates).find("GET", path)) == found


@pytest.mark.parametrize(
    ("template", "path", "value"),
    [
        ("/{site=**}:verb", "/some:verb/const:verb", "some:verb/const"),
        ("/{site=**}", "/some:verb2/const:verb2", "some:verb2/const:verb2"),
        ("/foo/{site=*}", "/foo/other:verb", "other:verb"),
    ],
)
def test_a_colon_that_begins_no_verb_belongs_to_the_value(
    template: str, path: str, value: str
) -> None:
    match = routes_for(template).find("GET", path)

    assert match is not None
    assert match.route.template.variables[0].value(match.parts) == value


def test_a_stream_has_no_rest_form() -> None:
    method = read_catalogue()[HEATMAP]
    stream = replace(method, kind=Kind.SERVER_STREAM, rule=None)

    assert Routes({HEATMAP: stream}).verbs("/v1/sites/bank/heatmap") == ()
