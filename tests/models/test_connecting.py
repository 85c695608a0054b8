"""What a person fills in to connect a model, understood or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from interviewer.errors import InputError
from interviewer.models.connecting import KINDS, LONGEST, Wanted, connection_to
from interviewer.models.naming import Access

HERE = Access(key="of-the-house", address="http://house.example/v1", ollama="http://127.0.0.1:9")


def test_the_installations_own_key_and_address_are_lent_to_nobody(tmp_path: Path) -> None:
    """Whatever sort of model is connected, it is reached with what was filled in alone."""
    file = tmp_path / "m.gguf"
    file.write_bytes(b"GGUF")
    for kind in KINDS:
        model = str(file) if kind == "local" else "m"
        wanted = Wanted(kind, model, "http://127.0.0.1:8000/v1", "own-key")
        name, access = connection_to(wanted, HERE)
        assert access.key in (None, "own-key")
        assert access.address in (None, "http://127.0.0.1:8000/v1")
        assert "house" not in (name.goes_to or "")


def test_where_text_goes_is_told() -> None:
    """OpenAI and other hosts are named; a server of this machine is none."""
    openai, _ = connection_to(Wanted("openai", "m", key="k"), HERE)
    away, _ = connection_to(Wanted("compatible", "m", "https://models.example:8443/v1"), HERE)
    here, _ = connection_to(Wanted("compatible", "m", "http://localhost:8000/v1"), HERE)
    assert openai.goes_to == "api.openai.com"
    assert away.goes_to == "models.example"
    assert here.goes_to is None


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Wanted("openai", "", key="k"), "model's name"),
        (Wanted("openai", "m"), "needs a key"),
        (Wanted("compatible", "m", "models.example"), "http://"),
        (Wanted("compatible", "m", "ftp://models.example"), "http://"),
        (Wanted("compatible", "m", "http://me:secret@models.example"), "key in its own field"),
        (Wanted("compatible", "m", "http://models.example:99999"), "http://"),
        (Wanted("compatible", "m", "http://[::1"), "http://"),
        (Wanted("local", "/nowhere/m.gguf"), "no file /nowhere/m.gguf"),
        (Wanted("ollama", "m" * (LONGEST + 1)), "at most 500"),
    ],
    ids=[
        "no-name", "no-key", "no-scheme", "ftp", "key-in-address", "port", "bracket", "no-file",
        "long",
    ],
)  # fmt: skip
def test_what_is_missing_is_said(wanted: Wanted, said: str) -> None:
    """A missing or impossible part is named with what to do."""
    with pytest.raises(InputError, match=said):
        connection_to(wanted, HERE)


def test_a_key_is_never_shown() -> None:
    """Neither what was filled in nor the way a model is reached prints its key."""
    wanted = Wanted("openai", "m", key="very-secret")
    _, access = connection_to(wanted, HERE)
    assert "very-secret" not in f"{wanted!r} {access!r}"
