"""Who works in the demo: names, teams, lines of business and skills of the twin's workers."""

from collections.abc import Iterable
from dataclasses import dataclass

from simulator.twin.people import Worker

SITE_LABELS = {
    "harbor": "Harbor (demo)",
    "delta": "Delta (demo)",
    "lakes": "Lakes (demo)",
}
LINES = {
    "e-commerce": {"en": "E-commerce", "zh": "电商"},
    "after-sales": {"en": "After-sales", "zh": "售后"},
}
SKILLS = {
    "portuguese": {"en": "Portuguese", "zh": "葡萄牙语"},
    "mandarin": {"en": "Mandarin", "zh": "普通话"},
    "english": {"en": "English", "zh": "英语"},
    "returns": {"en": "Returns", "zh": "退货"},
    "networks": {"en": "Networks", "zh": "网络"},
}
TEAM_SIZE = 15
_LABELS = {"orders": "Orders", "support": "Technical support", "chat": "Chat"}
_LINE_OF = {"orders": "e-commerce", "support": "after-sales", "chat": "e-commerce"}
_TRADE_OF = {"orders": "returns", "support": "networks", "chat": "returns"}
_LANGUAGE_OF = {"harbor": "portuguese", "delta": "mandarin", "lakes": "english"}

# The numbers of first and family names share no factor, so that names repeat late.
_NAMES = {
    "harbor": (
        (
            "Ana", "João", "Sofia", "Tomás", "Inês", "Rui", "Mariana", "Tiago", "Beatriz", "Miguel",
            "Leonor", "Diogo", "Chloé", "Mateusz", "Nkechi", "Lars", "Fatima", "Emre", "Giulia",
        ),
        (
            "Ribeiro", "Carvalho", "Lopes", "Ferreira", "Duarte", "Teixeira", "Costa", "Santos",
            "Nogueira", "Azevedo", "Pinto", "Almeida", "Moreau", "Kowalski", "Okafor", "Lindqvist",
            "Romano", "Yıldız", "Mendes", "Magnússon", "Petrović", "Novák", "Tavares",
        ),
    ),
    "delta": (
        (
            "伟", "娜", "敏", "静", "洋", "柳", "磊", "丽", "杰", "霞",
            "强", "悦", "超", "琳", "斌", "芳", "勇", "翔", "婷",
        ),
        (
            "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙",
            "马", "朱", "胡", "郭", "何", "高", "林", "罗", "郑", "梁", "谢",
        ),
    ),
    "lakes": (
        (
            "Maria", "James", "Aisha", "Daniel", "Linda", "Kwame", "Teresa", "Miguel", "Priya",
            "Siobhán", "Carlos", "Thảo", "Zainab", "Omar", "Grace", "Hiroshi", "Elena", "Marcus",
            "Ruth",
        ),
        (
            "Johnson", "Garcia", "Nguyen", "Osei", "Byrne", "Rahman", "Mensah", "Kim", "Bello",
            "Raman", "Kelly", "Torres", "Novak", "Cohen", "Haddad", "Tanaka", "Schmidt", "Reyes",
            "Foster", "Olsen", "Murphy", "Silva", "Young",
        ),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Team:
    """Up to fifteen people of one queue; the first of them leads."""

    id: str
    label: str
    site: str
    line: str
    lead: str


@dataclass(frozen=True, slots=True)
class FloorAgent:
    """One worker as the roster knows her."""

    worker: Worker
    team: Team

    @property
    def name(self) -> str:
        """The agent's name at Muster."""
        return self.worker.name

    @property
    def display_name(self) -> str:
        """The name that people read."""
        firsts, families = _NAMES[self.worker.place.site]
        number = self.worker.number - 1
        first, family = firsts[number % len(firsts)], families[number % len(families)]
        return f"{family}{first}" if self.worker.place.site == "delta" else f"{first} {family}"

    @property
    def skills(self) -> dict[str, int]:
        """What the agent is able to do, with levels: one or two languages, and perhaps a trade."""
        number = self.worker.number
        levels = {"english": 3 + number % 3} if number % 2 else {}
        levels[_LANGUAGE_OF[self.worker.place.site]] = 5
        if number % 4 == 0:
            levels[_TRADE_OF[_trade(self.worker)]] = 1 + number % 5
        return levels


def crew_of(workers: Iterable[Worker]) -> tuple[FloorAgent, ...]:
    """Returns the workers with their teams, in their order."""
    crew: list[FloorAgent] = []
    members: dict[str, int] = {}
    team: Team | None = None
    for worker in workers:
        place_in_queue = members[worker.queue.id] = members.get(worker.queue.id, 0) + 1
        if team is None or place_in_queue % TEAM_SIZE == 1:
            team = _new_team(worker, 1 + place_in_queue // TEAM_SIZE)
        crew.append(FloorAgent(worker, team))
    return tuple(crew)


def _new_team(lead: Worker, number: int) -> Team:
    trade = _trade(lead)
    return Team(
        f"{lead.queue.id}-{number}",
        f"{_LABELS[trade]} {number}",
        lead.place.site,
        _LINE_OF[trade],
        lead.name,
    )


def _trade(worker: Worker) -> str:
    return worker.queue.id.rpartition("-")[2]
