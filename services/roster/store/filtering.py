"""A filter of agents in SQL."""

from collections.abc import Mapping, Sequence

from services.roster.app.ports import AgentFilter

# Of the table `agent`. What is NULL lets all through.
MATCHES_FILTER = """(
    (%(of_teams)s::text[] IS NULL OR agent.team = ANY (%(of_teams)s))
    AND (%(of_lines)s::text[] IS NULL OR agent.team IN (
        SELECT in_line.name FROM team AS in_line WHERE in_line.line = ANY (%(of_lines)s)))
    AND (%(of_skills)s::text[] IS NULL OR agent.skills ?| %(of_skills)s::text[]))"""


def filter_arguments(wanted: AgentFilter) -> Mapping[str, Sequence[str] | None]:
    """Returns the arguments of MATCHES_FILTER."""
    return {
        "of_teams": list(wanted.teams) or None,
        "of_lines": list(wanted.lines) or None,
        "of_skills": list(wanted.skills) or None,
    }
