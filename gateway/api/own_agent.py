"""Whose rows are the caller's own."""

from chassis.access import current_caller
from gateway.api.callers import SessionCaller


def own_agent() -> str:
    """Returns the agent whose account calls, as `agents/{agent}`; empty if it belongs to none."""
    caller = current_caller()
    return caller.session.account.agent if isinstance(caller, SessionCaller) else ""
