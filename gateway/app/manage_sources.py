"""Sources, their secrets and the versions of their mappings, for those who may see their site."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from chassis.clock import Clock
from chassis.errors import Code, FieldViolation, Refusal, invalid_fields
from chassis.scope import Scope
from gateway.app.source_ports import Page, Sources
from gateway.domain.sources.mapping import MappingRefusedError, SourceMapping, parse_mapping
from gateway.domain.sources.signing import Signing
from gateway.domain.sources.source import FORMER_SECRET_FOR, MappingVersion, Secrets, Source

SECRET_PREFIX = "mss_"  # noqa: S105 - marks our secrets for scanners

CheckSite = Callable[[str], Awaitable[object]]
"""Refuses a site that does not exist."""


class ManageSources:
    """Reads and changes sources within the caller's scope."""

    def __init__(
        self,
        sources: Sources,
        check_site: CheckSite,
        clock: Clock,
        new_secret: Callable[[], str],
    ) -> None:
        self._sources = sources
        self._check_site = check_site
        self._clock = clock
        self._new_secret = new_secret

    async def create(
        self, source_id: str, site: str, display_name: str, signing: Signing, scope: Scope
    ) -> tuple[Source, str]:
        """Creates a source and returns it with its secret, which is shown this once."""
        _check(_signing_violations(signing))
        if not scope.sees_site(site):
            raise invalid_fields([FieldViolation("site", "is a site that you may see")])
        await self._check_site(site)
        now = self._clock.now()
        source = Source(source_id, site, display_name, signing, 0, None, now, now)
        secret = SECRET_PREFIX + self._new_secret()
        if not await self._sources.add_source(source, secret):
            raise Refusal(
                Code.ALREADY_EXISTS, "SOURCE_EXISTS", f"there is a source {source_id} already"
            )
        return source, secret

    async def get(self, source_id: str, scope: Scope) -> Source:
        """Returns a source; refuses one that does not exist as one that the scope does not show."""
        source = await self._sources.find_source(source_id)
        if source is None or not scope.sees_site(source.site):
            raise unknown_source(source_id)
        return source

    async def list(self, site: str, scope: Scope, page: Page) -> Sequence[Source]:
        """Returns sources by id; none of a site that the scope does not show."""
        sites = scope.sites
        if site:
            sites = frozenset({site}) if scope.sees_site(site) else frozenset()
        return await self._sources.list_sources(sites, page)

    async def update(
        self,
        source_id: str,
        display_name: str,
        signing: Signing | None,
        etag: str,
        scope: Scope,
    ) -> Source:
        """Changes what is given."""
        source = await self.get(source_id, scope)
        changed = replace(
            source,
            display_name=display_name or source.display_name,
            signing=signing or source.signing,
            update_time=self._clock.now(),
        )
        _check(_signing_violations(changed.signing))
        fits = etag in ("", source.etag)
        if not fits or not await self._sources.change_source(changed, source.update_time):
            raise Refusal(
                Code.ABORTED, "STALE_ETAG", f"the source {source_id} was changed meanwhile"
            )
        return changed

    async def rotate_secret(
        self, source_id: str, scope: Scope, *, revoke_former: bool
    ) -> tuple[Source, str]:
        """Makes a new secret; the former one is taken a day longer unless it is revoked."""
        await self.get(source_id, scope)
        found = await self._sources.find_secrets(source_id)
        if found is None:
            raise unknown_source(source_id)
        now = self._clock.now()
        secrets = Secrets(SECRET_PREFIX + self._new_secret())
        if not revoke_former:
            secrets = replace(
                secrets, former=found[1].current, former_expire_time=now + FORMER_SECRET_FOR
            )
        await self._sources.set_secrets(source_id, secrets, now)
        return await self.get(source_id, scope), secrets.current

    async def add_mapping(
        self, source_id: str, text: str, author: str, scope: Scope
    ) -> MappingVersion:
        """Adds a version; refuses a text that is no mapping, setting by setting."""
        await self.get(source_id, scope)
        parsed_mapping(text)
        return await self._sources.add_mapping(source_id, text, author, self._clock.now())

    async def list_mappings(
        self, source_id: str, scope: Scope, page: Page
    ) -> Sequence[MappingVersion]:
        """Returns versions, the newest first."""
        await self.get(source_id, scope)
        return await self._sources.list_mappings(source_id, page)

    async def activate(self, source_id: str, version: int, scope: Scope) -> Source:
        """Makes a version the one by which events are translated."""
        await self.get(source_id, scope)
        if await self._sources.find_mapping(source_id, version) is None:
            raise Refusal(
                Code.NOT_FOUND, "UNKNOWN_MAPPING", f"{source_id} has no version {version}"
            )
        await self._sources.activate(source_id, version, self._clock.now())
        return await self.get(source_id, scope)

    async def mapping_to_try(self, source_id: str, text: str, scope: Scope) -> SourceMapping:
        """Returns the mapping of a text; the active version without one."""
        source = await self.get(source_id, scope)
        if text:
            return parsed_mapping(text)
        active = await self._sources.find_mapping(source_id, source.active_version)
        if active is None:
            raise Refusal(
                Code.FAILED_PRECONDITION,
                "UNKNOWN_MAPPING",
                f"{source_id} has no active mapping: send one as text",
            )
        return parsed_mapping(active.text)


def parsed_mapping(text: str) -> SourceMapping:
    """Reads a mapping; refuses with a violation for each wrong setting."""
    try:
        return parse_mapping(text)
    except MappingRefusedError as error:
        lines = str(error).splitlines()
        raise invalid_fields([_violation(line) for line in lines]) from None


def unknown_source(source_id: str) -> Refusal:
    """Refuses a source that does not exist, or not for the caller."""
    return Refusal(Code.NOT_FOUND, "UNKNOWN_SOURCE", f"there is no source {source_id[:63]!r}")


def _violation(line: str) -> FieldViolation:
    setting, colon, fault = line.partition(": ")
    return FieldViolation(f"text.{setting}", fault) if colon else FieldViolation("text", line)


def _signing_violations(signing: Signing) -> Sequence[FieldViolation]:
    return [FieldViolation(f"signing.{field}", fault) for field, fault in signing.faults()]


def _check(violations: Sequence[FieldViolation]) -> None:
    if violations:
        raise invalid_fields(violations)
