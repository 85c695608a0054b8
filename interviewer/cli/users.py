"""`user`: the accounts of an installation where people sign in."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

import click

from interviewer.cli.opening import open_store
from interviewer.cli.output import print_json
from interviewer.errors import InputError
from interviewer.people.accounts import ROLES
from interviewer.wiring import Settings, open_people

if TYPE_CHECKING:
    from interviewer.storage import SqlPeople


@click.group()
def user() -> None:
    r"""Accounts of the browser app, for where INTERVIEWER_AUTH=on.

    A password is asked for, or read as one line from standard input.

    \b
    Example:
      interviewer user add "Dana Field" --role coach
    """


@user.command()
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="candidate", show_default=True)
def add(name: str, role: str) -> None:
    r"""Make an account for NAME.

    \b
    Examples:
      interviewer user add "Dana Field" --role coach
      pwgen 20 1 | tee password | interviewer user add ann
    """
    account = asyncio.run(_people().add(name, role, _password()))
    click.echo(f"{account.name} can sign in as {account.role}.")


@user.command()
@click.argument("name")
def passwd(name: str) -> None:
    r"""Give NAME another password; every browser has to sign in again.

    \b
    Example:
      interviewer user passwd ann
    """
    people = _people()
    account = asyncio.run(people.account(name))
    asyncio.run(people.set_password(account.name, _password()))
    click.echo(f"{account.name} has another password.")


@user.command()
@click.argument("name")
@click.option("--undo", is_flag=True, help="Let them in again.")
def disable(name: str, undo: bool) -> None:
    r"""Keep NAME out, at once and in every browser; what is kept about them stays.

    \b
    Examples:
      interviewer user disable ann
      interviewer user disable ann --undo
    """
    asyncio.run(_people().disable(name, disabled=not undo))
    click.echo(f"{name} can sign in again." if undo else f"{name} is kept out.")


@user.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def list_(as_json: bool) -> None:
    r"""Print the accounts by name, with role and whether they are kept out.

    \b
    Example:
      interviewer user list --json
    """
    found = asyncio.run(_people().accounts())
    if as_json:
        rows = [{"name": a.name, "role": a.role, "disabled": a.disabled} for a in found]
        print_json(rows)
        return
    for account in found:
        click.echo(f"{account.name}  {account.role}{'  kept out' if account.disabled else ''}")


def _people() -> SqlPeople:
    return open_people(open_store(Settings.from_environment()))


def _password() -> str:
    """Ask for a password twice, or read it from a pipe; it is never an argument others can see."""
    if sys.stdin.isatty():
        asked: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        return asked
    line = sys.stdin.readline().rstrip("\r\n")
    if not line:
        raise InputError("No password came from standard input. Give it as one line.")
    return line
