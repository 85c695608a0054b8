"""The service that knows people: where they are sent, and what it says of whoever comes back."""

from __future__ import annotations

import hmac
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING, TypeVar, cast
from urllib.parse import urlsplit

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from interviewer.errors import InterviewerError
from interviewer.people.openid import Identity, identity_of
from interviewer.signin.trip import Trip

if TYPE_CHECKING:
    from joserfc.jwk import KeySetSerialization

T = TypeVar("T")
# Only keys the service keeps to itself: a shared secret, or none, would let others sign.
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512",
               "Ed25519", "EdDSA"]  # fmt: skip
_SECONDS = 10.0
_CLOCKS_APART = 120
_KNOWN_FOR = 3600.0
_MOST_CODE = 2_000
_LONGEST_SUBJECT = 255  # OpenID Connect Core 2


class ProviderSilent(InterviewerError):
    """The service does not answer, or not as OpenID Connect asks; says why, for the operator."""


class ProviderRefused(InterviewerError):
    """What came back proves nobody; says why, for the operator."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What the service says of itself, and since when this is known."""

    about: Mapping[str, object]
    keys: KeySet
    since: float


class Provider:
    """One OpenID Connect service, as the operator named it."""

    def __init__(
        self,
        issuer: str,
        client: str,
        secret: str | None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Keep which service it is; nothing is asked of it yet.

        Args:
            issuer: Its address, as its tokens name it.
            client: What this installation is called there.
            secret: What it proves that with, None for a public client.
            clock: Seconds; what the service says of itself is asked for once an hour.
        """
        self.issuer = issuer
        self._client = client
        self._secret = secret
        self._clock = clock
        self._known: _Known | None = None

    async def way_out(self, trip: Trip, back: str) -> str:
        """Return the address at the service to send a browser to.

        Args:
            trip: The browser's.
            back: The address it comes back to.

        Raises:
            ProviderSilent: The service does not say where that is.
        """
        async with self._session(back) as session:
            known = await self._about(session)
            url, _ = session.create_authorization_url(
                _address(known, "authorization_endpoint"),
                state=trip.state,
                code_verifier=trip.verifier,
                nonce=trip.nonce,
            )
        return str(url)

    async def who(self, answer: Mapping[str, str], trip: Trip, back: str) -> Identity:
        """Return who somebody is who came back.

        Args:
            answer: The query they came back with.
            trip: What their browser carried along.
            back: The address they came back to.

        Raises:
            ProviderSilent: The service does not answer.
            ProviderRefused: They were not let in there, or the answer is not to this trip.
        """
        code, state = answer.get("code", ""), answer.get("state", "")
        if not hmac.compare_digest(state.encode(), trip.state.encode()):
            raise ProviderRefused("The answer is not to what this browser asked.")
        if not 0 < len(code) <= _MOST_CODE:
            raise ProviderRefused(f"The service let nobody in ({answer.get('error', '')[:40]!r}).")
        async with self._session(back) as session:
            known = await self._about(session)
            token = await _asked(
                session.fetch_token(
                    _address(known, "token_endpoint"), code=code, code_verifier=trip.verifier
                )
            )
            return await self._proved(session, token, trip)

    async def _proved(
        self, session: AsyncOAuth2Client, token: Mapping[str, object], trip: Trip
    ) -> Identity:
        written = token.get("id_token")
        if not isinstance(written, str):
            raise ProviderRefused("The service gave no ID token. Its scope needs `openid`.")
        known = await self._about(session)
        try:
            try:
                read = jwt.decode(written, known.keys, algorithms=_ALGORITHMS)
            except (JoseError, ValueError):
                # Services change their keys; of a new one nothing is known yet.
                known = await self._about(session, anew=True)
                read = jwt.decode(written, known.keys, algorithms=_ALGORITHMS)
            given = {"nonce": trip.nonce, "client_id": self._client,
                     "access_token": token.get("access_token")}  # fmt: skip
            wanted = {"iss": {"essential": True, "value": self.issuer},
                      "aud": {"essential": True, "value": self._client}}  # fmt: skip
            claims = CodeIDToken(read.claims, read.header, wanted, given)
            claims.validate(leeway=_CLOCKS_APART)
        except (JoseError, AuthlibBaseError, ValueError, TypeError) as error:
            raise ProviderRefused(
                f"The ID token proves nobody ({type(error).__name__})."
            ) from None
        if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= _LONGEST_SUBJECT:
            raise ProviderRefused("The ID token is about nobody.")
        return identity_of(claims)

    def _session(self, back: str) -> AsyncOAuth2Client:
        return AsyncOAuth2Client(
            client_id=self._client,
            client_secret=self._secret,
            token_endpoint_auth_method="client_secret_basic" if self._secret else "none",
            scope="openid profile",
            redirect_uri=back,
            code_challenge_method="S256",
            timeout=_SECONDS,
            follow_redirects=False,
            trust_env=False,
        )

    async def _about(self, session: AsyncOAuth2Client, *, anew: bool = False) -> _Known:
        """Return what the service says of itself (OpenID Connect Discovery 4)."""
        now = self._clock()
        if self._known is None or anew or now - self._known.since > _KNOWN_FOR:
            where = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
            about = await _read(session, where)
            if about.get("issuer") != self.issuer:
                raise ProviderSilent(f"{where} speaks for {str(about.get('issuer'))[:200]!r}.")
            keys = await _read(session, _address(about, "jwks_uri"))
            try:
                read = KeySet.import_key_set(cast("KeySetSerialization", keys))
            except (JoseError, ValueError, KeyError, TypeError):
                raise ProviderSilent("The service's keys cannot be read.") from None
            self._known = _Known(about, read, now)
        return self._known


def is_safe(address: str) -> bool:
    """Return whether nobody between here and an address can read or change what is sent."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
        if parts.scheme == "http":
            return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
    return parts.scheme == "https" and bool(host)


def _address(known: _Known | Mapping[str, object], name: str) -> str:
    about = known.about if isinstance(known, _Known) else known
    address = about.get(name)
    if not isinstance(address, str) or not is_safe(address):
        raise ProviderSilent(f"The service names no safe address as its {name}.")
    return address


async def _asked(request: Awaitable[T]) -> T:
    """Return what the service answers; why it lets nobody in says the service."""
    try:
        return await request
    except AuthlibBaseError as error:
        raise ProviderRefused(f"The service refused ({str(error.error)[:40]!r}).") from None
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
        raise ProviderSilent(f"The service cannot be asked ({type(error).__name__}).") from None


async def _read(session: AsyncOAuth2Client, address: str) -> Mapping[str, object]:
    answer = await _asked(session.request("GET", address, withhold_token=True))
    try:
        if answer.status_code == 200 and isinstance(found := answer.json(), dict):
            return found
    except ValueError:
        pass
    raise ProviderSilent(f"{address} does not answer as it should ({answer.status_code}).")
