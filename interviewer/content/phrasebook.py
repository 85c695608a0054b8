"""What a phrasebook must hold: its keys, the slots each offers, and how a slot is filled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from interviewer.content.form import read_text, toml_in
from interviewer.content.persona import Phrasebook
from interviewer.errors import ContentError, Fault

SLOT = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True)
class PhraseKey:
    """One key of a phrasebook.

    Attributes:
        least: How many variants it needs.
        required: Slots every variant must use.
        offered: Slots a variant may use besides.
        marks: Question marks every variant has; None where a slot brings the question.
        needed: Whether a phrasebook must hold it.
    """

    least: int
    required: frozenset[str] = frozenset()
    offered: frozenset[str] = frozenset()
    marks: int | None = None
    needed: bool = True


def _key(
    least: int, required: str = "", offered: str = "", marks: int | None = None, *,
    needed: bool = True,
) -> PhraseKey:  # fmt: skip
    return PhraseKey(least, frozenset(required.split()), frozenset(offered.split()), marks, needed)


KEYS: Mapping[str, PhraseKey] = {
    "signature": _key(4, marks=0),
    "open.hello": _key(3, "name", "title company post number", marks=0),
    "open.frame": _key(3, "minutes", "post company thinking", marks=0),
    "open.first": _key(3, marks=0),
    "ack.plain": _key(14, marks=0),
    "ack.thing": _key(6, "thing", marks=0),
    "ask.lead": _key(6, marks=0),
    "ask.fact": _key(5, "fact", "company"),
    "ask.fact_dated": _key(3, "fact date", "company"),
    "ask.cv": _key(5, "item"),
    "ask.requirement": _key(4, "requirement"),
    "ask.gap": _key(4, "requirement"),
    "ask.handoff": _key(4, "thing name"),
    "ask.story_told": _key(4, "thing name", marks=0),
    "ask.candidate_questions": _key(5, "", "name company", marks=1),
    "ask.more_questions": _key(4, marks=1),
    "ask.conditions": _key(3, "", "post", marks=1),
    "probe.thing": _key(6, "thing question"),
    "probe.situation": _key(4, marks=1),
    "probe.own_action": _key(4, marks=1),
    "probe.result": _key(4, marks=1),
    "probe.reflection": _key(4, marks=1),
    "probe.specific": _key(4, marks=1),
    "probe.more": _key(4, marks=1),
    "probe.contradiction": _key(6, "name before now", marks=1),
    "probe.contradiction_here": _key(6, "before now", marks=1),
    "bridge.again": _key(4, "question"),
    "bridge.silence": _key(4, "question"),
    "bridge.unclear": _key(3, "question"),
    "bridge.language": _key(3, "question"),
    "bridge.language_on": _key(6, marks=0),
    "bridge.think": _key(6, marks=0),
    "bridge.repeat": _key(6, "question"),
    "bridge.declined": _key(6, marks=0),
    "bridge.move_on": _key(4, marks=0),
    "bridge.identity": _key(4, marks=0, needed=False),
    "answer.found": _key(5, "answer"),
    "answer.missing": _key(5, marks=0),
    "answer.still_open": _key(4, "name asked", marks=0),
    "answer.found_since": _key(4, "name asked answer"),
    "answer.back": _key(5, "question"),
    "deflect.pay": _key(4, marks=0),
    "deflect.verdict": _key(4, marks=0),
    "deflect.instructions": _key(4, marks=0),
    "deflect.hint": _key(4, marks=0),
    "deflect.software": _key(3, "", "name", marks=0),
    "hint.give": _key(4, "hint", marks=1),
    "offer.expectation": _key(4, marks=1),
    "offer.range": _key(4, "low high opening period", marks=1),
    "offer.levers": _key(3, "levers", marks=0),
    "offer.unstated": _key(3, marks=0),
    "offer.scale": _key(3, marks=0),
    "offer.step": _key(2, "figure", "period", marks=1),
    "offer.last": _key(2, "figure", "period", marks=1),
    "offer.above": _key(2, "high figure", "period", marks=1),
    "offer.take_back": _key(2, "figure", "period", marks=1),
    "offer.granted": _key(2, "levers figure", "period", marks=1),
    "offer.not_ours": _key(2, "figure", "period", marks=1),
    "offer.agreed": _key(2, "figure", "period", marks=0),
    "offer.noted": _key(4, marks=0),
    "close.next": _key(4, "", "next_name next_title", marks=0),
    "close.last": _key(4, "", "company", marks=0),
    "manner.warm": _key(6, marks=0, needed=False),
    "manner.brisk": _key(6, marks=0, needed=False),
    "manner.sceptical": _key(6, marks=0, needed=False),
}


def read_phrasebook(path: Path, language: str) -> Phrasebook:
    """Read `phrases.<lang>.toml`.

    Raises:
        ContentError: Keys are missing or unknown, variants too few, slots unknown or forgotten,
            or a variant asks twice; every fault is named.
    """
    return phrasebook_in(read_text(path), path, language)


def phrasebook_in(text: str, path: Path, language: str) -> Phrasebook:
    """Return the phrasebook that a text is, wherever the text comes from.

    Args:
        text: The text.
        path: Where the file lies or would lie; faults name it.
        language: Of the phrases.

    Raises:
        ContentError: As for a file.
    """
    document = toml_in(text, path)
    faults: list[Fault] = []
    if document.pop("schema", None) != 1:
        faults.append(Fault(path, 1, "`schema = 1` is missing.", "Put it on the first line."))
    phrases = flattened(document)
    lines = text.splitlines()
    for name in sorted(set(phrases) - set(KEYS)):
        fix = f"Remove it, or use one of: {', '.join(KEYS)}."
        faults.append(Fault(path, _line(lines, name), f"Unknown key `{name}`.", fix))
    for name, key in KEYS.items():
        faults.extend(_faults_of(path, lines, name, key, phrases.get(name)))
    if faults:
        raise ContentError(*faults)
    kept = {name: tuple(map(str, phrases[name])) for name in KEYS if name in phrases}
    return Phrasebook(language=language, phrases=kept)


def flattened(document: Mapping[str, object]) -> dict[str, list[object]]:
    """Return the variants of a phrasebook by key, whatever they are."""
    phrases: dict[str, list[object]] = {}
    for name, value in document.items():
        if isinstance(value, dict):
            for inner, variants in value.items():
                phrases[f"{name}.{inner}"] = variants if isinstance(variants, list) else [variants]
        else:
            phrases[name] = value if isinstance(value, list) else [value]
    return phrases


def _faults_of(
    path: Path, lines: list[str], name: str, key: PhraseKey, variants: list[object] | None
) -> list[Fault]:
    if variants is None:
        if not key.needed:
            return []
        fix = f"Add it with {key.least} variants or more."
        return [Fault(path, None, f"The phrasebook never says `{name}`.", fix)]
    line = _line(lines, name)
    faults = []
    if len(set(map(str, variants))) < key.least:
        what = f"`{name}` has {len(variants)} different variants and needs {key.least}."
        faults.append(Fault(path, line, what, "Add variants."))
    for variant in variants:
        fault = _fault_of_variant(name, key, variant)
        if fault:
            faults.append(Fault(path, line_holding(lines, variant) or line, *fault))
    return faults


def _fault_of_variant(name: str, key: PhraseKey, variant: object) -> tuple[str, str] | None:
    if not isinstance(variant, str) or not variant.strip():
        return f"`{name}` has a variant that is no text.", "Write a sentence or remove it."
    slots = set(SLOT.findall(variant))
    if unknown := slots - key.required - key.offered:
        offered = ", ".join(sorted(key.required | key.offered)) or "none"
        return (
            f"`{name}` uses unknown slots: {', '.join(sorted(unknown))}.",
            f"Offered: {offered}.",
        )
    if forgotten := key.required - slots:
        return f"`{name}` forgets the slot {', '.join(sorted(forgotten))}: {variant}", "Use it."
    if "{" in SLOT.sub("", variant) or "}" in SLOT.sub("", variant):
        return f"`{name}` has a brace that is no slot: {variant}", "Remove it."
    marks = variant.count("?") + variant.count("？")
    if key.marks is not None and marks != key.marks:
        asked = "one question" if key.marks else "no question"
        return f"`{name}` has {marks} question marks: {variant}", f"It asks {asked}."
    return None


def _line(lines: list[str], name: str) -> int | None:
    table, _, inner = name.rpartition(".")
    inside = not table
    for number, line in enumerate(lines, start=1):
        if line.strip().startswith("["):
            inside = line.strip() == f"[{table}]" if table else False
        if inside and re.match(rf"\s*{re.escape(inner)}\s*=", line):
            return number
    return None


def line_holding(lines: list[str], variant: object) -> int | None:
    """Return the first line, from 1, that holds a text; None when it is written otherwise."""
    wanted = str(variant)
    for number, line in enumerate(lines, start=1):
        if wanted and wanted in line:
            return number
    return None


def fill(template: str, slots: Mapping[str, str]) -> str:
    """Put values into the slots of a phrase; a value is never looked into again.

    Raises:
        KeyError: A slot has no value; the loader's check rules that out for known keys.
    """
    return SLOT.sub(lambda match: slots[match[1]], template)
