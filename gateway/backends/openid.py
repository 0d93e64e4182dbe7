"""A place where people sign in (OpenID Connect): authorization code with PKCE, by Authlib."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import BadSignatureError, InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from chassis.clock import Clock
from chassis.errors import Code, Refusal
from gateway.app.provider_sign_in import Flow
from gateway.domain.providers import Provider

# Asymmetric ones alone: with any other, whoever knows the client's secret could sign.
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
_METADATA_KEPT_FOR = timedelta(hours=1)
_LEEWAY_SECONDS = 60
_TIMEOUT_SECONDS = 10.0


class OpenIdProvider:
    """One provider as its discovery document describes it, read anew every hour. Its keys are read
    anew as soon as a token is signed with one that is not known.
    """

    def __init__(self, provider: Provider, redirect_uri: str, clock: Clock) -> None:
        self.provider = provider
        self._redirect_uri = redirect_uri
        self._clock = clock
        self._metadata: tuple[Mapping[str, Any], datetime] | None = None
        self._keys: KeySet | None = None

    async def authorization_url(self, flow: Flow) -> str:
        """Returns where a browser goes to sign in."""
        metadata = await self._discover()
        with _refusing():
            url, _ = self._client().create_authorization_url(
                metadata["authorization_endpoint"],
                state=flow.state,
                nonce=flow.nonce,
                code_verifier=flow.verifier,
            )
        return str(url)

    async def claims(self, code: str, flow: Flow) -> Mapping[str, Any]:
        """Returns what the provider says about whoever came back with the code."""
        metadata = await self._discover()
        with _refusing():
            async with self._client() as client:
                token = await client.fetch_token(
                    metadata["token_endpoint"], code=code, code_verifier=flow.verifier
                )
            verified = await self._verify(str(token.get("id_token", "")), metadata)
            claims = CodeIDToken(
                verified.claims,
                verified.header,
                {
                    "iss": {"essential": True, "value": self.provider.issuer},
                    "aud": {"essential": True, "value": self.provider.client_id},
                },
                {
                    "nonce": flow.nonce,
                    "client_id": self.provider.client_id,
                    "access_token": token.get("access_token"),
                },
            )
            claims.validate(int(self._clock.now().timestamp()), _LEEWAY_SECONDS)
        return dict(claims)

    async def _verify(self, id_token: str, metadata: Mapping[str, Any]) -> jwt.Token:
        registry = JWSRegistry(algorithms=_ALGORITHMS, strict_check_header=False)
        keys = self._keys or await self._read_keys(metadata)
        try:
            return jwt.decode(id_token, keys, registry=registry)
        except (InvalidKeyIdError, BadSignatureError):
            # Keys rotate, and a token need not say which one it is signed with.
            keys = await self._read_keys(metadata)
            return jwt.decode(id_token, keys, registry=registry)

    async def _read_keys(self, metadata: Mapping[str, Any]) -> KeySet:
        self._keys = KeySet.import_key_set(await _get(metadata["jwks_uri"]))
        return self._keys

    async def _discover(self) -> Mapping[str, Any]:
        now = self._clock.now()
        if self._metadata is None or now - self._metadata[1] >= _METADATA_KEPT_FOR:
            issuer = self.provider.issuer
            metadata = await _get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
            if metadata.get("issuer") != issuer:
                raise _unavailable(f"calls itself {metadata.get('issuer')}, not {issuer}")
            self._metadata = metadata, now
        return self._metadata[0]

    def _client(self) -> AsyncOAuth2Client:
        return AsyncOAuth2Client(
            self.provider.client_id,
            self.provider.client_secret or None,
            token_endpoint_auth_method="client_secret_basic"
            if self.provider.client_secret
            else "none",
            scope=" ".join(self.provider.scopes),
            redirect_uri=self._redirect_uri,
            code_challenge_method="S256",
            timeout=_TIMEOUT_SECONDS,
        )


async def _get(url: str) -> Any:
    with _refusing():
        async with httpx2.AsyncClient(timeout=_TIMEOUT_SECONDS) as client:
            answer = await client.get(url)
            answer.raise_for_status()
            return answer.json()


@contextmanager
def _refusing() -> Iterator[None]:
    """Turns what the provider says, or does not, into a refusal without its words: they may hold
    what is nobody's business.
    """
    try:
        yield
    except (AuthlibBaseError, JoseError) as error:
        raise sign_in_refused("the provider does not vouch for this sign-in") from error
    except (httpx2.HTTPError, httpx2.InvalidURL, KeyError, ValueError) as error:
        raise _unavailable("does not answer as it should") from error


def sign_in_refused(why: str) -> Refusal:
    """Refuses a sign-in that is not whole; the remedy is to begin anew."""
    return Refusal(Code.UNAUTHENTICATED, "SIGN_IN_REFUSED", f"{why}; begin anew")


def _unavailable(why: str) -> Refusal:
    return Refusal(Code.UNAVAILABLE, "PROVIDER_UNAVAILABLE", f"the provider {why}")
