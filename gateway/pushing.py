"""Wires the push stream."""

from chassis.process import Ground
from gateway.app.revocations import Revocations
from gateway.backends.presence import PresenceOrder, replayed
from gateway.backends.queue_watch import QueueWatch
from gateway.backends.roster import RosterSites
from gateway.backends.roster_order import RosterOrder
from gateway.bus.changes import BoardChanges
from gateway.bus.roster import RosterChanges
from gateway.config import GatewaySettings
from gateway.push.endpoint import Door, PushEndpoint
from gateway.push.feeds import Feeds
from gateway.push.opening import Topics
from gateway.push.reader import Ground as PushGround
from gateway.push.roster import RosterFeeds
from gateway.push.sites import CheckSite, SiteChecks
from gateway.push.streams import OpenStreams
from gateway.push.waiting import WaitingFeeds
from gateway.telemetry import declare_push_metrics


class PushParts:
    """The push stream and what moves it: the gateway follows the owners in its own name and serves
    each reader what she may see.
    """

    def __init__(
        self,
        ground: Ground[GatewaySettings],
        door: Door,
        revocations: Revocations,
        check_site: CheckSite,
    ) -> None:
        settings, telemetry = ground.settings, ground.telemetry
        metrics = telemetry.metrics(declare_push_metrics)
        to_roster = ground.peer(settings.roster_target, forward=False)
        order = PresenceOrder(ground.peer(settings.presence_target, forward=False))
        queues = QueueWatch(ground.peer(settings.dispatch_target, forward=False))
        rosters = RosterFeeds()
        roster_order = RosterOrder(to_roster)
        people = RosterChanges(rosters, roster_order, telemetry)
        boards = Feeds(people.team_of, ground.clock)
        changes = BoardChanges(
            boards, order, RosterSites(to_roster), metrics, ground.clock, telemetry
        )
        self._streams = OpenStreams(revocations, most_streams=settings.most_push_streams)
        sites = SiteChecks(check_site)
        topics = Topics(
            boards,
            WaitingFeeds(queues.watch),
            rosters,
            replayed(order),
            roster_order.knows,
            sites,
            metrics,
        )
        push_ground = PushGround(ground.clock, metrics, self._streams)
        self.endpoint = PushEndpoint(push_ground, topics, door)
        ground.spawn(changes.follow(ground.bus), "board changes")
        ground.spawn(people.follow(ground.bus), "roster changes")
        ground.spawn(self._streams.watch_revocations(), "push revocations")

    def close(self) -> None:
        """Ends all streams: their readers come back to another replica and resume."""
        self._streams.close()
