"""Keys of connected models in the operating system's keyring, for those who ask to keep them.

Neither the database nor a file of ours ever holds a key: beside the database lies only a list of
the entries' names, so that the keyring is not opened, and asks for no password, where nothing was
kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from interviewer.errors import SetupError

SERVICE = "three-rounds"
NAMES_FILE = "kept-keys"
MOST_KEPT = 20
# The operating systems' own. Others that `keyring` can be told to use may write plain text.
OWN_RINGS = frozenset(
    f"keyring.backends.{name}"
    for name in ("macOS", "Windows", "SecretService", "libsecret", "kwallet")
)


class Ring(Protocol):
    """A keyring, in the form of the package `keyring`."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return a secret, None where there is none."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Forget a secret."""
        ...


def system_ring() -> Ring:
    """Return the operating system's keyring.

    Raises:
        SetupError: The extra is not installed, or this machine has no keyring of its own.
    """
    try:
        import keyring
    except ImportError:
        raise SetupError(
            "Keeping a key needs the extra `keyring`. Install it with "
            "`pip install three-rounds[keyring]`."
        ) from None
    chosen = keyring.get_keyring()
    for ring in getattr(chosen, "backends", None) or (chosen,):
        if type(ring).__module__ in OWN_RINGS:
            return ring
    raise SetupError(
        "This machine has no keyring of its operating system that is open, so no key can be kept. "
        "Keys written as plain text are not offered."
    )


@dataclass(frozen=True)
class KeptKeys:
    """What is kept of connections, in the keyring.

    Attributes:
        home: Data folder; holds the names of the entries.
        ring: Opens the keyring.
    """

    home: Path
    ring: Callable[[], Ring] = system_ring

    def why_not(self) -> str:
        """Return why nothing can be kept, empty where it can be."""
        try:
            self.ring()
        except SetupError as error:
            return str(error)
        return ""

    def keep(self, owner: str, what: str, values: Mapping[str, str]) -> None:
        """Keep a connection with its key, in place of the last of the same name.

        Args:
            owner: Digest of the browser it belongs to.
            what: Its name.
            values: What was filled in.

        Raises:
            SetupError: There is no keyring, or it did not take it.
        """
        name, names = _name(owner, what), self._names()
        if len({name, *names}) > MOST_KEPT:
            raise SetupError(
                f"{MOST_KEPT} keys are kept already. Forget them with `interviewer keys forget`."
            )
        ring = self.ring()
        text = json.dumps({"owner": owner, "what": what, "values": dict(values)})
        try:
            # The name first: an entry nobody can name could never be forgotten.
            self._write(dict.fromkeys((*names, name)))
            ring.set_password(SERVICE, name, text)
        except Exception as error:
            raise _refused(error) from None

    def kept(self, owner: str) -> dict[str, Mapping[str, str]]:
        """Return what is kept for a browser, by name.

        Raises:
            SetupError: There is no keyring, or it is locked.
        """
        names = self._names()
        if not names:
            return {}
        ring, found = self.ring(), {}
        for name in names:
            try:
                entry = _entry(ring.get_password(SERVICE, name))
            except Exception as error:
                raise _refused(error) from None
            if entry is not None and entry[0] == owner:
                found[entry[1]] = entry[2]
        return found

    def forget(self, owner: str, what: str) -> None:
        """Forget a connection; nothing happens where none of the name is kept.

        Raises:
            SetupError: There is no keyring, or it is locked.
        """
        name = _name(owner, what)
        if name in self._names():
            self._delete([name])

    def forget_owner(self, owner: str) -> int:
        """Forget everything that is kept for a browser; return how many entries there were.

        Raises:
            SetupError: There is no keyring, or it is locked.
        """
        mine = [_name(owner, what) for what in self.kept(owner)]
        self._delete(mine)
        return len(mine)

    def forget_all(self) -> int:
        """Forget everything that is kept; return how many entries there were.

        Raises:
            SetupError: There is no keyring, or it is locked.
        """
        names = self._names()
        self._delete(names)
        return len(names)

    def _delete(self, names: list[str]) -> None:
        if not names:
            return
        ring = self.ring()
        for name in names:
            try:
                if ring.get_password(SERVICE, name) is not None:
                    ring.delete_password(SERVICE, name)
                self._write(dict.fromkeys(held for held in self._names() if held != name))
            except Exception as error:
                raise _refused(error) from None

    def _names(self) -> list[str]:
        try:
            return (self.home / NAMES_FILE).read_text(encoding="utf-8").split()
        except FileNotFoundError:
            return []
        except (OSError, ValueError):
            raise SetupError(
                f"The list of kept keys {self.home / NAMES_FILE} cannot be read. Check its rights."
            ) from None

    def _write(self, names: Mapping[str, None]) -> None:
        path = self.home / NAMES_FILE
        if names:
            path.write_text("\n".join(names), encoding="utf-8")
        else:
            path.unlink(missing_ok=True)


def _name(owner: str, what: str) -> str:
    return hashlib.sha256(f"{owner}\n{what}".encode()).hexdigest()[:20]


def _entry(text: str | None) -> tuple[str, str, Mapping[str, str]] | None:
    """Return owner, name and values of an entry, None for one that is not ours or gone."""
    try:
        held = json.loads(text or "null")
        values = {str(name): str(value) for name, value in held["values"].items()}
        return str(held["owner"]), str(held["what"]), values
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _refused(error: Exception) -> SetupError:
    """Return a sentence; what a keyring says may hold what was to be kept, so only its kind is."""
    return SetupError(
        f"The keyring of this machine did not do it ({type(error).__name__}). It may be locked: "
        "unlock it and try again. The key stays in the memory of the app."
    )
