from dataclasses import replace

import pytest
from google.api import http_pb2

from gateway.api.catalogue import Kind, UnsupportedMethodError, read_catalogue
from gateway.http.routes import Routes

HEATMAP = "/muster.gateway.v1.BoardService/GetHeatmap"


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
    assert routes.verbs("/v1/nothing") == ()


@pytest.mark.parametrize(
    "rule",
    [
        http_pb2.HttpRule(get="/v1/x", response_body="rows"),
        http_pb2.HttpRule(post="/v1/x", body="time_zone"),
        http_pb2.HttpRule(post="/v1/x", body="nothing"),
    ],
)
def test_a_form_that_is_not_served_yet_stops_the_start(rule: http_pb2.HttpRule) -> None:
    method = read_catalogue()[HEATMAP]

    with pytest.raises(UnsupportedMethodError):
        Routes({HEATMAP: replace(method, rule=rule)})


def test_a_stream_has_no_rest_form() -> None:
    method = read_catalogue()[HEATMAP]
    stream = replace(method, kind=Kind.SERVER_STREAM, rule=None)

    assert Routes({HEATMAP: stream}).verbs("/v1/sites/bank/heatmap") == ()
