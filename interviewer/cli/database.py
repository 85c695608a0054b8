"""`database`: which database is in use and which schema it has; the way back to an older one."""

from __future__ import annotations

import click

from interviewer.cli.output import print_json
from interviewer.wiring import Settings, open_upkeep


@click.command()
@click.option("--back-to", metavar="SCHEMA", help="Take it back to an older schema, as 0003.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def database(back_to: str | None, yes: bool, as_json: bool) -> None:
    r"""Say where interviews are kept and which schema the database has.

    Every other command brings it up to date by itself. Before an older version of the program is
    installed again, stop the app and take the database back to that version's schema.

    \b
    Examples:
      interviewer database
      interviewer database --back-to 0003
    """
    upkeep = open_upkeep(Settings.from_environment())
    click.get_current_context().call_on_close(upkeep.close)
    if back_to is not None:
        upkeep.schema()  # a database that cannot be changed is told before anything is asked
        lost = "What only the newer schema can hold is deleted."
        if not yes:
            click.confirm(f"Take it back to schema {back_to}? {lost}", abort=True, err=True)
        upkeep.take_back(back_to)
    found, newest = upkeep.schema()
    if as_json:
        print_json({"database": upkeep.place, "schema": found or None, "newest": newest})
        return
    state = "the newest" if found == newest else f"the newest is {newest}"
    click.echo(f"{upkeep.place}: schema {found or 'none yet'} ({state}).")
