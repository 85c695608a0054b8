"""A keyring in memory."""

from __future__ import annotations

from dataclasses import dataclass, field

KEY = "sk-very-secret-key"


@dataclass
class MemoryRing:
    """A keyring in memory that can be locked."""

    held: dict[tuple[str, str], str] = field(default_factory=dict)
    locked: bool = False

    def _open(self) -> None:
        if self.locked:
            raise RuntimeError(f"locked; was to keep {KEY}")

    def get_password(self, service: str, username: str) -> str | None:
        """Return a secret."""
        self._open()
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret."""
        self._open()
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Forget a secret."""
        self._open()
        del self.held[service, username]
