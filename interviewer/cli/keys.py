"""`keys`: what the browser app keeps in the operating system's keyring."""

from __future__ import annotations

import click

from interviewer.wiring import Settings, open_kept_keys


@click.group()
def keys() -> None:
    r"""Forget the keys that the browser app keeps in this machine's keyring.

    \b
    Example:
      interviewer keys forget
    """


@keys.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(yes: bool) -> None:
    r"""Take every connection that was kept, with its key, out of the keyring.

    An app that is running goes on with what it has in memory until it stops.

    \b
    Example:
      interviewer keys forget --yes
    """
    kept = open_kept_keys(Settings.from_environment())
    if not yes:
        click.confirm("Forget all kept keys?", abort=True, err=True)
    count = kept.forget_all()
    click.echo(f"Forgot {count} kept {'connection' if count == 1 else 'connections'}.")
