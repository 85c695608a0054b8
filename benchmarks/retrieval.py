"""How well research is found: gold questions over packs that nothing was tuned on.

`python -m benchmarks.retrieval` prints recall, mean reciprocal rank and false answers for the
search, for Chroma's plain dense search and for BM25 alone, in one run.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import bm25s
import chromadb
import click
from chromadb.config import Settings as ChromaSettings
from rich.console import Console
from rich.table import Table

from interviewer.research import ResearchStore, open_embedder
from interviewer.research.embedding import Embedder
from interviewer.transcript import Passage

GOLD = Path(__file__).parent / "gold"
NAMES = {
    "marlow-general": "Marlow General Hospital Trust",
    "linhai-water": "临海水务集团有限公司",
}
MOST = 5
_TOKEN = re.compile(r"[a-z]+|\d+(?:\.\d+)?")
_CJK = re.compile("[\u4e00-\u9fff]+")

Search = Callable[[str], Sequence[Passage]]


@dataclass(frozen=True, slots=True)
class Gold:
    """A question and what answers it.

    Attributes:
        question: As asked.
        language: `en` or `zh`.
        quotes: Parts of passages that answer it, none where nothing does.
        crossed: Whether the pack is in the other language.
    """

    question: str
    language: str
    quotes: tuple[str, ...]
    crossed: bool


def questions(pack: Path, main: str) -> Iterator[Gold]:
    """Read the gold questions of a pack whose documents are in `main`."""
    for line in (pack / "questions.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        crossed = entry["language"] != main
        yield Gold(entry["question"], entry["language"], tuple(entry["quotes"]), crossed)


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


def rank_of(gold: Gold, found: Sequence[Passage]) -> int | None:
    """Return the place of the first passage that answers, from 1."""
    for place, passage in enumerate(found, 1):
        if any(quote in passage.text for quote in gold.quotes):
            return place
    return None


def report(name: str, asked: Sequence[tuple[Gold, Sequence[Passage]]]) -> tuple[str, ...]:
    """Return a row of the table."""
    ranks = [rank_of(gold, found) for gold, found in asked if gold.quotes]
    empty = [bool(found) for gold, found in asked if not gold.quotes]
    share = lambda hits, of: f"{sum(hits) / of:.3f}" if of else "-"  # noqa: E731
    return (
        name,
        str(len(ranks)),
        share([r == 1 for r in ranks], len(ranks)),
        share([r is not None for r in ranks], len(ranks)),
        share([1 / r for r in ranks if r], len(ranks)),
        f"{sum(empty)} of {len(empty)}" if empty else "-",
    )


@click.command()
@click.option("--misses", is_flag=True, help="Print the questions that were answered wrongly.")
def main(misses: bool) -> None:
    """Ask every gold question of every method."""
    embedder = open_embedder()
    table = Table("pack and question", "n", "recall@1", "recall@5", "MRR", "false answers")
    console = Console(width=110)
    totals: dict[tuple[str, bool], list[tuple[Gold, Sequence[Passage]]]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch)
        packs = {name: (GOLD / name,) for name in NAMES if (GOLD / name).is_dir()}
        store = ResearchStore(packs, home / "index", home / "own", embedder, names=NAMES)
        for name in packs:
            passages = store.passages(name)
            mine: Search = lambda q, name=name: [  # noqa: E731
                entry.passage for entry in store.find_now(name, q, MOST)
            ]
            methods = {
                "search": mine,
                "dense": dense(passages, embedder, home / f"plain-{name}"),
                "BM25": words(passages),
            }
            main_language = "zh" if name == "linhai-water" else "en"
            golds = list(questions(GOLD / name, main_language))
            console.print(f"{name}: {len(passages)} passages, {len(golds)} questions")
            for method, search in methods.items():
                for crossed in (False, True):
                    asked = [(g, search(g.question)) for g in golds if g.crossed == crossed]
                    label = f"{method}, {name}, {'crossed' if crossed else 'one language'}"
                    table.add_row(*report(label, asked))
                    totals.setdefault((method, crossed), []).extend(asked)
                    if misses and method == "search":
                        _tell(console, asked)
        store.close()
    for (method, crossed), asked in totals.items():
        label = f"{method}, all, {'crossed' if crossed else 'one language'}"
        table.add_row(*report(label, asked), style="bold")
    console.print(table)


def _tell(console: Console, asked: Sequence[tuple[Gold, Sequence[Passage]]]) -> None:
    for gold, found in asked:
        rank = rank_of(gold, found)
        if gold.quotes and rank != 1:
            console.print(f"  rank {rank}: {gold.question}", highlight=False)
        if not gold.quotes and found:
            console.print(f"  false: {gold.question} -> {found[0].id}", highlight=False)


if __name__ == "__main__":
    main()
