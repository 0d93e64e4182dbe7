"""Who speaks: short-lived tokens that each process signs with its own key and every process
verifies.

A token is an EdDSA JWT of at most five minutes. Its `kid` names the process that signed it. The
trust file says which processes there are, what each may do in its own name, and which of them (the
gateway) may vouch for people.
"""

from chassis.identity.keys import PROCESS_GRANTS, create_keys
from chassis.identity.tokens import LONGEST_LIFETIME, PROCESS_PREFIX, Identity, Signer
from chassis.identity.trust import Grant, Trust, sign_in_required

__all__ = [
    "LONGEST_LIFETIME",
    "PROCESS_GRANTS",
    "PROCESS_PREFIX",
    "Grant",
    "Identity",
    "Signer",
    "Trust",
    "create_keys",
    "sign_in_required",
]
