"""Keys in the operating system's keyring: for who asked, nowhere else, gone when told."""

from __future__ import annotations

import builtins
import types
from pathlib import Path
from typing import Any

import keyring
import pytest
from click.testing import CliRunner

from interviewer.cli import cli
from interviewer.errors import SetupError
from interviewer.storage.kept_keys import MOST_KEPT, NAMES_FILE, KeptKeys, system_ring
from tests.fakes.ring import KEY, MemoryRing

VALUES = {"kind": "openai", "model": "gpt", "key": KEY}


@pytest.fixture
def ring() -> MemoryRing:
    """Return a keyring in memory."""
    return MemoryRing()


@pytest.fixture
def kept(ring: MemoryRing, tmp_path: Path) -> KeptKeys:
    """Return what keeps keys in it."""
    return KeptKeys(tmp_path, lambda: ring)


def test_what_is_kept_comes_back_to_its_browser_alone(
    kept: KeptKeys, ring: MemoryRing, tmp_path: Path
) -> None:
    """Another browser gets nothing; no file of ours holds key, model or browser."""
    kept.keep("me", "openai:gpt", VALUES)
    kept.keep("me", "voice", {"kind": "openai"})
    assert kept.kept("me") == {"openai:gpt": VALUES, "voice": {"kind": "openai"}}
    assert kept.kept("other") == {}
    written = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert not [word for word in (KEY, "gpt", "me\n") if word.encode() in written]
    assert {service for service, _ in ring.held} == {"three-rounds"}


def test_forgetting_leaves_nothing(kept: KeptKeys, ring: MemoryRing, tmp_path: Path) -> None:
    """One is forgotten by name, all at once; then the keyring and the list are empty."""
    for what in ("a", "b", "c"):
        kept.keep("me", what, VALUES)
    kept.keep("me", "a", {"kind": "ollama"})
    kept.forget("me", "a")
    kept.forget("other", "b")
    assert set(kept.kept("me")) == {"b", "c"}
    assert kept.forget_all() == 2
    assert ring.held == {}
    assert not (tmp_path / NAMES_FILE).exists()
    assert kept.forget_all() == 0


def test_a_keyring_is_left_alone_where_nothing_was_kept(tmp_path: Path) -> None:
    """Nobody is asked for a password for nothing."""

    def never() -> MemoryRing:
        raise AssertionError

    kept = KeptKeys(tmp_path, never)
    assert kept.kept("me") == {}
    kept.forget("me", "a")
    assert kept.forget_all() == 0


def test_a_locked_keyring_is_a_sentence_without_the_key(kept: KeptKeys, ring: MemoryRing) -> None:
    """Keeping, reading and forgetting say what to do; the backend's own text is not told."""
    kept.keep("me", "a", VALUES)
    ring.locked = True
    for act in (
        lambda: kept.keep("me", "a", VALUES), lambda: kept.kept("me"),
        lambda: kept.forget("me", "a"), kept.forget_all,
    ):  # fmt: skip
        with pytest.raises(SetupError, match="unlock it") as told:
            act()  # type: ignore[no-untyped-call]  # each of four forms
        assert KEY not in str(told.value)
        assert told.value.__cause__ is None
    ring.locked = False
    assert set(kept.kept("me")) == {"a"}


def test_entries_that_are_not_ours_are_passed_over(kept: KeptKeys, ring: MemoryRing) -> None:
    """What was changed or taken out by hand neither breaks the rest nor comes back."""
    for what in ("a", "b", "c"):
        kept.keep("me", what, VALUES)
    names = list(ring.held)
    ring.held[names[0]] = "[]"
    del ring.held[names[1]]
    assert set(kept.kept("me")) == {"c"}
    assert kept.forget_all() == 3
    assert ring.held == {}


def test_there_is_an_end_to_what_is_kept(kept: KeptKeys) -> None:
    """Too many are refused; one that is there already can be kept anew."""
    for number in range(MOST_KEPT):
        kept.keep("me", str(number), VALUES)
    kept.keep("me", "0", VALUES)
    with pytest.raises(SetupError, match="interviewer keys forget"):
        kept.keep("me", "one more", VALUES)


def test_a_list_that_cannot_be_read_is_a_sentence(kept: KeptKeys, tmp_path: Path) -> None:
    """It names the file."""
    (tmp_path / NAMES_FILE).write_bytes(b"\xff\xfe")
    with pytest.raises(SetupError, match=NAMES_FILE):
        kept.kept("me")


def backend(module: str, **more: object) -> object:
    """Return a backend as a package of that name would bring it."""
    return type("Keyring", (), {"__module__": module, **more})()


@pytest.mark.parametrize(
    "module",
    ["keyrings.alt.file", "keyring.backends.fail", "keyring.backends.null", "keyring_insecure"],
)
def test_plain_text_is_never_taken_for_a_keyring(
    module: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Backends that write plain text, keep nothing, or come from elsewhere are refused."""
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend(module))
    with pytest.raises(SetupError, match="no keyring of its operating system"):
        system_ring()
    assert "plain text" in KeptKeys(tmp_path).why_not()


@pytest.mark.parametrize("name", ["macOS", "Windows", "SecretService", "libsecret", "kwallet"])
def test_the_systems_own_is_found_among_several(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A chain that also holds a plain one gives the system's own."""
    own = backend(f"keyring.backends.{name}")
    chain = backend("keyring.backends.chainer", backends=[backend("keyrings.alt.file"), own])
    for given in (own, chain):
        monkeypatch.setattr(keyring, "get_keyring", lambda given=given: given)
        assert system_ring() is own


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence says what to install."""
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> types.ModuleType:
        if name == "keyring":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(SetupError, match=r"three-rounds\[keyring\]"):
        system_ring()


def test_the_terminal_forgets_what_is_kept(
    kept: KeptKeys, ring: MemoryRing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`interviewer keys forget` empties the keyring and says how much there was."""
    kept.keep("me", "a", VALUES)
    monkeypatch.setattr("interviewer.cli.keys.open_kept_keys", lambda settings: kept)
    told = CliRunner().invoke(cli, ["keys", "forget", "--yes"])
    assert told.output == "Forgot 1 kept connection.\n"
    assert ring.held == {}
