"""The command `interviewer`: runs the command line and turns every failure into one sentence."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence

import click

from interviewer.errors import InterviewerError


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with the documented exit code."""
    from interviewer.cli import cli

    sys.exit(run(cli, arguments))


def run(command: click.Command, arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; what went wrong is said on standard error."""
    for stream in (sys.stdout, sys.stderr):
        # An answer may hold what a terminal cannot show, such as half of a surrogate pair.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        result = command.main(
            args=None if arguments is None else list(arguments),
            prog_name="interviewer",
            standalone_mode=False,
        )
    except InterviewerError as error:
        click.echo(str(error), err=True)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return 130
    except BrokenPipeError:
        # Somebody downstream, `head` for one, has read enough.
        sys.stderr.close()
        return 0
    except Exception as error:
        click.echo(f"Something went wrong that should not have: {_said(error)}.", err=True)
        return 1
    return result if isinstance(result, int) else 0


def _said(error: Exception) -> str:
    text = " ".join(str(error).split())[:300]
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


if __name__ == "__main__":
    main()
