"""How much of a CV is found: specimens with many layouts, beside what a reader finds in them.

`python -m benchmarks.profiles` prints, for each specimen as text and as the reader of PDFs would
give it, the share of posts, their exact dates, skills, figures and lines of work found, how much
of what was taken for a post or a skill is one, whether anything private came through, and which
requirements are shown by the line that shows them and which are named as gaps.

The specimens in `cvs/tuned` were looked at while the reader was written; those in `cvs/fresh` were
written afterwards and nothing was changed for them.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from interviewer.interview.cv import Employment, read_cv
from interviewer.interview.fit import fit_table
from interviewer.interview.profile import projects_in
from interviewer.interview.requirements import Requirement
from interviewer.research.parsing.pdf import paragraphs

CVS = Path(__file__).parent / "cvs"
SETS = ("tuned", "fresh")
NOW = "now"


@dataclass(frozen=True, slots=True)
class Count:
    """Found of how many."""

    found: int = 0
    of: int = 0

    def __add__(self, other: Count) -> Count:
        """Return both counts together."""
        return Count(self.found + other.found, self.of + other.of)

    def __str__(self) -> str:
        """Return "12/14 86 %"."""
        return f"{self.found}/{self.of} {self.found / self.of:.0%}" if self.of else "-"


@dataclass(frozen=True, slots=True)
class Specimen:
    """A CV and what is in it.

    Attributes:
        name: Of its files.
        text: The CV.
        gold: What a reader finds in it.
    """

    name: str
    text: str
    gold: dict[str, Any]


MEASURES = (
    "posts", "dates", "education", "breaks", "skills", "numbers", "projects",
    "posts that are", "skills that are", "private kept out", "shown", "gaps",
)  # fmt: skip


def specimens(folder: Path) -> Iterator[Specimen]:
    """Read the specimens of a folder."""
    for path in sorted(folder.glob("*.toml")):
        gold = tomllib.loads(path.read_text(encoding="utf-8"))
        text = next(p for p in path.parent.glob(f"{path.stem}.*") if p != path)
        yield Specimen(path.stem, text.read_text(encoding="utf-8"), gold)


def measured(specimen: Specimen, text: str) -> dict[str, Count]:
    """Return what is found in a text of a specimen."""
    gold, record = specimen.gold, read_cv(text)
    posts = [_found(post, record.posts) for post in gold["posts"]]
    schools = [_found(school, record.education) for school in gold["education"]]
    told = [*record.claims, *projects_in(text, gold["language"])]
    said = _flat(json.dumps([told, [p.text for p in record.posts]], ensure_ascii=False))
    skills = {_flat(skill) for skill in record.skills}
    wanted = {_flat(skill) for skill in gold["skills"]}
    breaks = {(found.since, found.until) for found in record.breaks}
    return {
        "posts": _count(post is not None for post in posts),
        "dates": _count(map(_dated, gold["posts"], posts)),
        "education": _count(map(_dated, gold["education"], schools)),
        "breaks": _count((since, until) in breaks for since, until in gold.get("breaks", ())),
        "skills": _count(skill in skills for skill in wanted),
        "numbers": _count(_within(figure, record.claims) for figure in gold["numbers"]),
        "projects": _count(_begins(line, told) for line in gold["projects"]),
        "posts that are": Count(len({p for p in posts if p is not None}), len(record.posts)),
        "skills that are": Count(len(skills & wanted), len(skills)),
        "private kept out": _count(_flat(word) not in said for word in gold.get("private", ())),
        **_fitting(specimen, text),
    }


def _fitting(specimen: Specimen, text: str) -> dict[str, Count]:
    """Return how many requirements are shown by the right line, and how many gaps are named."""
    shown, gaps = [], []
    for entry in specimen.gold["fit"]:
        wanted = entry["evidence"]
        (row,) = fit_table(text, [Requirement(entry["requirement"])], specimen.gold["language"])
        if wanted:
            shown.append(row.evidence is not None and _within(wanted, [row.evidence]))
        else:
            gaps.append(row.gap)
    return {"shown": _count(shown), "gaps": _count(gaps)}


def _count(hits: Iterable[object]) -> Count:
    listed = list(hits)
    return Count(sum(map(bool, listed)), len(listed))


def _found(wanted: dict[str, Any], entries: Sequence[Employment]) -> Employment | None:
    names = [_flat(name) for name in wanted["names"]]
    able = [entry for entry in entries if all(name in _flat(entry.text) for name in names)]
    exact = [entry for entry in able if _dated(wanted, entry)]
    return next(iter(exact or able), None)


def _dated(wanted: dict[str, Any], entry: Employment | None) -> bool:
    return entry is not None and (entry.since, entry.until or NOW) == (
        wanted["first"], wanted["last"],
    )  # fmt: skip


def _within(part: str, texts: Sequence[str]) -> bool:
    return any(_flat(part) in _flat(text) for text in texts)


def _begins(wanted: str, texts: Sequence[str]) -> bool:
    """Whether a line of work is there, though it may be cut short for speaking."""
    return any(_flat(wanted) in _flat(t) or _flat(t) in _flat(wanted) for t in texts if t)


def _flat(text: str) -> str:
    return "".join(text.lower().split())


def forms(specimen: Specimen) -> Iterator[tuple[str, str]]:
    """Yield the texts a specimen is read from."""
    yield "text", specimen.text
    # Side-by-side columns do not survive a reader of PDFs that goes line by line.
    if not specimen.gold.get("columns"):
        yield "pdf", paragraphs(specimen.text)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def main(as_json: bool) -> None:
    """Measure every specimen."""
    document: dict[str, dict[str, dict[str, str]]] = {}
    for name in SETS:
        table = Table("specimen", "from", *MEASURES, title=name)
        totals: dict[str, dict[str, Count]] = {}
        for specimen in specimens(CVS / name):
            for form, text in forms(specimen):
                counts = measured(specimen, text)
                table.add_row(specimen.name, form, *(str(counts[m]) for m in MEASURES))
                for group in (form, f"{form} {specimen.gold['language']}"):
                    sums = totals.setdefault(group, dict.fromkeys(MEASURES, Count()))
                    totals[group] = {m: sums[m] + counts[m] for m in MEASURES}
        for group, sums in sorted(totals.items()):
            table.add_row("all", group, *(str(sums[m]) for m in MEASURES))
        document[name] = {g: {m: str(sums[m]) for m in MEASURES} for g, sums in totals.items()}
        if not as_json:
            Console(width=210).print(table)
    if as_json:
        click.echo(json.dumps(document, indent=2))


if __name__ == "__main__":
    main()
