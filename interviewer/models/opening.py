"""A LangChain chat model from the name of a model."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.errors import SetupError
from interviewer.models.naming import OPENAI_ADDRESS, Access, ModelName
from interviewer.models.pace import Pace

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from interviewer.models.local import LocalServers

# Seconds to reach a server; how long a reply may take is the turn's affair.
CONNECT = 5.0
READ = 60.0
# A small model on this machine speaks better when it chooses little.
LOCAL_TEMPERATURE = 0.3
LONGEST_REPLY = 220


async def _nothing() -> None:
    """Close nothing."""


@dataclass(frozen=True)
class OpenModel:
    """A chat model that is ready to be asked.

    Attributes:
        name: Its name.
        chat: LangChain's chat model.
        close: Gives back its connections.
    """

    name: ModelName
    chat: BaseChatModel
    close: Callable[[], Awaitable[None]] = _nothing


async def open_model(
    name: ModelName, access: Access, servers: Callable[[], LocalServers], pace: Pace | None = None
) -> OpenModel:
    """Return a chat model; a local file's server is started.

    One that text leaves this machine for is sent placeholders for identifiers, where asked for.

    Every model gets a time limit and no retries of its own: a turn counts its tries itself.
    Replies are read at the pace that is shared with other models, or at one of its own.

    Raises:
        SetupError: A key, a package or a file is missing, or the file is no model.
    """
    if access.redacts and name.goes_to is not None:
        return await _redacting(await _opened(name, access, servers, pace))
    return await _opened(name, access, servers, pace)


async def _redacting(opened: OpenModel) -> OpenModel:
    """Return a model that is sent no identifiers."""
    from interviewer.models.identifiers import check_installed
    from interviewer.models.redacting import RedactingChat

    try:
        check_installed()
    except SetupError:
        await opened.close()
        raise
    return replace(opened, chat=RedactingChat(inner=opened.chat))


async def _opened(
    name: ModelName, access: Access, servers: Callable[[], LocalServers], pace: Pace | None
) -> OpenModel:
    if name.provider == "openai":
        if not access.key and access.address is None:
            raise SetupError(
                f"{name.text} needs a key. Set OPENAI_API_KEY, or OPENAI_BASE_URL for a server "
                "that needs none, or choose another model with INTERVIEWER_MODEL."
            )
        address = access.address or OPENAI_ADDRESS
        return await asyncio.to_thread(_compatible, name, address, access, pace)
    if name.provider == "ollama":
        address = f"{access.ollama.rstrip('/')}/v1"
        return await asyncio.to_thread(_compatible, name, address, access, pace)
    if name.provider == "local":
        address = await asyncio.to_thread(servers().address, Path(name.model))
        return await asyncio.to_thread(_compatible, name, address, access, pace)
    return await asyncio.to_thread(_by_langchain, name)


def _compatible(name: ModelName, address: str, access: Access, pace: Pace | None) -> OpenModel:
    """Return a chat model behind an OpenAI-compatible server."""
    import httpx2
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    from interviewer.models.gathering import gathering

    timeout = httpx2.Timeout(READ, connect=CONNECT)
    # A client of its own: LangChain's is shared between event loops and breaks in the second.
    # A proxy is for other machines.
    hooks = {"response": [gathering(pace or Pace())]}
    client = httpx2.AsyncClient(
        timeout=timeout, trust_env=name.goes_to is not None, event_hooks=hooks
    )
    local = name.provider == "local"
    key = access.key if name.provider == "openai" and access.key else "none"
    chat = ChatOpenAI(
        model="local" if local else name.model,
        base_url=address,
        api_key=SecretStr(key),
        timeout=timeout,
        max_retries=0,
        store=False,
        stream_usage=access.counts_tokens,
        use_responses_api=False,
        temperature=LOCAL_TEMPERATURE if local else None,
        max_completion_tokens=LONGEST_REPLY if local else None,
        http_async_client=client,
    )
    return OpenModel(name, chat, client.aclose)


def _by_langchain(name: ModelName) -> OpenModel:
    """Return the chat model of any provider LangChain knows."""
    from langchain.chat_models import init_chat_model

    try:
        chat = init_chat_model(
            name.model, model_provider=name.provider, timeout=READ, max_retries=0
        )
    except ImportError:
        package = f"langchain-{name.provider.replace('_', '-')}"
        raise SetupError(
            f"{name.text} needs a package that is not installed. Install {package}, "
            "or choose another model with INTERVIEWER_MODEL."
        ) from None
    except Exception as error:
        # What a provider's package refuses is its own; its text may hold a key.
        raise SetupError(
            f"{name.text} cannot be opened ({type(error).__name__}). Check the provider, the "
            "model's name and the key that the provider's package reads."
        ) from None
    return OpenModel(name, chat)
