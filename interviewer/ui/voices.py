"""Voices that visitors connected: each is its visitor's alone, and only in memory."""

from __future__ import annotations

from dataclasses import dataclass, field

from interviewer.audio.connecting import VOICE_AT_HOME, OpenVoice, WantedVoice, open_voice
from interviewer.audio.trial import try_voice
from interviewer.errors import InputError
from interviewer.ui.holding import Holding

_BUSY = "A voice is being tried already. Wait until it has answered."


@dataclass(frozen=True)
class ConnectedVoice:
    """A voice somebody connected.

    Attributes:
        open: What hears and what speaks.
        says: What came of trying it, in sentences.
    """

    open: OpenVoice
    says: str

    async def close(self) -> None:
        """Give back what hears and speaks."""
        await self.open.close()


@dataclass
class Voices:
    """What is connected, one a visitor; a restart forgets it, and so does disconnecting.

    Attributes:
        alone: Whether only this machine can reach the page; else nobody may make the server ask
            an address or open a folder of theirs.
    """

    alone: bool
    _held: Holding[ConnectedVoice] = field(
        default_factory=lambda: Holding[ConnectedVoice](each=1, busy=_BUSY)
    )

    def of(self, visitor: str | None) -> ConnectedVoice | None:
        """Return what a visitor has connected."""
        return self._held.find(visitor)

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
        with self._held.trying(visitor):
            opened = await open_voice(wanted)
            try:
                says = await try_voice(opened, language)
            except BaseException:
                await opened.close()
                raise
        return await self._held.keep(visitor, ConnectedVoice(opened, says))

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
            await self._held.keep(visitor, ConnectedVoice(opened, says))
        else:
            await opened.close()

    async def disconnect(self, visitor: str) -> None:
        """Forget a visitor's voice and its key."""
        await self._held.drop(visitor)

    async def close(self) -> None:
        """Give back everything."""
        await self._held.close()
