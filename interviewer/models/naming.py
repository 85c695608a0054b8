"""Which model a string names, and where text goes when it speaks."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from interviewer.errors import SetupError

BUILTIN = "builtin"
OPENAI_ADDRESS = "https://api.openai.com/v1"
OLLAMA_ADDRESS = "http://127.0.0.1:11434"


@dataclass(frozen=True, slots=True)
class Access:
    """How models are reached.

    Attributes:
        key: OpenAI's key, or that of a compatible server; never shown.
        address: Address of an OpenAI-compatible server, None for OpenAI's own.
        ollama: Address of Ollama.
        counts_tokens: Whether servers are asked to count tokens while they stream.
    """

    key: str | None = None
    address: str | None = None
    ollama: str = OLLAMA_ADDRESS
    counts_tokens: bool = True
    redacts: bool = False

    def __repr__(self) -> str:
        """Return the values without the key."""
        return f"Access(key={'set' if self.key else None}, address={self.address!r})"


@dataclass(frozen=True, slots=True)
class ModelName:
    """A model as `INTERVIEWER_MODEL` names it, understood.

    Attributes:
        text: The whole string.
        provider: `openai`, `ollama`, `local` or another of LangChain's.
        model: What the provider calls it; a path for `local`.
        goes_to: Where text goes when it speaks, None when it stays on this machine.
    """

    text: str
    provider: str
    model: str
    goes_to: str | None

    @property
    def shown(self) -> str:
        """What a page calls it."""
        return Path(self.model).name if self.provider == "local" else self.model


def understood(text: str, access: Access) -> ModelName:
    """Read a `provider:model` string.

    Raises:
        SetupError: It has no provider or no model.
    """
    provider, colon, model = text.strip().partition(":")
    provider, model = provider.strip().lower(), model.strip()
    if not colon or not provider or not model:
        raise SetupError(
            f"`{text}` names no model. Write builtin, or a provider and a model, for example "
            "openai:gpt-4o-mini, ollama:llama3.2 or local:/path/to/model.gguf."
        )
    return ModelName(f"{provider}:{model}", provider, model, _goes_to(provider, access))


def _goes_to(provider: str, access: Access) -> str | None:
    if provider == "local":
        return None
    if provider == "ollama":
        return host_beyond(access.ollama)
    if provider == "openai":
        return host_beyond(access.address or OPENAI_ADDRESS)
    return provider


def host_beyond(address: str) -> str | None:
    """Return the host of an address, None when it is this machine.

    Raises:
        SetupError: It is no address.
    """
    host = urlsplit(address).hostname
    if host is None:
        raise SetupError(
            f"`{address}` is no address of a model server. "
            "Write it with http:// or https://, for example http://127.0.0.1:8000/v1."
        )
    if host == "localhost":
        return None
    try:
        return None if ipaddress.ip_address(host).is_loopback else host
    except ValueError:
        return host
