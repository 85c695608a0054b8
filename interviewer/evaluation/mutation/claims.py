"""What is said of the employer, changed: claims that are foreign, swapped, denied or uncited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from interviewer.evaluation.mutation.mutant import (
    Base,
    Draw,
    Mutant,
    rewritten,
    seq_of,
)
from interviewer.evaluation.mutation.texts import planted
from interviewer.evaluation.speech import MARK, Sentence
from interviewer.research.sentences import sentences
from interviewer.transcript import Turn

_DIGITS = re.compile(r"\d(?:[\d,]*\d)?")
_MARKED = re.compile(r"\s*\[\d{1,3}\]")
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}(?: [A-Z][a-z]+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEARS_AWAY = 9
# Words with a capital that name no thing of the employer's.
_CALENDAR = re.compile(
    r"(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Septem|Octo|Novem|Decem)ber"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|English|Chinese|British|Christmas"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What is told of the employer before a citation mark.

    Attributes:
        sentence: The sentence it stands in.
        told: The part up to the first mark.
    """

    sentence: Sentence
    told: str

    def put(self, told: str) -> Turn:
        """Return the turn with other words in its place."""
        turn = self.sentence.turn
        return replace(turn, content=turn.content.replace(self.told, told, 1))


def claims(base: Base) -> list[Claim]:
    """Return what the examiners tell of the employer with a mark."""
    return [
        Claim(sentence, told)
        for sentence in base.speech.said
        if sentence.marks and (told := sentence.text.split("[", 1)[0].rstrip())
    ]


def ungrounded_claim(base: Base, draw: Draw) -> Mutant | None:
    """Plant a claim that no research holds: alone, or under another claim's mark."""
    text = draw.text(planted("foreign_claim", base.language))
    told = text.words.format(company=_company(base))
    cited = claims(base)
    if cited and draw.chance(0.5, "cited"):
        turn = draw.pick(cited, "claim").put(told.rstrip(".。"))
        kind = "cited"
    else:
        asking = [turn for turn in base.turns if turn.by_examiner and turn.content.strip()]
        turn = before_the_question(draw.pick(asking, "turn"), told, base.language)
        kind = "uncited"
    return _changed(base, turn, kind=kind, held_out=text.held_out)


def number_swap(base: Base, draw: Draw) -> Mutant | None:
    """Put another number where a claim has one."""
    options = [(claim, match) for claim in claims(base) for match in _numbers(claim.told, base)]
    if not options:
        return None
    claim, (start, end) = draw.pick(options, "number")
    old = claim.told[start:end]
    new = _other_number(old, base, draw)
    return _changed(base, claim.put(claim.told[:start] + new + claim.told[end:]))


def entity_swap(base: Base, draw: Draw) -> Mutant | None:
    """Put another name where a claim has one; the employer's own where it has no other."""
    options = [(claim, span) for claim in claims(base) for span in _names_in(claim.told, base)]
    if not options:
        return None
    claim, (start, end) = draw.pick(options, "name")
    new = draw.pick(base.wordings.entities, "entity")
    return _changed(base, claim.put(claim.told[:start] + new + claim.told[end:]))


def negate_claim(base: Base, draw: Draw) -> Mutant | None:
    """Turn a claim into its contrary."""
    denial = re.compile(base.wordings.denial, re.IGNORECASE)
    open_to = [claim for claim in claims(base) if not denial.search(claim.told)]
    if not open_to:
        return None
    claim = draw.pick(open_to, "claim")
    ways = [way for way in base.wordings.negations if re.search(way.find, claim.told)]
    if not ways:
        return None
    turning = draw.pick(ways, "way")
    told = re.sub(turning.find, turning.put, claim.told, count=1)
    if turning.find.startswith("^") and base.language == "en":
        told = _lower_after(turning.put, told, base)
    return _changed(base, claim.put(told))


def cite_permute(base: Base, draw: Draw) -> Mutant | None:
    """Exchange two passages wherever they are cited: every mark leads to the other one."""
    cited = list(dict.fromkeys(key for turn in base.turns for key in turn.cites))
    if len(cited) < 2:
        return None
    one, other = draw.shuffled(cited, "pair")[:2]
    swap = {one: other, other: one}
    changed = {
        seq_of(turn): replace(turn, cites=tuple(swap.get(key, key) for key in turn.cites))
        for turn in base.turns
        if swap.keys() & set(turn.cites)
    }
    return Mutant(rewritten(base.transcript, changed), frozenset(changed))


def cite_drop(base: Base, draw: Draw) -> Mutant | None:
    """Leave the marks out of a turn; at the last new citation the record of them too."""
    marked = [turn for turn in base.turns if turn.by_examiner and MARK.search(turn.content)]
    if not marked:
        return None
    if draw.chance(0.5, "record") and (turn := _last_new(base)) is not None:
        bare = replace(turn, content=_MARKED.sub("", turn.content), cites=())
        return _changed(base, bare, kind="record")
    turn = draw.pick(marked, "turn")
    return _changed(base, replace(turn, content=_MARKED.sub("", turn.content)), kind="marks")


def cite_absent(base: Base, draw: Draw) -> Mutant | None:
    """Cite a passage that is not there: by its id, or by a mark that leads nowhere."""
    citing = [turn for turn in base.turns if turn.cites and MARK.search(turn.content)]
    if not citing:
        return None
    turn = draw.pick(citing, "turn")
    if draw.chance(0.5, "id"):
        gone = f"{turn.cites[0].rsplit('#', 1)[0]}#{900 + draw.place % 90}"
        keep = [replace(t, cites=tuple(gone if k == turn.cites[0] else k for k in t.cites))
                for t in base.turns if turn.cites[0] in t.cites]  # fmt: skip
        changed = {seq_of(t): t for t in keep}
        return Mutant(rewritten(base.transcript, changed), frozenset(changed), "id")
    number = len(base.transcript.citation_numbers()) + 1 + draw.place % 7
    content = MARK.sub(f"[{number}]", turn.content, count=1)
    return _changed(base, replace(turn, content=content), kind="mark")


def delete_research(base: Base, draw: Draw) -> Mutant | None:
    """Leave out every sentence that cites research."""
    cited: dict[int, list[Sentence]] = {}
    for sentence in base.speech.said:
        if sentence.marks and not sentence.asks:
            cited.setdefault(sentence.seq, []).append(sentence)
    changed = {seq: _bare(found) for seq, found in cited.items()}
    changed = {seq: turn for seq, turn in changed.items() if turn.content}
    return Mutant(rewritten(base.transcript, changed), frozenset(changed)) if changed else None


def before_the_question(turn: Turn, told: str, language: str) -> Turn:
    """Return the turn with a sentence more before its last one."""
    said = sentences(turn.content, language)
    at = turn.content.rfind(said[-1]) if said else 0
    gap = "" if language == "zh" else " "
    content = f"{turn.content[:at]}{told}{gap}{turn.content[at:]}"
    return replace(turn, content=content)


def _bare(found: list[Sentence]) -> Turn:
    turn = found[0].turn
    content = turn.content
    for sentence in found:
        content = content.replace(sentence.text, "", 1)
    return replace(turn, content=" ".join(content.split()), cites=())


def _changed(
    base: Base, turn: Turn, *, kind: str = "", held_out: bool | None = None
) -> Mutant:  # fmt: skip
    seq = seq_of(turn)
    return Mutant(rewritten(base.transcript, {seq: turn}), frozenset({seq}), kind, held_out)


def _company(base: Base) -> str:
    names = base.speech.employer_names
    return names[0] if names else base.transcript.interview.company or base.transcript.id


def _numbers(told: str, base: Base) -> Iterator[tuple[int, int]]:
    for match in _DIGITS.finditer(told):
        yield match.span()
    joined = "|".join(base.wordings.numbers)
    border = r"\b" if base.language == "en" else ""
    counted = "" if base.language == "en" else r"(?=[个家名条项座辆年天次份种倍人])"
    for match in re.finditer(rf"{border}(?:{joined}){border}{counted}", told):
        yield match.span()


def _other_number(old: str, base: Base, draw: Draw) -> str:
    if not old[0].isdigit():
        return draw.pick([word for word in base.wordings.numbers if word != old], "word")
    if _YEAR.fullmatch(old):
        away = draw.pick([n for n in range(-_YEARS_AWAY, _YEARS_AWAY + 1) if n], "year")
        return str(int(old) + away)
    place = draw.pick([n for n, sign in enumerate(old) if sign.isdigit()], "digit")
    first = place == 0
    digits = [d for d in "123456789" if d != old[place]] + ([] if first else ["0"])
    return (
        old[:place] + draw.pick([d for d in digits if d != old[place]], "value") + old[place + 1 :]
    )


def _names_in(told: str, base: Base) -> Iterator[tuple[int, int]]:
    own = base.speech.employer_names
    found = [
        match.span()
        for match in _NAME.finditer(told)
        if not _CALENDAR.match(match[0]) and not any(match[0] in name for name in own)
    ]
    if not found:
        # In Chinese, what an employer is called is mostly the beginning of its name.
        least = 2 if base.language == "zh" else None
        short = {name[:size] for name in own for size in range(least or len(name), len(name) + 1)}
        said = sorted((n for n in short if n in told), key=lambda name: (-len(name), name))
        found = [(told.find(name), told.find(name) + len(name)) for name in said[:1]]
    yield from found


def _lower_after(put: str, told: str, base: Base) -> str:
    """Return a sentence whose old beginning is in small letters unless it is a name."""
    rest = told[len(put) :]
    first = rest.split(" ", 1)[0]
    named = any(first in name for name in base.speech.employer_names)
    return told if named else put + rest[:1].lower() + rest[1:]


def _last_new(base: Base) -> Turn | None:
    """Return the turn that cites the newest passages, where no later mark would be renumbered."""
    numbers = base.transcript.citation_numbers()
    last = max(numbers, key=lambda key: numbers[key], default=None)
    citing = [turn for turn in base.turns if last in turn.cites]
    return citing[0] if len(citing) == 1 and len(citing[0].cites) == 1 else None
