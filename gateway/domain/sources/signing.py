"""Whether a body really comes from the source that it says: signature, key or password, and a
window against replay.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

REPLAY_WINDOW = timedelta(minutes=5)
"""How far a signed time may lie from ours, before or after."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# From here on a number of seconds would lie in the year 5138: it is milliseconds.
_MILLISECONDS_FROM = 10**11
_PARTS = re.compile(r"(?:^|,)\s*([a-z0-9]+)=([^,\s]+)")


class Scheme(StrEnum):
    """How a source proves itself."""

    HMAC_SHA256 = "HMAC_SHA256"
    API_KEY = "API_KEY"
    BASIC = "BASIC"


class SignatureRefusedError(Exception):
    """The proof is missing or wrong. Which of the two is told, since the sender is a program that
    somebody sets up; what would be right is not.
    """


class ReplayRefusedError(Exception):
    """The proof is right and its time is not of now."""


@dataclass(frozen=True, slots=True)
class Signing:
    """Where a source puts its proof.

    `header` holds the signature or the key, in lower case. For HMAC-SHA256, `signed` is the text
    that is signed, with `{body}` and, for a replay window, `{timestamp}`; the time comes in
    `timestamp_header`, or, if that is empty, beside the signature as `t=<time>,v1=<signature>`.
    """

    scheme: Scheme = Scheme.HMAC_SHA256
    header: str = "x-muster-signature"
    timestamp_header: str = ""
    signed: str = "{timestamp}.{body}"

    def faults(self) -> list[tuple[str, str]]:
        """Returns what is wrong with it, each with the field."""
        faults = []
        for field, value in (("header", self.header), ("timestamp_header", self.timestamp_header)):
            needed = field == "header" and self.scheme is not Scheme.BASIC
            if not re.fullmatch(r"[a-z0-9-]{1,64}" if needed else r"[a-z0-9-]{0,64}", value):
                faults.append((field, "is a header's name in lower case, at most 64 characters"))
        if self.scheme is Scheme.HMAC_SHA256 and self.signed.count("{body}") != 1:
            faults.append(("signed_text", "holds {body} once"))
        if self.signed.count("{timestamp}") > 1 or len(self.signed) > 200:
            faults.append(("signed_text", "holds {timestamp} once at most, in 200 characters"))
        return faults


def check_proof(
    signing: Signing,
    secrets: Iterable[str],
    headers: Mapping[str, str],
    body: bytes,
    now: datetime,
) -> None:
    """Raises SignatureRefusedError or ReplayRefusedError unless one of the secrets proves the body.
    Takes as long for a wrong proof as for a right one.
    """
    if signing.scheme is Scheme.API_KEY:
        _check_equal(headers.get(signing.header, "").removeprefix("Bearer "), secrets)
    elif signing.scheme is Scheme.BASIC:
        _check_equal(_password(headers.get("authorization", "")), secrets)
    else:
        _check_signature(signing, secrets, headers, body, now)


def _check_signature(
    signing: Signing,
    secrets: Iterable[str],
    headers: Mapping[str, str],
    body: bytes,
    now: datetime,
) -> None:
    given = headers.get(signing.header, "")
    parts = dict(_PARTS.findall(given))
    timestamp = (
        headers.get(signing.timestamp_header) if signing.timestamp_header else parts.get("t")
    )
    has_window = "{timestamp}" in signing.signed
    if has_window and not timestamp:
        raise SignatureRefusedError("the signed time is missing")
    before, _, after = signing.signed.replace("{timestamp}", timestamp or "").partition("{body}")
    signed = before.encode() + body + after.encode()
    digests = [hmac.digest(one.encode(), signed, hashlib.sha256) for one in secrets]
    right = [
        form for digest in digests for form in (digest.hex(), base64.b64encode(digest).decode())
    ]
    offered = {given, given.rpartition("=")[2], *parts.values(), *_after_prefix(given)}
    _check_any(offered, right)
    if has_window:
        _check_time(timestamp or "", now)


def _after_prefix(given: str) -> tuple[str, ...]:
    """Returns the signature of `sha256=<signature>`, whose Base64 may end in equals signs."""
    prefix, equals, rest = given.partition("=")
    return (rest,) if equals and prefix.isalnum() else ()


def _check_time(timestamp: str, now: datetime) -> None:
    if not re.fullmatch(r"\d{1,14}", timestamp):
        raise SignatureRefusedError("the signed time is no number of seconds or milliseconds")
    number = int(timestamp)
    unit = timedelta(milliseconds=1) if number >= _MILLISECONDS_FROM else timedelta(seconds=1)
    if abs(_EPOCH + number * unit - now) > REPLAY_WINDOW:
        raise ReplayRefusedError


def _password(authorization: str) -> str:
    scheme, _, encoded = authorization.partition(" ")
    try:
        decoded = base64.b64decode(encoded.strip(), validate=True).decode()
    except ValueError:
        return ""
    return decoded.partition(":")[2] if scheme.lower() == "basic" else ""


def _check_equal(given: str, secrets: Iterable[str]) -> None:
    _check_any({given}, list(secrets))


def _check_any(offered: Iterable[str], right: Iterable[str]) -> None:
    # Every pair is looked at, so that the time tells nothing.
    pairs = [(one.encode("utf-8", "replace"), two.encode()) for one in offered for two in right]
    if not any([hmac.compare_digest(one, two) for one, two in pairs]):  # noqa: C419 - see above
        raise SignatureRefusedError("the signature, key or password is missing or wrong")
