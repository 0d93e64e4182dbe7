"""All people of the roster, kept in memory and no older than the roster itself: each reading begins
by asking what has changed at the sites it is for.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import grpc
from muster.roster.v1 import people_pb2, roster_service_pb2_grpc
from muster.roster.v1 import roster_service_pb2 as pb

from chassis.errors import Code, Refusal
from gateway.app.board_ports import People
from gateway.backends.refusals import refusing
from gateway.backends.roster_catalogue import RosterCatalogue
from gateway.domain.board_rows import person_key
from gateway.domain.heatmap import Label, Person, Place

_FIRST_EPOCH = 1
_SECONDS = 4.0


@dataclass(slots=True)
class _Site:
    """The people of a site; `in_order` as long as nothing changed since it was made."""

    people: dict[str, people_pb2.Agent] = field(default_factory=dict)
    in_order: tuple[Person, ...] | None = None


class PeopleCopy:
    """Who belongs where, loaded whole once and kept by what roster tells of each site."""

    def __init__(self, channel: grpc.aio.Channel) -> None:
        self._roster = roster_service_pb2_grpc.RosterServiceStub(channel)
        self._catalogue = RosterCatalogue(channel)
        self._sites: dict[str, _Site] = {}
        self._places: dict[str, Place] = {}
        self._site_of: dict[str, str] = {}
        # When what is known of an agent was recorded, in nanoseconds since 1970.
        self._recorded: dict[str, int] = {}
        self._loaded = False
        self._reading = asyncio.Lock()

    async def people_of(self, sites: Sequence[str]) -> People:
        """Returns the people of sites, by display name, as roster has them now."""
        async with self._reading:
            if not self._loaded:
                await self._load()
            for site in sites:
                await self._catch_up(site)
            places = tuple(self._place(site) for site in sites)
        labels = await self._catalogue.labels_of(sites)
        lines = {label.name: label.line for label in labels}
        people = [one for site in sites for one in self._in_order(site, lines)]
        if len(sites) > 1:
            people.sort(key=person_key)
        return People(people, places, {one.name: one.label for one in labels})

    async def find_person(self, agent: str) -> Person | None:
        """Returns an agent as roster has her now; None for one whom it does not have."""
        request = pb.BatchGetAgentsRequest(names=[agent])
        with refusing():
            found = (await self._roster.BatchGetAgents(request, timeout=_SECONDS)).agents
        if not found:
            return None
        teams = await self._catalogue.labels_of([found[0].site])
        return _person(found[0], {one.name: one.line for one in teams})

    async def labels_of(self, site: str) -> Mapping[str, Label]:
        """Returns what the teams of a site, and all lines and skills, are called."""
        if self._loaded:
            async with self._reading:
                await self._catch_up(site)
        return {one.name: one.label for one in await self._catalogue.labels_of([site])}

    async def _load(self) -> None:
        sites: dict[str, _Site] = {}
        places: dict[str, Place] = {}
        with refusing():
            async for part in self._roster.CopyAgents(pb.CopyAgentsRequest()):
                for agent in part.agents:
                    sites.setdefault(agent.site, _Site()).people[agent.name] = agent
                for cursor in part.cursors:
                    places[cursor.site] = Place(cursor.site, cursor.epoch, cursor.seq)
        self._sites, self._places = sites, places
        self._site_of = {name: site for site, one in sites.items() for name in one.people}
        self._recorded = {}
        self._loaded = True

    async def _catch_up(self, site: str) -> None:
        """Takes over what changed at a site; what roster no longer keeps makes it load anew."""
        try:
            await self._replay(self._place(site))
        except Refusal as refusal:
            if refusal.code is not Code.OUT_OF_RANGE:
                raise
            await self._load()

    def _place(self, site: str) -> Place:
        return self._places.get(site, Place(site, _FIRST_EPOCH, 0))

    async def _replay(self, after: Place) -> None:
        cursor = people_pb2.Cursor(site=after.site, epoch=after.epoch, seq=after.seq)
        request = pb.ReplayChangesRequest(after=cursor)
        with refusing():
            async for changed in self._roster.ReplayChanges(request, timeout=_SECONDS):
                self._apply(changed.agents, changed.recorded_time.ToNanoseconds())
                told = changed.cursor
                self._places[after.site] = Place(after.site, told.epoch, told.seq)
                self._catalogue.forget(after.site)
                self._sites.setdefault(after.site, _Site()).in_order = None

    def _apply(self, agents: Iterable[people_pb2.Agent], recorded: int) -> None:
        for agent in agents:
            former = self._site_of.get(agent.name)
            if former is not None and former != agent.site:
                # Sites are caught up one by one: the former one may tell of her after the new one.
                if recorded < self._recorded.get(agent.name, 0):
                    continue
                left = self._sites[former]
                left.people.pop(agent.name, None)
                left.in_order = None
            self._sites.setdefault(agent.site, _Site()).people[agent.name] = agent
            self._site_of[agent.name] = agent.site
            self._recorded[agent.name] = recorded

    def _in_order(self, name: str, lines: Mapping[str, str]) -> tuple[Person, ...]:
        site = self._sites.get(name)
        if site is None:
            return ()
        if site.in_order is None:
            people = (_person(agent, lines) for agent in site.people.values())
            site.in_order = tuple(sorted(people, key=person_key))
        return site.in_order


def _person(agent: people_pb2.Agent, lines: Mapping[str, str]) -> Person:
    end = agent.end_date
    return Person(
        agent=agent.name,
        display_name=agent.display_name,
        team=agent.team,
        site=agent.site,
        line=lines.get(agent.team, ""),
        skills=tuple(one.skill for one in agent.skills),
        end_date=date(end.year, end.month, end.day) if agent.HasField("end_date") else None,
    )
