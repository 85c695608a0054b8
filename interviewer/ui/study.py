"""What the prepare pages ask for, each time for one visitor."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from interviewer.interview.briefing import Brief, make_brief
from interviewer.interview.planning import Wish
from interviewer.interview.quiz import QuizRun, make_quiz, resumed
from interviewer.interview.self_assessment import SelfAssessment
from interviewer.interview.turn import utc_now
from interviewer.interview.wishing import USUAL_FORMAT, make_wish
from interviewer.ui.collecting import Collection

# The brief on an employer stays the same until its research or the papers change.
BRIEF_SEED = 1


@dataclass(frozen=True, slots=True)
class Papers:
    """What a brief is asked for with.

    Attributes:
        role: Id or title of the post; empty takes the employer's first.
        language: Of the brief, None for the employer's own.
        cv: Text of the CV.
        advert: Text of the job advert.
        format: The interview format to prepare for.
    """

    role: str = ""
    language: str | None = None
    cv: str = ""
    advert: str = ""
    format: str = USUAL_FORMAT


@dataclass
class Study:
    """The rooms below, as visitors prepare with what the collection lets them read."""

    collection: Collection

    async def brief(self, visitor: str, company: str, papers: Papers) -> Brief:
        """Return the brief on an employer for a post.

        Raises:
            InputError: The visitor may not read it, or post or language is not known.
            SetupError: The index cannot be written.
        """
        wish = await self._wish(visitor, company, papers)
        return await asyncio.to_thread(make_brief, self.collection.desk.library, wish)

    async def quiz(
        self, visitor: str, company: str, *, language: str, seed: int, choices: str
    ) -> QuizRun:
        """Return a quiz as far as it has been answered.

        Raises:
            InputError: The visitor may not read of the employer, or the answers belong to another
                quiz.
            SetupError: The index cannot be written.
        """
        passages = await self.collection.passages(visitor, company)
        items = await asyncio.to_thread(make_quiz, passages, language, seed)
        return resumed(items, choices)

    async def self_assessment(self, visitor: str) -> SelfAssessment:
        """Return what a visitor says of themselves."""
        return await self.collection.desk.store.self_assessment(visitor=visitor)

    async def save_self_assessment(self, visitor: str, own: SelfAssessment) -> None:
        """Keep what a visitor says of themselves; an empty one removes it."""
        await self.collection.desk.store.save_self_assessment(own, visitor=visitor)

    async def _wish(self, visitor: str, company: str, papers: Papers) -> Wish:
        pack = self.collection.pack(visitor, company)
        passages = await self.collection.passages(visitor, company)
        own = await self.self_assessment(visitor)
        posts = pack.company.posts
        make: Callable[[], Wish] = partial(
            make_wish,
            self.collection.desk.library,
            company=company,
            role=papers.role or (posts[0].id if posts else pack.company.id),
            seed=BRIEF_SEED,
            today=utc_now().date(),
            passages=lambda _: passages,
            language=papers.language,
            format_id=papers.format,
            cv=papers.cv.strip() or None,
            advert=papers.advert.strip() or None,
            own=own,
        )
        return await asyncio.to_thread(make)
