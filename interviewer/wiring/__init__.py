"""The choice of implementations: what the settings ask for is opened here."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from interviewer.errors import ContentError, Fault, SetupError
from interviewer.wiring.hashes import content_hashes as content_hashes
from interviewer.wiring.settings import OpenIdService, Settings
from interviewer.wiring.settings import content_folder as content_folder

if TYPE_CHECKING:
    from interviewer.content.library import Library
    from interviewer.interview.builtin import BuiltinVoice
    from interviewer.interview.session import Rehearsals
    from interviewer.interview.voice import Voice
    from interviewer.models.naming import Access as Access
    from interviewer.models.speakers import Speakers
    from interviewer.research.fetching import Fetcher
    from interviewer.research.reranking import Reordering
    from interviewer.research.store import ResearchStore
    from interviewer.signin import Provider
    from interviewer.storage import SqlIdentities, SqlPeople, SqlSessionStore, SqlStudio, Upkeep
    from interviewer.storage.kept_keys import KeptKeys

__all__ = [
    "IndexProgress",
    "Settings",
    "check_knowledge",
    "content_folder",
    "content_hashes",
    "employer_names",
    "open_fetcher",
    "open_identities",
    "open_kept_keys",
    "open_library",
    "open_people",
    "open_provider",
    "open_rehearsals",
    "open_reordering",
    "open_research",
    "open_speakers",
    "open_store",
    "open_studio",
    "open_upkeep",
    "open_voice",
    "prepare_home",
    "quiet_environment",
    "quiet_models",
    "renewed",
    "research_folders",
    "share_the_cores",
]

IndexProgress = Callable[[str, int, int], None]


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
        # Without these Gradio remembers the last 10,000 events and sums them up after each.
        GRADIO_ANALYTICS_MAX_EVENTS="1",
        GRADIO_ANALYTICS_CACHE_FREQUENCY=str(10**12),
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


def share_the_cores() -> None:
    """Keep threads of models from taking the cores from everything else, and from one another.

    OpenMP lets threads that wait spin; on a busy machine a question then took half a second and
    not a tenth. Processes that work side by side have the cores between them already. It is read
    when a model's library is loaded; what somebody has set stays.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    if multiprocessing.parent_process() is not None:
        os.environ.setdefault("OMP_NUM_THREADS", "1")


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

    share_the_cores()
    check_knowledge(settings)
    packs = [settings.knowledge, settings.own_knowledge]
    return load_library(settings.personas, packs, settings.home / "formats")


def renewed(settings: Settings, library: Library) -> Library:
    """Return the content with the employers there are now; the rest stays as it was read.

    Raises:
        ContentError: The file of an employer is wrong.
    """
    from interviewer.content.faults import FaultCollector
    from interviewer.content.library import read_packs

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


def open_upkeep(settings: Settings) -> Upkeep:
    """Return the database as it is, without bringing it up to date.

    Raises:
        SetupError: It cannot be reached.
    """
    from interviewer.storage import Upkeep

    prepare_home(settings)
    return Upkeep(settings.database)


def open_people(store: SqlSessionStore) -> SqlPeople:
    """Return the people of a database: accounts, and what coaches and candidates agree on."""
    from interviewer.storage import SqlPeople

    return SqlPeople(store.engine)


def open_provider(service: OpenIdService) -> Provider:
    """Return the service people may sign in with; nothing is asked of it yet.

    Raises:
        SetupError: The extra is not installed, or the address is not safe.
    """
    try:
        from interviewer.signin import Provider, is_safe
    except ImportError:
        raise SetupError(
            "Signing in elsewhere needs Authlib. Install it: pip install 'three-rounds[openid]'"
        ) from None
    if not is_safe(service.issuer):
        raise SetupError(
            f"INTERVIEWER_OPENID_ISSUER is `{service.issuer}`. Give an address with https; http "
            "is for this machine only."
        )
    return Provider(service.issuer, service.client, service.secret)


def open_identities(store: SqlSessionStore) -> SqlIdentities:
    """Return which account of a database belongs to whom at another service."""
    from interviewer.storage import SqlIdentities

    return SqlIdentities(store.engine)


def open_studio(store: SqlSessionStore) -> SqlStudio:
    """Return the edited copies of content files that are kept in a database."""
    from interviewer.storage import SqlStudio

    return SqlStudio(store.engine)


def open_kept_keys(settings: Settings) -> KeptKeys:
    """Return what keeps keys in the operating system's keyring; it is opened when it is needed."""
    from interviewer.storage.kept_keys import KeptKeys

    return KeptKeys(settings.home)


def open_voice(library: Library) -> BuiltinVoice:
    """Return the built-in voice of every persona."""
    from interviewer.interview.library_voice import voice_of

    return voice_of(library)


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
    store: SqlSessionStore,
    research: ResearchStore,
    voice: Voice,
    library: Library,
    *,
    people: SqlPeople | None = None,
) -> Rehearsals:
    """Put the parts of a rehearsal together; where a model speaks, it reads answers too.

    Where people sign in, what coaches whisper is kept and what they put in is asked.
    """
    from interviewer.interview.sealing import sealing
    from interviewer.interview.session import Rehearsals, no_reader, nobody_helps
    from interviewer.models.speakers import Speakers

    reader = voice.reader if isinstance(voice, Speakers) else no_reader
    questions = people.questions_for if people else nobody_helps
    hints = people.seen_hints if people else nobody_helps
    return Rehearsals(
        store, research, voice, seal=sealing(library), reader=reader, questions=questions,
        hints=hints,
    )  # fmt: skip
