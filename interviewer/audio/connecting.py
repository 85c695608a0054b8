"""A voice that a person names on a page: understood, opened, and tried."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal, get_args

from interviewer.audio.endpoint import EndpointHearing, EndpointSpeaking, open_client
from interviewer.audio.heard import Hears, Speaks
from interviewer.audio.local import open_local
from interviewer.errors import InputError
from interviewer.models.connecting import LONGEST, checked_address
from interviewer.models.naming import OPENAI_ADDRESS, host_beyond

VoiceKind = Literal["openai", "compatible", "local"]
VOICE_KINDS: tuple[VoiceKind, ...] = get_args(VoiceKind)
# These reach addresses and files that whoever fills in the page chooses.
VOICE_AT_HOME: frozenset[VoiceKind] = frozenset({"compatible", "local"})


async def _nothing() -> None:
    """Close nothing."""


@dataclass(frozen=True, slots=True)
class WantedVoice:
    """What was filled in.

    Attributes:
        kind: Where it is.
        hears: Name of the model that recognises speech; a folder for `local`; empty for none.
        speaks: Name of the model that reads aloud, empty for none.
        voice: Which of its voices.
        address: Of an OpenAI-compatible server.
        key: Of OpenAI or of that server; never shown.
    """

    kind: VoiceKind
    hears: str = ""
    speaks: str = ""
    voice: str = ""
    address: str = ""
    key: str = field(default="", repr=False)


@dataclass(frozen=True)
class OpenVoice:
    """What hears and what speaks.

    Attributes:
        hears: Recognises answers, None where nothing does.
        speaks: Reads questions aloud, None where nothing does.
        goes_to: The host that sound and text are sent to, None when they stay here.
        close: Gives back its connections.
    """

    hears: Hears | None
    speaks: Speaks | None
    goes_to: str | None
    close: Callable[[], Awaitable[None]] = _nothing


async def open_voice(wanted: WantedVoice) -> OpenVoice:
    """Return what was asked for, not yet tried.

    Raises:
        InputError: A name, a key, an address or a folder is missing or cannot be one.
        SetupError: A package is missing, or the model cannot be loaded.
    """
    given = (wanted.hears, wanted.speaks, wanted.voice, wanted.address, wanted.key)
    if max(map(len, given)) > LONGEST:
        raise InputError(f"A name, address or key has at most {LONGEST} characters.")
    if wanted.kind == "local":
        return OpenVoice(await open_local(wanted.hears), None, None)
    if not (wanted.hears or wanted.speaks):
        raise InputError(
            "Name a model that hears answers, one that reads questions aloud, or both."
        )
    if wanted.speaks and not wanted.voice:
        raise InputError("Name the voice that reads aloud, as its server calls it.")
    if wanted.kind == "openai" and not wanted.key:
        raise InputError("OpenAI needs a key. Make one in your account there and paste it.")
    address = OPENAI_ADDRESS if wanted.kind == "openai" else checked_address(wanted.address)
    goes_to = host_beyond(address)
    client = await open_client(address, wanted.key, leaves=goes_to is not None)
    return OpenVoice(
        EndpointHearing(client, wanted.hears) if wanted.hears else None,
        EndpointSpeaking(client, wanted.speaks, wanted.voice) if wanted.speaks else None,
        goes_to,
        client.close,
    )
