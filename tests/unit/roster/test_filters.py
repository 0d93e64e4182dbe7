from datetime import UTC, date, datetime

import pytest
from muster.roster.v1.roster_service_pb2 import ListAgentsRequest

from chassis.errors import Refusal
from services.roster.rpc.filters import wanted_agents_from
from tests.unit.roster.builders import a_site

LATE = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("search", "what"),
    [("x" * 65, "has 65 characters; at most 64"), ("a\0b", "holds a NUL character; leave it out")],
)
def test_a_text_that_nobody_can_be_found_by_is_refused(search: str, what: str) -> None:
    with pytest.raises(Refusal) as refused:
        wanted_agents_from(ListAgentsRequest(search=search), a_site(), LATE)

    assert [(one.field, one.description) for one in refused.value.violations] == [("search", what)]


def test_a_text_is_measured_in_characters_and_taken_as_it_is() -> None:
    search = "王" * 63 + "%"

    assert wanted_agents_from(ListAgentsRequest(search=search), a_site(), LATE).search == search


def test_today_is_that_of_the_site_and_of_all_sites_that_of_utc() -> None:
    request, xian = ListAgentsRequest(), a_site("xian", zone="Asia/Shanghai")

    at_site = wanted_agents_from(request, xian, LATE)
    everywhere = wanted_agents_from(request, None, LATE)

    assert (at_site.site, at_site.start_date) == ("sites/xian", date(2026, 3, 2))
    assert (everywhere.site, everywhere.start_date) == (None, date(2026, 3, 1))
