"""The frozen plan of an interview: what will be asked, of which competency, grounded in what.

A plan is settled before the first word and never changes. Its hash stands in the transcript, so a
reader can tell whether two interviews asked from the same plan. It holds no rubric, no score and
no reservation value: everything in it may be seen by the candidate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from interviewer.interview.starting import Start
from interviewer.transcript import Passage

LeadKind = Literal["fact", "cv", "requirement", "gap"]
ItemKind = Literal[
    "question", "conditions", "expectation", "candidate_questions", "single", "short", "work"
]
RoundKind = Literal["interview", "written"]
# For a reader of the plan: they take no time from the interview.
IMPROPER_MINUTES = 2.0


@dataclass(frozen=True, slots=True)
class Lead:
    """What is said before a question so that it belongs to this employer and this candidate.

    Attributes:
        kind: A fact about the employer, a line of the CV, a requirement, or one not covered.
        text: The sentence, line or requirement.
        cites: Id of the passage a fact stands in.
        dated: ISO month to name with a fact that is more than 18 months old.
        line: The line of the CV it stands in, from 1.
    """

    kind: LeadKind
    text: str
    cites: str | None = None
    dated: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a knowledge ladder.

    Attributes:
        step: `define`, `apply`, `trade_off` or `failure`.
        questions: The question, and others at the same height to stay with.
    """

    step: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """One thing that will be asked.

    Attributes:
        id: `<round>.<question id>`.
        kind: A question from a rubric, or one of the frame's own.
        step: The step of the round it belongs to.
        competency: Rubric id of what it bears on, None when nothing is scored.
        type: The question's type, None for the frame's own.
        text: The question as worded; empty when the phrasebook has its words.
        lead: What is said before it.
        probes: Planned probes by missing part.
        minutes: What question, answer and probes may take.
        link: The requirement, duty or step it serves, in words.
        rungs: The ladder it climbs, lowest first; empty when it is one question. `text` is the
            question it starts with.
        start: Place in `rungs` of that question.
        hints: What may be said in practice to somebody who is stuck, weakest first.
        options: What a written item offers to choose from; which is right stands nowhere here.
        material: The facts a piece of work is written from.
        improper: Whether nobody should ask it: it stands apart in `PlannedRound.improper`, is
            asked word for word by a poorly trained examiner, and its answer is no answer of the
            interview.
        after: Of an improper one, how many items of the round come before it at least.
    """

    id: str
    kind: ItemKind
    step: str
    competency: str | None = None
    type: str | None = None
    text: str = ""
    lead: Lead | None = None
    probes: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    minutes: float = 3.0
    link: str = ""
    rungs: tuple[Rung, ...] = ()
    start: int = 0
    hints: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    material: str = ""
    improper: bool = False
    after: int = 0

    @property
    def scored(self) -> bool:
        """Whether the answer bears on a competency."""
        return self.competency is not None and self.kind != "candidate_questions"

    @property
    def left_alone(self) -> bool:
        """Whether an answer is neither probed nor taken up, as about a break in the CV.

        Its reasons may be health or family, which nobody comes back to (SCIENCE 3.3).
        """
        return self.kind == "question" and not self.scored

    def question_at(self, rung: int, case: int) -> str:
        """Return a question of the ladder, empty when it has none at this place."""
        if not 0 <= rung < len(self.rungs):
            return ""
        questions = self.rungs[rung].questions
        return questions[case] if 0 <= case < len(questions) else ""


def improper_item(item_id: str, text: str, *, after: int) -> PlannedItem:
    """Return an item nobody should ask: of no competency, with nothing to probe or take up."""
    return PlannedItem(
        item_id, "question", "improper", text=text, minutes=IMPROPER_MINUTES, improper=True,
        after=after,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Offer:
    """What the boss may say about pay, as it is said.

    Attributes:
        low: Low end of the range, with its currency.
        high: High end of the range.
        opening: The figure on the table.
        period: "a year" and the like.
        levers: What else can be part of it.
        lever_ids: The same by id, in the same order.
        pattern: How an amount is said, `{amount}` in its place; empty in plans made before
            offers were negotiated.
    """

    low: str
    high: str
    opening: str
    period: str
    levers: tuple[str, ...] = ()
    lever_ids: tuple[str, ...] = ()
    pattern: str = ""

    def money(self, amount: float) -> str:
        """Return an amount as it is said: without decimals where there are none."""
        digits = f"{amount:,.0f}" if amount == round(amount) else f"{amount:,.2f}"
        return self.pattern.replace("{amount}", digits)

    def said(self, levers: Iterable[str]) -> tuple[str, ...]:
        """Return levers in words, in the order of the pack."""
        wanted = set(levers)
        pairs = zip(self.lever_ids, self.levers, strict=False)
        return tuple(words for lever, words in pairs if lever in wanted)


@dataclass(frozen=True, slots=True)
class PlannedRound:
    """One conversation with one examiner.

    Attributes:
        id: Round id.
        persona: Persona id.
        version: The persona's version.
        name: The examiner's name in the language of the interview.
        title: Their title.
        minutes: What the round may take.
        items: In the order they are asked.
        keeps_out: Matters this examiner does not discuss.
        offer: What may be said about pay, None when the pack has none or the round no pay step.
        manner: `warm`, `brisk`, `sceptical` or `silent`; empty for the persona's own. It changes
            words and patience, never what is asked.
        put_again: Times a question is put again before the examiner goes on.
        silences: Empty answers in a row after which the round ends.
        by_scale: Whether the post is paid by a published table, which nobody negotiates.
        kind: `interview`, or `written` for a test that is answered on paper and has no examiner.
        improper: What nobody should ask and the candidate chose to practise on, in this run.
    """

    id: str
    persona: str
    version: str
    name: str
    title: str
    minutes: float
    items: tuple[PlannedItem, ...]
    keeps_out: tuple[str, ...] = ()
    offer: Offer | None = None
    manner: str = ""
    put_again: int = 2
    silences: int = 3
    by_scale: bool = False
    kind: RoundKind = "interview"
    improper: tuple[PlannedItem, ...] = ()

    def item(self, item_id: str | None) -> PlannedItem | None:
        """Return the item with this id, None when the round has none."""
        return next((item for item in self.items if item.id == item_id), None)


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole interview before it begins.

    Attributes:
        company: Employer's id.
        company_name: Its name in the language of the interview.
        post: Post's id.
        post_title: Its title.
        seniority: Its seniority.
        language: Language of the interview.
        format: Format id.
        probing: `none` or `limited`.
        seed: What was varied by.
        rounds: In order.
        passages: Research that the plan speaks from, by id.
        notes: What could not be planned, and why, one sentence each.
        difficulty: `easy`, `medium` or `hard`.
        practice: Whether hints may be given; not in an examination.
        thinking_time: Seconds suggested for thinking before an answer, 0 for none.
        anonymous: Whether the candidate is known by number alone.
        conduct: `strict`, or `teach` when the candidate is shown after a round what must not be
            asked. Neither changes what is asked.
        country: Whose law is taught, empty in `strict`.
        start: The earlier interview whose gaps it starts from, None where it starts anew.
        copies: Edited copies of content files it was made from and is spoken with: SHA-256 by the
            file each stands in for.
    """

    company: str
    company_name: str
    post: str
    post_title: str
    seniority: str
    language: str
    format: str
    probing: str
    seed: int
    rounds: tuple[PlannedRound, ...]
    passages: Mapping[str, Passage] = field(default_factory=lambda: MappingProxyType({}))
    notes: tuple[str, ...] = ()
    difficulty: str = "medium"
    practice: bool = True
    thinking_time: int = 0
    anonymous: bool = False
    conduct: str = "strict"
    country: str = ""
    start: Start | None = None
    copies: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def number(self) -> int:
        """The number by which the candidate is addressed where nobody has a name."""
        return 1 + self.seed % 30

    def round(self, round_id: str | None) -> PlannedRound | None:
        """Return the round with this id, None when there is none."""
        return next((entry for entry in self.rounds if entry.id == round_id), None)

    @property
    def conversations(self) -> tuple[PlannedRound, ...]:
        """The rounds with an examiner."""
        return tuple(entry for entry in self.rounds if entry.kind == "interview")

    def improper_item(self, item_id: str | None) -> PlannedItem | None:
        """Return the improper item with this id, None for an item of the interview."""
        found = (item for part in self.rounds for item in part.improper)
        return next((item for item in found if item.id == item_id), None)

    def round_after(self, round_id: str) -> PlannedRound | None:
        """Return the round that follows, None after the last."""
        ids = [entry.id for entry in self.rounds]
        place = ids.index(round_id) + 1
        return self.rounds[place] if place < len(self.rounds) else None
