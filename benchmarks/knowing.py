"""How well a report tells what a candidate knows of the employer: right, wrong, or not judged.

`python -m benchmarks.knowing` prints how many sentences of each kind are told so, for those the
check was made with and for those held back meanwhile. A wrong word about what somebody knows costs
more than silence, so what matters first is that nothing is called wrong or right that is not.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from interviewer.assessment.employer.against import Known
from interviewer.assessment.employer.knowing import Research, judged, names_of
from interviewer.assessment.employer.remarks import remarks_in
from interviewer.research.inventory import passages_of

HERE = Path(__file__).parent
PACKS = {"brightwell": ("en", "Brightwell Logistics"), "chengyuan": ("zh", "澄远智能装备")}
KINDS = ("right", "wrong", "none")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as a candidate might say it.

    Attributes:
        company: The pack.
        expected: `right`, `wrong`, or `none` where it is not about the employer or nothing in the
            research says or contradicts it.
        text: The sentence.
    """

    company: str
    expected: str
    text: str

    @property
    def held_back(self) -> bool:
        """Whether it was not looked at while the check was made."""
        return bool(hashlib.sha256(self.text.encode()).digest()[0] % 2)


def sentences() -> tuple[Sentence, ...]:
    """Return all of them."""
    lines = (HERE / "employer" / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(Sentence(**json.loads(line)) for line in lines)


@cache
def research_of(company: str) -> tuple[Research, tuple[Known, ...]]:
    """Return a whole pack, ready to be compared with."""
    language, name = PACKS[company]
    found = passages_of(company, (HERE.parent / "knowledge" / company,))
    passages = {p.id: p for p in found if p.language == language}
    research = Research(passages, names_of(name), language)
    return research, research.known()


def told(sentence: Sentence) -> str:
    """Return what is told of a sentence."""
    research, known = research_of(sentence.company)
    verdicts = [
        judged(remark, research, known)
        for remark in remarks_in(sentence.text, 1, research.names, research.language)
    ]
    found = [verdict[0] for verdict in verdicts if verdict is not None]
    return "none" if not found else "right" if all(found) else "wrong"


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--show", is_flag=True, help="List the mistakes among those not held back.")
def main(as_json: bool, show: bool) -> None:
    """Print what is told of how many sentences."""
    counts: Counter[tuple[str, str, str, str]] = Counter()
    for sentence in sentences():
        group = "held back" if sentence.held_back else "worked with"
        found = told(sentence)
        counts[group, PACKS[sentence.company][0], sentence.expected, found] += 1
        if show and found != sentence.expected and not sentence.held_back:
            click.echo(f"{sentence.expected} told {found}: {sentence.text}", err=True)
    table = Table("sentences", "language", "in truth", *(f"told {kind}" for kind in KINDS))
    document = []
    for group, language, kind in sorted({key[:3] for key in counts}):
        row = {found: counts[group, language, kind, found] for found in KINDS}
        document.append({"group": group, "language": language, "in_truth": kind, **row})
        table.add_row(group, language, kind, *(str(row[found]) for found in KINDS))
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        Console(width=100).print(table)


if __name__ == "__main__":
    main()
