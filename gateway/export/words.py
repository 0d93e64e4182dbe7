"""The words of files, by language."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; states by their numbers, zero where nothing is told; `spare` is of
    a busy agent who could take more, `inferred` of one who is online by a mapping's inference.
    """

    states: tuple[str, ...]
    spare: str
    inferred: str
    agent: str
    name: str
    site: str
    team: str
    line: str
    start: str
    hour: str
    length: str
    title: str
    withheld: str
    read_at: str


_ENGLISH = Words(
    states=("not told", "online", "busy", "wrap-up", "break", "offline", "unobserved"),
    spare="capacity left",
    inferred="online, inferred",
    agent="agent",
    name="name",
    site="site",
    team="team",
    line="line",
    start="start",
    hour="hour",
    length="seconds",
    title="States",
    withheld="{count} withheld: their past is for their leads",
    read_at="read {time}",
)
_CHINESE = Words(
    states=("无数据", "在线", "忙碌", "话后处理", "小休", "离线", "未观测"),
    spare="有余量",
    inferred="在线（推断）",
    agent="坐席",
    name="姓名",
    site="站点",
    team="班组",
    line="业务线",
    start="开始",
    hour="小时",
    length="秒数",
    title="状态",
    withheld="{count} 人未显示：历史仅对其直属组长可见",
    read_at="读取于 {time}",
)
WORDS: Mapping[str, Words] = {"en": _ENGLISH, "zh-Hans": _CHINESE}
