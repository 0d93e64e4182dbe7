"""What sites' policies say of the record."""

from services.presence.app.ports import PolicyStore
from services.presence.app.record_ports import Keeping
from services.presence.domain.policy import DEFAULT_POLICY


class PolicyKeepings:
    """Reads the policy in force each time: the record is kept in minutes and days."""

    def __init__(self, policies: PolicyStore) -> None:
        self._policies = policies

    async def keeping_of(self, site: str) -> Keeping:
        """Returns what is in force now."""
        policy = await self._policies.find(site, None) or DEFAULT_POLICY
        return Keeping(policy.state_log_retention_days, policy.root_recipients)
