"""How a browser and a program say who they are over HTTP."""

from collections.abc import Mapping
from datetime import datetime
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from chassis.errors import SHARED_DOMAIN, Code, Refusal

COOKIE = "muster_session"
CSRF_HEADER = "x-muster-csrf"
SESSION_HEADER = "x-muster-session"
_READING = frozenset({"GET", "HEAD"})
# The second one is what the address bar and extensions of the browser send.
_OWN_PAGES = frozenset({"same-origin", "none"})


def authorization_of(headers: Mapping[str, str]) -> str | None:
    """Returns the value that the header `authorization` has, or would have if the cookie were a
    header.
    """
    if "authorization" in headers:
        return headers["authorization"]
    token = cookie_of(headers)
    return f"Bearer {token}" if token else None


def check_origin(verb: str, headers: Mapping[str, str]) -> None:
    """Refuses a write with a cookie that another site's page may have made.

    A cookie goes along by itself, also when another site makes the browser call. Such a call cannot
    carry our header; and where the browser says from whose page it comes, it must be ours.
    """
    if verb in _READING or "authorization" in headers:
        return
    if headers.get(CSRF_HEADER) != "1":
        raise _csrf(f"a write with a cookie needs the header {CSRF_HEADER}: 1")
    if headers.get("sec-fetch-site", "same-origin") not in _OWN_PAGES:
        raise _csrf("the call comes from a page of another site")
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != headers.get("host"):
        raise _csrf(f"the call comes from {origin[:100]}, which is not where it goes")


def _csrf(why: str) -> Refusal:
    return Refusal(Code.PERMISSION_DENIED, "CSRF_CHECK_FAILED", why, domain=SHARED_DOMAIN)


def cookie_of(headers: Mapping[str, str]) -> str | None:
    """Returns the token in our cookie, if there is one."""
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return None
    return morsel.value if morsel and morsel.value else None


def cookie_header(token: str, expire_time: datetime, now: datetime, *, secure: bool) -> str:
    """Returns the header that keeps the token in the browser, out of the reach of scripts and of
    other sites.
    """
    seconds = max(0, int((expire_time - now).total_seconds()))
    return f"{COOKIE}={token}; Max-Age={seconds}{_attributes(secure)}"


def cleared_cookie_header(*, secure: bool) -> str:
    """Returns the header that takes the token from the browser."""
    return f"{COOKIE}=; Max-Age=0{_attributes(secure)}"


def _attributes(secure: bool) -> str:
    return "; Path=/; HttpOnly; SameSite=Strict" + ("; Secure" if secure else "")
