"""Facts of oneself: told in the first round and again in a later one, by some otherwise."""

from __future__ import annotations

from interviewer.interview import seeds
from interviewer.simulation.asked import Asked
from interviewer.simulation.candidate import Candidate
from interviewer.simulation.draft import Draft, worded
from interviewer.simulation.material import Material
from interviewer.simulation.person import Person

_OTHERS = "others"


def with_facts(
    draft: Draft, candidate: Candidate, asked: Asked, person: Person, material: Material
) -> Draft:
    """Return the draft with the fact that is due in this answer, or as it was."""
    name = _due(draft, asked, person)
    if not name:
        return draft
    before = next((truth for truth in asked.told if name in truth.facts), None)
    changed = before is not None and name in person.changed
    value = person.changed[name] if changed else person.facts[name]
    key = "first" if before is None else "others" if value == _OTHERS else "again"
    text = seeds.pick(material.get(f"facts.{name}.{key}"), candidate.seed, name, key)
    sentence = worded("fact", text, {**person.slots, "value": value})
    return Draft(
        kind=draft.kind,
        sentences=(*draft.sentences, sentence),
        story=draft.story,
        level=draft.level,
        facts={**draft.facts, name: value},
        contradicts=before.seq if before is not None and changed else draft.contradicts,
        must=draft.must,
    )


def _due(draft: Draft, asked: Asked, person: Person) -> str:
    """Return the fact that is told now: all in the first answer's round, again after it."""
    if draft.must or draft.kind == "unknown" or asked.probe or not asked.item.scored:
        return ""
    names = [name for name in person.repeats if name != "pay"]
    for name in names:
        times = [truth for truth in asked.told if name in truth.facts]
        if asked.place == 0 and not times:
            return name
        told_before = [truth for truth in times if truth.seq < _first_of_round(asked)]
        if asked.place > 0 and len(times) == 1 and told_before:
            return name
    return ""


def _first_of_round(asked: Asked) -> int:
    here = [heard.seq or 0 for heard in asked.state.heard if heard.round == asked.state.round.id]
    return min(here, default=asked.seq)
