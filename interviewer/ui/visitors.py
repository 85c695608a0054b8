"""Who a browser is: a random name in a signed cookie, made at the first page.

A session keeps a digest of the name, so the database alone opens nobody's interview, and the
cookie alone proves which ones are this browser's.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock
from itsdangerous import BadSignature, URLSafeSerializer

from interviewer.errors import SetupError

COOKIE = "three_rounds_visitor"
YEAR = 365 * 24 * 3600
_PATIENCE = 30.0


@dataclass(frozen=True)
class Visitors:
    """Signs and reads visitors' cookies."""

    secret: str

    def new(self) -> str:
        """Return the value of a new visitor's cookie."""
        value: str = self._serializer().dumps(secrets.token_urlsafe(24))
        return value

    def digest(self, cookies: Mapping[str, str]) -> str | None:
        """Return what a session keeps of this visitor; None without a cookie that is ours."""
        signed = cookies.get(COOKIE)
        if signed is None:
            return None
        try:
            name = self._serializer().loads(signed)
        except BadSignature:
            return None
        return hashlib.sha256(str(name).encode()).hexdigest()

    def _serializer(self) -> URLSafeSerializer:
        return URLSafeSerializer(self.secret, salt="visitor")


def open_visitors(home: Path) -> Visitors:
    """Return the signer of an installation; its secret is made at the first start.

    Raises:
        SetupError: The secret cannot be kept in the data folder.
    """
    path = home / "cookie-secret"
    try:
        # Processes that start together must not each make one.
        with FileLock(path.with_suffix(".lock"), timeout=_PATIENCE, mode=0o600):
            if not path.exists():
                made = path.with_suffix(".new")
                made.touch(mode=0o600)
                made.write_text(secrets.token_urlsafe(48), encoding="utf-8")
                made.replace(path)
        return Visitors(path.read_text(encoding="utf-8").strip())
    except OSError as error:
        raise SetupError(
            f"The secret {path} cannot be kept ({error.strerror}). "
            "Set INTERVIEWER_HOME to a folder you may write to."
        ) from None
