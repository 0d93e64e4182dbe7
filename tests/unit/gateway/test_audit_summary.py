import pytest
from hypothesis import given
from hypothesis import strategies as st
from muster.gateway.v1 import account_service_pb2 as accounts
from muster.gateway.v1 import source_service_pb2 as sources
from muster.options.v1 import options_pb2
from muster.presence.v1 import presence_service_pb2 as presence
from muster.presence.v1 import state_pb2

from gateway.api.audit_rules import audit_rule_of
from gateway.api.audit_summary import claimed_actor, digest_of, site_of, summary_of
from gateway.api.catalogue import read_catalogue
from gateway.domain.purpose import is_purpose


def test_a_summary_holds_names_and_numbers_and_nothing_in_somebodys_own_words() -> None:
    request = presence.AmendStatesRequest(
        agent="agents/ana", state=state_pb2.STATE_BREAK, text="her child is ill", reason="meal"
    )
    request.start_time.FromJsonString("2026-11-22T09:00:00Z")

    summary = summary_of(request)

    assert summary == "agent=agents/ana start_time=2026-11-22T09:00:00Z state=STATE_BREAK"


def test_of_a_list_the_count_and_the_first_names_are_told() -> None:
    request = accounts.ApplyAccountsRequest(
        accounts=[accounts.Account(name=f"accounts/{number}") for number in range(9)]
    )

    assert summary_of(request) == "accounts.count=9"


@given(password=st.text(min_size=1), account=st.text())
def test_a_password_leaves_no_trace_in_summary_or_digest(password: str, account: str) -> None:
    request = accounts.CreateSessionRequest(account=account, password=password)

    assert summary_of(request) == summary_of(accounts.CreateSessionRequest(account=account))
    assert digest_of(request) == digest_of(accounts.CreateSessionRequest(account=account))


def test_a_secret_is_left_out_wherever_it_stands() -> None:
    code = accounts.RedeemOneTimeCodeRequest(account="ana", code="agents/7", new_password="x")

    assert summary_of(code) == ""
    assert digest_of(code) == digest_of(accounts.RedeemOneTimeCodeRequest(account="ana"))


def test_different_requests_have_different_digests() -> None:
    first, second = (presence.ListStateLogRequest(agent=f"agents/{name}") for name in "ab")

    assert digest_of(first) != digest_of(second)


def test_the_site_is_that_of_a_field_or_of_the_place_of_what_is_named() -> None:
    assert site_of(sources.CreateSourceRequest(site="sites/bank")) == "sites/bank"
    profile = accounts.CreateSessionRequest(account="sites/bank/protectionProfile")
    assert site_of(profile) == "sites/bank"
    assert site_of(accounts.CreateSessionRequest(account="ana", password="sites/x")) == ""


def test_all_sites_together_are_no_site() -> None:
    everywhere = accounts.Account(sites=["sites/-"])

    assert site_of(accounts.UpdateAccountRequest(account=everywhere)) == ""
    assert site_of(sources.CreateSourceRequest(site="sites/-")) == ""
    assert site_of(accounts.CreateSessionRequest(account="sites/-/lines/x")) == ""


@pytest.mark.parametrize(
    ("account", "actor"), [("ana", "accounts/ana"), ("", ""), ("An A", ""), ("a" * 64, "")]
)
def test_whoever_signs_in_is_whom_she_claims_to_be_if_that_is_a_name(
    account: str, actor: str
) -> None:
    assert claimed_actor(accounts.CreateSessionRequest(account=account)) == actor


@pytest.mark.parametrize(
    ("method", "persons", "kept"),
    [
        ("presence.v1.TimelineService/GetAgentTimeline", ["agents/ana"], True),
        ("presence.v1.TimelineService/WatchAgentStates", ["agents/ana"], True),
        ("presence.v1.TimelineService/WatchAgentStates", [], False),
        ("roster.v1.ShiftService/ListShifts", ["agents/ana"], True),
        ("roster.v1.ShiftService/ListShifts", [], False),
        ("presence.v1.PresenceService/ReportStates", [], False),
        ("presence.v1.PresenceService/AmendStates", [], True),
        ("presence.v1.RecordService/ReadChain", [], True),
        ("gateway.v1.AccountService/GetMyAccount", [], False),
        ("presence.v1.SourceService/StreamReports", [], False),
    ],
)
def test_changes_and_looks_at_persons_are_kept_and_what_has_its_own_log_is_not(
    method: str, persons: list[str], kept: bool
) -> None:
    path = read_catalogue()[f"/muster.{method}"].path

    assert audit_rule_of(path).keeps(persons) is kept


def test_every_public_read_that_takes_a_person_or_a_list_of_them_says_so() -> None:
    silent = {
        method.path
        for method in read_catalogue().values()
        if not (rule := audit_rule_of(method.path)).changes
        and not (rule.person_field or rule.audit == options_pb2.AUDIT_NEVER)
        and {"agent", "agents"} & {field.name for field in method.input.fields}
    }

    assert silent == set()


@pytest.mark.parametrize(
    ("stated", "counts"),
    [
        ("coaching", True),
        ("dispute: case 12", True),
        ("other: 客户投诉", True),
        ("other", False),
        ("other: ", False),
        ("curiosity", False),
        ("", False),
        ("other: " + "x" * 201, False),
        ("other: two\nlines", False),
    ],
)
def test_a_purpose_is_a_word_of_the_list_and_other_needs_words(stated: str, counts: bool) -> None:
    assert is_purpose(stated) is counts
