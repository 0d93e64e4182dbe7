"""The use cases of reading contacts."""

from dataclasses import dataclass

from chassis.errors import Code, Refusal
from chassis.scope import Scope
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
    """Reads contacts that the caller may see; the others are as if they did not exist."""

    def __init__(self, sites: SiteDirectory, reader: ContactReader) -> None:
        self._sites = sites
        self._reader = reader

    async def get(self, contact: str, scope: Scope) -> KeptContact:
        """Returns a contact, or refuses with NOT_FOUND/UNKNOWN_CONTACT."""
        kept = await self._reader.find_contact(contact, scope)
        if kept is None:
            raise unknown_contact(contact)
        return kept

    async def list_of_site(
        self, site: str, span: Span, wanted: Filter, page: Page, scope: Scope
    ) -> ContactPage:
        """Returns a page of the contacts of a site that began in a span."""
        more = Page(page.after, page.limit + 1)
        return _cut(await self._reader.list_of_site(site, span, wanted, more, scope), page)

    async def list_of_agent(self, agent: str, span: Span, page: Page, scope: Scope) -> ContactPage:
        """Returns a page of the contacts in which an agent took part in a span."""
        await self._sites.require_agent(agent, scope)
        more = Page(page.after, page.limit + 1)
        return _cut(await self._reader.list_of_agent(agent, span, more), page)


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
