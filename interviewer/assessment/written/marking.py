"""The written test marked: each item with the answers, own and right, and marks by topic."""

from __future__ import annotations

from dataclasses import dataclass, replace

from interviewer.assessment.written.form_facts import FormFacts, form_of
from interviewer.assessment.written.pointing import points_shown
from interviewer.content.library import Library
from interviewer.interview.plan import Plan, PlannedItem, PlannedRound
from interviewer.interview.written.choice import chosen
from interviewer.interview.written.key import Key, keys_of
from interviewer.interview.written.wording import lettered
from interviewer.transcript import Transcript


@dataclass(frozen=True, slots=True)
class MarkedPoint:
    """A key point and the sentence that showed it, an exact part of the answer; empty if none."""

    text: str
    quote: str


@dataclass(frozen=True, slots=True)
class MarkedItem:
    """One item of the test.

    Attributes:
        item: Its id.
        number: Its place in the test, from 1.
        kind: `single`, `short` or `work`.
        topic: What of the post it tests, in words.
        text: The item.
        answer: What was answered, empty for left out; an option in full.
        seq: The answer's turn.
        marks: Marks earned, None where none are given.
        most: Marks there are, 0 where none are given.
        right: The best option in full, empty where there are no options.
        why: Why it is.
        source: The body of knowledge it comes from.
        points: Key points.
        form: Form of a piece of work, None for other items.
        known: Whether the item is still in the bank as it was put; else nothing is marked.
    """

    item: str
    number: int
    kind: str
    topic: str
    text: str
    answer: str
    seq: int | None
    marks: int | None
    most: int
    right: str = ""
    why: str = ""
    source: str = ""
    points: tuple[MarkedPoint, ...] = ()
    form: FormFacts | None = None
    known: bool = True

    @property
    def shown(self) -> int:
        """How many key points were found."""
        return sum(bool(point.quote) for point in self.points)


@dataclass(frozen=True, slots=True)
class TopicMarks:
    """Marks of one topic."""

    topic: str
    marks: int
    most: int


@dataclass(frozen=True, slots=True)
class MarkedTest:
    """The written test.

    Attributes:
        name: Its name.
        items: Items that were put, in order.
        topics: Marks by topic, most lost first.
        marks: Marks earned in all.
        most: Marks there were.
        finished: Whether it was carried to its end.
    """

    name: str
    items: tuple[MarkedItem, ...]
    topics: tuple[TopicMarks, ...]
    marks: int
    most: int
    finished: bool


def marked_test(plan: Plan, transcript: Transcript, library: Library) -> MarkedTest | None:
    """Return the marked test, None where the interview has none or it was not begun."""
    part = next((entry for entry in plan.rounds if entry.kind == "written"), None)
    if part is None:
        return None
    answers = _answers(part, transcript)
    keys = keys_of(library, plan)
    items = tuple(
        _marked(item, number, answers[item.id], keys.get(item.id), plan.language)
        for number, item in enumerate(part.items, start=1)
        if item.id in answers
    )
    if not items:
        return None
    closed = any(t.move and t.move.kind == "close" for t in transcript.turns if t.round == part.id)
    return MarkedTest(
        name=part.name,
        items=items,
        topics=_by_topic(items),
        marks=sum(item.marks or 0 for item in items),
        most=sum(item.most for item in items),
        finished=closed,
    )


def _answers(part: PlannedRound, transcript: Transcript) -> dict[str, tuple[str, int | None]]:
    """Return what was answered to each item that was put and answered, be it with nothing."""
    found: dict[str, tuple[str, int | None]] = {}
    pending: str | None = None
    for turn in transcript.turns:
        if turn.round != part.id:
            continue
        if turn.by_examiner and turn.move is not None:
            pending = turn.move.item
        elif turn.by_candidate and pending is not None:
            found[pending] = (turn.content.strip(), turn.seq)
    return found


def _marked(
    item: PlannedItem, number: int, given: tuple[str, int | None], key: Key | None, language: str
) -> MarkedItem:
    answer, seq = given
    bare = MarkedItem(
        item=item.id, number=number, kind=item.kind, topic=item.link, text=item.text,
        answer=answer, seq=seq, marks=None, most=0, known=False,
    )  # fmt: skip
    if key is None:
        return bare
    if key.right is not None:
        return _marked_choice(bare, item, key, key.right, language)
    given_text = f"{item.text}\n{item.material}"
    quotes = points_shown(answer, key.points, given_text, language)
    points = tuple(MarkedPoint(p.text, q) for p, q in zip(key.points, quotes, strict=True))
    work = item.kind == "work"
    return replace(
        bare,
        known=True,
        source=key.source,
        points=points,
        marks=None if work else sum(map(bool, quotes)),
        most=0 if work else len(points),
        form=form_of(answer, item.text, language) if work and answer else None,
    )


def _marked_choice(
    bare: MarkedItem, item: PlannedItem, key: Key, right: int, language: str
) -> MarkedItem:
    options = lettered(item.options, language)
    place = chosen(bare.answer, item.options)
    return replace(
        bare,
        known=True,
        answer=bare.answer if place is None else options[place],
        marks=int(place == right),
        most=1,
        right=options[right],
        why=key.why,
        source=key.source,
    )


def _by_topic(items: tuple[MarkedItem, ...]) -> tuple[TopicMarks, ...]:
    topics = dict.fromkeys(item.topic for item in items if item.most)
    marks = [
        TopicMarks(
            topic,
            sum(item.marks or 0 for item in items if item.topic == topic),
            sum(item.most for item in items if item.topic == topic),
        )
        for topic in topics
    ]
    return tuple(sorted(marks, key=lambda entry: entry.marks - entry.most))
