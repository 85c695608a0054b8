"""`companies` and `check`: what content there is, and whether it is sound."""

from __future__ import annotations

from pathlib import Path

import click

from interviewer.cli.output import print_json
from interviewer.wiring import Settings, check_knowledge, employer_names, open_library


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def companies(as_json: bool) -> None:
    r"""List the employers that are known, and whose the research on them is.

    A shared pack comes with the installation; one that somebody took in is theirs.

    \b
    Example:
      interviewer companies --json
    """
    from interviewer.research.inventory import count_passages
    from interviewer.research.ownership import owner_of

    settings = Settings.from_environment()
    library = open_library(settings)
    names = employer_names(library)
    found = [
        {
            "id": name,
            "name": names[name],
            "language": pack.company.languages[0],
            "posts": [post.id for post in pack.company.posts],
            "passages": count_passages(name, pack.folders),
            "shared": (settings.knowledge / name).is_dir(),
            "owner": owner.name if (owner := owner_of(settings.own_knowledge / name)) else None,
        }
        for name, pack in sorted(library.packs.items())
    ]
    if as_json:
        print_json(found)
        return
    for entry in found:
        posts = entry["posts"]
        listed = ", ".join(posts) if isinstance(posts, list) and posts else "any post"
        line = f"{entry['id']}  {entry['name']} ({entry['language']}): {listed}"
        whose = ["shared"] if entry["shared"] else []
        whose += [f"taken in by {entry['owner']}"] if entry["owner"] else []
        click.echo("; ".join((line, f"{entry['passages']} passages", *whose)))


@click.command()
@click.argument("path", required=False, type=click.Path(path_type=Path))
def check(path: Path | None) -> None:
    r"""Check personas, rubrics, formats, phrases and employers.

    PATH is a file or folder of content; without it everything that is installed is checked. Every
    fault is named at once, with file, line and fix; the exit code is 1 when there is one.

    \b
    Examples:
      interviewer check
      interviewer check personas/hr
      interviewer check knowledge/brightwell/company.toml
      interviewer check my-format.toml
    """
    from interviewer.content.checking import check_path

    settings = Settings.from_environment()
    if path is None:
        check_knowledge(settings)
    packs = [settings.knowledge, settings.own_knowledge]
    summary = check_path(path, settings.personas, packs, settings.home / "formats")
    click.echo(summary)
