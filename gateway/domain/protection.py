"""How the people of a site are protected: rule sets as data, and which rules hold where a site had
several.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType


class HistoryAudience(StrEnum):
    """Who sees what lies more than a day back."""

    DIRECT_LEAD = "DIRECT_LEAD"
    SCOPE = "SCOPE"


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a rule set."""

    history_audience: HistoryAudience
    purpose_required: bool
    smallest_group: int
    person_ranking: bool
    names_on_walls: bool


STRICT, STANDARD = "strict", "standard"
RULE_SETS: Mapping[str, Rules] = MappingProxyType(
    {
        STRICT: Rules(
            history_audience=HistoryAudience.DIRECT_LEAD,
            purpose_required=True,
            smallest_group=5,
            person_ranking=False,
            names_on_walls=False,
        ),
        STANDARD: Rules(
            history_audience=HistoryAudience.SCOPE,
            purpose_required=False,
            smallest_group=5,
            person_ranking=False,
            names_on_walls=True,
        ),
    }
)
"""The rule sets that a site can choose, the strictest first."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Who agreed to a profile, when, and where that is written."""

    agreed_by: str
    day: date | None
    reference: str


@dataclass(frozen=True, slots=True)
class ProfileVersion:
    """One version of a site's profile; it is never changed.

    `from_the_beginning` tells that nothing had been recorded at the site when it was chosen.
    """

    site: str
    version: int
    rule_set: str
    agreement: Agreement
    effective_time: datetime | None
    from_the_beginning: bool
    author: str
    create_time: datetime | None

    @property
    def rules(self) -> Rules:
        """The rules of its rule set; the strict ones for a rule set that is not known any more."""
        return RULE_SETS.get(self.rule_set, RULE_SETS[STRICT])


def default_profile(site: str) -> ProfileVersion:
    """Returns the profile of a site for which nobody chose."""
    return ProfileVersion(
        site=site,
        version=0,
        rule_set=STRICT,
        agreement=Agreement("", None, ""),
        effective_time=None,
        from_the_beginning=True,
        author="",
        create_time=None,
    )


def rules_in_force(versions: Sequence[ProfileVersion], now: datetime) -> Rules:
    """Returns the rules by which a site is seen: of each the strictest of all versions that have
    been in force, the default before the first one included.

    So what was recorded under a strict rule stays under it, whatever is chosen afterwards.
    """
    begun = [one for one in versions if one.effective_time is None or one.effective_time <= now]
    rules = [one.rules for one in begun]
    if not begun or not begun[0].from_the_beginning:
        rules.append(RULE_SETS[STRICT])
    return strictest(rules)


def strictest(rules: Iterable[Rules]) -> Rules:
    """Returns of each rule the strictest; there is at least one set of rules."""
    all_rules = tuple(rules)
    narrow = any(one.history_audience is HistoryAudience.DIRECT_LEAD for one in all_rules)
    return Rules(
        history_audience=HistoryAudience.DIRECT_LEAD if narrow else HistoryAudience.SCOPE,
        purpose_required=any(one.purpose_required for one in all_rules),
        smallest_group=max(one.smallest_group for one in all_rules),
        person_ranking=all(one.person_ranking for one in all_rules),
        names_on_walls=all(one.names_on_walls for one in all_rules),
    )


def suppressed(size: int, rules: Rules) -> bool:
    """Tells whether the figures of a group of so many persons are withheld from whoever may not see
    each of them.
    """
    return size < rules.smallest_group
