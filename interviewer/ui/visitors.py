"""Who asks: an account where people sign in, else a browser.

A browser is a random name in a signed cookie, made at the first page. A session keeps a digest of
the name, so the database alone opens nobody's interview, and the cookie alone proves which ones
are this browser's. Who is signed in was found by `interviewer.ui.doorkeeper` before.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock
from itsdangerous import BadSignature, URLSafeSerializer
from starlette.requests import HTTPConnection

from interviewer.errors import SetupError
from interviewer.people.accounts import Account

COOKIE = "three_rounds_visitor"
YEAR = 365 * 24 * 3600
_PATIENCE = 30.0
_ACCOUNT = "three_rounds.account"


@dataclass(frozen=True)
class Visitors:
    """Tells visitors by an account or by their cookies, which it signs.

    Attributes:
        secret: What cookies are signed with.
        accounts: Whether people sign in; then a browser alone is nobody.
    """

    secret: str
    accounts: bool = False

    def of(self, request: HTTPConnection) -> str | None:
        """Return the key of whoever sends a request, None for nobody."""
        if not self.accounts:
            return self.digest(request.cookies)
        account = account_of(request)
        return account.key if account else None

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


def account_of(request: HTTPConnection) -> Account | None:
    """Return who is signed in, None for nobody and where nobody signs in."""
    account = request.scope.get(_ACCOUNT)
    return account if isinstance(account, Account) else None


def keep_account(scope: MutableMapping[str, object], account: Account) -> None:
    """Keep who is signed in with a request, for whoever handles it."""
    scope[_ACCOUNT] = account


def open_visitors(home: Path, *, accounts: bool = False) -> Visitors:
    """Return the signer of an installation; its secret is made at the first start.

    Args:
        home: The data folder.
        accounts: Whether people sign in.

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
        return Visitors(path.read_text(encoding="utf-8").strip(), accounts)
    except OSError as error:
        raise SetupError(
            f"The secret {path} cannot be kept ({error.strerror}). "
            "Set INTERVIEWER_HOME to a folder you may write to."
        ) from None
