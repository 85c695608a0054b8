"""Stories: which one is told to a question, and how much of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from interviewer.interview import seeds
from interviewer.simulation.asked import Asked
from interviewer.simulation.candidate import Candidate, Level
from interviewer.simulation.conduct import CONDUCTS
from interviewer.simulation.draft import Draft, Sentence, replies, worded
from interviewer.simulation.material import Material, Story, fresh
from interviewer.simulation.person import Person

# An answer to a probe is filled up to about this many words (in Chinese characters) by who has
# more to tell: candidates who keep to the point say 60 to 150 words.
ENOUGH = {"en": 58, "zh": 100}
_WANTED: Mapping[Level, tuple[str, ...]] = {
    "high": ("situation", "own_action", "detail", "result", "reflection"),
    "medium": ("situation", "own_action", "result"),
    "low": ("situation", "shared"),
}
_WEAK_SENTENCES = 2
# Share of middling stories that say how it was gone about and leave out what came of it.
_OPEN_END = 0.4


def chosen_story(candidate: Candidate, asked: Asked, person: Person, material: Material) -> Story:
    """Return the story that is told to the open question: the fittest that was not told yet."""
    used = {truth.story for truth in asked.told}
    unused = [story for story in material.stories if story.id not in used]
    question = asked.question_id
    family = question.rpartition(".")[0]

    def fitness(story: Story) -> tuple[float, ...]:
        own = story.field == person.work
        near = own or story.field == "side"
        # What others do for a living is told only by who has nothing of their own left.
        asks_work = asked.item.step in ("project", "background")
        at_home = own if asks_work else near
        return (
            -at_home,
            -(question in story.suits),
            -(family in story.families),
            seeds.number(candidate.seed, "story", question, story.id),
        )

    return min(unused or material.stories, key=fitness)


def first_telling(candidate: Candidate, asked: Asked, person: Person, material: Material) -> Draft:
    """Return the answer that tells a story for the first time."""
    story = chosen_story(candidate, asked, person, material)
    conduct = CONDUCTS[candidate.manner]
    purpose = (candidate.seed, "telling", asked.item.id)
    wanted = [part for part in _WANTED[candidate.level] if part not in conduct.leaves_out]
    if candidate.level == "medium" and seeds.chance(_OPEN_END, *purpose, "result"):
        wanted = ["detail" if part == "result" else part for part in wanted]
    if candidate.level == "high" and seeds.chance(0.4, *purpose, "reflection"):
        wanted = [part for part in wanted if part != "reflection"]
    if conduct.shared:
        wanted = ["shared" if part == "own_action" else part for part in wanted]
        wanted = [part for part in wanted if part != "detail"]
    if candidate.level == "low" and (conduct.clause or seeds.chance(0.4, *purpose, "own")):
        wanted = ["own_action" if part == "shared" else part for part in wanted]
    sentences = _told(story, wanted, candidate, asked)
    draft = Draft("story", sentences, story=story.id)
    if candidate.level == "high" and "detail" in wanted:
        draft = _in_detail(draft, story)
    if candidate.level == "low":
        weak = material.get("weak.past_behaviour")
        texts = seeds.shuffled(weak, *purpose, "weak")[:_WEAK_SENTENCES]
        draft = draft.adding(*replies(texts, person.slots))
    return draft


def _in_detail(draft: Draft, story: Story) -> Draft:
    """Return the draft with the details that were left out, after the one that was not."""
    place = next(n for n, sentence in enumerate(draft.sentences) if sentence.part == "detail")
    known = draft.sentences[place].text
    more = [Sentence("detail", text) for text in story.parts["detail"] if text != known]
    return replace(
        draft, sentences=(*draft.sentences[: place + 1], *more, *draft.sentences[place + 1 :])
    )


def addition(candidate: Candidate, asked: Asked, person: Person, material: Material) -> Draft:
    """Return what is added to a story when a part of it is asked for."""
    told = next(truth.story for truth in reversed(asked.here) if truth.story)
    story = next((entry for entry in material.stories if entry.id == told), None)
    if story is None:  # it was told in another language
        return first_telling(candidate, asked, person, material)
    if candidate.level == "low" and seeds.chance(0.5, candidate.seed, "adds", asked.seq):
        text = fresh(material.get("emptied.end"), asked.said, candidate.seed, asked.seq)
        return Draft("story", replies([text], person.slots), story=story.id)
    draft = Draft("story", story=story.id)
    for number, part in enumerate(_order(candidate, asked)):
        wordings = [text for text in story.parts[part] if text not in asked.said]
        known = {kind for truth in asked.here for kind in truth.parts}
        if (part in known and part != "detail") or not wordings:
            continue
        if number and draft.words(material.language) >= _plenty(candidate, material):
            break
        text = seeds.pick(wordings, candidate.seed, story.id, part)
        draft = draft.adding(Sentence(part, text))
    if draft.words(material.language) < _plenty(candidate, material) or not draft.sentences:
        options = material.get(f"more.past_behaviour.{_general(asked.probe)}")
        text = fresh(options, asked.said, candidate.seed, asked.seq, "more")
        draft = draft.adding(worded(_general(asked.probe), text, person.slots))
    return draft


def _order(candidate: Candidate, asked: Asked) -> tuple[str, ...]:
    """Return the parts to add, what was asked for first; a blurred own part only if asked for."""
    order = dict.fromkeys(
        (*_answering(asked.probe), "own_action", "detail", "result", "reflection", "situation")
    )
    if candidate.level == "medium":
        # Who is asked for one part tells that part; only the strong go on to all around it.
        order = dict.fromkeys((*_answering(asked.probe), *_WANTED["medium"]))
    own = ("own_action", "detail")
    if CONDUCTS[candidate.manner].shared and asked.probe != "own_action":
        return tuple(part for part in order if part not in own)
    return tuple(order)


def _plenty(candidate: Candidate, material: Material) -> int:
    share = {"high": 1.0, "medium": 0.8, "low": 0.4}[candidate.level]
    return int(ENOUGH[material.language] * share)


def _answering(slot: str) -> tuple[str, ...]:
    """Return the parts that answer a probe, the first first."""
    parts = {
        "specific": ("situation", "result"),
        "more": ("detail", "result", "reflection"),
        "own_action": ("own_action", "detail"),
    }
    return parts.get(slot, (slot,) if slot in _WANTED["high"] else ())


def _general(slot: str) -> str:
    known = ("own_action", "result", "situation", "reflection", "specific")
    return slot if slot in known else "more"


def _told(
    story: Story, parts: Iterable[str], candidate: Candidate, asked: Asked
) -> tuple[Sentence, ...]:
    return tuple(
        Sentence(part, fresh(story.parts[part], asked.said, candidate.seed, story.id, part))
        for part in parts
    )


def story_level(parts: Iterable[str]) -> int:
    """Return what a story with these parts is worth, 1 to 5.

    As the anchors have it: without own action 2 at most; one's own part with what came of it is
    3, and so is how it was gone about, with the reason, where the end is missing; both are 4; what
    was learned and changed is 5 (SCIENCE 1.8).
    """
    told = frozenset(parts)
    if "own_action" not in told and "detail" not in told:
        return 2 if "shared" in told else 1
    if "result" not in told or "detail" not in told:
        return 2 + ("situation" in told and bool(told & {"result", "detail"}))
    return 4 + ("reflection" in told and "situation" in told)
