"""The life of a simulated candidate: their work and the facts they state of themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from interviewer.interview import seeds
from interviewer.interview.plan import Plan
from interviewer.simulation.candidate import Candidate
from interviewer.simulation.conduct import CONDUCTS
from interviewer.simulation.material import Material

GENERAL_FIELD = "office"
# Facts that can be told otherwise later; pay is told in numbers, the others in words of the files.
PLANTED = ("team", "since", "ownership", "pay")


@dataclass(frozen=True, slots=True)
class Person:
    """Who somebody is behind their manner.

    Attributes:
        work: The work they do, as the fields of the files are named.
        slots: Words for the slots of replies.
        facts: What they say of themselves, by the names of `PLANTED`.
        changed: What the same facts become for somebody who contradicts, empty for all others.
        repeats: Facts that are told again in a later round.
    """

    work: str
    slots: Mapping[str, str]
    facts: Mapping[str, str]
    changed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    repeats: tuple[str, ...] = ()


def person_of(candidate: Candidate, plan: Plan, material: Material, year: int) -> Person:
    """Return a candidate's life for an interview.

    Args:
        candidate: The candidate.
        plan: Gives the post, and by it the work they do.
        material: What is said in the language they speak.
        year: The year of the interview, by which years of work are counted.
    """
    seed = candidate.seed
    work = field_of(plan, material)
    conduct = CONDUCTS[candidate.manner]
    facts, other = {}, {}
    for name in ("team", "since", "ownership"):
        values = list(material.get(f"facts.{name}.values"))
        facts[name] = values[0] if name == "ownership" else seeds.pick(values, seed, name)
        left = [value for value in values if value != facts[name]]
        other[name] = seeds.pick(left, seed, name, "changed")
    order = seeds.shuffled(PLANTED, seed, "planted")
    tells = seeds.chance(conduct.tells_facts, seed, "tells facts")
    planted = order[:2] if conduct.contradicts else order[:1] if tells else []
    slots = {
        name: material.get(f"fields.{work}.{name}")[0]
        for name in ("job", "task", "check", "fault", "user", "tool", "thing")
    }
    slots |= {
        "years": str(year - int(facts["since"])),
        "company": plan.company_name,
        "post": plan.post_title,
    }
    return Person(
        work=work,
        slots=MappingProxyType(slots),
        facts=MappingProxyType(facts),
        changed=MappingProxyType(
            {name: other.get(name, "") for name in planted} if conduct.contradicts else {}
        ),
        repeats=tuple(planted),
    )


def field_of(plan: Plan, material: Material) -> str:
    """Return the work that fits a post, by the words of its title."""
    title = f"{plan.post_title} {plan.post.replace('-', ' ')}".casefold()
    lengths = {
        name: max((len(w) for w in material.get(f"fields.{name}.posts") if w in title), default=0)
        for name in material.below("fields")
    }
    best = max(lengths, key=lambda name: lengths[name])
    return best if lengths[best] else GENERAL_FIELD
