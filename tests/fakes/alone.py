"""What a fake model says that holds an interview alone: four turns a round, then goodbye."""

from __future__ import annotations

import re

ROUND = re.compile(r"^- \[(\w+)\]", re.MULTILINE)
SPOKEN = re.compile(r"^\[\w+\] ", re.MULTILINE)
EN = (
    "Good morning, I am your examiner. What did you last build, and what was your own part in it?",
    "You state this well. Our work is as written [2]. Which figure would you look at first?",
    "Where do you see yourself in five years?",
    "That is all from me. What questions do you have for us?",
)
ZH = (
    "您好，我是考官。您最近做过什么，其中哪一部分是您自己做的？",
    "我们的情况如所写[2]。您会先看哪个数字？",
    "您五年后想做什么？",
    "我这边就到这里。您有什么问题想问我们？",
)


def is_alone(messages: list[str]) -> bool:
    """Whether a prompt makes a model hold a whole interview."""
    return bool(messages) and "[end]" in messages[0]


def said_alone(messages: list[str]) -> str:
    """Return the next turn; one has no mark of its round, and one cites what is not there."""
    rounds = ROUND.findall(messages[0].split("\n\n")[1])
    lines = ZH if "候选人" in messages[0] else EN
    done = len(SPOKEN.findall(messages[-1]))
    if done >= len(rounds) * len(lines):
        return f"[{rounds[-1]}] Thank you. Goodbye. [end]"
    part, place = divmod(done, len(lines))
    text = lines[place].replace("[2]", "[999]") if (part, place) == (1, 1) else lines[place]
    return text if (part, place) == (0, 2) else f"[{rounds[part]}] {text}"
