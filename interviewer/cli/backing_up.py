"""`backup` and `restore`: everything that cannot be made again, in one file, and back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewer import __version__
from interviewer.cli.output import print_json
from interviewer.wiring import Settings, prepare_home

if TYPE_CHECKING:
    from interviewer.storage.backup import Backup


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def backup(file: Path, as_json: bool) -> None:
    r"""Copy interviews, accounts, research, formats and evaluations into a new FILE (.tar.gz).

    The app may run meanwhile. Search indexes are made again from the research; keys of models are
    in no file. Whoever can read FILE can read every interview: it is made for its user alone.

    \b
    Example:
      interviewer backup /backups/rounds-$(date +%F).tar.gz
    """
    from interviewer.storage.backup import write_backup

    settings = Settings.from_environment()
    prepare_home(settings)
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    made = write_backup(
        settings.database, settings.home, file, at=now, program=__version__,
        environment=settings.environment(home=settings.home),
    )  # fmt: skip
    _tell(made, f"Copied into {file}", as_json=as_json)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def restore(file: Path, as_json: bool) -> None:
    r"""Make an installation from the backup FILE: into an empty data folder and database.

    Nothing is written over. A backup of an older version is brought up to date. What was forgotten
    after it was made is in it again: forget it again.

    \b
    Example:
      INTERVIEWER_HOME=/srv/rounds interviewer restore /backups/rounds-2026-11-27.tar.gz
    """
    from interviewer.storage.backup import restore_backup

    settings = Settings.from_environment()
    prepare_home(settings)
    made = restore_backup(
        file, settings.database, settings.home,
        environment=settings.environment(home=settings.home),
    )  # fmt: skip
    _tell(made, f"Restored from {file}, made {made.at}", as_json=as_json)


def _tell(made: Backup, what: str, *, as_json: bool) -> None:
    if as_json:
        from dataclasses import asdict

        print_json(asdict(made))
        return
    click.echo(
        f"{what}: {made.people} people, {made.sessions} interviews, {made.turns} turns, "
        f"{made.files} files."
    )
