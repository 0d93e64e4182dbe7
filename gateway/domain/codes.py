"""One-time codes and the passwords that are set with them."""

from datetime import timedelta

CODE_LIFETIME = timedelta(days=7)
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
LONGEST_CODE = 100


def plain_code(code: str) -> str:
    """Returns the code as it counts: in small letters, without hyphens and spaces."""
    return "".join(code.lower().replace("-", "").split())


def find_password_fault(account: str, password: str) -> str | None:
    """Returns what is wrong with a new password, or None. The rules are two and no more."""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        return f"must have {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters"
    if password.strip().lower() == account.lower():
        return "must not be the account's name"
    return None
