"""One way to the service and back, which a browser carries along in a signed cookie."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass
from typing import Literal

from itsdangerous import BadSignature, URLSafeTimedSerializer

TRIP_SECONDS = 600
"""Long enough to sign in there with a second factor."""
Whither = Literal["enter", "connect", "join"]


@dataclass(frozen=True, slots=True)
class Trip:
    """What has to come back as it went, and what it was begun for.

    Attributes:
        whither: To enter an account, to connect the one that is signed in, or to take an
            invitation.
        what: The address to go on to, the account's key, or the invitation's token.
        state: Proves that the answer belongs to this browser's question (RFC 6749, 10.12).
        nonce: Proves that the token was made for it (OpenID Connect Core, 15.5.2).
        verifier: Proves to the service who asked (RFC 7636).
    """

    whither: Whither
    what: str
    state: str
    nonce: str
    verifier: str

    @classmethod
    def begun(cls, whither: Whither, what: str) -> Trip:
        """Return a new trip, which nobody can guess."""
        state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
        return cls(whither, what, state, nonce, verifier)


class TripSigner:
    """Puts trips into text that only this installation can have written."""

    def __init__(self, secret: str) -> None:
        """Sign with a secret that all processes of the installation have."""
        self._serializer = URLSafeTimedSerializer(secret, salt="openid")

    def dumps(self, trip: Trip) -> str:
        """Return the value of a trip's cookie."""
        signed: str = self._serializer.dumps(asdict(trip))
        return signed

    def loads(self, cookie: str) -> Trip | None:
        """Return the trip of a cookie, None for one that is not ours or too old."""
        try:
            return Trip(**self._serializer.loads(cookie, max_age=TRIP_SECONDS))
        except BadSignature:
            return None
