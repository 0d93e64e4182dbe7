"""The file that names the places by which people sign in."""

import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gateway.domain.providers import ClaimGrant, Provider

_ID = r"^[a-z0-9-]{1,63}$"
# Plain HTTP never leaves the machine.
_SAFE_ISSUER = r"^(https://|http://(localhost|127\.0\.0\.1)(:|/|$))"


class ProviderFileError(ValueError):
    """The file is not as it must be; the message names the place in it."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class _Grant(_Strict):
    claim: str
    value: str
    roles: list[str] = Field(min_length=1)
    sites: list[str] = []
    teams: list[str] = []
    reporting_line: bool = False


class _Provider(_Strict):
    id: str = Field(pattern=_ID)
    display_name: str = Field(min_length=1, max_length=100)
    issuer: str = Field(pattern=_SAFE_ISSUER)
    client_id: str = Field(min_length=1)
    client_secret_file: Path | None = None
    scopes: list[str] = ["openid", "profile"]
    account_claim: str = "preferred_username"
    agent_claim: str = ""
    link_accounts: bool = False
    create_accounts: bool = False
    grants: list[_Grant] = []


class _File(_Strict):
    provider: list[_Provider] = []


def read_providers(file: Path | None) -> tuple[Provider, ...]:
    """Reads the providers of a file, in its order; none where there is no file. ProviderFileError
    names what is wrong.
    """
    if file is None:
        return ()
    try:
        parsed = _File.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
        return tuple(_provider(one, file.parent) for one in parsed.provider)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ProviderFileError(f"{file}: {error}") from None
    except ValidationError as error:
        wrong = "; ".join(
            f"{'.'.join(str(part) for part in fault['loc'])}: {fault['msg']}"
            for fault in error.errors(include_input=False, include_url=False)
        )
        raise ProviderFileError(f"{file}: {wrong}") from None


def _provider(told: _Provider, folder: Path) -> Provider:
    secret = ""
    if told.client_secret_file is not None:
        secret = (folder / told.client_secret_file).read_text(encoding="utf-8").strip()
    plain: dict[str, Any] = told.model_dump(exclude={"client_secret_file", "scopes", "grants"})
    return Provider(
        **plain,
        client_secret=secret,
        scopes=tuple(told.scopes),
        grants=tuple(_grant(grant) for grant in told.grants),
    )


def _grant(told: _Grant) -> ClaimGrant:
    return ClaimGrant(
        told.claim,
        told.value,
        tuple(told.roles),
        None if told.sites == ["all"] else frozenset(f"sites/{site}" for site in told.sites),
        frozenset(f"teams/{team}" for team in told.teams),
        told.reporting_line,
    )
