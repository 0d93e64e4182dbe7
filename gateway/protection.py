"""Wires how people are protected: the profiles of sites, and what follows from them."""

from chassis.ground import Ground
from gateway.api.served import Served
from gateway.app.history import Histories
from gateway.app.manage_protection import ManageProtection
from gateway.app.profiles import Profiles
from gateway.app.protection_ports import SiteGate
from gateway.backends.organisation import RosterOrganisation
from gateway.backends.places import RosterPlaces
from gateway.backends.presence import PresenceOrder
from gateway.config import GatewaySettings
from gateway.rpc.protection import ProtectionServicer
from gateway.store.protection import StoredProfiles


class ProtectionParts:
    """What protection is made of; it comes before accounts, whose history follows from it."""

    def __init__(self, ground: Ground[GatewaySettings]) -> None:
        settings, clock = ground.settings, ground.clock
        to_roster = ground.peer(settings.roster_target, forward=False)
        record = PresenceOrder(ground.peer(settings.presence_target, forward=False))
        store = StoredProfiles(ground.database)
        self.places = RosterPlaces(to_roster, clock)
        self.profiles = Profiles(store, clock)
        organisation = RosterOrganisation(to_roster, clock)
        self.histories = Histories(self.profiles, self.places, organisation.list_teams)
        self._manage = ManageProtection(store, self.profiles, self.places, record, clock)

    def served(self, sites: SiteGate) -> Served:
        """Returns the service; sites are asked in the name of the caller."""
        return Served(
            "muster.gateway.v1.ProtectionService", ProtectionServicer(self._manage, sites)
        )
