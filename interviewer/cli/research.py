"""`ingest` and `ask`: research on an employer goes in, and is found again with its source."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewer.cli.opening import open_fetcher, open_research
from interviewer.cli.output import Advance, print_json, progress_bar, say
from interviewer.wiring import Settings, open_library, prepare_home

if TYPE_CHECKING:
    from interviewer.research import SourceReport
    from interviewer.research.sources import Source


@click.command()
@click.argument("company")
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=str))
@click.option("--site", is_flag=True, help="With each address also the pages it links to.")
@click.option("--topic", help="One of the nine topics, for all sources.")
@click.option("--prune", is_flag=True, help="Take out what came from these and is gone now.")
@click.option("--candidate", default="me", show_default=True, help="Whose research it is.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def ingest(
    company: str,
    sources: tuple[str, ...],
    site: bool,
    topic: str | None,
    prune: bool,
    candidate: str,
    as_json: bool,
) -> None:
    r"""Take documents, folders of them, or web pages into the research on COMPANY.

    Markdown, text, HTML, PDF, Word, PowerPoint, Excel, CSV and e-mail (.eml) are read. Of an
    address that begins with https:// the page is fetched, with --site also those of the same site
    that it links to, at most 20 with a second between; robots.txt is honoured. A COMPANY
    that is not known yet is made in the data folder. What is taken in is the candidate's and goes
    with `forget COMPANY`. Exit code 5 when no source could be taken.

    \b
    Examples:
      interviewer ingest brightwell notes.md annual-report.pdf
      interviewer ingest acme ./research --topic performance --prune
      interviewer ingest acme https://acme.example/about --site
    """
    from interviewer.research.ownership import Owner, check_owner, claim

    settings = Settings.from_environment()
    given = _given(settings, sources, site)
    own, owner = settings.own_knowledge / company, Owner(candidate)
    check_owner(own, owner)
    with progress_bar() as progress:
        library = open_library(settings)
        research = open_research(settings, library, progress)
        read = _Read(company, _count(given), progress, site)
        read.show()
        reports = research.ingest(
            company, given, topic=topic, progress=progress, prune=prune, told=read
        )
    if own.is_dir():
        claim(own, owner)
    _make_known(settings, company, known=company in library.packs)
    if as_json:
        print_json([_entry(report) for report in reports])
    else:
        for report in reports:
            _tell(report)
    if reports and all(report.skipped for report in reports):
        click.get_current_context().exit(5)


def _given(
    settings: Settings, sources: Sequence[str], site: bool
) -> list[Path | Source | Iterable[Source]]:
    """Return files and folders as paths, and addresses as what fetches their pages."""
    from interviewer.research.sources import is_address
    from interviewer.research.web_sources import WebPages

    if not any(map(is_address, sources)):
        return [Path(source) for source in sources]
    fetcher = open_fetcher(settings)
    return [
        WebPages(source, fetcher, site) if is_address(source) else Path(source)
        for source in sources
    ]


def _count(given: Sequence[Path | Source | Iterable[Source]]) -> int:
    """Return how many documents there are; of a site only the first page is known."""
    from interviewer.research.sources import files

    paths = [source for source in given if isinstance(source, Path)]
    return sum(not isinstance(source, Path) for source in given) + sum(1 for _ in files(paths))


@dataclass
class _Read:
    """Shows how many documents have been read, each as soon as it has been."""

    company: str
    total: int
    advance: Advance
    site: bool
    done: int = 0

    def show(self) -> None:
        """Show how far reading is."""
        self.advance(self.company, self.done, self.total, "Reading documents on")

    def __call__(self, report: SourceReport) -> None:
        """Take note of a document; a site takes a second a page or longer, so it is named."""
        self.done += 1
        self.show()
        if self.site:
            say(f"{report.source} …")


def _entry(report: SourceReport) -> dict[str, object]:
    return {
        "source": report.source,
        "topic": report.topic,
        "language": report.language,
        "date": report.date,
        "chunks": report.chunks,
        "skipped": report.skipped,
        "unchanged": report.unchanged,
        "removed": report.removed,
        "hidden": list(report.hidden),
        "notes": list(report.notes),
    }


def _tell(report: SourceReport) -> None:
    if report.skipped:
        say(f"{report.source}: left out. {report.skipped}")
        return
    if report.removed:
        click.echo(f"{report.source}: taken out, it is gone")
        return
    dated = f", {report.date}" if report.date else ""
    known = ", unchanged" if report.unchanged else ""
    click.echo(f"{report.source}: {report.chunks} passages on {report.topic}{dated}{known}")
    for note in report.notes:
        say(f"  {note}")
    for piece in report.hidden:
        say(f"  Text nobody would see was left out: {piece[:200]!r}")


@click.command()
@click.argument("companies", nargs=-1)
def reindex(companies: tuple[str, ...]) -> None:
    r"""Make the search index of COMPANIES anew, of all without a name.

    Needed after a change of the embedding model on a Chroma server; otherwise done by itself.

    \b
    Example:
      interviewer reindex brightwell
    """
    settings = Settings.from_environment()
    with progress_bar() as progress:
        research = open_research(settings, open_library(settings), progress)
        for company in companies or research.companies():
            passages = research.reindex(company, progress)
            click.echo(f"{company}: {passages} passages")


def _make_known(settings: Settings, company: str, *, known: bool) -> None:
    """Give an employer that only has documents a file of its own."""
    from interviewer.content.new_company import company_file
    from interviewer.research.inventory import main_language

    home = settings.own_knowledge / company
    if known or not home.is_dir() or (home / "company.toml").exists():
        return
    prepare_home(settings)
    text = company_file(company, main_language(company, (home,)))
    (home / "company.toml").write_text(text, encoding="utf-8")
    say(f"{company} is new: {home / 'company.toml'} was made. Add its name, posts and pay there.")


@click.command()
@click.argument("company")
@click.argument("question")
@click.option("-k", "most", type=click.IntRange(1, 50), default=4, show_default=True,
              help="Passages at most.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def ask(company: str, question: str, most: int, as_json: bool) -> None:
    r"""Find the passages on COMPANY that answer QUESTION; none when nothing does.

    \b
    Example:
      interviewer ask brightwell "How big is the data team?" --json
    """
    settings = Settings.from_environment()
    with progress_bar() as progress:
        research = open_research(settings, open_library(settings), progress)
        found = asyncio.run(research.find(company, question, k=most))
    if as_json:
        print_json(
            [
                {
                    "id": entry.passage.id,
                    "text": entry.passage.text,
                    "source": entry.passage.source,
                    "topic": entry.passage.topic,
                    "date": entry.passage.date,
                    "score": round(entry.score, 4),
                }
                for entry in found
            ]
        )
        return
    if not found:
        say("Nothing in the research answers that.")
    for entry in found:
        dated = f", {entry.passage.date}" if entry.passage.date else ""
        click.echo(f"[{entry.passage.id}] {entry.passage.source}{dated}\n{entry.passage.text}\n")
