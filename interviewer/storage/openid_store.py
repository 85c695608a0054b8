"""Keeps which account belongs to whom at another service."""

from __future__ import annotations

import asyncio
import secrets

from interviewer.people.accounts import Account
from interviewer.people.openid import Identity
from interviewer.storage import openid
from interviewer.storage.passwords import hashed
from interviewer.storage.transactions import Transacting


class SqlIdentities(Transacting):
    """Keeps identities in a database; every method is one transaction.

    All of them raise SetupError when the database fails.
    """

    async def account_with(self, identity: Identity) -> Account | None:
        """Return the account of somebody who signed in elsewhere, None without an open one."""
        return await self._read(openid.account_with, identity)

    async def is_connected(self, account: Account, issuer: str) -> bool:
        """Return whether an account can be entered by a service's sign-in."""
        return await self._read(openid.is_connected, account.id, issuer)

    async def connect(self, account: Account, identity: Identity) -> None:
        """Let an account be entered by a sign-in elsewhere.

        Raises:
            InputError: It belongs to another account.
        """
        await self._write(openid.connect, account.id, identity)

    async def disconnect(self, account: Account, issuer: str) -> None:
        """Let an account be entered by a service's sign-in no longer."""
        await self._write(openid.disconnect, account.id, issuer)

    async def join(self, token: str, identity: Identity) -> Account:
        """Make the account of an invited candidate who signed in elsewhere.

        Raises:
            NotThereError: The invitation cannot be used; then there is no account either.
            InputError: The sign-in belongs to an account, or tells no name.
        """
        nobodys = await asyncio.to_thread(hashed, secrets.token_urlsafe(32))
        return await self._write(openid.join, token, identity, nobodys, now=self._clock())
