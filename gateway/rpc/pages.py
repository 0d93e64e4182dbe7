"""Pages of a list, as the use cases of the gateway ask for them."""

from chassis.rpc.pages import Listing, page_size, place_after
from gateway.app.source_ports import Page, Place


def page_of(request: Listing, *form: type[str] | type[int]) -> Page:
    """Returns the page that a request asks for, with one row more, which tells whether there is a
    next one. The form tells what names a place in the list.
    """

    def read(*place: str | int) -> Place:
        if [type(part) for part in place] != list(form):
            raise ValueError
        return place

    return Page(page_size(request) + 1, place_after(request, read) or ())
