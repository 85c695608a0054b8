"""Which models are within reach without anybody having named one."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from interviewer.models.naming import Access, ModelName, understood

# What is offered when there is an OpenAI key and nothing else is said: quick, and cheap enough
# that a whole interview costs a few cents.
OFFERED_OPENAI = "openai:gpt-4.1-mini"
MOST_OFFERED = 3
PATIENCE = 0.7


async def found_models(access: Access) -> tuple[ModelName, ...]:
    """Return models that could speak; no text of anybody's is sent to find out.

    A compatible server and Ollama are asked which models they have; OpenAI is not asked at all.
    """
    asked = []
    if access.address:
        asked.append(_listed(access.address.rstrip("/") + "/models", "openai", access.key))
    asked.append(_listed(access.ollama.rstrip("/") + "/v1/models", "ollama", None))
    found = [name for names in await asyncio.gather(*asked) for name in names[:MOST_OFFERED]]
    if access.key and not access.address:
        found.append(OFFERED_OPENAI)
    return tuple(understood(name, access) for name in found)


async def _listed(address: str, provider: str, key: str | None) -> Sequence[str]:
    """Return the models a server lists; none when it does not answer at once."""
    import httpx2

    headers = {"Authorization": f"Bearer {key}"} if key else {}
    try:
        async with httpx2.AsyncClient(timeout=PATIENCE, trust_env=False) as client:
            answer = await client.get(address, headers=headers)
            listed = answer.json()
    except (httpx2.HTTPError, ValueError):
        return ()
    entries = listed.get("data") if isinstance(listed, Mapping) else None
    if answer.status_code != 200 or not isinstance(entries, list):
        return ()
    ids = [entry.get("id") for entry in entries if isinstance(entry, Mapping)]
    return [f"{provider}:{name}" for name in ids if isinstance(name, str) and name]
