"""A model that a person names on a page: understood, with the way it is reached."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, get_args
from urllib.parse import urlsplit

from interviewer.errors import InputError
from interviewer.models.naming import Access, ModelName, understood

Kind = Literal["openai", "compatible", "ollama", "local"]
KINDS: tuple[Kind, ...] = get_args(Kind)
# These reach addresses and files that whoever fills in the page chooses.
AT_HOME: frozenset[Kind] = frozenset({"compatible", "ollama", "local"})
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was filled in.

    Attributes:
        kind: What sort of model it is.
        model: Its name; a path for a file.
        address: Of an OpenAI-compatible server.
        key: Of OpenAI or of that server; never shown.
    """

    kind: Kind
    model: str
    address: str = ""
    key: str = field(default="", repr=False)


def connection_to(wanted: Wanted, here: Access) -> tuple[ModelName, Access]:
    """Return which model is meant, and how it is reached.

    The installation's own key and address are never lent to it.

    Args:
        wanted: What was filled in.
        here: How this installation reaches models: where Ollama is.

    Raises:
        InputError: A name, a key, an address or a file is missing or cannot be one.
        SetupError: The name names no model.
    """
    if max(len(wanted.model), len(wanted.address), len(wanted.key)) > LONGEST:
        raise InputError(f"A name, address or key has at most {LONGEST} characters.")
    if not wanted.model:
        raise InputError("Give the model's name as its server calls it, or the path of the file.")
    own = replace(here, key=wanted.key or None, address=None)
    if wanted.kind == "openai":
        if not wanted.key:
            raise InputError("OpenAI needs a key. Make one in your account there and paste it.")
        return understood(f"openai:{wanted.model}", own), own
    if wanted.kind == "compatible":
        own = replace(own, address=checked_address(wanted.address))
        return understood(f"openai:{wanted.model}", own), own
    own = replace(own, key=None)
    if wanted.kind == "local" and not Path(wanted.model).expanduser().is_file():
        raise InputError(
            f"There is no file {wanted.model}. Give the whole path of a GGUF file on this machine."
        )
    name = str(Path(wanted.model).expanduser()) if wanted.kind == "local" else wanted.model
    return understood(f"{wanted.kind}:{name}", own), own


def checked_address(text: str) -> str:
    """Return the address of a server that was typed.

    Raises:
        InputError: It is none.
    """
    try:
        parts = urlsplit(text)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
        usable = usable and parts.username is None and (parts.port or 1) > 0
    except ValueError:
        usable = False
    if not usable:
        raise InputError(
            "Give the server's address with http:// or https://, for example "
            "http://127.0.0.1:8000/v1, and the key in its own field."
        )
    return text
