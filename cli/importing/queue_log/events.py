"""What a line of a queue log says."""

from enum import Enum
from types import MappingProxyType
from typing import NamedTuple


class Needs(Enum):
    """Which fields a line of an event cannot do without."""

    NOTHING = (False, False, False)
    AGENT = (False, False, True)
    MEMBERSHIP = (False, True, True)
    STAY = (True, True, False)
    TALK = (True, True, True)

    def __init__(self, call: bool, queue: bool, agent: bool) -> None:
        self.call = call
        self.queue = queue
        self.agent = agent


class Event(NamedTuple):
    """One line: when, which call, queue and agent, what happened, and its seconds.

    A field that the log leaves empty or writes as NONE is "". `wait` and `length` are the seconds
    that the line states of the wait in the queue and of the conversation, session or wrap-up.
    """

    at: float
    call: str
    queue: str
    agent: str
    name: str
    text: str
    wait: float | None
    length: float | None


EVENTS = MappingProxyType(
    {
        # The life of a call in a queue.
        "ENTERQUEUE": Needs.STAY,
        "CALLOUTBOUND": Needs.STAY,
        "CONNECT": Needs.TALK,
        "COMPLETEAGENT": Needs.TALK,
        "COMPLETECALLER": Needs.TALK,
        "TRANSFER": Needs.TALK,
        "BLINDTRANSFER": Needs.TALK,
        "ATTENDEDTRANSFER": Needs.TALK,
        "ABANDON": Needs.STAY,
        "EXITEMPTY": Needs.STAY,
        "EXITWITHKEY": Needs.STAY,
        "EXITWITHTIMEOUT": Needs.STAY,
        "WITHDRAW": Needs.STAY,
        "LEAVEEMPTY": Needs.STAY,
        "SYSCOMPAT": Needs.STAY,
        "RINGNOANSWER": Needs.TALK,
        "RINGCANCELED": Needs.TALK,
        "AGENTDUMP": Needs.TALK,
        # Who is signed in, a member, on a break, in wrap-up.
        "AGENTLOGIN": Needs.AGENT,
        "AGENTCALLBACKLOGIN": Needs.AGENT,
        "AGENTLOGOFF": Needs.AGENT,
        "AGENTCALLBACKLOGOFF": Needs.AGENT,
        "ADDMEMBER": Needs.MEMBERSHIP,
        "ADDMEMBER2": Needs.MEMBERSHIP,
        "REMOVEMEMBER": Needs.MEMBERSHIP,
        "PAUSE": Needs.AGENT,
        "UNPAUSE": Needs.AGENT,
        "PAUSEALL": Needs.AGENT,
        "UNPAUSEALL": Needs.AGENT,
        "PAUSEREASON": Needs.AGENT,
        "WRAPUPSTART": Needs.AGENT,
        # The telephone system itself.
        "QUEUESTART": Needs.NOTHING,
        "CONFIGRELOAD": Needs.NOTHING,
        # Known, and without a bearing on states, counts and seconds.
        "CALLERONHOLD": Needs.NOTHING,
        "CALLEROFFHOLD": Needs.NOTHING,
        "CALLSTATUS": Needs.NOTHING,
        "CALLTAG": Needs.NOTHING,
        "CLOSED": Needs.NOTHING,
        "DID": Needs.NOTHING,
        "DIVERT_CA_RATIO": Needs.NOTHING,
        "DIVERT_HOLDTIME": Needs.NOTHING,
        "FULL": Needs.NOTHING,
        "INFO": Needs.NOTHING,
        "JOINEMPTY": Needs.NOTHING,
        "OUTCALL": Needs.NOTHING,
        "PENALTY": Needs.NOTHING,
        "RINGINUSE": Needs.NOTHING,
    }
)
"""The official events and those that distributions add, with what they need."""
