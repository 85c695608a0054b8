"""Connections that outlive the app: kept in the keyring for one browser, and put back for it."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from interviewer.audio.connecting import WantedVoice
from interviewer.errors import InterviewerError, SetupError
from interviewer.models.connecting import Wanted
from interviewer.storage.kept_keys import KeptKeys
from interviewer.ui.connections import Connections
from interviewer.ui.voices import Voices
from interviewer.ui.words import words_for

log = logging.getLogger(__name__)
VOICE = "voice"
# A keyring may ask for its password somewhere on the screen; nobody waits for that for long.
PATIENCE = 20.0


@dataclass
class Keeping:
    """Keeps and puts back what visitors connected.

    Attributes:
        keys: The keyring; None where more than one person can reach the page.
        connections: Models.
        voices: Voices.
    """

    keys: KeptKeys | None
    connections: Connections
    voices: Voices
    _looked: set[str] = field(default_factory=set)

    async def why_not(self) -> str | None:
        """Return why keys cannot be kept, empty where they can, None where it is not offered."""
        return await asyncio.to_thread(self.keys.why_not) if self.keys else None

    async def keep(self, visitor: str, what: str, wanted: Wanted | WantedVoice) -> None:
        """Keep a connection that works.

        Args:
            visitor: Digest of the browser.
            what: The model's name, or `voice`.
            wanted: What was filled in.

        Raises:
            SetupError: It cannot be kept; the connection stays for as long as the app runs.
        """
        if self.keys is not None:
            await _in_time(self.keys.keep, visitor, what, asdict(wanted))

    async def forget(self, visitor: str, what: str) -> None:
        """Forget what is kept of a connection.

        Raises:
            SetupError: The keyring is locked or gone.
        """
        if self.keys is not None:
            await _in_time(self.keys.forget, visitor, what)

    async def put_back(self, visitor: str | None, language: str = "en") -> None:
        """Connect once what is kept for a visitor; it was tried when it was kept.

        A keyring that is locked puts nothing back: the page of the models still offers to connect.
        """
        if self.keys is None or not visitor or visitor in self._looked:
            return
        self._looked.add(visitor)
        try:
            kept = await _in_time(self.keys.kept, visitor)
        except SetupError as error:
            log.warning("Kept keys: %s", error)
            return
        says = words_for(language)["kept_says"]
        for what, values in kept.items():
            try:
                if what == VOICE:
                    await self.voices.put_back(visitor, _filled(WantedVoice, values), says)
                else:
                    await self.connections.put_back(visitor, _filled(Wanted, values), says)
            except (InterviewerError, TypeError) as error:
                log.warning("A kept connection was not put back (%s).", type(error).__name__)


def _filled(form: type[Any], values: Any) -> Any:
    known = {entry.name for entry in fields(form)}
    return form(**{name: value for name, value in values.items() if name in known})


async def _in_time(act: Any, *given: Any) -> Any:
    try:
        return await asyncio.wait_for(asyncio.to_thread(act, *given), PATIENCE)
    except TimeoutError:
        raise SetupError(
            "The keyring of this machine does not answer. It may be waiting for its password: "
            "unlock it and try again. The key stays in the memory of the app."
        ) from None
