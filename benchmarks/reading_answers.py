"""How well an answer is read: what the reader finds against what people labelled.

`python -m benchmarks.reading_answers` prints precision, recall and F1 by label and language over
`benchmarks/reading/answers.<lang>.jsonl`. The set is split in two by a hash of the id: the rules
are made with the tuning half alone, so only that half's answers can be shown (`--wrong LABEL`).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from interviewer.reading.answer import Reading, read
from interviewer.reading.claims import Claim

FOLDER = Path(__file__).parent / "reading"
LANGUAGES = ("en", "zh")
HALVES = ("tuning", "held-out")
PARTS = ("situation", "own_action", "result", "reflection", "specific")
LABELS = (
    *PARTS,
    "we_only", "hypothetical", "dont_know", "finds_out", "nothing_to_add", "refusal",
    "question_back", "off_question", "asks_verdict", "gives_orders", "asks_software",
    "asks_time", "asks_hint", "asks_repeat", "about_pay", "other_language",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Labelled:
    """An answer with what people found in it.

    Attributes:
        id: Its id.
        language: Language of the interview.
        type: Type of the question.
        question: The examiner's question.
        answer: What was said.
        labels: What is in it.
        claims: Kind and value of its figures, as often as they are stated.
    """

    id: str
    language: str
    type: str
    question: str
    answer: str
    labels: frozenset[str]
    claims: Counter[tuple[str, float]]

    @property
    def half(self) -> str:
        """The half it belongs to."""
        return HALVES[int(hashlib.sha256(self.id.encode()).hexdigest(), 16) % 2]


@dataclass(slots=True)
class Tally:
    """What was found of what is there.

    Attributes:
        hits: Found and there.
        extra: Found and not there.
        missed: There and not found.
        wrong: Ids that are extra or missed, each with a sign.
    """

    hits: int = 0
    extra: int = 0
    missed: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, name: str, hits: int, extra: int, missed: int) -> None:
        """Count one answer."""
        self.hits, self.extra, self.missed = (
            self.hits + hits, self.extra + extra, self.missed + missed,
        )  # fmt: skip
        if extra or missed:
            self.wrong.append(f"{'+' * bool(extra)}{'-' * bool(missed)}{name}")

    @property
    def figures(self) -> dict[str, float]:
        """Precision, recall, F1 in per cent, and how many are there."""
        found, there = self.hits + self.extra, self.hits + self.missed
        return {
            "precision": 100 * self.hits / found if found else 0.0,
            "recall": 100 * self.hits / there if there else 0.0,
            "f1": 100 * 2 * self.hits / (found + there) if found + there else 0.0,
            "n": there,
        }


@cache
def labelled(language: str) -> tuple[Labelled, ...]:
    """Return the labelled answers of a language; none when there is no file."""
    file = FOLDER / f"answers.{language}.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return tuple(_labelled(json.loads(line), language) for line in lines if line.strip())


def _labelled(entry: Mapping[str, object], language: str) -> Labelled:
    labels, claims = entry["labels"], entry.get("claims", [])
    if not isinstance(labels, list) or not isinstance(claims, list):
        raise click.ClickException(f"answers.{language}.jsonl: {entry['id']} has no lists")
    return Labelled(
        str(entry["id"]), language, str(entry["type"]), str(entry["question"]),
        str(entry["answer"]), frozenset(labels),
        Counter((claim["kind"], float(claim["value"])) for claim in claims),
    )  # fmt: skip


def found_in(reading: Reading) -> frozenset[str]:
    """Return the labels of a reading."""
    named = {label for label in LABELS if getattr(reading, label, False)}
    asked = {"question_back"} if reading.questions else set()
    return frozenset(named | asked | reading.parts)


def figure_of(claim: Claim) -> tuple[str, float]:
    """Return kind and value of a claim."""
    return claim.kind, round(claim.value or 0.0, 2)


def measured(answers: Iterable[Labelled]) -> dict[str, Tally]:
    """Return the tally of each label and of the claims."""
    tallies = {label: Tally() for label in (*LABELS, "claims")}
    for answer in answers:
        reading = read(answer.answer, answer.language, question=answer.question, kind=answer.type)
        found = found_in(reading)
        for label in LABELS:
            # Nothing else is labelled in an answer in another language.
            if label != "other_language" and "other_language" in answer.labels:
                continue
            there = label in answer.labels
            hit = label in found
            tallies[label].add(answer.id, hit and there, hit and not there, there and not hit)
        if "other_language" not in answer.labels:
            claims = Counter(figure_of(claim) for claim in reading.claims)
            hits = (claims & answer.claims).total()
            tallies["claims"].add(
                answer.id, hits, claims.total() - hits, answer.claims.total() - hits
            )
    return tallies


def rows(halves: Sequence[str], languages: Sequence[str]) -> Iterator[tuple[str, str, str, Tally]]:
    """Yield half, language, label and tally."""
    for half in halves:
        for language in languages:
            answers = [answer for answer in labelled(language) if answer.half == half]
            for label, tally in measured(answers).items():
                yield half, language, label, tally


def show_wrong(label: str, languages: Sequence[str]) -> None:
    """Print the answers of the tuning half that are read wrongly in one respect."""
    for _, language, name, tally in rows(("tuning",), languages):
        if name != label:
            continue
        by_id = {answer.id: answer for answer in labelled(language)}
        for wrong in tally.wrong:
            answer = by_id[wrong.lstrip("+-")]
            click.echo(f"{wrong} [{answer.type}] {answer.question}\n    {answer.answer}")
            if label == "claims":
                click.echo(f"    there: {dict(answer.claims)}")
                click.echo(f"    found: {read(answer.answer, language).claims}")


@click.command()
@click.option("--half", type=click.Choice(HALVES), help="One half only.")
@click.option("--language", type=click.Choice(LANGUAGES), help="One language only.")
@click.option("--wrong", type=click.Choice((*LABELS, "claims")), help="Show misread answers.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def main(half: str | None, language: str | None, wrong: str | None, as_json: bool) -> None:
    """Print how well each label is found."""
    halves = (half,) if half else HALVES
    languages = (language,) if language else LANGUAGES
    if wrong:
        show_wrong(wrong, languages)
        return
    document = [
        {"half": half, "language": language, "label": label, **tally.figures}
        for half, language, label, tally in rows(halves, languages)
    ]
    if as_json:
        click.echo(json.dumps(document, indent=2))
        return
    table = Table("half", "language", "label", "n", "precision", "recall", "F1")
    for row in document:
        figures = (f"{row[name]:.0f}" for name in ("n", "precision", "recall", "f1"))
        table.add_row(str(row["half"]), str(row["language"]), str(row["label"]), *figures)
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
