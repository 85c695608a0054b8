"""Settings, and the choice of implementations: the only reader of the environment."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.errors import SetupError

if TYPE_CHECKING:
    from interviewer.content.library import Library
    from interviewer.interview.builtin import BuiltinVoice
    from interviewer.interview.session import Rehearsals
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
        model: Who puts moves into words.
        database_url: SQLAlchemy URL, None for SQLite in the data folder.
        chroma_url: Address of a Chroma server, None for the embedded store.
    """

    home: Path
    personas: Path
    knowledge: Path
    model: str = "builtin"
    database_url: str | None = None
    chroma_url: str | None = None

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
            model=values.get("INTERVIEWER_MODEL", "").strip() or "builtin",
            database_url=values.get("INTERVIEWER_DATABASE_URL") or None,
            chroma_url=values.get("INTERVIEWER_CHROMA_URL") or None,
        )

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


def open_library(settings: Settings) -> Library:
    """Read all content.

    Raises:
        ContentError: A file is wrong.
    """
    from interviewer.content.library import load_library

    return load_library(settings.personas, [settings.knowledge, settings.own_knowledge])


def open_research(
    settings: Settings, library: Library, progress: IndexProgress | None = None
) -> ResearchStore:
    """Return the research store; nothing is read before it is asked."""
    from interviewer.research.embedding import open_embedder
    from interviewer.research.store import ResearchStore

    prepare_home(settings)
    return ResearchStore(
        packs={name: pack.folders for name, pack in library.packs.items()},
        index_folder=settings.index_folder,
        own_folder=settings.own_knowledge,
        embedder=open_embedder(),
        progress=progress,
        names=employer_names(library),
    )


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
        }
    )


def open_rehearsals(
    library: Library, store: SqlSessionStore, research: ResearchStore
) -> Rehearsals:
    """Put the parts of a rehearsal together."""
    from interviewer.interview.session import Rehearsals

    return Rehearsals(store=store, retriever=research, voice=open_voice(library))
