"""The use cases of reading contacts."""

from dataclasses import dataclass

from chassis.clock import Clock
from chassis.errors import Code, Refusal
from chassis.scope import Scope, Scopes
from services.dispatch.app.ports import (
    ContactOrder,
    ContactReader,
    Filter,
    KeptContact,
    Page,
    Span,
)
from services.dispatch.app.sites import SiteDirectory
from services.dispatch.domain.fate import Reason


@dataclass(frozen=True, slots=True)
class ContactPage:
    """A part of a list; `next_after` is the place from which the next one continues, or None."""

    contacts: tuple[KeptContact, ...]
    next_after: ContactOrder | None


class ReadContacts:
    """Reads contacts that the caller may see; the others are as if they did not exist.

    A contact that began before the last day is one of the past, whatever became of it since.
    """

    def __init__(self, sites: SiteDirectory, reader: ContactReader, clock: Clock) -> None:
        self._sites = sites
        self._reader = reader
        self._clock = clock

    async def find(self, contact: str, scopes: Scopes) -> KeptContact | None:
        """Returns a contact, or None."""
        kept = await self._find(contact, scopes.live)
        if kept is None:
            return None
        scope = scopes.of_span(kept.contact.start_time, self._clock.now())
        return kept if scope is scopes.live else await self._find(contact, scope)

    async def get(self, contact: str, scopes: Scopes) -> KeptContact:
        """Returns a contact, or refuses with NOT_FOUND/UNKNOWN_CONTACT."""
        kept = await self.find(contact, scopes)
        if kept is None:
            raise unknown_contact(contact)
        return kept

    async def list_of_site(
        self, site: str, span: Span, wanted: Filter, page: Page, scopes: Scopes
    ) -> ContactPage:
        """Returns a page of the contacts of a site that began in a span."""
        sight = await self._sites.sight_of(scopes.of_span(span.start_time, self._clock.now()))
        more = Page(page.after, page.limit + 1)
        return _cut(await self._reader.list_of_site(site, span, wanted, more, sight), page)

    async def list_of_agent(
        self, agent: str, span: Span, page: Page, scopes: Scopes
    ) -> ContactPage:
        """Returns a page of the contacts in which an agent took part in a span, at sites at which
        the caller sees her part.
        """
        scope = scopes.of_span(span.start_time, self._clock.now())
        await self._sites.require_agent(agent, scope)
        more = Page(page.after, page.limit + 1)
        sight = await self._sites.sight_of(scope)
        return _cut(await self._reader.list_of_agent(agent, span, more, sight), page)

    async def _find(self, contact: str, scope: Scope) -> KeptContact | None:
        return await self._reader.find_contact(contact, await self._sites.sight_of(scope))


def unknown_contact(contact: str) -> Refusal:
    """Refuses because of a contact that does not exist or is not the caller's to see."""
    return Refusal(
        Code.NOT_FOUND,
        Reason.UNKNOWN_CONTACT,
        f"contacts/{contact} does not exist or is not yours to see.",
        metadata={"contact": f"contacts/{contact}"},
    )


def _cut(contacts: list[KeptContact], page: Page) -> ContactPage:
    shown = tuple(contacts[: page.limit])
    if len(contacts) <= page.limit:
        return ContactPage(shown, None)
    last = shown[-1].contact
    return ContactPage(shown, ContactOrder(last.start_time, last.key.id))
