"""What the environment asks for; unset variables have a default that works."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.errors import SetupError

if TYPE_CHECKING:
    from interviewer.models.naming import Access


@dataclass(frozen=True)
class OpenIdService:
    """Another service whose accounts people may sign in with.

    Attributes:
        issuer: Its address, as its tokens name it.
        client: What this installation is called there.
        secret: What it proves that with, None for a public client; never shown.
        name: What people call the service.
    """

    issuer: str
    client: str
    secret: str | None = field(default=None, repr=False)
    name: str = "OpenID"


APP_FOLDER = "three-rounds"
VARIABLES = frozenset((
    "INTERVIEWER_AUTH",
    "INTERVIEWER_CHROMA_URL",
    "INTERVIEWER_CONTACT",
    "INTERVIEWER_COUNT_TOKENS",
    "INTERVIEWER_DATABASE_URL",
    "INTERVIEWER_FETCH",
    "INTERVIEWER_HOME",
    "INTERVIEWER_KEEP_DAYS",
    "INTERVIEWER_KNOWLEDGE",
    "INTERVIEWER_LOG",
    "INTERVIEWER_LOG_LEVEL",
    "INTERVIEWER_METRICS",
    "INTERVIEWER_MODEL",
    "INTERVIEWER_OPENID_CLIENT",
    "INTERVIEWER_OPENID_ISSUER",
    "INTERVIEWER_OPENID_NAME",
    "INTERVIEWER_OPENID_SECRET",
    "INTERVIEWER_PERSONAS",
    "INTERVIEWER_REDACT",
    "INTERVIEWER_RERANKER",
    "INTERVIEWER_RERANKER_KEY",
    "INTERVIEWER_TELEMETRY",
    "INTERVIEWER_TURNS_AT_ONCE",
    "INTERVIEWER_TURN_SECONDS",
))  # fmt: skip
"""The settings of this program's own."""
_METRICS = {"off": None, "on": "here", "all": "all"}


@dataclass(frozen=True)
class Settings:
    """Where things lie and who speaks.

    Attributes:
        home: Data folder: database, indexes, research that was ingested.
        personas: Folder of personas, rubrics and formats.
        knowledge: Folder of employers that come with the installation.
        model: Who puts moves into words, None when nobody has said.
        database_url: SQLAlchemy URL, None for SQLite in the data folder.
        chroma_url: Address of a Chroma server, None for the embedded store.
        openai_key: OpenAI's key, or that of a compatible server; never shown.
        openai_address: Address of a compatible server, None for OpenAI's own.
        ollama_address: Address of Ollama, None for the usual one.
        counts_tokens: Whether servers are asked to count tokens while they stream.
        turn_seconds: How long a turn may wait for a model.
        turns_at_once: How many examiners may speak at once in the browser app.
        fetches: Whether web pages are fetched, None where nobody has said.
        auth: Whether people sign in; without it there is one person, or one a browser.
        reranker: What looks at found passages again, None for nothing.
        reranker_key: Key of a reranker behind HTTP; never shown.
        keep_days: How many days things are kept that nobody touches, None until forgotten.
        contact: Whom people ask about what is kept of them, as it is shown to them.
        openid: A service people may sign in with where they sign in, None for passwords alone.
        redacts: Whether identifiers are taken out of what an outside model is sent.
        log_form: `text` or `json`.
        log_level: The quietest that is logged.
        telemetry: Whether traces and metrics go to a collector.
        metrics: Who may ask for metrics on their address: `here` for programs on this machine,
            `all` for everybody who reaches the app; None where there is none.
    """

    home: Path
    personas: Path
    knowledge: Path
    model: str | None = None
    database_url: str | None = None
    chroma_url: str | None = None
    openai_key: str | None = field(default=None, repr=False)
    openai_address: str | None = None
    ollama_address: str | None = None
    counts_tokens: bool = True
    turn_seconds: float = 45.0
    turns_at_once: int = 100
    fetches: bool | None = None
    auth: bool = False
    reranker: str | None = None
    reranker_key: str | None = field(default=None, repr=False)
    keep_days: int | None = None
    contact: str | None = None
    openid: OpenIdService | None = None
    redacts: bool = False
    log_form: str = "text"
    log_level: str = "warning"
    telemetry: bool = False
    metrics: str | None = None

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings; what is unset has a default that works.

        Args:
            environment: The variables, those of the process when None.
        """
        values = os.environ if environment is None else environment
        files = content_folder()
        home = values.get("INTERVIEWER_HOME", "").strip()
        return cls(
            home=Path(home).expanduser() if home else _default_home(),
            personas=Path(values.get("INTERVIEWER_PERSONAS") or files / "personas"),
            knowledge=Path(values.get("INTERVIEWER_KNOWLEDGE") or files / "knowledge"),
            model=values.get("INTERVIEWER_MODEL", "").strip() or None,
            database_url=values.get("INTERVIEWER_DATABASE_URL") or None,
            chroma_url=values.get("INTERVIEWER_CHROMA_URL") or None,
            openai_key=values.get("OPENAI_API_KEY", "").strip() or None,
            openai_address=values.get("OPENAI_BASE_URL", "").strip() or None,
            ollama_address=_with_scheme(values.get("OLLAMA_HOST", "").strip()) or None,
            counts_tokens=values.get("INTERVIEWER_COUNT_TOKENS", "").strip() != "0",
            turn_seconds=_seconds(values.get("INTERVIEWER_TURN_SECONDS", "").strip()),
            turns_at_once=_whole("INTERVIEWER_TURNS_AT_ONCE", values, most=10_000) or 100,
            fetches=_on_or_off("INTERVIEWER_FETCH", values.get("INTERVIEWER_FETCH", "")),
            auth=_on_or_off("INTERVIEWER_AUTH", values.get("INTERVIEWER_AUTH", "")) or False,
            reranker=values.get("INTERVIEWER_RERANKER", "").strip() or None,
            reranker_key=values.get("INTERVIEWER_RERANKER_KEY", "").strip() or None,
            keep_days=_whole("INTERVIEWER_KEEP_DAYS", values, most=36_500),
            log_form=_one_of("INTERVIEWER_LOG", values, ("text", "json")),
            log_level=_one_of(
                "INTERVIEWER_LOG_LEVEL", values, ("warning", "info", "error", "debug")
            ),
            telemetry=_one_of("INTERVIEWER_TELEMETRY", values, ("off", "otlp")) == "otlp",
            metrics=_METRICS[_one_of("INTERVIEWER_METRICS", values, tuple(_METRICS))],
            redacts=_on_or_off("INTERVIEWER_REDACT", values.get("INTERVIEWER_REDACT", ""))
            or False,
            contact=values.get("INTERVIEWER_CONTACT", "").strip() or None,
            openid=_openid(values),
        )

    @property
    def speaker(self) -> str:
        """The model that speaks when nobody chooses another for an interview."""
        return self.model or "builtin"

    @property
    def access(self) -> Access:
        """How models are reached."""
        from interviewer.models.naming import OLLAMA_ADDRESS, Access

        return Access(
            key=self.openai_key,
            address=self.openai_address,
            ollama=self.ollama_address or OLLAMA_ADDRESS,
            counts_tokens=self.counts_tokens,
            redacts=self.redacts,
        )

    def may_fetch(self, *, alone: bool) -> bool:
        """Return whether web pages are fetched for whoever gives their addresses.

        Args:
            alone: Whether only this machine's own user can ask; others need the operator's word.
        """
        return alone if self.fetches is None else self.fetches

    @property
    def reranker_goes_to(self) -> str | None:
        """The host that questions and found passages are sent to, None when they stay here.

        Raises:
            SetupError: The reranker's address is none.
        """
        from interviewer.models.naming import host_beyond

        served = self.reranker is not None and self.reranker.startswith(("http:", "https:"))
        return host_beyond(self.reranker) if served and self.reranker else None

    def environment(self, *, home: Path) -> dict[str, str]:
        """Return this process's environment with another data folder, for a process it starts."""
        return {**os.environ, "INTERVIEWER_HOME": str(home)}

    @property
    def own_knowledge(self) -> Path:
        """Where research that somebody ingested lies."""
        return self.home / "knowledge"

    @property
    def index_folder(self) -> Path:
        """Where the search indexes lie; they can be made again."""
        return self.home / "index"

    @property
    def database(self) -> str | Path:
        """The database's URL or file."""
        return self.database_url or self.home / "interviews.sqlite3"


def _openid(values: Mapping[str, str]) -> OpenIdService | None:
    issuer = values.get("INTERVIEWER_OPENID_ISSUER", "").strip()
    client = values.get("INTERVIEWER_OPENID_CLIENT", "").strip()
    secret = values.get("INTERVIEWER_OPENID_SECRET", "").strip() or None
    name = values.get("INTERVIEWER_OPENID_NAME", "").strip() or OpenIdService.name
    if not issuer and not client:
        return None
    if not issuer or not client:
        raise SetupError(
            "Signing in elsewhere needs both INTERVIEWER_OPENID_ISSUER and "
            "INTERVIEWER_OPENID_CLIENT."
        )
    return OpenIdService(issuer, client, secret, name)


def _with_scheme(address: str) -> str:
    """Return Ollama's address as a URL; its own variable may hold host and port only."""
    return address if not address or "://" in address else f"http://{address}"


def _seconds(text: str) -> float:
    try:
        seconds = float(text or 45)
    except ValueError:
        seconds = 0.0
    if not 1 <= seconds <= 600:
        raise SetupError(
            f"INTERVIEWER_TURN_SECONDS is `{text}`. Write a number of seconds from 1 to 600."
        )
    return seconds


def _whole(name: str, values: Mapping[str, str], *, most: int) -> int | None:
    text = values.get(name, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 9 and 1 <= int(text) <= most):
        raise SetupError(f"{name} is `{text}`. Write a whole number from 1 to {most}.")
    return int(text)


def _one_of(name: str, values: Mapping[str, str], known: tuple[str, ...]) -> str:
    """Return what a variable says, the first of what it may say where it is unset."""
    word = values.get(name, "").strip().lower() or known[0]
    if word not in known:
        raise SetupError(f"{name} is `{word}`. Write one of: {', '.join(known)}.")
    return word


def _on_or_off(name: str, text: str) -> bool | None:
    known = {"": None, "on": True, "off": False}
    word = text.strip().lower()
    if word not in known:
        raise SetupError(f"{name} is `{text}`. Write on or off, or leave it unset.")
    return known[word]


def set_variables() -> frozenset[str]:
    """Return the variables of the environment that are named like settings of ours."""
    return frozenset(name for name in os.environ if name.startswith("INTERVIEWER_"))


def content_folder() -> Path:
    """Return the folder that holds `personas` and `knowledge`: in the wheel, else the checkout."""
    package = Path(__file__).resolve().parents[1]
    packaged = package / "_files"
    return packaged if packaged.is_dir() else package.parent


def _default_home() -> Path:
    import platformdirs

    return Path(platformdirs.user_data_dir(APP_FOLDER, appauthor=False))
