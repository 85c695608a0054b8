"""Makes the vectors that come with employers and with improper questions: `make vectors`."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from interviewer.content.library import Library
from interviewer.evaluation.prohibited.likeness import MODELS, keep_vectors
from interviewer.research import ResearchStore, open_embedder
from interviewer.research.known_vectors import write_vectors
from interviewer.wiring import Settings, employer_names, open_library


def main() -> None:
    """Embed what comes with the project: passages, sentences, examples of questions."""
    settings = Settings.from_environment()
    library = open_library(settings)
    embedder = open_embedder()
    for name, pack in library.packs.items():
        home = settings.knowledge / name
        with tempfile.TemporaryDirectory() as folder:
            store = ResearchStore(
                {name: pack.folders}, Path(folder), Path(folder), embedder,
                names=employer_names(library),
            )  # fmt: skip
            texts = store.embedded_texts(name)
        path = home / f"vectors.{embedder.name}.npz"
        write_vectors(path, embedder, texts)
        click.echo(f"{path}: {len(texts)} vectors, {path.stat().st_size} bytes")
    for language in MODELS:
        # A Chinese question takes a hundred times as long to embed: only those with a word of a
        # topic are, and no plane is asked of the others.
        ordinary = _banks(library, language) if language == "en" else []
        for path in keep_vectors(language, ordinary=ordinary):
            click.echo(f"{path}: {path.stat().st_size} bytes")


def _banks(library: Library, language: str) -> list[str]:
    """Return what the banks ask in a language: questions, and what is asked after them."""
    questions = [question for rubric in library.rubrics.values() for question in rubric.questions]
    told = [question.text for question in questions]
    told += [
        text for question in questions for texts in question.probes.values() for text in texts
    ]
    return sorted({text[language] for text in told if language in text})


if __name__ == "__main__":
    main()
