"""Wiring: settings from the environment, and parts that fit together."""

from __future__ import annotations

import multiprocessing
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from interviewer.content.library import Library
from interviewer.errors import ContentError, SetupError
from interviewer.wiring import (
    Settings,
    content_folder,
    employer_names,
    open_fetcher,
    open_library,
    open_rehearsals,
    open_reordering,
    open_research,
    open_store,
    open_voice,
    prepare_home,
    quiet_environment,
    share_the_cores,
)
from interviewer.wiring import settings as reads
from tests.conftest import ROOT

VARIABLES = {
    "INTERVIEWER_HOME": "/data/home",
    "INTERVIEWER_PERSONAS": "/data/personas",
    "INTERVIEWER_KNOWLEDGE": "/data/knowledge",
    "INTERVIEWER_MODEL": "openai:x",
    "INTERVIEWER_DATABASE_URL": "postgresql://h/d",
    "INTERVIEWER_CHROMA_URL": "http://h:8000",
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings with a data folder of their own."""
    return Settings.from_environment({"INTERVIEWER_HOME": str(tmp_path / "home")})


def test_every_variable_is_read() -> None:
    """What is set in the environment is in the settings."""
    assert Settings.from_environment(VARIABLES) == Settings(
        home=Path("/data/home"),
        personas=Path("/data/personas"),
        knowledge=Path("/data/knowledge"),
        model="openai:x",
        database_url="postgresql://h/d",
        chroma_url="http://h:8000",
    )


@pytest.mark.parametrize("empty", [{}, dict.fromkeys(VARIABLES, "")])
def test_what_is_unset_has_a_default_that_works(empty: dict[str, str]) -> None:
    """Unset and empty are the same: the content beside the code, a folder of the user, builtin."""
    found = Settings.from_environment(empty)
    assert (found.model, found.database_url, found.chroma_url) == (None, None, None)
    assert found.speaker == "builtin"
    assert (found.personas, found.knowledge) == (ROOT / "personas", ROOT / "knowledge")
    assert found.home.is_absolute()
    assert found.home.name == "three-rounds"


def test_places_in_the_data_folder() -> None:
    """Database, indexes and own research lie in the data folder unless a URL is given."""
    found = Settings.from_environment({"INTERVIEWER_HOME": " ~/x "})
    home = Path("~/x").expanduser()
    assert found.home == home
    assert found.own_knowledge == home / "knowledge"
    assert found.index_folder == home / "index"
    assert found.database == home / "interviews.sqlite3"
    assert Settings.from_environment(VARIABLES).database == "postgresql://h/d"


def test_the_process_environment_is_the_default(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without variables handed in, those of the process count; a child gets another folder."""
    monkeypatch.setenv("INTERVIEWER_HOME", str(tmp_path))
    found = Settings.from_environment()
    assert found.home == tmp_path
    child = found.environment(home=tmp_path / "child")
    assert child["INTERVIEWER_HOME"] == str(tmp_path / "child")
    assert child["PATH"]


def test_content_lies_in_the_wheel_or_the_checkout(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Installed from a wheel the content is inside the package, else beside it."""
    assert content_folder() == ROOT
    monkeypatch.setattr(reads, "__file__", str(tmp_path / "package" / "wiring" / "settings.py"))
    assert content_folder() == tmp_path
    (tmp_path / "package" / "_files").mkdir(parents=True)
    assert content_folder() == tmp_path / "package" / "_files"


def test_the_data_folder_is_its_owners(settings: Settings) -> None:
    """It is made when it is not there, for its owner only, and nothing is left in it."""
    prepare_home(settings)
    prepare_home(settings)
    assert stat.S_IMODE(settings.home.stat().st_mode) == 0o700
    assert list(settings.home.iterdir()) == []


def test_a_data_folder_that_cannot_be_written_is_a_setup_error(tmp_path: Path) -> None:
    """A path below a file is refused by every part that writes, with the setting to change."""
    (tmp_path / "file").write_text("x", encoding="utf-8")
    found = Settings.from_environment({"INTERVIEWER_HOME": str(tmp_path / "file" / "home")})
    for attempt in (prepare_home, open_store, lambda s: open_research(s, open_library(s))):
        with pytest.raises(SetupError, match=r"file/home cannot be written.*INTERVIEWER_HOME"):
            attempt(found)


def test_libraries_are_kept_from_the_network(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the screen is imported, telemetry is off and uploads stay in the data folder."""
    names = ("GRADIO_ANALYTICS_ENABLED", "GRADIO_SHARE", "GRADIO_TEMP_DIR", "HF_HUB_OFFLINE",
             "ANONYMIZED_TELEMETRY")  # fmt: skip
    for name in names:
        monkeypatch.setenv(name, "before")  # so that monkeypatch puts it back
    prepare_home(settings)
    quiet_environment(settings)
    found = [os.environ[name] for name in names]  # noqa: TID251  # what was set is looked at
    assert found == ["False", "False", str(settings.home / "uploads"), "1", "False"]
    assert stat.S_IMODE((settings.home / "uploads").stat().st_mode) == 0o700


def test_threads_of_models_wait_quietly_unless_somebody_says_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A process that works beside others of a command has one thread a model; this one has all."""
    names = ("OMP_WAIT_POLICY", "OMP_NUM_THREADS")
    found = []
    for parent in (None, object()):
        for name in names:
            monkeypatch.setenv(name, "before")  # so that monkeypatch puts it back
            monkeypatch.delenv(name)
        monkeypatch.setattr(multiprocessing, "parent_process", lambda parent=parent: parent)
        share_the_cores()
        found.append([os.environ.get(name) for name in names])  # noqa: TID251  # what was set
    assert found == [["PASSIVE", None], ["PASSIVE", "1"]]
    monkeypatch.setenv("OMP_WAIT_POLICY", "ACTIVE")
    share_the_cores()
    assert os.environ["OMP_WAIT_POLICY"] == "ACTIVE"  # noqa: TID251  # what was set is looked at


def test_content_comes_from_the_folders_that_were_named(tmp_path: Path) -> None:
    """A folder without personas is named as wrong; own research is read beside the shipped."""
    with pytest.raises(ContentError, match="INTERVIEWER_PERSONAS"):
        open_library(Settings.from_environment({"INTERVIEWER_PERSONAS": str(tmp_path / "none")}))
    own = tmp_path / "knowledge" / "acme"
    own.mkdir(parents=True)
    (own / "company.toml").write_text(
        'schema = 1\nid = "acme"\nname = {fr = "Acme SA"}\nkind = "start-up"\n'
        'languages = ["en"]\n', "utf-8",
    )  # fmt: skip
    library = open_library(Settings.from_environment({"INTERVIEWER_HOME": str(tmp_path)}))
    assert set(library.packs) >= {"acme", "brightwell", "chengyuan"}
    assert employer_names(library)["acme"] == "Acme SA"


def test_employers_are_called_by_their_own_name(library: Library) -> None:
    """The name in an employer's first language is the one research is found by."""
    names = employer_names(library)
    assert names["brightwell"] == "Brightwell Logistics"
    assert "澄远" in names["chengyuan"]


def test_the_parts_fit_together(settings: Settings, library: Library) -> None:
    """Store, research and voice are opened in the data folder and make rehearsals."""
    seen: list[str] = []
    store = open_store(settings)
    research = open_research(
        settings, library, lambda company, _done, _total: seen.append(company)
    )
    try:
        rehearsals = open_rehearsals(store, research, open_voice(library), library)
        assert rehearsals.store is store
        assert rehearsals.retriever is research
        found = research.find_now("brightwell", "How big is the data team?")
        assert "nine people" in found[0].passage.text
        assert set(seen) == {"brightwell"}
    finally:
        research.close()
        store.close()
    assert (settings.home / "interviews.sqlite3").is_file()
    assert open_voice(library) is not open_voice(library)


def test_web_pages_are_fetched_for_oneself_unless_somebody_says() -> None:
    """Others who reach the app need the operator's word; off is for everybody."""
    for word, alone, shared in (("", True, False), ("on", True, True), (" OFF ", False, False)):
        found = Settings.from_environment({"INTERVIEWER_FETCH": word})
        assert (found.may_fetch(alone=True), found.may_fetch(alone=False)) == (alone, shared)
    with pytest.raises(SetupError, match=r"INTERVIEWER_FETCH is `1`\. Write on or off"):
        Settings.from_environment({"INTERVIEWER_FETCH": "1"})
    assert open_fetcher() is not open_fetcher()


def test_a_reranker_is_used_only_where_somebody_named_one() -> None:
    """Unset there is none; a server elsewhere is named as the place where text goes."""
    assert open_reordering(Settings.from_environment({})) is None
    cases = {"http://127.0.0.1:9/rerank": None, "https://rerank.example/v1": "rerank.example",
             "onnx:/nowhere": None}  # fmt: skip
    for setting, place in cases.items():
        environment = {"INTERVIEWER_RERANKER": setting, "INTERVIEWER_RERANKER_KEY": "k3y"}
        settings = Settings.from_environment(environment)
        assert settings.reranker_goes_to == place
        assert "k3y" not in repr(settings)
    with pytest.raises(SetupError, match="holds no reranker"):
        open_reordering(settings)
    served = replace(settings, reranker="http://127.0.0.1:9/rerank")
    ordering = open_reordering(served)
    assert ordering is not None
    ordering.close()
