"""Voices that visitors connected: each is its visitor's alone, and only in memory."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from interviewer.audio.connecting import VOICE_AT_HOME, OpenVoice, WantedVoice, open_voice
from interviewer.audio.trial import try_voice
from interviewer.errors import InputError

MOST = 500


@dataclass(frozen=True)
class ConnectedVoice:
    """A voice somebody connected.

    Attributes:
        open: What hears and what speaks.
        says: What came of trying it, in sentences.
    """

    open: OpenVoice
    says: str


@dataclass
class Voices:
    """What is connected, one a visitor; a restart forgets it, and so does disconnecting.

    Attributes:
        alone: Whether only this machine can reach the page; else nobody may make the server ask
            an address or open a folder of theirs.
    """

    alone: bool
    _held: dict[str, ConnectedVoice] = field(default_factory=dict)
    _trying: set[str] = field(default_factory=set)

    def of(self, visitor: str | None) -> ConnectedVoice | None:
        """Return what a visitor has connected."""
        return self._held.get(visitor or "")

    async def connect(self, visitor: str, wanted: WantedVoice, language: str) -> ConnectedVoice:
        """Try a voice and keep it when it works, in place of the last.

        Args:
            visitor: Digest of the browser.
            wanted: What was filled in.
            language: Of the trial and of what is said of it.

        Raises:
            InputError: It may not be connected here, or it does not work.
            SetupError: It cannot be opened.
        """
        if wanted.kind in VOICE_AT_HOME and not self.alone:
            raise InputError(
                "Servers and folders can only be connected where the app is open to this machine "
                "alone. Here, connect OpenAI with a key of your own."
            )
        if visitor in self._trying:
            raise InputError("A voice is being tried already. Wait until it has answered.")
        self._trying.add(visitor)
        try:
            opened = await open_voice(wanted)
            try:
                says = await try_voice(opened, language)
            except BaseException:
                await opened.close()
                raise
        finally:
            self._trying.discard(visitor)
        await self.disconnect(visitor)
        made = self._held[visitor] = ConnectedVoice(opened, says)
        for oldest in list(self._held)[:-MOST]:
            await self.disconnect(oldest)
        return made

    async def put_back(self, visitor: str, wanted: WantedVoice, says: str) -> None:
        """Connect again what was tried before; a voice connected meanwhile stays.

        Raises:
            InputError: It cannot be one any more.
            SetupError: It cannot be opened.
        """
        if not self.alone or self.of(visitor) is not None:
            return
        opened = await open_voice(wanted)
        if self.of(visitor) is None:
            self._held[visitor] = ConnectedVoice(opened, says)
        else:
            await opened.close()

    async def disconnect(self, visitor: str) -> None:
        """Forget a visitor's voice and its key."""
        held = self._held.pop(visitor, None)
        if held is not None:
            await held.open.close()

    async def close(self) -> None:
        """Give back everything."""
        held, self._held = list(self._held.values()), {}
        await asyncio.gather(*(voice.open.close() for voice in held))
