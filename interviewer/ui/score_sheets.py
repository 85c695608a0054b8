"""Score sheets of many interviews: read from the store, and made one after another where missing.

Who may see what of them is decided by whoever asks for them: a sheet is made of an interview that
is shown, and reached through what is shown at that moment only.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from logging import getLogger

from interviewer.assessment import assess
from interviewer.assessment.cohort.rules_digest import rules_digest
from interviewer.assessment.cohort.score_sheet import (
    ScoreSheet,
    score_sheet,
    sheet_of,
    sheet_record,
)
from interviewer.content.library import Library
from interviewer.errors import InputError
from interviewer.storage import SqlJudging
from interviewer.storage.shown import ShownInterview
from interviewer.transcript import Transcript
from interviewer.ui.coaching import is_over
from interviewer.ui.desk import Desk

# A page waits so long for sheets that are being made, then it shows what there is.
PATIENCE = 1.5
log = getLogger(__name__)


@dataclass
class SheetRoom:
    """Makes score sheets, one at a time, and gives out those that fit.

    Attributes:
        desk: The rooms below.
    """

    desk: Desk
    _line: dict[str, None] = field(default_factory=dict)
    _work: asyncio.Task[None] | None = None
    _digest: tuple[Library, str] | None = None
    _failed: set[tuple[str, int]] = field(default_factory=set)

    @property
    def judging(self) -> SqlJudging:
        """Who keeps sheets."""
        return SqlJudging(self.desk.store.engine)

    @property
    def rules(self) -> str:
        """What sheets have to be made by; it changes with the content."""
        library = self.desk.library
        if self._digest is None or self._digest[0] is not library:
            self._digest = (library, rules_digest(library))
        return self._digest[1]

    async def sheets(self, ids: Sequence[str]) -> Mapping[str, ScoreSheet]:
        """Return the sheets that are kept, by interview; those of no plan are left out."""
        found = await self.judging.sheets(ids, self.rules)
        read = {session: json.loads(body) for session, body in found.items()}
        return {session: sheet_of(record) for session, record in read.items() if record}

    async def complete(self, shown: Sequence[ShownInterview]) -> int:
        """Have missing sheets made, wait a moment for them; return how many are still missing.

        Args:
            shown: Interviews, those that are wanted first in front.
        """
        for entry in shown:
            if not entry.sheet and (entry.session, entry.turns) not in self._failed:
                self._line[entry.session] = None
        if self._line and (self._work is None or self._work.done()):
            self._work = asyncio.get_running_loop().create_task(self._make())
        if self._line and self._work is not None:
            await asyncio.wait({self._work}, timeout=PATIENCE)
        return sum(entry.session in self._line for entry in shown)

    async def close(self) -> None:
        """Make no more of them."""
        if self._work is not None:
            self._work.cancel()
            with suppress(asyncio.CancelledError):
                await self._work

    async def _make(self) -> None:
        while self._line:
            session = next(iter(self._line))
            try:
                await self._make_one(session)
            finally:
                self._line.pop(session, None)

    async def _make_one(self, session: str) -> None:
        rules = self.rules
        try:
            transcript = await self.desk.store.load(session)
        except InputError:  # forgotten meanwhile
            return
        try:
            content = await self.desk.content_of(transcript)
            body = await asyncio.to_thread(_written, transcript, content)
            await self.judging.put_sheet(
                session, len(transcript.turns), rules, finished=is_over(transcript), body=body
            )
        except Exception:
            # One interview that cannot be looked at must not keep the others from it.
            self._failed.add((session, len(transcript.turns)))
            log.exception("An interview could not be looked at.")


def _written(transcript: Transcript, library: Library) -> str:
    sheet = score_sheet(transcript, assess(transcript, library))
    return json.dumps(sheet_record(sheet) if sheet else None, ensure_ascii=True)
