"""How well the check of a written brief tells what passages say from what they do not.

`python -m benchmarks.supporting` prints the share of unsupported sentences that are dropped and of
supported ones that are kept: for those the check was made with, for those held back meanwhile, and
for the sentences of whole packs changed by machine.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from interviewer.interview.support import Support
from interviewer.research.inventory import passages_of
from interviewer.research.sentences import sentences

HERE = Path(__file__).parent
PACKS = {
    "brightwell": (HERE.parent / "knowledge", "en", ("Brightwell Logistics", "Brightwell")),
    "chengyuan": (HERE.parent / "knowledge", "zh", ("澄远智能装备", "澄远")),
    "marlow-general": (HERE / "tuning", "en", ("Marlow General Hospital Trust", "Trust")),
    "linhai-water": (HERE / "tuning", "zh", ("临海水务集团", "临海水务", "集团")),
    # Written after the check, by people who had not seen it.
    "harrowgate-tramways": (HERE / "gold", "en", ("Harrowgate Tramways", "Harrowgate")),
    "hemu-dairy": (HERE / "gold", "zh", ("禾牧乳业", "禾牧")),
}
# A word of a sentence, and what turns it into what the passage does not say.
TURNS = {
    "en": (
        ("rose", "fell"), ("fell", "rose"), ("increased", "decreased"), ("more", "fewer"),
        ("less", "more"), ("largest", "smallest"), ("opened", "closed"), ("higher", "lower"),
        ("above", "below"), ("accepted", "rejected"), ("is", "is not"), ("are", "are not"),
        ("was", "was not"), ("has", "has no"), ("will", "will not"), ("not", ""), ("no", ""),
        ("minutes", "hours"), ("weeks", "months"), ("million", "billion"), ("days", "weeks"),
        ("wants to", "did"), ("plans to", ""), ("will be", "was"), ("first", "last"),
    ),
    "zh": (
        ("增长", "下降"), ("增加", "减少"), ("提高", "降低"), ("下降", "上升"), ("降到", "升到"),
        ("最大", "最小"), ("不", ""), ("没有", ""), ("未", ""), ("必须", "不必"),
        ("可以", "不可以"),
        ("计划", ""), ("预计", ""), ("万", "亿"), ("分钟", "小时"), ("个月", "年"), ("天", "周"),
        ("高于", "低于"), ("超过", "不到"), ("以上", "以下"), ("提前", "推迟"), ("同意", "拒绝"),
        ("全部", "部分"), ("上半年", "下半年"), ("是", "不是"),
    ),
}  # fmt: skip
_WHOLE = re.compile(r"[.!。！]$")


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence as a model might write it.

    Attributes:
        company: The pack.
        supported: Whether its passages say it, as a reader judges.
        kind: What is wrong with it, or how it says it.
        cites: The passages it names.
        text: The sentence.
    """

    company: str
    supported: bool
    kind: str
    cites: tuple[str, ...]
    text: str

    @property
    def held_back(self) -> bool:
        """Whether it was not looked at while the check was made."""
        return bool(hashlib.sha256(self.text.encode()).digest()[0] % 2)


def written(name: str) -> tuple[Written, ...]:
    """Return the sentences of a file; they name passages by document and some of their words."""
    lines = (HERE / "support" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    found = []
    for entry in map(json.loads, lines):
        cites = tuple(_cited(entry["company"], *place) for place in entry.pop("cites"))
        found.append(Written(**entry, cites=cites))
    return tuple(found)


def _cited(company: str, document: str, words: str) -> str:
    """Return the id of the passage of a document that has these words."""
    passages = support_of(company).passages.values()
    return next(
        passage.id
        for passage in passages
        if passage.id.startswith(f"{company}/{document}#") and words in passage.text
    )


@cache
def support_of(company: str) -> Support:
    """Return the check over a pack."""
    folder, language, names = PACKS[company]
    passages = passages_of(company, (folder / company,))
    return Support({p.id: p for p in passages if p.language == language}, language, names)


def is_kept(sentence: Written) -> bool:
    """Whether the check keeps a sentence."""
    return support_of(sentence.company).fault(sentence.text, sentence.cites) is None


def changed(company: str) -> Iterator[Written]:
    """Yield sentences of a pack: as they are, turned, with another figure, from elsewhere."""
    support, chance = support_of(company), random.Random(company)
    others = list(support.passages)
    for passage in support.passages.values():
        for text in sentences(passage.text, support.language):
            if not _WHOLE.search(text) or not 20 <= len(text) <= 300:
                continue
            here = (passage.id,)
            yield Written(company, True, "as it stands", here, text)
            for word, other in TURNS[support.language]:
                pattern = re.escape(word) if support.language == "zh" else rf"\b{word}\b"
                if places := list(re.finditer(pattern, text)):
                    place = chance.choice(places)
                    turned = text[: place.start()] + other + text[place.end() :]
                    yield Written(company, False, "turned", here, turned)
            for place in re.finditer(r"\d+", text):
                figure = str(int(place[0]) + chance.choice((1, 2, 3, 7)))
                another = text[: place.start()] + figure + text[place.end() :]
                yield Written(company, False, "another figure", here, another)
            elsewhere = chance.choice([name for name in others if name != passage.id])
            yield Written(company, False, "another passage", (elsewhere,), text)


def groups() -> Iterator[tuple[str, Written]]:
    """Yield all sentences with the group they are counted in."""
    for sentence in written("sentences"):
        yield ("held back" if sentence.held_back else "worked with"), sentence
    for sentence in written("more"):
        yield "worked with, other packs", sentence
    for company in PACKS:
        for sentence in changed(company):
            unseen = ", unseen packs" if PACKS[company][0].name == "gold" else ""
            yield f"by machine{unseen}: {sentence.kind}", sentence


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def main(as_json: bool) -> None:
    """Print which share of unsupported sentences goes and of supported ones stays."""
    seen: dict[tuple[str, str, bool], list[bool]] = defaultdict(list)
    for group, sentence in groups():
        language = support_of(sentence.company).language
        seen[group, language, sentence.supported].append(is_kept(sentence))
    table = Table("sentences", "language", "unsupported dropped", "supported kept")
    document = []
    for group, language in dict.fromkeys((group, language) for group, language, _ in seen):
        kept = seen.get((group, language, True), [])
        wrong = seen.get((group, language, False), [])
        counts = {"unsupported": len(wrong), "dropped": len(wrong) - sum(wrong)}
        counts |= {"supported": len(kept), "kept": sum(kept)}
        document.append({"group": group, "language": language, **counts})
        table.add_row(group, language, _share(len(wrong) - sum(wrong), len(wrong)),
                      _share(sum(kept), len(kept)))  # fmt: skip
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        Console(width=100).print(table)


def _share(part: int, whole: int) -> str:
    return f"{part}/{whole} ({part / whole:.1%})" if whole else ""


if __name__ == "__main__":
    main()
