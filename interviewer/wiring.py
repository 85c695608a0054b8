"""Settings, and the choice of implementations: the only reader of the environment."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from interviewer.errors import ContentError, Fault, SetupError

if TYPE_CHECKING:
    from interviewer.content.library import Library
    from interviewer.interview.builtin import BuiltinVoice
    from interviewer.interview.session import Rehearsals
    from interviewer.interview.voice import Voice
    from interviewer.models.naming import Access
    from interviewer.models.speakers import Speakers
    from interviewer.research.fetching import Fetcher
    from interviewer.research.reranking import Reordering
    from interviewer.research.store import ResearchStore
    from interviewer.storage import SqlSessionStore

APP_FOLDER = "three-rounds"
IndexProgress = Callable[[str, int, int], None]


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
        fetches: Whether web pages are fetched, None where nobody has said.
        reranker: What looks at found passages again, None for nothing.
        reranker_key: Key of a reranker behind HTTP; never shown.
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
    fetches: bool | None = None
    reranker: str | None = None
    reranker_key: str | None = field(default=None, repr=False)

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
            fetches=_on_or_off("INTERVIEWER_FETCH", values.get("INTERVIEWER_FETCH", "")),
            reranker=values.get("INTERVIEWER_RERANKER", "").strip() or None,
            reranker_key=values.get("INTERVIEWER_RERANKER_KEY", "").strip() or None,
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


def _on_or_off(name: str, text: str) -> bool | None:
    known = {"": None, "on": True, "off": False}
    word = text.strip().lower()
    if word not in known:
        raise SetupError(f"{name} is `{text}`. Write on or off, or leave it unset.")
    return known[word]


def content_folder() -> Path:
    """Return the folder that holds `personas` and `knowledge`: in the wheel, else the checkout."""
    package = Path(__file__).resolve().parent
    packaged = package / "_files"
    return packaged if packaged.is_dir() else package.parent


def _default_home() -> Path:
    import platformdirs

    return Path(platformdirs.user_data_dir(APP_FOLDER, appauthor=False))


def prepare_home(settings: Settings) -> None:
    """Make the data folder, readable by its owner only.

    Raises:
        SetupError: It cannot be made or written.
    """
    try:
        settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = settings.home / ".writable"
        probe.write_text("", encoding="utf-8")
        probe.unlink()
    except OSError as error:
        raise SetupError(
            f"The data folder {settings.home} cannot be written ({error.strerror}). "
            "Set INTERVIEWER_HOME to a folder you may write to."
        ) from None


def quiet_environment(settings: Settings) -> None:
    """Keep libraries from looking for the network, and uploads inside the data folder.

    These libraries read the process's environment when they are imported, so it is set before.
    """
    uploads = settings.home / "uploads"
    uploads.mkdir(mode=0o700, exist_ok=True)
    os.environ.update(
        GRADIO_ANALYTICS_ENABLED="False",
        GRADIO_SHARE="False",
        GRADIO_TEMP_DIR=str(uploads),
        HF_HUB_OFFLINE="1",
        ANONYMIZED_TELEMETRY="False",
    )
    quiet_models()


def quiet_models() -> None:
    """Keep LangChain from sending what is said to anybody's tracing service."""
    os.environ.update(
        LANGCHAIN_TRACING_V2="false", LANGSMITH_TRACING="false", LANGSMITH_TRACING_V2="false"
    )


def check_knowledge(settings: Settings) -> None:
    """Make sure that the folder of employers is there.

    Raises:
        ContentError: It is not.
    """
    if not settings.knowledge.is_dir():
        fix = "Set INTERVIEWER_KNOWLEDGE to one, or leave it unset."
        raise ContentError(Fault(settings.knowledge, None, "There is no such folder.", fix))


def open_library(settings: Settings) -> Library:
    """Read all content.

    Raises:
        ContentError: A file is wrong.
    """
    from interviewer.content.library import load_library

    check_knowledge(settings)
    return load_library(settings.personas, [settings.knowledge, settings.own_knowledge])


def renewed(settings: Settings, library: Library) -> Library:
    """Return the content with the employers there are now; the rest stays as it was read.

    Raises:
        ContentError: The file of an employer is wrong.
    """
    from interviewer.content.library import FaultCollector, read_packs

    collector = FaultCollector()
    packs = read_packs([settings.knowledge, settings.own_knowledge], collector)
    collector.settle()
    return replace(library, packs=MappingProxyType(packs))


def research_folders(library: Library) -> dict[str, tuple[Path, ...]]:
    """Return the folders with research on each employer, by id."""
    return {name: pack.folders for name, pack in library.packs.items()}


def open_research(
    settings: Settings, library: Library, progress: IndexProgress | None = None
) -> ResearchStore:
    """Return the research store; nothing is read before it is asked."""
    from interviewer.research.embedding import open_embedder
    from interviewer.research.shelf import EmbeddedShelf, ServerShelf
    from interviewer.research.store import ResearchStore

    prepare_home(settings)
    return ResearchStore(
        packs=research_folders(library),
        index_folder=settings.index_folder,
        own_folder=settings.own_knowledge,
        embedder=open_embedder(),
        progress=progress,
        names=employer_names(library),
        shelf=ServerShelf(settings.chroma_url) if settings.chroma_url else EmbeddedShelf(),
        rerank=open_reordering(settings),
    )


def open_fetcher() -> Fetcher:
    """Return what fetches web pages: for one call, as it remembers what hosts allow."""
    from interviewer.research.fetching import Fetcher

    return Fetcher()


def open_reordering(settings: Settings) -> Reordering | None:
    """Return what looks at found passages again, None unless somebody named a reranker.

    Raises:
        SetupError: The string names none, or its folder holds none.
    """
    if settings.reranker is None:
        return None
    from interviewer.research.reranking import Reordering, open_reranker

    beyond = settings.reranker_goes_to is not None
    return Reordering(open_reranker(settings.reranker, settings.reranker_key, beyond=beyond))


def employer_names(library: Library) -> dict[str, str]:
    """Return the name of each employer in its own first language, by id."""
    return {
        name: pack.company.name.get(pack.company.languages[0])
        or next(iter(pack.company.name.values()))
        for name, pack in library.packs.items()
    }


def open_store(settings: Settings) -> SqlSessionStore:
    """Open the database, made or brought up to date where needed.

    Raises:
        SetupError: It cannot be opened.
    """
    from interviewer.storage import SqlSessionStore, open_engine

    prepare_home(settings)
    return SqlSessionStore(open_engine(settings.database))


def open_voice(library: Library) -> BuiltinVoice:
    """Return the built-in voice of every persona."""
    from interviewer.interview.builtin import BuiltinVoice

    return BuiltinVoice(
        {
            (persona.id, language): book
            for persona in library.personas.values()
            for language, book in persona.phrasebooks.items()
        },
        library.manners,
    )


def open_speakers(
    settings: Settings,
    library: Library,
    research: ResearchStore | None = None,
    *,
    models: Iterable[str] = (),
    fallback: bool = True,
    always: str | None = None,
) -> Speakers:
    """Return everybody who may put moves into words.

    Args:
        settings: Names the model that was agreed to, and how models are reached.
        library: For personas and phrasebooks.
        research: Lends its embedding model to tell whether two questions ask the same.
        models: Other models somebody agreed to.
        fallback: Whether the built-in voice speaks when a model fails.
        always: The model that speaks whatever an interview was settled for.

    Raises:
        SetupError: A string names no model.
    """
    from interviewer.interview.delivery import Limits
    from interviewer.models.naming import BUILTIN, understood
    from interviewer.models.speakers import Speakers

    quiet_models()
    named = {name for name in (settings.model, always, *models) if name and name != BUILTIN}
    for name in named:
        understood(name, settings.access)
    return Speakers(
        builtin=open_voice(library),
        personas=library.personas,
        access=settings.access,
        allowed=frozenset(named),
        same=research.same_question if research else None,
        limits=Limits(deadline=settings.turn_seconds),
        fallback=fallback,
        always=always,
    )


def open_rehearsals(
    store: SqlSessionStore, research: ResearchStore, voice: Voice, library: Library
) -> Rehearsals:
    """Put the parts of a rehearsal together; where a model speaks, it reads answers too."""
    from interviewer.interview.sealing import sealing
    from interviewer.interview.session import Rehearsals, no_reader
    from interviewer.models.speakers import Speakers

    reader = voice.reader if isinstance(voice, Speakers) else no_reader
    return Rehearsals(store, research, voice, seal=sealing(library), reader=reader)
