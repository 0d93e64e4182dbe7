"""Choosing and reading the profile of a site, and confirming it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chassis.clock import Clock
from chassis.errors import Code, FieldViolation, Refusal, invalid_fields
from chassis.scope import Scope
from gateway.app.profiles import Profiles
from gateway.app.protection_ports import (
    Confirmation,
    Places,
    ProfileStore,
    SiteGate,
    SiteRecord,
    may_see,
)
from gateway.app.source_ports import Page
from gateway.domain.protection import (
    RULE_SETS,
    ProfileVersion,
    Rules,
    default_profile,
    rules_in_force,
)

CLOCK_LEEWAY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class ProfileView:
    """A version with what stands beside it."""

    version: ProfileVersion
    rules_in_force: Rules
    confirmed_count: int
    own: Confirmation | None


class ManageProtection:
    """Keeps profiles for those who may see their site."""

    def __init__(
        self,
        store: ProfileStore,
        profiles: Profiles,
        places: Places,
        record: SiteRecord,
        clock: Clock,
    ) -> None:
        self._store = store
        self._profiles = profiles
        self._places = places
        self._record = record
        self._clock = clock

    async def get(self, site: str, number: int, agent: str) -> ProfileView:
        """Returns the newest version of a profile or the one of a number, with the agent's own
        confirmation.
        """
        if not number:
            return await self._view(await self._newest(site), agent)
        for version in await self._profiles.versions_of(site):
            if version.version == number:
                return await self._view(version, agent)
        raise Refusal(
            Code.NOT_FOUND,
            "UNKNOWN_PROFILE_VERSION",
            f"the profile of {site} has no version {number}",
            metadata={"site": site, "version": str(number)},
        )

    async def list_versions(self, site: str, page: Page) -> Sequence[ProfileVersion]:
        """Returns versions, the newest first."""
        return await self._store.list_versions(site, page)

    async def choose(self, wanted: ProfileVersion, sites: SiteGate, scope: Scope) -> ProfileView:
        """Makes a profile the next version of its site's; `wanted.version` is the one that it
        replaces.
        """
        now = self._clock.now()
        newest = await self._newest(wanted.site)
        _check(wanted, newest, now, scope)
        await sites.get_site(wanted.site)
        if wanted.version != newest.version:
            raise _stale(newest)
        chosen = replace(
            wanted,
            version=newest.version + 1,
            effective_time=max(wanted.effective_time or now, now),
            from_the_beginning=not newest.version and await self._record.is_empty(wanted.site),
            create_time=now,
        )
        if not await self._store.add(chosen):
            raise _stale(newest)
        self._profiles.forget()
        return await self._view(chosen, "")

    async def confirm(self, site: str, number: int, agent: str) -> Confirmation:
        """Confirms the newest version for an agent of the site."""
        place = await self._places.find_place(agent) if agent else None
        if place is None or place.site != site:
            raise Refusal(
                Code.NOT_FOUND,
                "NOT_PROTECTED_HERE",
                f"the account belongs to no agent of {site}",
                metadata={"site": site},
            )
        newest = await self._newest(site)
        if number != newest.version:
            raise _stale(newest)
        return await self._store.confirm(site, Confirmation(agent, number, self._clock.now()))

    async def list_confirmations(
        self, site: str, scope: Scope, page: Page
    ) -> Sequence[Confirmation]:
        """Returns confirmations of the newest version by those whom the scope shows, by agent."""
        newest = await self._newest(site)
        if scope.sees_site(site):
            return await self._store.list_confirmations(site, newest.version, page)
        return await self._visible(site, newest.version, scope, page)

    async def _visible(
        self, site: str, version: int, scope: Scope, page: Page
    ) -> Sequence[Confirmation]:
        visible: list[Confirmation] = []
        while len(visible) < page.limit:
            rows = await self._store.list_confirmations(site, version, page)
            visible += [
                row
                for row in rows
                if may_see(scope, row.agent, await self._places.find_place(row.agent))
            ]
            if len(rows) < page.limit:
                break
            page = Page(page.limit, (rows[-1].agent,))
        return visible[: page.limit]

    async def _newest(self, site: str) -> ProfileVersion:
        versions = await self._profiles.versions_of(site)
        return versions[-1] if versions else default_profile(site)

    async def _view(self, version: ProfileVersion, agent: str) -> ProfileView:
        site, number = version.site, version.version
        versions = await self._profiles.versions_of(site)
        own = await self._store.find_confirmation(site, number, agent) if agent else None
        return ProfileView(
            version,
            rules_in_force(versions, self._clock.now()),
            await self._store.count_confirmations(site, number),
            own,
        )


def _check(wanted: ProfileVersion, newest: ProfileVersion, now: datetime, scope: Scope) -> None:
    agreement = wanted.agreement
    after = newest.effective_time
    begins = wanted.effective_time or now
    rules = [
        ("profile.name", scope.sees_site(wanted.site), "names a site that you may see"),
        ("profile.rule_set", wanted.rule_set in RULE_SETS, f"is one of {', '.join(RULE_SETS)}"),
        ("profile.agreed_by", _is_text(agreement.agreed_by, 1, 500), "has 1 to 500 characters"),
        ("profile.agreement_date", agreement.day is not None, "is the day of the agreement"),
        (
            "profile.agreement_reference",
            _is_text(agreement.reference, 0, 200),
            "has at most 200 characters",
        ),
        (
            "profile.effective_time",
            begins >= now - CLOCK_LEEWAY and (after is None or begins >= after),
            "lies neither in the past nor before that of the former version",
        ),
    ]
    violations = [FieldViolation(field, said) for field, holds, said in rules if not holds]
    if violations:
        raise invalid_fields(violations)


def _is_text(text: str, least: int, most: int) -> bool:
    return least <= len(text) <= most and text.isprintable()


def _stale(newest: ProfileVersion) -> Refusal:
    return Refusal(
        Code.ABORTED,
        "STALE_ETAG",
        f"the newest version of the profile is {newest.version}",
        metadata={"version": str(newest.version)},
    )
