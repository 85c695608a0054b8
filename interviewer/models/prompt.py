"""A decided move as a prompt: constant beginning, growing history, the move last.

A provider keeps the beginning of a prompt it has seen before; what comes before the history is
therefore the same through a round, and history is cut in blocks, not line by line.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from interviewer.content.persona import Persona
from interviewer.content.phrasebook import fill
from interviewer.content.templates import render
from interviewer.interview.guard.given import MARK
from interviewer.interview.memory import CONTRADICTION
from interviewer.interview.moves import Move
from interviewer.interview.voice import Line, Scene
from interviewer.interview.wording import Wording

# Characters of one thing said, and of all that is repeated of a round.
LONGEST_LINE = 420
LONGEST_HISTORY = 3000
BLOCK = 4


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is sent to a model.

    Attributes:
        constant: Persona, rules, facts: the same through a round.
        turning: History and move.
    """

    constant: str
    turning: str


@cache
def _words(language: str) -> Mapping[str, object]:
    base = "zh" if language.startswith("zh") else "en"
    text = (resources.files(__package__) / f"prompting.{base}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def prompt_for(persona: Persona, move: Move, scene: Scene, wording: Wording) -> Prompt:
    """Return the prompt for a move, from the persona's template.

    Args:
        persona: Whose template it is.
        move: What is to be done.
        scene: Where it is to be done.
        wording: The move in plain words.
    """
    template = persona.prompts[scene.language]
    values = _constant_values(persona, scene)
    move_values = {
        "kind": move.kind, "text": wording.text, "instruction": _instruction(move, scene)
    }  # fmt: skip
    history = [
        {"speaker": line.speaker or _words(scene.language)["candidate"], "text": line.text}
        for line in kept(scene.lines, str(_words(scene.language)["nothing_said"]))
    ]
    whole = render(template, {**values, "history": history, "move": move_values})
    # What is common to this prompt and one with another history and move is what is constant.
    blank = {"kind": "\x00", "text": "\x00", "instruction": "\x00"}
    said = [{"speaker": "\x00", "text": "\x00"}] if history else []
    other = render(template, {**values, "history": said, "move": blank})
    pairs = enumerate(zip(whole, other, strict=False))
    differs = next((place for place, (one, two) in pairs if one != two), len(whole))
    cut = whole.rfind("\n", 0, differs) + 1
    return Prompt(whole[:cut].strip(), whole[cut:].strip())


def private_of(persona: Persona, scene: Scene) -> str:
    """Return what a prompt tells in confidence: its constant part without names and facts.

    What is told for single moves stands in it too: another turn is no more to say it.
    """
    instructions = _words(scene.language)["instructions"]
    if not isinstance(instructions, dict):
        raise TypeError("prompting.<lang>.toml: instructions is a table.")
    blank = Wording("\x00", "", {})
    bare = replace(scene, facts=(), lines=(), handed_on=())
    constant = prompt_for(persona, Move("ask", scene.persona), bare, blank).constant
    return "\n".join([constant, *map(str, instructions.values())])


def _constant_values(persona: Persona, scene: Scene) -> dict[str, object]:
    words = _words(scene.language)
    keeps_out = words["keeps_out"]
    rules = words["rules"]
    if not isinstance(keeps_out, dict) or not isinstance(rules, list):
        raise TypeError("prompting.<lang>.toml: keeps_out is a table, rules is a list.")
    about = persona.about
    return {
        "persona": {
            "name": scene.name,
            "title": scene.title,
            "mandate": about.mandate.get(scene.language, ""),
            "tone": _tone(about.tone, scene, words),
        },
        "company": {"name": scene.company},
        "post": {"title": scene.post},
        "language": scene.language,
        "round": {"minutes": f"{scene.minutes:g}"},
        "rules": [*rules, *(keeps_out[name] for name in scene.keeps_out if name in keeps_out)],
        "facts": [{"id": scene.numbers[name], "text": text} for name, text in scene.facts],
        "handoff": _passed_on(scene),
        "max_words": words["max_words"],
    }


def _tone(tone: str, scene: Scene, words: Mapping[str, object]) -> str:
    """Return how the persona speaks, and how it carries itself in this interview."""
    manners = words["manners"]
    if not isinstance(manners, dict):
        raise TypeError("prompting.<lang>.toml: manners is a table.")
    return str(manners[scene.manner]).format(tone=tone) if scene.manner in manners else tone


def _passed_on(scene: Scene) -> list[str]:
    """Return what earlier examiners have passed on, a sentence each."""
    words = _words(scene.language)
    told, parts = words["handed_on"], words["parts"]
    if not isinstance(told, dict) or not isinstance(parts, dict):
        raise TypeError("prompting.<lang>.toml: handed_on and parts are tables.")
    sentences = []
    for note in scene.handed_on:
        text = parts.get(note.text, note.text) if note.kind == "to_probe" else note.text
        slots = {"name": note.teller, "text": _one_line(text)}
        sentences.append(fill(str(told[note.kind]), slots))
    return sentences


def _instruction(move: Move, scene: Scene) -> str:
    instructions = _words(scene.language)["instructions"]
    if not isinstance(instructions, dict):
        raise TypeError("prompting.<lang>.toml: instructions is a table.")
    name: str = move.kind
    if move.kind == "close":
        name = "close_next" if "next_name" in move.terms else "close_last"
    if move.kind == "ask" and move.asked:
        name = "found_since" if move.found else "still_open"
    elif move.asked and not move.found:
        name = "answer_missing"
    if move.slot == "time" and move.kind == "bridge":
        name = "think"
    if move.slot == CONTRADICTION:
        name = CONTRADICTION
    return str(instructions[name])


def kept(lines: tuple[Line, ...], nothing_said: str) -> tuple[Line, ...]:
    """Return what is repeated of a round: each thing shortened, the oldest blocks left out.

    What people said becomes one line without marks, so that nobody can write a line for another.
    """
    short = [Line(line.speaker, _one_line(line.text) or nothing_said) for line in lines]
    start = 0
    while sum(len(line.text) for line in short[start:]) > LONGEST_HISTORY:
        start += BLOCK
    return tuple(short[start:])


def _one_line(text: str) -> str:
    words = " ".join(re.sub(r'"{3,}', '"', MARK.sub("", text)).split())
    if len(words) <= LONGEST_LINE:
        return words
    return words[:LONGEST_LINE].rsplit(" ", 1)[0].rstrip(",;:，；：") + " …"
