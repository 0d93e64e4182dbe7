"""How a queue log is to be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from zoneinfo import ZoneInfo


class LoginModel(StrEnum):
    """Which lines tell that somebody is signed in."""

    AGENT_EVENTS = "agent-events"
    MEMBERSHIP = "membership"


@dataclass(frozen=True, slots=True)
class Rules:
    """The login model, the one name of each alias, and the zone of stamps without one."""

    login_model: LoginModel = LoginModel.MEMBERSHIP
    aliases: Mapping[str, str] = field(default_factory=dict)
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
