"""Who may follow what, and as what: the rule of a topic is the rule of the method that shows the
same.
"""

from dataclasses import dataclass
from typing import Any

from muster.dispatch.v1 import contact_service_pb2
from muster.dispatch.v1.queue_pb2 import SiteQueueFigures
from muster.gateway.v1 import board_service_pb2
from muster.gateway.v1.push_pb2 import BoardChanges
from muster.roster.v1 import roster_service_pb2

from chassis.access import Caller, check_access
from chassis.errors import Code, Refusal
from chassis.fields import visibility_class
from chassis.scope import Scopes
from gateway.domain.topics import Kind, Topic
from gateway.push.asking import Asked
from gateway.push.board import BoardFollowing, Replay
from gateway.push.feeds import Feeds
from gateway.push.following import Following
from gateway.push.roster import Knows, RosterFeeds, RosterFollowing
from gateway.push.sites import SiteChecks
from gateway.push.views import View
from gateway.push.waiting import WaitingFeeds, WaitingFollowing
from gateway.telemetry import PushMetrics


def _scopes_of(caller: Caller) -> Scopes:
    return Scopes(caller.identity.scope, caller.identity.history_scope)


def _path(service: Any, method: str) -> str:
    return f"/{service.full_name}/{service.methods_by_name[method].name}"


_RULES = {
    Kind.BOARD: _path(board_service_pb2.DESCRIPTOR.services_by_name["BoardService"], "GetHeatmap"),
    Kind.WAITING: _path(
        contact_service_pb2.DESCRIPTOR.services_by_name["ContactService"], "WatchQueueFigures"
    ),
    Kind.ROSTER: _path(
        roster_service_pb2.DESCRIPTOR.services_by_name["RosterService"], "ListAgents"
    ),
}


@dataclass(frozen=True, slots=True)
class Topics:
    """All that can be followed."""

    board: Feeds
    waiting: WaitingFeeds
    roster: RosterFeeds
    replay: Replay
    knows_roster: Knows
    sites: SiteChecks
    metrics: PushMetrics

    async def open(self, asked: Asked, caller: Caller) -> Following:
        """Returns a topic as the caller may follow it, or refuses."""
        await self._check(asked.topic, caller)
        permissions = caller.identity.permissions
        site = asked.topic.site
        match asked.topic.kind:
            case Kind.BOARD:
                opened = visibility_class(BoardChanges, permissions)
                view = View.of(_scopes_of(caller), site, opened)
                feed = self.board.of(site)
                return BoardFollowing(feed, view, asked.place, self.replay, self.metrics)
            case Kind.WAITING:
                opened = visibility_class(SiteQueueFigures, permissions)
                return WaitingFollowing(self.waiting.of(site), opened)
            case Kind.ROSTER:
                return RosterFollowing(self.roster.of(site), asked.place, self.knows_roster)

    async def _check(self, topic: Topic, caller: Caller) -> None:
        check_access(_RULES[topic.kind], caller)
        await self.sites.check(topic.site)
        if topic.kind is Kind.WAITING and not caller.identity.scope.sees_site(topic.site):
            raise Refusal(
                Code.PERMISSION_DENIED,
                "WHOLE_SITE_NEEDED",
                f"{topic} tells of the whole site, of which a part is in sight",
            )
