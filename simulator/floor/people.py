"""Who works at the harbor."""

from dataclasses import dataclass

SITE = "harbor"
SITE_LABEL = "Harbor (demo)"
TIME_ZONE = "Europe/Lisbon"

LINES = {
    "e-commerce": {"en": "E-commerce", "zh": "电商"},
    "after-sales": {"en": "After-sales", "zh": "售后"},
    "telesales": {"en": "Telesales", "zh": "电销"},
}
TEAMS = {
    "harbor-orders": ("Orders", "e-commerce"),
    "harbor-billing": ("Billing", "after-sales"),
    "harbor-support": ("Technical support", "after-sales"),
    "harbor-premium": ("Premium", "telesales"),
}
SKILLS = {
    "portuguese": {"en": "Portuguese", "zh": "葡萄牙语"},
    "mandarin": {"en": "Mandarin", "zh": "普通话"},
    "english": {"en": "English", "zh": "英语"},
    "returns": {"en": "Returns", "zh": "退货"},
    "networks": {"en": "Networks", "zh": "网络"},
}
_LANGUAGES = ("portuguese", "mandarin", "english")

QUEUES = {"sales": "Sales", "support": "Support"}
_QUEUE_OF = {
    "harbor-orders": "sales",
    "harbor-billing": "sales",
    "harbor-support": "support",
    "harbor-premium": "support",
}

_TRADE_OF = {"sales": "returns", "support": "networks"}

_NAMES = (
    "Ana Ribeiro", "王伟", "João Carvalho", "Amara Okafor", "李娜", "Mateusz Kowalski",
    "Priya Raman", "张敏", "Sofia Lindqvist", "Tomás Ferreira", "陈静", "Yusuf Demir",
    "Chloé Lefèvre", "刘洋", "Nkechi Eze", "Marek Novák", "杨柳", "Inês Duarte",
    "Hiroshi Tanaka", "赵磊", "Fatima El Idrissi", "Lars Jørgensen", "黄丽", "Carlos Mendes",
    "Siobhán Byrne", "周杰", "Beatriz Nogueira", "Aleksandra Petrović", "吴霞", "Daniel Osei",
    "Mariana Costa", "徐强", "Thảo Nguyễn", "Giulia Romano", "孙悦", "Rui Teixeira",
    "Zainab Bello", "马超", "Katarzyna Wójcik", "Diego Álvarez", "朱琳", "Emre Şahin",
    "Leonor Pinto", "胡斌", "Ngozi Adeyemi", "Björn Magnússon", "郭芳", "Miguel Santos",
    "Aisha Rahman", "何勇", "Camille Moreau", "Pedro Azevedo", "高翔", "Elif Yıldız",
    "Ondřej Svoboda", "林晓", "Teresa Lopes", "Kwame Mensah", "罗婷", "Vasco Almeida",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FloorAgent:
    """One agent of the floor, `number` from 1."""

    number: int
    display_name: str
    team: str

    @property
    def name(self) -> str:
        """The agent's name at Muster."""
        return f"agents/floor-{self.number:03d}"

    @property
    def queue(self) -> str:
        """The queue whose calls the agent takes."""
        return _QUEUE_OF[self.team]

    @property
    def skills(self) -> dict[str, int]:
        """What the agent is able to do, with levels: one or two languages, and perhaps a trade."""
        levels = {_LANGUAGES[self.number % 3]: 5}
        if self.number % 2:
            levels["english"] = 3 + self.number % 3
        if self.number % 4 == 0:
            levels[_TRADE_OF[self.queue]] = 1 + self.number % 5
        return levels


def lead_of(team: str) -> FloorAgent:
    """Returns the agent who leads a team: the first one of it."""
    return next(agent for agent in floor_agents() if agent.team == team)


def floor_agents() -> tuple[FloorAgent, ...]:
    """Returns the sixty agents, fifteen to a team."""
    teams = tuple(TEAMS)
    return tuple(
        FloorAgent(number, display_name, teams[(number - 1) % len(teams)])
        for number, display_name in enumerate(_NAMES, start=1)
    )
