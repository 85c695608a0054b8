"""What a simulated candidate answers: `answer(candidate, asked)`, pure, with the truth of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from interviewer.interview import seeds
from interviewer.simulation import bargaining, knowing, own_questions, replying, telling
from interviewer.simulation.asked import Asked
from interviewer.simulation.candidate import Candidate
from interviewer.simulation.conduct import CONDUCTS
from interviewer.simulation.draft import Draft, Sentence, replies
from interviewer.simulation.facts import with_facts
from interviewer.simulation.length import at_length
from interviewer.simulation.manners import in_manner
from interviewer.simulation.material import Material, fresh, material_for, other_language
from interviewer.simulation.mixed import at_competency
from interviewer.simulation.person import Person, person_of
from interviewer.simulation.sitting import on_paper
from interviewer.simulation.truth import Truth

_Teller = Callable[[Candidate, Asked, Person, Material], Draft]
_KNOWING = ("knowledge", "work_sample")
_REPEAT = 0.04
_STUCK = 0.3


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer.

    Attributes:
        text: What is said, empty for silence.
        truth: What it really was.
    """

    text: str
    truth: Truth


def answer(candidate: Candidate, asked: Asked) -> Answer:
    """Return what a candidate says now; the same in the same moment."""
    candidate = at_competency(candidate, asked.plan, asked.item.competency)
    if asked.state.round.kind == "written":
        return Answer(*on_paper(candidate, asked))
    conduct = CONDUCTS[candidate.manner]
    if seeds.chance(conduct.silent, candidate.seed, "silent", asked.seq):
        return Answer("", Truth(asked.seq, asked.item.id, "silence"))
    material = material_for(_tongue(candidate, asked))
    person = person_of(candidate, asked.plan, material, asked.year)
    plain = _interruption(candidate, asked, person, material)
    if plain is None:
        plain = _content(candidate, asked, person, material)
        plain = with_facts(plain, candidate, asked, person, material)
    draft = in_manner(plain, candidate, asked, material)
    draft = at_length(draft, candidate, asked, person, material)
    text = material.joint.join(sentence.text for sentence in draft.sentences if sentence.text)
    return Answer(text, _truth(draft, asked, candidate))


def _tongue(candidate: Candidate, asked: Asked) -> str:
    """Return the language of the answer: the asked one again after a word on it."""
    language = asked.plan.language
    share = CONDUCTS[candidate.manner].other_language
    if asked.move.slot in ("language", "language_on") or not share:
        return language
    strays = seeds.chance(share, candidate.seed, "tongue", asked.seq)
    return other_language(language) if strays else language


def _interruption(
    candidate: Candidate, asked: Asked, person: Person, material: Material
) -> Draft | None:
    """Return what is said instead of an answer, None as a rule."""
    purpose = (candidate.seed, "instead", asked.seq)
    if asked.item.kind != "question" or asked.probe or asked.here:
        return None
    if candidate.manner == "nervous" and seeds.chance(_REPEAT, *purpose):
        text = fresh(material.get("manner.repeat"), asked.said, *purpose)
        return Draft("repeat", (Sentence("question", text),), must=True)
    if asked.item.hints and candidate.level == "low" and seeds.chance(_STUCK, *purpose):
        text = fresh(material.get("manner.stuck"), asked.said, *purpose)
        return Draft("stuck", (Sentence("question", text),), level=1, must=True)
    return own_questions.question_before(candidate, asked, person, material)


def _content(candidate: Candidate, asked: Asked, person: Person, material: Material) -> Draft:
    draft = _teller(asked)(candidate, asked, person, material)
    if asked.move.kind == "hint":
        words = fresh(material.get("manner.hinted"), asked.said, candidate.seed, asked.seq)
        return draft.beginning(*replies([words], person.slots))
    return draft


def _teller(asked: Asked) -> _Teller:
    """Return what answers the open question."""
    item = asked.item
    frame: dict[str, _Teller] = {
        "conditions": replying.conditions,
        "candidate_questions": own_questions.own_question,
        "expectation": bargaining.expectation,
    }
    if asked.move.kind == "offer":
        return bargaining.reply_to_offer
    if item.kind in frame:
        return frame[item.kind]
    if asked.move.slot == "contradiction":
        return _cleared
    if item.id.endswith(".break"):
        return replying.after_break
    return _teller_of_question(asked)


def _teller_of_question(asked: Asked) -> _Teller:
    item = asked.item
    told = any(truth.story for truth in asked.here)
    answered = any(truth.kind in ("reply", "knowledge", "opener") for truth in asked.here)
    if told:
        return telling.addition
    if asked.probe and answered:
        return replying.addition
    known = material_for("en").get(f"good.{asked.question_id}")  # the same ids in all languages
    of_the_work = item.type in _KNOWING or knowing.known_points(asked)
    if item.rungs or (of_the_work and not known):
        return knowing.knowledge
    if item.step == "background" and item.type == "background":
        return replying.opener
    if item.type in ("past_behaviour", "background"):
        return telling.first_telling
    return replying.reply


def _cleared(candidate: Candidate, asked: Asked, person: Person, material: Material) -> Draft:
    text = fresh(material.get("manner.clears"), asked.said, candidate.seed, asked.seq)
    return Draft("clears", replies([text], person.slots))


def _truth(draft: Draft, asked: Asked, candidate: Candidate) -> Truth:
    parts = draft.story_parts
    level = draft.level
    if draft.kind == "story":
        together = {part for truth in asked.here for part in truth.parts} | set(parts)
        level = telling.story_level(together)
        if CONDUCTS[candidate.manner].clause or CONDUCTS[candidate.manner].buzz:
            level = min(level, 2)
    own = "own_action" in parts or "detail" in parts
    return Truth(
        seq=asked.seq,
        item=asked.item.id,
        kind=draft.kind,
        parts=parts,
        ownership="own" if own else "shared" if "shared" in parts else "",
        level=level if asked.item.scored else 0,
        story=draft.story,
        contradicts=draft.contradicts,
        facts=draft.facts,
    )
