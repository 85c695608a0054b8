"""Writes transcripts as a log of Inspect; run by Inspect's own Python, which has none of ours.

Usage: python log_of.py TRANSCRIPTS.jsonl LOG.json
"""

import json
import sys

from inspect_ai.log import (
    EvalConfig,
    EvalDataset,
    EvalLog,
    EvalSample,
    EvalSpec,
    write_eval_log,
)
from inspect_ai.model import ChatMessageAssistant, ChatMessageUser

SPEAKERS = {"assistant": ChatMessageAssistant, "user": ChatMessageUser}


def main(transcripts: str, log: str) -> None:
    """Write one sample a transcript, with the same words in the same order."""
    samples = []
    with open(transcripts, encoding="utf-8") as lines:
        for line in lines:
            document = json.loads(line)
            said = [SPEAKERS[m["role"]](content=m["content"]) for m in document["messages"]]
            samples.append(
                EvalSample(id=document["id"], epoch=1, input="", target="", messages=said)
            )
    spec = EvalSpec(
        created="2026-01-01T00:00:00+00:00",
        task="transcripts",
        dataset=EvalDataset(),
        model="none/none",
        config=EvalConfig(),
    )
    write_eval_log(EvalLog(status="success", eval=spec, samples=samples), log)


if __name__ == "__main__":
    main(*sys.argv[1:])
