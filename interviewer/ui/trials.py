"""Trials of versions while their authors go on: one at a time, the others stand in line."""

from __future__ import annotations

import asyncio
import logging
import threading
from dataclasses import dataclass, field

from interviewer.content.copies import Piece
from interviewer.errors import ConversationError, InputError, InterviewerError
from interviewer.studio.lint import BLOCKING
from interviewer.studio.setting import setting_for
from interviewer.studio.trial import INTERVIEWS, StoppedError, Trial
from interviewer.studio.versions import Verdict
from interviewer.ui.desk import Desk
from interviewer.ui.studio import Opened, Studio

log = logging.getLogger(__name__)
# So many may stand in line; a trial takes some seconds of one core.
MOST_WAITING = 8


@dataclass
class UnderWay:
    """A trial that is under way or stands in line.

    Attributes:
        piece: The file.
        number: The version.
        done: Interviews that were held.
        total: Interviews there will be.
        begun: Whether it is its turn.
    """

    piece: Piece
    number: int
    done: int = 0
    total: int = 2 * INTERVIEWS
    begun: bool = False


@dataclass
class TrialRoom:
    """Trials under way, one an owner; in a thread of their own, never on the event loop.

    Attributes:
        desk: The rooms below.
        studio: What is kept.
    """

    desk: Desk
    studio: Studio
    _under_way: dict[str, UnderWay] = field(default_factory=dict)
    _failed: dict[str, str] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _turn: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))
    _closing: threading.Event = field(default_factory=threading.Event)

    def under_way(self, owner: str) -> UnderWay | None:
        """Return somebody's trial, None where none is under way."""
        return self._under_way.get(owner)

    def failed(self, owner: str) -> str:
        """Return why somebody's last trial came to nothing, once; empty where it did not."""
        return self._failed.pop(owner, "")

    async def begin(self, owner: str, piece: Piece, number: int, language: str) -> None:
        """Try a version against the current one.

        Raises:
            ConversationError: One of theirs is under way, or too many stand in line.
            InputError: The version cannot be tried.
            ContentError: It cannot be read.
        """
        if owner in self._under_way:
            raise ConversationError("A version of yours is being evaluated. Wait for it.")
        if len(self._under_way) >= MOST_WAITING:
            raise ConversationError("Many versions are being evaluated just now. Try again soon.")
        self._failed.pop(owner, None)
        self._under_way[owner] = shown = UnderWay(piece, number)
        try:
            found = await self.studio.opened(owner, piece)
            trial = await self._trial(owner, found, number, language)
            remarks = await self.studio.risen(owner, found, found.text(number))
        except BaseException:
            del self._under_way[owner]
            raise
        task = asyncio.create_task(self._tried(owner, shown, trial, found.current_digest, remarks))
        self._tasks.add(task)

        def over(ended: asyncio.Task[None]) -> None:
            self._tasks.discard(ended)
            self._under_way.pop(owner, None)

        task.add_done_callback(over)

    async def close(self) -> None:
        """End what is under way; a thread ends after the interview it holds."""
        self._closing.set()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _trial(self, owner: str, found: Opened, number: int, language: str) -> Trial:
        text = found.text(number)
        if text == found.current_text:
            raise InputError("This is the version that counts now; there is nothing to compare.")
        if any(note.tag in BLOCKING for note in await self.studio.notes(owner, found.piece, text)):
            raise InputError("It cannot be read, or asks what must not be asked. Mend that first.")
        before, now = await self.studio.both(owner, found.piece, number)
        setting = setting_for(now, found.piece, language, self.desk.shared_employers())
        passages = await asyncio.to_thread(self.desk.research.passages, setting.company)
        return Trial(before, now, setting, passages, INTERVIEWS)

    async def _tried(
        self, owner: str, shown: UnderWay, trial: Trial, against: str, remarks: dict[str, int]
    ) -> None:
        def told(done: int, total: int) -> bool:
            shown.done, shown.total = done, total
            return not self._closing.is_set()

        try:
            async with self._turn:
                shown.begun = True
                figures = await asyncio.to_thread(trial.figures, told)
            verdict = Verdict(against, trial.interviews, figures, remarks)
            await self.studio.kept.judged(owner, shown.piece, shown.number, verdict)
        except StoppedError:
            return
        except InterviewerError as error:
            self._failed[owner] = str(error)
        except Exception:
            log.exception("A trial came to nothing.")
            self._failed[owner] = "The evaluation came to nothing. Try again."
