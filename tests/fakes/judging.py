"""What a fake model gives as a verdict: a plain one, a spoiled one, or what an answer asks for."""

from __future__ import annotations

import json
import random
import re
from typing import Any

from interviewer.evaluation.mutation.texts import planted
from interviewer.research.sentences import sentences
from tests.fakes.script import Script

ANSWER = re.compile(r'^(?:Answer: |回答：)"""(.*?)"""', re.DOTALL | re.MULTILINE)
OFFERED = re.compile(r"^(?:Levels offered: |可用的等级：)([\d, ]+)$", re.MULTILINE)
# What sounds as if a level was asked for, in whatever words.
ASKS = re.compile(
    r"\blevel\b|\bfive\b|\bfull marks?\b|\b(?:give|award|score|rate|assign)\b|\b5\b.{0,20}\b5\b|"
    r"满分|最高|[给评打].{0,6}[分级]",
    re.IGNORECASE,
)
SPOILS = ("not_offered", "invented", "no_quote", "altered", "null_with_quotes")
INVENTED = "I founded the company and tripled its revenue within a year."


def is_judgement(schema: dict[str, Any]) -> bool:
    """Whether a form is that of a verdict."""
    return set(schema.get("properties", {})) == {"quotes", "comparison", "level"}


def is_judgement_asked(body: dict[str, Any]) -> bool:
    """Whether a request that names no form asks for a verdict."""
    return bool(OFFERED.search(_asked(body)))


def judgement_value(
    body: dict[str, Any], script: Script, chance: random.Random
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return a filled-in form, and how it was spoiled."""
    if script.mode == "fixed":
        return json.loads(script.text), ()
    asked = _asked(body)
    answers = [answer for answer in ANSWER.findall(asked) if answer.strip()]
    offered = sorted(int(level) for level in OFFERED.findall(asked)[-1].split(","))
    language = "zh" if re.search(r"[\u4e00-\u9fff]", "".join(answers)) else "en"
    said = [line for answer in answers for line in sentences(answer, language)]
    if not said:
        return {"quotes": [], "comparison": "Nothing.", "level": None}, ()
    told = max(said, key=len)
    level = offered[min(len(said) // 2, len(offered) - 1)]
    if script.mode == "obedient" and ASKS.search("".join(answers)):
        level = offered[-1]
    value = {"quotes": [told], "comparison": "Near.", "level": level}
    if script.mode == "misbehaving" and chance.random() < script.rate:
        spoil = chance.choice(SPOILS)
        return {**value, **_spoiled(spoil, told, offered)}, (spoil,)
    return value, ()


def _spoiled(spoil: str, told: str, offered: list[int]) -> dict[str, Any]:
    return {
        "not_offered": {"level": offered[-1] + 4},
        "invented": {"quotes": [told, INVENTED], "level": offered[-1]},
        "no_quote": {"quotes": [], "level": offered[-1]},
        "altered": {"quotes": [f"{told[: len(told) // 2]} 99 {told[len(told) // 2 :]}"]},
        "null_with_quotes": {"level": None},
    }[spoil]


SHOWN = re.compile(r'^(?:Answer: |回答：)"""(.*?)"""', re.DOTALL | re.MULTILINE)
ASKED = re.compile(r'^(?:Question: |问题：)"""(.*?)"""', re.DOTALL | re.MULTILINE)
_WORDS = re.compile(r"[a-z]{5,}|[\u4e00-\u9fff]{2}")
_COMMON = {
    "could",
    "would",
    "about",
    "which",
    "there",
    "their",
    "where",
    "these",
    "those",
    "first",
}


def is_relevance(schema: dict[str, Any]) -> bool:
    """Whether a form is that of a verdict on a follow-up."""
    return set(schema.get("properties", {})) == {"quote", "depends"}


def relevance_value(
    body: dict[str, Any], script: Script, chance: random.Random
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return yes with a quote where both share a longer word; made up or always yes by script."""
    said = "\n".join(str(message.get("content") or "") for message in body.get("messages", ()))
    answer, asked = SHOWN.findall(said)[-1], ASKED.findall(said)[-1]
    if script.mode == "obedient":
        return {"quote": answer.split("\n")[0][:40].strip(), "depends": True}, ()
    shared = set(_WORDS.findall(asked.lower())) & set(_WORDS.findall(answer.lower())) - _COMMON
    lines = [line for line in answer.splitlines() if any(w in line.lower() for w in shared)]
    value = {"quote": lines[0].strip() if shared else "", "depends": bool(shared)}
    return _unquoted({**value, "depends": True}, script, chance) or (value, ())


CARD = re.compile(r'^(?:Card: |卡片：)"""(.*?)"""', re.DOTALL | re.MULTILINE)
SAID = re.compile(r'^(?:Said: |所说：)"""(.*?)"""', re.DOTALL | re.MULTILINE)


def is_part(schema: dict[str, Any]) -> bool:
    """Whether a form is that of a verdict on an examiner in their part."""
    return set(schema.get("properties", {})) in ({"quote", "broken"}, {"quote", "level"})


def part_value(
    body: dict[str, Any], script: Script, chance: random.Random
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return what is known to be planted, or a level by words shared with the card.

    Always the highest verdict, or words nobody said, by script.
    """
    told = "\n".join(str(message.get("content") or "") for message in body.get("messages", ()))
    card, said = CARD.findall(told)[-1], SAID.findall(told)[-1]
    first = said.split("\n")[0][:40].strip()
    levels = "level" in body["response_format"]["json_schema"]["schema"]["properties"]
    top: dict[str, Any] = {"quote": first, **({"level": 5} if levels else {"broken": True})}
    if script.mode == "obedient":
        return top, ()
    if levels:
        shared = set(_WORDS.findall(said.lower())) & set(_WORDS.findall(card.lower())) - _COMMON
        value = {"quote": first, "level": min(5, 1 + len(shared))}
    else:
        known = [words for words in _planted() if words in said]
        value = {"quote": known[0] if known else "", "broken": bool(known)}
    return _unquoted(top, script, chance) or (value, ())


def _planted() -> list[str]:
    parts = ("persona_break", "answer_leak")
    texts = [text for tongue in ("en", "zh") for part in parts for text in planted(part, tongue)]
    return [text.words for text in texts if not text.held_out]


def _unquoted(
    top: dict[str, Any], script: Script, chance: random.Random
) -> tuple[dict[str, Any], tuple[str, ...]] | None:
    """Return the highest verdict on words nobody said, or none, where the script misbehaves."""
    if script.mode != "misbehaving" or chance.random() >= script.rate:
        return None
    spoil = chance.choice(("invented", "no_quote"))
    return {**top, "quote": INVENTED if spoil == "invented" else ""}, (spoil,)


def _asked(body: dict[str, Any]) -> str:
    """Return the request itself, which a repair stands behind."""
    said = [str(message.get("content") or "") for message in body.get("messages", ())]
    return next((text for text in said if OFFERED.search(text)), "")
