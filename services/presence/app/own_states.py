"""What somebody who sees nobody but herself may say of herself."""

from chassis.errors import Code, Refusal
from chassis.scope import Scope
from services.presence.domain.fate import Reason
from services.presence.domain.state import SourceKind


def ensure_own_button(source_kind: SourceKind, scope: Scope) -> None:
    """Refuses reports in the name of anything but her own state button: what she says stays a
    claim, and no telephone system is spoken for by whoever it watches.

    Raises PERMISSION_DENIED/ONLY_OWN_BUTTON.
    """
    if scope.is_personal and source_kind is not SourceKind.AGENT:
        raise _only_own_button("report with source_kind SOURCE_KIND_AGENT")


def ensure_not_of_herself(scope: Scope) -> None:
    """Refuses corrections by somebody who could correct nobody but herself.

    Raises PERMISSION_DENIED/ONLY_OWN_BUTTON.
    """
    if scope.is_personal:
        raise _only_own_button("ask a supervisor to correct it")


def _only_own_button(remedy: str) -> Refusal:
    return Refusal(
        Code.PERMISSION_DENIED,
        Reason.ONLY_OWN_BUTTON,
        f"Whoever sees single agents only speaks for their own state button; {remedy}.",
    )
