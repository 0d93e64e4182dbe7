"""What is typed after `muster import queue-log`, judged."""

import re
from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo, available_timezones

from cli.errors import CommandError
from cli.importing.mapping import SiteRule, TeamRule
from cli.importing.queue_log.lines import LineRejectedError, parse_time
from cli.importing.queue_log.window import Window

_ID = re.compile(r"[a-z0-9-]{1,63}")
_LONGEST_LABEL = 200


def parse_zone(name: str) -> ZoneInfo:
    """Returns the zone of an IANA name."""
    if name not in available_timezones():
        raise CommandError(f"--zone {name}: write an IANA time zone, for example Europe/Lisbon")
    return ZoneInfo(name)


def parse_pairs(option: str, pairs: Iterable[str]) -> Mapping[str, str]:
    """Returns LEFT=RIGHT as a mapping. The left side may hold equals signs, the right may not."""
    parsed: dict[str, str] = {}
    for pair in pairs:
        left, _, right = (part.strip() for part in pair.rpartition("="))
        if not left or not right:
            raise CommandError(f"{option} {pair}: write two names with = between them")
        if parsed.setdefault(left, right) != right:
            raise CommandError(
                f"{option} {left}: is given two meanings, {parsed[left]} and {right}"
            )
    return parsed


def parse_codes(pairs: Iterable[str]) -> Mapping[str, str]:
    """Returns the codes of breaks by the text of their reasons."""
    codes = parse_pairs("--reason", pairs)
    for code in codes.values():
        parse_id("--reason", code)
    return codes


def parse_id(option: str, text: str) -> str:
    """Returns an id as it is typed."""
    if _ID.fullmatch(text) is None:
        raise CommandError(f"{option} {text}: an id is 1 to 63 of a-z, 0-9 and -")
    return text


def parse_place(
    site: str, site_name: str, team: str, team_name: str
) -> tuple[SiteRule, TeamRule | None]:
    """Returns the site, and the team if one is named."""
    if not site:
        raise CommandError("name the people's site with --site, or look first with --dry-run")
    if (team or team_name) and not (team and site_name):
        raise CommandError("--team is for people who are created: it needs --site-name as well")
    for option, name in (("--site-name", site_name), ("--team-name", team_name)):
        if len(name) > _LONGEST_LABEL:
            raise CommandError(f"{option}: a name has at most {_LONGEST_LABEL} characters")
    place = SiteRule(id=parse_id("--site", site), display_name=site_name or None)
    joined = TeamRule(id=parse_id("--team", team), display_name=team_name or team) if team else None
    return place, joined


def parse_window(ends: tuple[str, str] | None, zone: ZoneInfo) -> Window | None:
    """Returns the window; a date and time without an offset is in `zone`."""
    if ends is None:
        return None
    start, end = (_parse_instant(text, zone) for text in ends)
    if start >= end:
        raise CommandError(f"--window {ends[0]} {ends[1]}: the start is to be before the end")
    return Window(start, end)


def _parse_instant(text: str, zone: ZoneInfo) -> float:
    try:
        return parse_time(text, zone)
    except LineRejectedError:
        raise CommandError(
            f"--window {text}: write seconds since 1970, or a date and time such as "
            "2026-03-02T08:00+01:00"
        ) from None
