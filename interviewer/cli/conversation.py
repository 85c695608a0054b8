"""An interview held in the terminal, by a person or from a file of answers."""

from __future__ import annotations

import asyncio
import json
import shutil
import signal
import sys
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import click

from interviewer.assessment.self_rating import rating_in, self_rating, to_rate
from interviewer.cli import paper
from interviewer.cli.lawful import show_lesson
from interviewer.cli.output import say, write_file
from interviewer.cli.rating import asked_levels
from interviewer.cli.speaking import fallback_note, introduction, spent
from interviewer.content.dates import written_date
from interviewer.content.library import Library
from interviewer.errors import InputError
from interviewer.interview.progress import Progress
from interviewer.interview.session import Rehearsals, plan_of, stage_of
from interviewer.interview.spending import spending_of
from interviewer.interview.teaching import lesson_now
from interviewer.models.naming import ModelName
from interviewer.models.speakers import Speakers
from interviewer.storage import SqlSessionStore
from interviewer.transcript import Transcript
from interviewer.transcript_file import dump

# A line longer than this is hard to read, however wide the window.
WIDEST = 100


def read_answers(path: Path) -> tuple[str, ...]:
    """Read a file of answers: one a line, plain text or a JSON string; blank lines are skipped.

    An answer that says nothing is written as `""`.

    Raises:
        InputError: The file is missing or no UTF-8.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"The answers {path} cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise InputError(
            f"The answers {path} are no UTF-8 text. Save the file as UTF-8."
        ) from None
    return tuple(_answer(line.strip()) for line in text.split("\n") if line.strip())


def _answer(line: str) -> str:
    if line.startswith('"'):
        try:
            value = json.loads(line)
        except json.JSONDecodeError:
            return line
        return value if isinstance(value, str) else line
    return line


@dataclass
class Conversation:
    """One interview in the terminal.

    Attributes:
        rehearsals: What carries it forward.
        speakers: Who puts moves into words.
        session_id: The session.
        answers: Answers to give, None to ask the person at the keyboard.
        out: Where the transcript goes at the end, None for nowhere.
        library: For what is taught between rounds.
        store: Keeps what is said about it, and a long written answer while it is typed.
    """

    rehearsals: Rehearsals
    speakers: Speakers
    session_id: str
    answers: Sequence[str] | None
    out: Path | None
    library: Library
    store: SqlSessionStore
    given: int = 0
    column: int = 0
    name: ModelName | None = None

    def hold(self) -> None:
        """Hold the interview to its end, or until the person stops it."""
        with asyncio.Runner() as runner:
            try:
                self._hold(runner)
            finally:
                runner.run(self.speakers.close())

    def _hold(self, runner: asyncio.Runner) -> None:
        # The person types outside the event loop: inside it Ctrl-C would wait for the line's end.
        transcript = runner.run(self.rehearsals.store.load(self.session_id))
        model = self.speakers.always or transcript.interview.model or "builtin"
        self.name = self.speakers.name(model)
        say(f"Session {self.session_id}. The examiners are software; this is practice, "
            f"not selection. {introduction(self.name)}")  # fmt: skip
        try:
            while (stage := stage_of(transcript)).waiting != "nobody":
                if stage.waiting == "candidate":
                    text = self._answer(stage, runner)
                    transcript = runner.run(self.rehearsals.answer(self.session_id, text))
                else:
                    transcript = runner.run(self._listen(transcript))
        except (EOFError, KeyboardInterrupt, click.Abort):
            say(f"\nStopped; every answer is kept. Go on with: "
                f"interviewer rehearse --resume {self.session_id}")  # fmt: skip
        finally:
            if self.out is not None:
                kept = runner.run(self.rehearsals.store.load(self.session_id))
                write_file(self.out, dump(kept) + "\n")
                say(f"The transcript is in {self.out}.")
        if stage_of(transcript).waiting == "nobody":
            if line := spent(spending_of(transcript), self.name):
                say(line)
            self._rate(runner, transcript)
            say(f"The interview is over. See the report with: "
                f"interviewer assess {self.out or self.session_id}")  # fmt: skip

    def _rate(self, runner: asyncio.Runner, transcript: Transcript) -> None:
        """Ask once for the candidate's own levels, where somebody sits at the keyboard."""
        if self.answers is not None or not sys.stdin.isatty():
            return
        if rating_in(runner.run(self.store.annotations(self.session_id))) is not None:
            return
        if asked := to_rate(transcript, self.library):
            rating = self_rating(asked_levels(asked), asked)
            runner.run(self.store.annotate(self.session_id, rating, once=True))

    async def _listen(self, transcript: Transcript) -> Transcript:
        spoken, before = False, transcript
        with self._ctrl_c_cuts_short():
            async for piece in self.rehearsals.speak(self.session_id):
                if isinstance(piece, Transcript):
                    before, transcript = transcript, piece
                    continue
                if not spoken:
                    self._introduce(transcript)
                    spoken = True
                if stage_of(transcript).round.kind == "written" or "\n" in piece:
                    click.echo(piece, nl=False)  # word for word: a table keeps its lines
                else:
                    self._print(piece)
        if spoken:
            click.echo()
            self._show_sources(before, transcript)
            self._show_fallback(transcript)
            show_lesson(lesson_now(transcript, self.library))
        return transcript

    @contextmanager
    def _ctrl_c_cuts_short(self) -> Iterator[None]:
        """Let Ctrl-C end a model's words while it speaks; a second one stops the interview."""
        if self.name is None or self.answers is not None:
            yield
            return
        stopper = signal.getsignal(signal.SIGINT)

        def cut(number: int, frame: FrameType | None) -> None:
            signal.signal(signal.SIGINT, stopper)
            loop.call_soon_threadsafe(self.rehearsals.stop, self.session_id)

        loop = asyncio.get_running_loop()
        signal.signal(signal.SIGINT, cut)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, stopper)

    def _show_fallback(self, transcript: Transcript) -> None:
        """Say quietly that the built-in voice stepped in, and why."""
        last = transcript.last
        if last is not None and last.fallback:
            cause = str(last.fallback.get("cause"))
            click.secho(f"   {fallback_note(cause, self.name)}", dim=True)

    def _print(self, piece: str) -> None:
        """Print a piece of a turn, on a terminal broken between words."""
        width = min(shutil.get_terminal_size().columns, WIDEST)
        if not sys.stdout.isatty() or " " not in piece.strip():
            click.echo(piece, nl=False)
            self.column = 0
            return
        lines = textwrap.wrap(piece, width, initial_indent="x" * self.column,
                              drop_whitespace=True)  # fmt: skip
        text = "\n".join(lines)[self.column :]
        gap = " " if piece.startswith(" ") and not text.startswith((" ", "\n")) else ""
        click.echo(gap + text, nl=False)
        self.column = len(lines[-1]) + len(gap)

    def _introduce(self, transcript: Transcript) -> None:
        """Print who is about to speak."""
        stage = stage_of(transcript)
        part = stage.round
        if stage.waiting == "between" or transcript.last is None:
            place = plan_of(transcript).rounds.index(part) + 1
            think = plan_of(transcript).thinking_time
            told = f", {think} s to think before each answer" if think else ""
            line = f"— {place}. {part.title}, {part.minutes:g} min{told} —"
            line = paper.heading(part, place) if part.kind == "written" else line
            click.secho(f"\n{line}", dim=True)
        if part.kind == "written":
            if stage.left:
                line = paper.item_line(stage, transcript, self.rehearsals)
                click.secho(f"\n{line}", bold=True)
            return
        click.secho(f"\n{part.name}: ", bold=True, nl=False)
        self.column = len(part.name) + 2

    def _show_sources(self, before: Transcript, after: Transcript) -> None:
        """Print the source behind each citation mark that is new."""
        known = before.citation_numbers()
        for passage_id, number in after.citation_numbers().items():
            if passage_id not in known:
                passage = after.interview.research[passage_id]
                language = after.interview.language or "en"
                dated = f", {written_date(passage.date, language)}" if passage.date else ""
                click.secho(f"   [{number}] {passage.source}{dated} ({passage_id})", dim=True)

    def _answer(self, stage: Progress, runner: asyncio.Runner) -> str:
        written = stage.round.kind == "written"
        if self.answers is None and written:
            begun = runner.run(self.store.draft(self.session_id))
            return paper.typed(
                stage.pending,
                begun,
                lambda text: runner.run(self.store.save_draft(self.session_id, text)),
            )
        if self.answers is None:
            text: str = click.prompt("\n>", default="", show_default=False, prompt_suffix=" ")
            return text
        # When the answers have run out the candidate says nothing more.
        text = self.answers[self.given] if self.given < len(self.answers) else ""
        self.given += 1
        click.echo(f"\n> {text}")
        if written:
            paper.check_given(stage.pending, text)
        return text
