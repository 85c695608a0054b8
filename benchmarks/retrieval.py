"""How well research is found: gold questions over packs that nothing was tuned on.

`python -m benchmarks.retrieval` prints recall, mean reciprocal rank and false answers for the
search, for Chroma's plain dense search and for BM25 alone, in one run.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import bm25s
import chromadb
import click
from chromadb.config import Settings as ChromaSettings
from rich.console import Console
from rich.table import Table

from benchmarks import packs
from interviewer.research import ResearchStore, open_embedder
from interviewer.research.embedding import Embedder
from interviewer.transcript import Passage

MOST = 5
_TOKEN = re.compile(r"[a-z]+|\d+(?:\.\d+)?")
_CJK = re.compile("[\u4e00-\u9fff]+")

Search = Callable[[str], Sequence[Passage]]


def dense(passages: Sequence[Passage], embedder: Embedder, folder: Path) -> Search:
    """Return Chroma's plain search: the passage as it is, cosine, nothing else."""
    client = chromadb.PersistentClient(
        path=str(folder), settings=ChromaSettings(anonymized_telemetry=False)
    )
    collection = client.create_collection(
        "plain", embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
    )
    collection.add(
        ids=[str(number) for number in range(len(passages))],
        embeddings=embedder.passages([passage.text for passage in passages]),
    )

    def search(question: str) -> Sequence[Passage]:
        found = collection.query(
            query_embeddings=[embedder.question(question).tolist()], n_results=MOST
        )
        return [passages[int(number)] for number in found["ids"][0]]

    return search


def words(passages: Sequence[Passage]) -> Search:
    """Return BM25 over words and pairs of Chinese characters."""
    model = bm25s.BM25()
    model.index([_tokens(p.text) for p in passages], show_progress=False)

    def search(question: str) -> Sequence[Passage]:
        tokens = [token for token in _tokens(question) if token in model.vocab_dict]
        if not tokens:
            return []
        numbers, scores = model.retrieve([tokens], k=MOST, show_progress=False)
        return [
            passages[int(n)] for n, score in zip(numbers[0], scores[0], strict=True) if score > 0
        ]

    return search


def _tokens(text: str) -> list[str]:
    lower = text.lower()
    pairs = [run[i : i + 2] for run in _CJK.findall(lower) for i in range(max(1, len(run) - 1))]
    return _TOKEN.findall(lower) + pairs


def rank_of(gold: packs.Gold, found: Sequence[Passage]) -> int | None:
    """Return the place of the first passage that answers, from 1."""
    places = (place for place, passage in enumerate(found, 1) if packs.answers(gold, passage))
    return next(places, None)


def rows(
    name: str, asked: Sequence[tuple[packs.Gold, Sequence[Passage]]]
) -> Iterator[tuple[str, ...]]:
    """Yield a row of the table for questions in one language and for crossed ones."""
    for crossed in (False, True):
        here = [(gold, found) for gold, found in asked if gold.crossed == crossed]
        ranks = [rank_of(gold, found) for gold, found in here if gold.quotes]
        if not ranks:
            continue
        yield (
            f"{name}, {'crossed' if crossed else 'one language'}",
            str(len(ranks)),
            f"{sum(rank == 1 for rank in ranks) / len(ranks):.3f}",
            f"{sum(rank is not None for rank in ranks) / len(ranks):.3f}",
            f"{sum(1 / rank for rank in ranks if rank) / len(ranks):.3f}",
            *(_false(here, kind) for kind in ("unrelated", "other", "near")),
        )


def _false(asked: Sequence[tuple[packs.Gold, Sequence[Passage]]], kind: str) -> str:
    answered = [bool(found) for gold, found in asked if gold.kind == kind]
    return f"{sum(answered)} of {len(answered)}"


@click.command()
@click.option("--misses", is_flag=True, help="Print the questions that were answered wrongly.")
@click.option("--on", "which", type=click.Choice(["gold", "tuning"]), default="gold",
              help="Packs that nothing was set by, or those the scales were set on.")  # fmt: skip
@click.option("--model", default="auto", help="The embedding model.")
def main(misses: bool, which: str, model: str) -> None:
    """Ask every question of every method."""
    embedder = open_embedder(model)
    heads = ("recall@1", "recall@5", "MRR", "unrelated", "other", "near")
    table = Table("method, pack, question", "n", *heads)
    console = Console(width=130)
    totals: dict[str, list[tuple[packs.Gold, Sequence[Passage]]]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        found = {name: (path,) for name, path in packs.folders(which).items()}
        store = ResearchStore(found, home / "index", home / "own", embedder, names=packs.NAMES)
        for name, (path,) in found.items():
            passages = store.passages(name)
            mine: Search = lambda q, name=name: [  # noqa: E731  # one of three alike below
                entry.passage for entry in store.find_now(name, q, MOST)
            ]
            methods = {
                "search": mine,
                "dense": dense(passages, embedder, home / f"plain-{name}"),
                "BM25": words(passages),
            }
            golds = list(packs.questions(path))
            console.print(f"{name}: {len(passages)} passages, {len(golds)} questions")
            for method, search in methods.items():
                asked = [(gold, search(gold.question)) for gold in golds]
                totals.setdefault(method, []).extend(asked)
                for row in rows(f"{method}, {name}", asked):
                    table.add_row(*row)
                if misses and method == "search":
                    _tell(console, asked)
        store.close()
    for method, asked in totals.items():
        for row in rows(f"{method}, all", asked):
            table.add_row(*row, style="bold")
    console.print(table)


def _tell(console: Console, asked: Sequence[tuple[packs.Gold, Sequence[Passage]]]) -> None:
    for gold, found in asked:
        rank = rank_of(gold, found)
        if gold.quotes and rank != 1:
            console.print(f"  rank {rank}: {gold.question}", highlight=False)
        if not gold.quotes and found:
            console.print(f"  false: {gold.question} -> {found[0].id}", highlight=False)


if __name__ == "__main__":
    main()
