import pytest
from google.type import date_pb2
from muster.gateway.v1 import board_service_pb2
from muster.presence.v1 import policy_service_pb2, presence_service_pb2, state_pb2
from muster.roster.v1 import roster_service_pb2

from chassis.errors import Code, Refusal
from gateway.http.binding import (
    BINARY,
    JSON,
    check_beside_body,
    part_of,
    read_body,
    read_parameters,
)


def test_path_and_query_fill_nested_fields_in_either_spelling() -> None:
    request = board_service_pb2.GetHeatmapRequest()

    read_parameters(
        request,
        {"site": "sites/bank"},
        [
            ("day.year", "1999"),
            ("day.month", "8"),
            ("day.day", "31"),
            ("timeZone", "Asia/Jerusalem"),
        ],
    )

    assert request == board_service_pb2.GetHeatmapRequest(
        site="sites/bank",
        day=date_pb2.Date(year=1999, month=8, day=31),
        time_zone="Asia/Jerusalem",
    )


def test_an_instant_is_one_parameter() -> None:
    request = presence_service_pb2.ListStateLogRequest()

    read_parameters(request, {"agent": "agents/a05"}, [("start_time", "1999-08-30T21:00:00.5Z")])

    assert request.start_time.ToJsonString() == "1999-08-30T21:00:00.500Z"


def test_a_message_comes_whole_or_in_parts() -> None:
    whole, part = ("start_time", "1999-08-30T21:00:00Z"), ("start_time.seconds", "1")

    for query in ([whole, part], [part, whole]):
        with pytest.raises(Refusal) as refused:
            read_parameters(presence_service_pb2.ListStateLogRequest(), {}, query)

        assert refused.value.reason == "MALFORMED_REQUEST"


def test_a_repeated_field_takes_a_parameter_several_times() -> None:
    request = roster_service_pb2.BatchGetAgentsRequest()

    read_parameters(request, {}, [("names", "agents/a"), ("names", "agents/b")])

    assert list(request.names) == ["agents/a", "agents/b"]


def test_enums_come_by_name_and_booleans_in_words() -> None:
    report = presence_service_pb2.StateReport()

    read_parameters(report, {}, [("state", "STATE_BREAK"), ("inferred", "true")])

    assert report.state == state_pb2.STATE_BREAK
    assert report.inferred


@pytest.mark.parametrize(
    "query",
    [
        [("zone", "UTC")],
        [("day", "1999-08-31")],
        [("day.year", "soon")],
        [("day.year.x", "1")],
        [("day.year", "1"), ("day.year", "2")],
        [("site", "sites/other")],
        [("day.year", str(2**40))],
        [("", "x")],
        [(".", "x")],
    ],
)
def test_a_parameter_that_the_method_does_not_take_is_refused(
    query: list[tuple[str, str]],
) -> None:
    request = board_service_pb2.GetHeatmapRequest()

    with pytest.raises(Refusal) as refused:
        read_parameters(request, {"site": "sites/bank"}, query)

    assert refused.value.code is Code.INVALID_ARGUMENT
    assert refused.value.reason == "MALFORMED_REQUEST"


def test_a_body_is_json_or_binary() -> None:
    wanted = roster_service_pb2.ApplyRosterRequest(validate_only=True)
    from_json = roster_service_pb2.ApplyRosterRequest()
    from_binary = roster_service_pb2.ApplyRosterRequest()

    read_body(from_json, b'{"validateOnly": true}', JSON)
    read_body(from_binary, wanted.SerializeToString(), BINARY)

    assert from_json == from_binary == wanted


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"{", JSON),
        (b'{"nothing": 1}', JSON),
        (b'{"validateOnly": "yes"}', JSON),
        (b"\xff\xfe", JSON),
        (b"[]", JSON),
        (b"[" * 200_000, JSON),
        (b'{"agents":' * 200 + b"1" + b"}" * 200, JSON),
        (b"\xff\xff\xff", BINARY),
    ],
)
def test_a_body_that_the_method_does_not_take_is_refused(content: bytes, media_type: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_body(roster_service_pb2.ApplyRosterRequest(), content, media_type)

    assert refused.value.reason == "MALFORMED_REQUEST"


def test_a_body_may_fill_one_field_and_the_path_a_part_of_it() -> None:
    request = policy_service_pb2.UpdatePresencePolicyRequest()

    read_body(part_of(request, "policy"), b'{"version": "3", "site": "sites/else"}', JSON)
    read_parameters(request, {"policy.site": "sites/bank"}, [])

    assert (request.policy.site, request.policy.version) == ("sites/bank", 3)


def test_an_empty_body_of_a_field_says_that_it_is_there() -> None:
    request = policy_service_pb2.UpdatePresencePolicyRequest()

    read_body(part_of(request, "policy"), b"", JSON)

    assert request.HasField("policy")


@pytest.mark.parametrize(
    ("body", "name"), [("*", "site"), ("policy", "policy.version"), ("policy", "policy")]
)
def test_what_the_body_fills_is_no_parameter(body: str, name: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_beside_body(body, [(name, "1")])

    assert [violation.field for violation in refused.value.violations] == [name]


def test_beside_the_body_of_a_field_other_fields_are_parameters() -> None:
    check_beside_body("policy", [("validateOnly", "true")])
