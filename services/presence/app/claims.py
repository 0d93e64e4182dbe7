"""What becomes of the times that reports bring: measured skews, and claims of agents' sources."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from services.presence.app.skews import Skews
from services.presence.app.source_ports import Client
from services.presence.domain.claim import judge_claim
from services.presence.domain.report import Origin, Report
from services.presence.domain.state import SourceKind


class Claims:
    """Judges the times of reports."""

    def __init__(self, skews: Skews) -> None:
        self._skews = skews

    async def judge(
        self,
        reports: Sequence[Report],
        origin: Origin,
        sent_time: datetime | None,
        received_time: datetime,
    ) -> Sequence[Report]:
        """Returns the reports with the times that their entries get.

        Times of sources that no agent operates stay as they are; their skew is measured and shown.
        """
        if origin.source_kind is not SourceKind.AGENT:
            if sent_time is not None:
                self._skews.measure(Client(origin.source, ""), sent_time, received_time)
            return reports
        clients = {report.agent: Client(origin.source, report.agent) for report in reports}
        if sent_time is not None and len(clients) == 1:
            # A call for many agents tells the clock of whoever forwards it, not theirs.
            (client,) = clients.values()
            self._skews.measure(client, sent_time, received_time)
        skews = await self._skews.of(clients.values())
        return [_judged(each, skews[clients[each.agent]], received_time) for each in reports]


def _judged(report: Report, skew: timedelta, received_time: datetime) -> Report:
    source_time = report.occurred_time
    if source_time is None:
        return report
    try:
        occurred_time, is_claim = judge_claim(source_time, skew, received_time)
    except OverflowError:  # a clock of no use makes no time believable
        return report._replace(is_claim=True)
    return report._replace(
        occurred_time=occurred_time, source_time=source_time if skew else None, is_claim=is_claim
    )
