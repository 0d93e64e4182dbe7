import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest

from gateway.domain.sources.signing import (
    REPLAY_WINDOW,
    ReplayRefusedError,
    Scheme,
    SignatureRefusedError,
    Signing,
    check_proof,
)

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
BODY = '{"state":"空闲"}'.encode()
SECRET = "a-secret"


def digest(text: bytes, secret: str = SECRET) -> bytes:
    return hmac.digest(secret.encode(), text, hashlib.sha256)


def signed(at: datetime = NOW, secret: str = SECRET) -> dict[str, str]:
    seconds = str(int(at.timestamp()))
    signature = digest(f"{seconds}.".encode() + BODY, secret).hex()
    return {"x-muster-signature": f"t={seconds},v1={signature}"}


def check(headers: dict[str, str], signing: Signing | None = None, body: bytes = BODY) -> None:
    check_proof(signing or Signing(), [SECRET], headers, body, NOW)


def test_what_the_secret_signed_now_is_taken() -> None:
    check(signed())


@pytest.mark.parametrize("age", [REPLAY_WINDOW, -REPLAY_WINDOW])
def test_a_time_at_the_edge_of_the_window_is_taken(age: timedelta) -> None:
    check(signed(NOW - age))


@pytest.mark.parametrize("age", [REPLAY_WINDOW, -REPLAY_WINDOW])
def test_a_time_beyond_the_window_is_a_replay(age: timedelta) -> None:
    with pytest.raises(ReplayRefusedError):
        check(signed(NOW - age * 1.01))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-muster-signature": ""},
        {"x-muster-signature": "t=,v1="},
        {"x-muster-signature": signed()["x-muster-signature"].upper()},
        {"x-muster-signature": signed()["x-muster-signature"][:-1]},
        {"x-muster-signature": signed(secret="another")["x-muster-signature"]},
        {"x-muster-signature": signed()["x-muster-signature"].replace("t=", "t=9")},
        {"x-muster-signature": "t=soon,v1=" + digest(b"soon." + BODY).hex()},
        {"x-muster-signature": "v1=" + digest(BODY).hex()},
        {"x-other": signed()["x-muster-signature"]},
        {"x-muster-signature": "Ω=ß"},
    ],
)
def test_anything_else_is_refused(headers: dict[str, str]) -> None:
    with pytest.raises(SignatureRefusedError):
        check(headers)


def test_another_body_is_refused() -> None:
    with pytest.raises(SignatureRefusedError):
        check(signed(), body=BODY + b" ")


def test_either_of_two_secrets_proves_while_one_is_being_replaced() -> None:
    for secret in ("old", "new"):
        check_proof(Signing(), ["new", "old"], signed(secret=secret), BODY, NOW)


@pytest.mark.parametrize(
    ("signing", "headers"),
    [
        # GitHub and those who follow it: no time, hexadecimal after a prefix.
        (
            Signing(header="x-hub-signature-256", signed="{body}"),
            {"x-hub-signature-256": "sha256=" + digest(BODY).hex()},
        ),
        # Slack: the time in a header of its own and in the signed text.
        (
            Signing(
                header="x-slack-signature",
                timestamp_header="x-slack-request-timestamp",
                signed="v0:{timestamp}:{body}",
            ),
            {
                "x-slack-signature": "v0=" + digest(b"v0:1795338000:" + BODY).hex(),
                "x-slack-request-timestamp": "1795338000",
            },
        ),
        # Chinese clouds: milliseconds and Base64.
        (
            Signing(header="x-sign", timestamp_header="x-timestamp", signed="{timestamp}\n{body}"),
            {
                "x-sign": base64.b64encode(digest(b"1795338000000\n" + BODY)).decode(),
                "x-timestamp": "1795338000000",
            },
        ),
        (Signing(Scheme.API_KEY, "x-api-key"), {"x-api-key": SECRET}),
        (Signing(Scheme.API_KEY, "authorization"), {"authorization": f"Bearer {SECRET}"}),
        (
            Signing(Scheme.BASIC, ""),
            {"authorization": "Basic " + base64.b64encode(b"any:" + SECRET.encode()).decode()},
        ),
    ],
)
def test_vendors_put_their_proof_in_their_own_places(
    signing: Signing, headers: dict[str, str]
) -> None:
    assert signing.faults() == []
    check(headers, signing)
    for name, value in headers.items():
        with pytest.raises(SignatureRefusedError):
            check({**headers, name: value + "x"}, signing)
        with pytest.raises(SignatureRefusedError):
            check({**headers, name: ""}, signing)


@pytest.mark.parametrize(
    ("signing", "field"),
    [
        (Signing(header="X-Signature"), "header"),
        (Signing(header=""), "header"),
        (Signing(timestamp_header="with space"), "timestamp_header"),
        (Signing(signed="{timestamp}"), "signed_text"),
        (Signing(signed="{timestamp}{timestamp}{body}"), "signed_text"),
    ],
)
def test_a_wrong_setting_names_its_field(signing: Signing, field: str) -> None:
    assert [name for name, _ in signing.faults()] == [field]
