"""What a fake model says: the words it was given, well put, spoiled, or as anybody orders."""

from __future__ import annotations

import json
import random
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from interviewer.research.sentences import sentences
from tests.fakes.alone import is_alone, said_alone
from tests.fakes.brief import brief_value, is_brief
from tests.fakes.judging import (
    is_judgement,
    is_judgement_asked,
    is_part,
    is_relevance,
    judgement_value,
    part_value,
    relevance_value,
)
from tests.fakes.obedience import obeyed
from tests.fakes.script import Script

HERE = Path(__file__).parent
WORDS = re.compile(r'"""\n(.*?)\n"""', re.DOTALL)
KIND = re.compile(r"[(（](open|ask|probe|hint|answer|bridge|offer|deflect|close)[)）]")
MARK = re.compile(r"\[(\d+)\]")
QUESTION = re.compile(r"[?？]")
# Kinds that stand behind the words, or instead of them; all others stand in front.
BEHIND = ("two_questions", "stage")
HARMLESS = ("Thank you", "Thanks", "谢谢")
INSTEAD = ("other_question", "other_language", "long")


def reply_to(
    body: dict[str, Any], script: Script, chance: random.Random
) -> tuple[str, str | None, tuple[str, ...]]:
    """Return a reply, the kind by which it was spoiled, and the sentences that spoil it."""
    messages = [str(message.get("content") or "") for message in body.get("messages", ())]
    words = given_words(messages)
    if script.mode == "fixed":
        return script.text, None, ()
    if script.mode == "echo":
        return words, None, ()
    if is_alone(messages):
        return said_alone(messages), None, ()
    if script.mode == "obedient":
        return obeyed(messages) or words, None, ()
    if script.mode == "misbehaving" and chance.random() < script.rate:
        return spoiled(words, messages, chance)
    return well_said(words, messages, chance), None, ()


def given_words(messages: list[str]) -> str:
    """Return the words to say, which stand between the last marks of the prompt."""
    found = WORDS.findall(messages[-1]) if messages else []
    return str(found[-1]).strip() if found else "Good morning."


def language_of(text: str) -> str:
    """Return the language of a text."""
    return "zh" if re.search(r"[\u4e00-\u9fff]", text) else "en"


@cache
def wordings(name: str, language: str) -> dict[str, Any]:
    """Return a file of wordings."""
    path = HERE / f"{name}.{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def well_said(words: str, messages: list[str], chance: random.Random) -> str:
    """Return what a good model says: facts and figures kept, the question asked in its manner."""
    language = language_of(words)
    table = wordings("paraphrases", language)
    kinds = KIND.findall(messages[-1])
    kind = kinds[-1] if kinds else "ask"
    joint = "" if language == "zh" else " "
    asked = _question_in(words, table["questions"])
    lead = words[: len(words) - len(asked)].strip() if asked else words
    if asked and chance.random() < 0.4:
        asked = table["questions"].get(asked, asked)
    if kind in ("ask", "probe") and chance.random() < 0.6:
        kept = [s for s in sentences(lead, language) if MARK.search(s) or re.search(r"\d", s)]
        lead = joint.join(kept)
    front = ""
    if kind in ("ask", "probe", "answer", "bridge"):
        front = _front(table["links"], messages[-1], language, chance)
    return joint.join(part for part in (front, lead, asked) if part)


def _question_in(words: str, known: dict[str, str]) -> str:
    """Return the question words end with: a known one, or their last sentence."""
    fitting = [text for text in known if words.endswith(text)]
    if fitting:
        return max(fitting, key=len)
    last = sentences(words, language_of(words))[-1]
    return last if QUESTION.search(last) and words.endswith(last) else ""


def _front(links: dict[str, list[str]], message: str, language: str, chance: random.Random) -> str:
    way = chance.random()
    if way < 0.35:
        return ""
    if way < 0.75:
        return chance.choice(links["acknowledgements"])
    heard = _last_heard(message)
    words = re.findall(r"[\w'-]+" if language == "en" else r"[\u4e00-\u9fff]{2,8}", heard)
    taken = " ".join(words[2:5]) if language == "en" else (words[0] if words else "")
    return chance.choice(links["takeups"]).replace("{words}", taken) if taken else ""


def _last_heard(message: str) -> str:
    lines = re.findall(r"^(?:Candidate|候选人)\s*[:：]\s*(.*)$", message, re.MULTILINE)
    return str(lines[-1]) if lines else ""


def spoiled(
    words: str, messages: list[str], chance: random.Random
) -> tuple[str, str, tuple[str, ...]]:
    """Return a reply that no examiner may give, its kind, and what is wrong in it."""
    language = language_of(words)
    joint = "" if language == "zh" else " "
    table = wordings("misbehaviour", language)
    kind = chance.choice([*sorted(table), "false_citation", "false_mark", "prompt"])
    good = well_said(words, messages, chance)
    if kind == "prompt":
        lines = [line for line in messages[0].splitlines() if line.startswith("- ")]
        told = [line[2:] for line in chance.sample(lines, min(2, len(lines)))]
        return joint.join([*told, good]), kind, tuple(told)
    if kind == "false_mark":
        claim = str(chance.choice(table["invented_fact"]))
        return joint.join([f"{claim} [97]", good]), kind, _parts(claim, language)
    if kind == "false_citation":
        claim = str(chance.choice(table["invented_fact"]))
        return joint.join([_cited(claim, words), good]), kind, _parts(claim, language)
    said = str(chance.choice(table[kind])).replace("{other}", _other(messages))
    if kind in INSTEAD or (kind == "improper" and chance.random() < 0.5):
        return said, kind, _parts(said, language)
    parts = [good, said] if kind in BEHIND else [said, good]
    return joint.join(parts), kind, _parts(said, language)


def _parts(text: str, language: str) -> tuple[str, ...]:
    """Return the sentences of a planted text that nobody may say, without their full stops."""
    parts = (part.rstrip(".。!！") for part in sentences(text, language))
    return tuple(part for part in parts if len(part) > 4 and part not in HARMLESS)


def _cited(claim: str, words: str) -> str:
    """Return a claim with a mark that was given for another fact, where there is one."""
    mark = MARK.search(words)
    number = mark[1] if mark else "1"
    return re.sub(r"\s*([.!。！]?)$", rf" [{number}]\1", claim, count=1)


def _other(messages: list[str]) -> str:
    names = ("Ravi Anand", "Margaret Osei", "Helen Marsh", "陈雅文", "周启明", "沈国栋")
    own = next((name for name in names if name in messages[0][:80]), "")
    return next(name for name in names if name != own and len(name) > 3)


def json_reply(
    body: dict[str, Any], script: Script, chance: random.Random
) -> tuple[str, tuple[str, ...]]:
    """Return JSON for a request that wants it, in the script's style, and what is wrong in it."""
    schema = (body["response_format"].get("json_schema") or {}).get("schema") or {}
    planted: tuple[str, ...] = ()
    if is_brief(schema):
        filled, planted = brief_value(body, script, chance)
    elif is_relevance(schema):
        filled, planted = relevance_value(body, script, chance)
    elif is_part(schema):
        filled, planted = part_value(body, script, chance)
    elif is_judgement(schema) or is_judgement_asked(body):
        filled, planted = judgement_value(body, script, chance)
    else:
        filled = _simple(schema, top=script.mode == "obedient")
    value = json.dumps(filled, ensure_ascii=False)
    styles = {
        "good": value,
        "fenced": f"```json\n{value}\n```",
        "prose": f"Here it is: {value} I hope that helps.",
        "think": f"<think>Let me see.</think>{value}",
        "broken": value[:-2],
        "null": "null",
    }
    if script.broken_rate and chance.random() < script.broken_rate:
        return chance.choice([styles["broken"], styles["null"], "", "Level 5.", "[5]"]), planted
    return styles[script.json_style], planted


def _simple(schema: dict[str, Any], *, top: bool) -> Any:
    """Return a small value that fits a schema; the highest where everybody is to be pleased."""
    if "enum" in schema:
        return schema["enum"][-1 if top else 0]
    kind = schema.get("type", "object")
    if kind == "object":
        properties = schema.get("properties", {})
        return {name: _simple(inner, top=top) for name, inner in properties.items()}
    if kind == "array":
        return [_simple(schema.get("items", {}), top=top)]
    if kind in ("integer", "number"):
        return schema.get("maximum", 5) if top else schema.get("minimum", 1)
    return {"boolean": top, "null": None}.get(kind, "ready")
