"""The paragraphs of a brief that a model has written, after the check: pure.

A model is given the passages of a topic and nothing of the candidate's. Each sentence it writes
names the passages it rests on; one that they do not say is dropped, and a sentence of the research
itself takes its place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from interviewer.interview.briefing import Brief, Cited, Paragraph, Told
from interviewer.interview.planning import Wish
from interviewer.interview.support import Support
from interviewer.research.marks import is_stale
from interviewer.transcript import Passage

# What a model may read of one topic, in characters, and how many sentences it may write.
MOST_READ = 9_000
MOST_WRITTEN = 6


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence as a model has written it.

    Attributes:
        text: The sentence.
        passages: Ids of the passages it names; one that was not given is empty.
    """

    text: str
    passages: tuple[str, ...]


Drafts = Mapping[str, tuple[Draft, ...]]


def to_read(brief: Brief, wish: Wish) -> Mapping[str, tuple[Passage, ...]]:
    """Return the passages to write from, by topic: those that are quoted first.

    Only passages in the brief's language are given, since the check compares words; a topic that
    has none stays as it is.
    """
    found = {}
    for topic, quoted in brief.topics.items():
        ids = [cited.passage for cited in quoted]
        here = [p for p in wish.passages if p.topic == topic and p.language == brief.language]
        here.sort(key=lambda p: ids.index(p.id) if p.id in ids else len(ids))
        if given := tuple(_within(here)):
            found[topic] = given
    return found


def _within(passages: Sequence[Passage]) -> Iterator[Passage]:
    left = MOST_READ
    for passage in passages:
        left -= len(passage.text)
        if left < 0:
            return
        yield passage


def written(brief: Brief, wish: Wish, drafts: Drafts) -> Brief:
    """Return a brief with the paragraphs that are left of what a model has written.

    Args:
        brief: As it was made without a model.
        wish: What it was made from.
        drafts: By topic; a topic may be missing.
    """
    passages = {p.id: p for given in to_read(brief, wish).values() for p in given}
    support = Support(passages, brief.language, employer_names(wish))
    writer = _Writer(support, wish)
    kept = {
        topic: writer.paragraph(drafts[topic], quoted)
        for topic, quoted in brief.topics.items()
        if topic in drafts
    }
    return replace(brief, paragraphs=kept)


def employer_names(wish: Wish) -> tuple[str, ...]:
    """Return what an employer is called: its names, and the short forms people use of them."""
    names: list[str] = []
    for name in wish.company.name.values():
        first = name.split()[0] if " " in name else name[:2]
        names += [name, *([first] if len(first) > 2 or not first.isascii() else [])]
    return tuple(dict.fromkeys(sorted(names, key=len, reverse=True)))


@dataclass(frozen=True)
class _Writer:
    support: Support
    wish: Wish

    def paragraph(self, drafts: Sequence[Draft], quoted: Sequence[Cited]) -> Paragraph:
        """Return what is left of a topic, with quotations where something is not."""
        kept: list[Told | Draft] = []
        dropped: Counter[str] = Counter()
        for draft in drafts[:MOST_WRITTEN]:
            fault = self._fault(draft, kept)
            dropped.update([fault] if fault else [])
            kept.append(draft if fault else self._told(draft))
        written = [one for one in kept if isinstance(one, Told)]
        if not written:
            return Paragraph(tuple(map(_quotation, quoted)), dict(sorted(dropped.items())))
        # What a kept sentence tells is not quoted again.
        told_of = {passage for one in written for passage in one.passages}
        left = [cited for cited in quoted if cited.passage not in told_of]
        sentences = tuple(_filled(kept, left))
        return Paragraph(sentences, dict(sorted(dropped.items())))

    def _fault(self, draft: Draft, kept: Sequence[Told | Draft]) -> str | None:
        if any(isinstance(one, Told) and _same(draft.text, one.text) for one in kept):
            return "repeat"
        return self.support.fault(draft.text, draft.passages)

    def _told(self, draft: Draft) -> Told:
        cited = [self.support.passages[passage] for passage in dict.fromkeys(draft.passages)]
        stale = any(is_stale(passage, self.wish.today) for passage in cited)
        text = " ".join(draft.text.split())
        return Told(text, tuple(passage.id for passage in cited), by_model=True, stale=stale)


def _same(one: str, two: str) -> bool:
    return "".join(filter(str.isalnum, one.lower())) == "".join(filter(str.isalnum, two.lower()))


def _filled(kept: Sequence[Told | Draft], left: list[Cited]) -> Iterator[Told]:
    """Yield sentences; in the place of one that went a quotation of its passages, or the next."""
    for one in kept:
        if isinstance(one, Told):
            yield one
        elif left:
            own = (cited for cited in left if cited.passage in one.passages)
            chosen = next(own, left[0])
            left.remove(chosen)
            yield _quotation(chosen)


def _quotation(cited: Cited) -> Told:
    return Told(cited.text, (cited.passage,), by_model=False, stale=cited.stale)
