"""The terminal: commands that read arguments, call the rooms below, and print."""

from __future__ import annotations

import importlib

import click

from interviewer import __version__

# Commands by the module that holds them. A module is imported when its command is used or listed,
# and imports the heavy rooms only inside the command: `--help` answers in under a second.
COMMANDS = {
    "serve": "serving",
    "doctor": "doctor",
    "database": "database",
    "backup": "backing_up",
    "restore": "backing_up",
    "companies": "content",
    "check": "content",
    "ingest": "research",
    "reindex": "research",
    "ask": "research",
    "brief": "briefing",
    "self": "self_assessment",
    "plan": "rehearsing",
    "rehearse": "rehearsing",
    "deflect": "deflecting",
    "simulate": "simulating",
    "export": "records",
    "assess": "records",
    "evaluate": "evaluating",
    "redo": "redoing",
    "dispute": "disputing",
    "progress": "progressing",
    "forget": "forgetting",
    "keys": "keys",
    "user": "users",
    "import": "records",
}

# What a command's function is called where Python has the word for itself.
_NAMES = {"import": "import_", "self": "self_"}


class LazyGroup(click.Group):
    """A group that finds its commands by name in the table above."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, None for a name that is not offered."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"interviewer.cli.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, _NAMES.get(cmd_name, cmd_name))
        return kept_in_lines(command)


def kept_in_lines(command: click.Command) -> click.Command:
    r"""Return a command whose examples stay in their lines, and those of its subcommands.

    Click looks for the sign `\b` means; in raw docstrings stand the two characters.
    """
    command.help = (command.help or "").replace("\\b\n", "\b\n")
    for inner in command.commands.values() if isinstance(command, click.Group) else ():
        kept_in_lines(inner)
    return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="interviewer")
def cli() -> None:
    r"""Rehearse a whole job interview: HR examiner, technical supervisor and boss.

    A practice tool. The examiners are software. It is not for selecting people and predicts no
    hiring decision.

    \b
    Examples:
      interviewer serve
      interviewer rehearse brightwell --role data-engineer --cv cv.md
      interviewer ask brightwell "How big is the data team?"
      interviewer assess transcript.jsonl
    """


kept_in_lines(cli)
