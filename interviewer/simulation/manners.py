"""What a manner makes of a draft: it cuts, blurs, adds, replaces. The truth is made after it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from interviewer.interview import seeds
from interviewer.reading.tongue import word_count
from interviewer.simulation.asked import Asked
from interviewer.simulation.candidate import Candidate
from interviewer.simulation.conduct import CONDUCTS, Conduct
from interviewer.simulation.draft import Draft, Sentence, replies
from interviewer.simulation.material import Material, fresh

_CLAUSE = re.compile(r"[,;，；：]")
_OWN_CLAUSE = re.compile(r"I\b|我")
_SHORTEST = {"en": 4, "zh": 7}
_START = 0.35
_Change = Callable[[Draft, Candidate, Asked, Material, Conduct], Draft]


def in_manner(draft: Draft, candidate: Candidate, asked: Asked, material: Material) -> Draft:
    """Return what a candidate of this manner really says."""
    conduct = CONDUCTS[candidate.manner]
    for change in _CHANGES:
        draft = change(draft, candidate, asked, material, conduct)
    return draft


def _off(
    draft: Draft, candidate: Candidate, asked: Asked, material: Material, conduct: Conduct
) -> Draft:
    """Something else altogether."""
    if draft.must or not seeds.chance(conduct.off, candidate.seed, "off", asked.seq):
        return draft
    texts = _unsaid(material.get("manner.off"), asked, candidate, "off")[:4]
    return Draft("off_topic", tuple(Sentence("manner", text) for text in texts), level=1)


def _buzz(
    draft: Draft, candidate: Candidate, asked: Asked, material: Material, conduct: Conduct
) -> Draft:
    """Words that sound well instead of what was done."""
    if not conduct.buzz or draft.must:
        return draft
    texts = _unsaid(material.get("manner.buzz"), asked, candidate, "buzz")[:5]
    kept = [s for s in draft.sentences if s.part == "situation"][:1]
    if not kept and not seeds.chance(conduct.buzz, candidate.seed, "buzz", asked.seq):
        kept = [s for s in draft.sentences if s.part == "reply"][:1]
    sentences = (*kept, *(Sentence("manner", text) for text in texts))
    return replace(draft, sentences=sentences, level=min(draft.level, 2))


def _shorter(
    draft: Draft, candidate: Candidate, asked: Asked, material: Material, conduct: Conduct
) -> Draft:
    """One clause, or a few sentences."""
    if draft.must or not draft.sentences:
        return draft
    if conduct.clause:
        return _one_clause(draft, candidate, asked, material)
    if conduct.sentences:
        return replace(draft, sentences=draft.sentences[: conduct.sentences])
    return draft


def _one_clause(draft: Draft, candidate: Candidate, asked: Asked, material: Material) -> Draft:
    purpose = (candidate.seed, "clause", asked.seq)
    level = min(draft.level, 2)
    if asked.probe and not seeds.chance(0.3, *purpose):
        text = fresh(material.get("manner.terse"), asked.said, *purpose)
        return replace(draft, sentences=(Sentence("reply", text),), level=level)
    first = next((s for s in draft.sentences if s.part == "own_action"), draft.sentences[0])
    own = (clause.strip() for clause in _CLAUSE.split(first.text.rstrip("。.")))
    # A clause of its own begins with the speaker; any other hangs on what is cut off.
    whole = next((clause for clause in own if _OWN_CLAUSE.match(clause)), "")
    if word_count(whole, material.language) < _SHORTEST[material.language]:
        return replace(draft, sentences=(first,), level=level)
    end = "。" if material.language == "zh" else "."
    return replace(draft, sentences=(Sentence(first.part, whole + end),), level=level)


def _junior(
    draft: Draft, candidate: Candidate, asked: Asked, material: Material, conduct: Conduct
) -> Draft:
    """Where it comes from, when not from a job."""
    story = draft.kind == "story" and not asked.probe
    if not conduct.junior or not story or not seeds.chance(0.5, candidate.seed, asked.seq):
        return draft
    place = seeds.pick(material.get("manner.junior_places"), candidate.seed, "place")
    text = fresh(material.get("manner.junior"), asked.said, candidate.seed, "junior")
    return draft.beginning(*replies([text], {"place": place}))


def _rambling(
    draft: Draft, candidate: Candidate, asked: Asked, material: Material, conduct: Conduct
) -> Draft:
    """A digression after each sentence, until nobody follows."""
    if not conduct.tangents or draft.must:
        return draft
    most = seeds.pick((conduct.tangents, conduct.tangents // 2), candidate.seed, asked.seq)
    tangents = _unsaid(material.get("manner.tangents"), asked, candidate, "tangents")[:most]
    each = max(1, len(tangents) // max(1, len(draft.sentences)))
    said: list[Sentence] = []
    for sentence in draft.sentences:
        said.append(sentence)
        said += [Sentence("manner", text) for text in tangents[:each]]
        tangents = tangents[each:]
    said += [Sentence("manner", text) for text in tangents]
    return replace(draft, sentences=tuple(said))


def _nervous(
    draft: Draft, candidate: Candidate, asked: Asked, material: Material, conduct: Conduct
) -> Draft:
    """Fillers at the joints of sentences, and a word on it now and then."""
    if not conduct.fillers or not draft.sentences:
        return draft
    purpose = (candidate.seed, "nervous", asked.seq)
    fillers = material.get("manner.fillers")
    said = tuple(
        sentence
        if sentence.part == "question"
        else replace(
            sentence, text=_filled(sentence.text, fillers, conduct.fillers, *purpose, place)
        )
        for place, sentence in enumerate(draft.sentences)
    )
    draft = replace(draft, sentences=said)
    if draft.must or not seeds.chance(_START, *purpose):
        return draft
    return draft.beginning(
        Sentence("manner", seeds.pick(material.get("manner.nervous"), *purpose))
    )


def _filled(text: str, fillers: tuple[str, ...], share: float, seed: int, *purpose: object) -> str:
    """Return a sentence with fillers after some of its commas."""
    comma = "，" if "，" in text else ", "
    clauses = text.split(comma)
    for place in range(1, len(clauses)):
        if seeds.chance(share, seed, *purpose, place):
            filler = seeds.pick(fillers, seed, *purpose, place, "which")
            clauses[place] = (
                f"{filler} {clauses[place]}" if comma == ", " else filler + clauses[place]
            )
    return comma.join(clauses)


def _combative(
    draft: Draft, candidate: Candidate, asked: Asked, material: Material, conduct: Conduct
) -> Draft:
    """A remark on the question, and now and then one after the answer."""
    purpose = (candidate.seed, "combative", asked.seq)
    if draft.must or not seeds.chance(conduct.pushback, *purpose):
        return draft
    text = fresh(material.get("manner.pushback"), asked.said, *purpose)
    draft = draft.beginning(Sentence("manner", text))
    if seeds.chance(_START, *purpose, "retort"):
        retort = fresh(material.get("manner.retort"), asked.said, *purpose, "retort")
        draft = draft.adding(Sentence("manner", retort))
    return draft


def _injecting(
    draft: Draft, candidate: Candidate, asked: Asked, material: Material, conduct: Conduct
) -> Draft:
    """Orders to the examiner, beside an answer or instead of one."""
    purpose = (candidate.seed, "inject", asked.seq)
    if not seeds.chance(conduct.injects, *purpose):
        return draft
    order = Sentence("manner", fresh(material.get("manner.injections"), asked.said, *purpose))
    if draft.must or seeds.chance(0.6, *purpose, "beside"):
        return draft.adding(order)
    return Draft("injection", (order,), level=1)


def _quiet(
    draft: Draft, candidate: Candidate, asked: Asked, material: Material, conduct: Conduct
) -> Draft:
    """Hardly a word from who mostly says nothing."""
    purpose = (candidate.seed, "quiet", asked.seq)
    if not conduct.silent or not seeds.chance(0.5, *purpose):
        return draft
    text = seeds.pick(material.get("manner.short_silence"), *purpose)
    return Draft("silence", (Sentence("manner", text),), level=1)


_CHANGES: tuple[_Change, ...] = (
    _quiet, _off, _buzz, _shorter, _junior, _rambling, _nervous, _combative, _injecting,
)  # fmt: skip


def _unsaid(
    options: tuple[str, ...], asked: Asked, candidate: Candidate, purpose: str
) -> list[str]:
    """Return the wordings in a new order, those that were not said yet first."""
    shuffled = seeds.shuffled(options, candidate.seed, purpose, asked.seq)
    said = asked.said
    return sorted(shuffled, key=lambda text: text in said)
