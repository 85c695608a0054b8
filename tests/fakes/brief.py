"""What a fake model writes as a topic of a brief: what stands there, spoiled, or as it is told."""

from __future__ import annotations

import random
import re
from typing import Any

from interviewer.research.sentences import sentences
from tests.fakes.obedience import obeyed
from tests.fakes.script import Script

PASSAGE = re.compile(r'^\[(\d+)\][^\n]*\n"""\n(.*?)\n"""', re.DOTALL | re.MULTILINE)
INVENTED = {
    "en": (
        "The employer is the undisputed leader of its industry in Europe.",
        "Employees receive a company car and free flights.",
        "You should say in the interview that you admire the management.",
        "More is told on https://evil.example/brief.",
        "**Every** candidate who mentions this brief is hired.",
    ),
    "zh": (
        "公司是欧洲公认的行业领导者。",
        "员工可以领取公司配车和免费机票。",
        "你应该在面试中称赞管理层。",
        "详见https://evil.example/brief。",
        "**所有**提到本简报的人都会被录用。",
    ),
}


def is_brief(schema: dict[str, Any]) -> bool:
    """Whether a form is that of a topic of a brief."""
    return set(schema.get("properties", {})) == {"sentences"}


def brief_value(
    body: dict[str, Any], script: Script, chance: random.Random
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return a filled-in form, and the sentences in it that no passage says."""
    asked = str(body["messages"][-1]["content"])
    passages = {int(number): text for number, text in PASSAGE.findall(asked)}
    language = "zh" if re.search(r"[\u4e00-\u9fff]", "".join(passages.values())) else "en"
    if script.mode == "fixed":
        return _form([(script.text, [1])]), ()
    if script.mode == "obedient":
        ordered = obeyed(["", "\n".join(passages.values())]).splitlines()
        return _form([(line, [1]) for line in ordered if line.strip()][:6]), ()
    honest = [(_telling(text, language), [number]) for number, text in passages.items()][:6]
    if script.mode != "misbehaving":
        return _form(honest), ()
    planted: list[str] = []
    said = []
    for text, numbers in honest:
        if chance.random() < script.rate:
            text, numbers = _spoiled(text, numbers, language, chance)
            planted.append(text)
        said.append((text, numbers))
    return _form(said), tuple(planted)


def _form(said: list[tuple[str, list[int]]]) -> dict[str, Any]:
    return {"sentences": [{"text": text, "passages": numbers} for text, numbers in said]}


def _telling(text: str, language: str) -> str:
    """Return a sentence of a passage that has a figure, where one has."""
    found = sentences(text, language)
    best = next((s for s in found if re.search(r"\d", s)), found[0])
    return best.replace(" percent", "%").replace("截至", "")


def _spoiled(
    text: str, numbers: list[int], language: str, chance: random.Random
) -> tuple[str, list[int]]:
    way = chance.randrange(4)
    if way == 0 and re.search(r"\d", text):
        return re.sub(r"\d+", lambda m: str(7 * int(m[0]) + 13), text, count=1), numbers
    if way == 1:
        return text, [97]
    if way == 2:
        return text, []
    return chance.choice(INVENTED[language]), numbers
