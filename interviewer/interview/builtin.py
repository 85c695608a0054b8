"""The voice that needs no model.

It chooses among the phrases of the persona's phrasebook by seed, says none twice in a round while
others are left, takes up a thing the candidate named, and asks exactly the move's question. It
neither praises nor judges: the phrasebooks hold no words for it.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

from interviewer.content.dates import written_date
from interviewer.content.manner import PLAIN, Manner, Manners
from interviewer.content.persona import Phrasebook
from interviewer.content.phrasebook import SLOT, fill
from interviewer.interview import seeds
from interviewer.interview.facts import cited
from interviewer.interview.moves import Move
from interviewer.interview.spoken_forms import (
    going_on,
    in_sentence,
    joined,
    with_capitals,
    with_joints,
)
from interviewer.interview.voice import Scene
from interviewer.interview.wording import Wording
from interviewer.research.sentences import sentences

# How often a probe is preceded by an acknowledgement, as a share of other questions.
_BEFORE_PROBES = 0.4 / 0.75
# Of the acknowledgements in a manner this share is said in the manner's own words.
_IN_MANNER = 0.7
# Where a key has fewer variants left, length decides nothing.
_ENOUGH_TO_CHOOSE = 4


@dataclass(frozen=True)
class BuiltinVoice:
    """The voice that needs no model, no key and no network.

    Attributes:
        books: Phrasebook by persona id and language.
        manners: How examiners may carry themselves.
    """

    books: Mapping[tuple[str, str], Phrasebook]
    manners: Manners = PLAIN

    async def speak(
        self, move: Move, scene: Scene, stop: asyncio.Event | None = None
    ) -> AsyncIterator[str]:
        """Yield the turn sentence group by sentence group; nothing here takes long."""
        for piece in with_joints(self._speaker(move, scene).pieces(), scene.language):
            yield piece

    def wording(self, move: Move, scene: Scene) -> Wording:
        """Return what a model is to put into its own words, and what must not get lost."""
        return self._speaker(move, scene).wording()

    def rest(self, move: Move, scene: Scene, shown: str) -> tuple[str, ...]:
        """Return what still has to be said after `shown`, so that the turn does its move.

        Facts and answers whose mark stands in `shown` are not said again; the question is.
        """
        pieces = self._speaker(move, scene).rest(shown)
        return tuple(with_joints(pieces, scene.language, after=bool(shown)))

    def vocabulary(self, scene: Scene) -> str:
        """Return every phrase the persona has, as one text."""
        book = self.books[scene.persona, scene.language]
        return "\n".join(variant for variants in book.phrases.values() for variant in variants)

    def _speaker(self, move: Move, scene: Scene) -> _Speaker:
        book = self.books[scene.persona, scene.language]
        return _Speaker(book, move, scene, self.manners.of(scene.manner))


@dataclass(frozen=True)
class _Speaker:
    """One turn in the making."""

    book: Phrasebook
    move: Move
    scene: Scene
    manner: Manner

    def pieces(self) -> list[str]:
        """Return the turn's pieces, in the order they are said."""
        kind = self.move.kind
        if kind == "close":
            return [*self._first(), self._close()]
        if self._asks_nothing:
            return self._first()
        if kind == "open":
            return [*self._opening(), *self._lead(), self._question()]
        if kind == "probe":
            return self._probe()
        if kind == "offer":
            return [*self._answer(), *self._offer()]
        if kind == "hint":
            return [self._hint()]
        if self.move.again:
            return self._again()
        said = [*self._answer(), *self._before()]
        if self._takes_up_earlier and self.move.first:
            said.reverse()  # the word on the last answer comes before an older question
        return [*said, *self._lead(), self._question()]

    @property
    def _takes_up_earlier(self) -> bool:
        """Whether the turn comes back to a question that was put to an earlier examiner."""
        return self.move.kind == "ask" and bool(self.move.asked)

    def wording(self) -> Wording:
        """Return the move without what a model adds of its own: thanks, take-up, flourish."""
        joint = "" if self.scene.language.startswith("zh") else " "
        facts = {}
        if self.move.found:
            best = self.move.found[0]
            facts[self.scene.numbers[best.passage.id]] = best.sentence
        lead = self.move.lead
        if lead is not None and lead.cites:
            facts[self.scene.numbers[lead.cites]] = lead.text
        return Wording(joint.join(self._plain()), self._asked(), facts)

    def rest(self, shown: str) -> list[str]:
        """Return what is missing after `shown`."""
        if not shown.strip():
            return self.pieces()
        if self.move.kind == "close":
            return [self._close()]
        if self._asks_nothing:
            return []
        pieces = []
        if self.move.found and not self._marked(self.move.found[0].passage.id, shown):
            pieces += self._answer()
        if self.move.kind == "offer":
            return [*pieces, *self._offer()]
        if self.move.kind == "hint" and self.move.hint not in shown:
            return [self._hint()]
        lead = self.move.lead
        if lead is not None and lead.cites and not self._marked(lead.cites, shown):
            bare = self.move.again
            pieces += [self._bare_fact()] if bare else self._lead()
        joint = "" if self.scene.language.startswith("zh") else " "
        asked = sentences(self._question(), self.scene.language)
        unsaid = [sentence for sentence in asked if sentence not in shown]
        return [*pieces, joint.join(unsaid)]

    def _marked(self, passage_id: str, shown: str) -> bool:
        return f"[{self.scene.numbers[passage_id]}]" in shown

    def _plain(self) -> list[str]:
        if self.move.kind in ("close", "open", "offer") or self._asks_nothing:
            return self.pieces()
        if self.move.kind == "probe":
            return [*self._first(), self._question()]
        if self.move.kind == "hint":
            return [self._hint()]
        if self.move.again:
            return self._again()
        return [*self._answer(), *self._first(), *self._lead(), self._question()]

    @property
    def _asks_nothing(self) -> bool:
        """Whether a word is all that is said, and the question stays open."""
        return self.move.kind == "bridge" and not (self.move.question or self.move.question_key)

    def _first(self) -> list[str]:
        return [self._phrase(self.move.first, self._terms())] if self.move.first else []

    def _asked(self) -> str:
        if self.move.kind == "close" or self._asks_nothing:
            return ""
        if self.move.kind == "offer":
            last = self._offer()[-1]
            return last if "?" in last or "？" in last else ""
        return self._question()

    def _hint(self) -> str:
        return self._phrase("hint.give", {"hint": self.move.hint})

    def _offer(self) -> list[str]:
        might = self._levers() if self.move.slot in ("range", "above", "take_back") else []
        return [*might, self._phrase(self.move.question_key, self._terms())]

    def _opening(self) -> list[str]:
        pieces = [self._phrase("open.hello"), self._phrase("open.frame")]
        if "story" in self.move.terms:
            slots = {"thing": self.move.terms["story"], "name": self.move.terms["story_teller"]}
            return [*pieces, self._phrase("ask.story_told", slots)]
        if self.move.thing and self.move.from_earlier:
            slots = {"thing": self.move.thing, "name": self.move.from_earlier}
            return [*pieces, self._phrase("ask.handoff", slots)]
        leads_in = seeds.chance(self.manner.leads_in, self.scene.seed, "opens", self.scene.seq)
        if not self.move.lead and leads_in:
            pieces.append(self._phrase("open.first"))
        return pieces

    def _before(self) -> list[str]:
        """Return what is said about the last answer before the next question."""
        if self.move.first:
            return [self._phrase(self.move.first, self._terms())]
        if self.move.asked:
            return []
        if self.move.lead and self.move.lead.kind == "fact":
            # A fact is enough before a question: what was said is thanked for in short.
            return self._acknowledgement(takes_up=False)
        pieces = self._acknowledgement()
        purpose = (self.scene.seed, "manner", self.scene.seq)
        if not self.move.lead and not self.move.question_key and not self.move.rung:
            signs = not self.scene.reads_only and not self._used_any("signature")
            if signs and seeds.chance(self.manner.signs, *purpose, "signature"):
                pieces.append(self._phrase("signature"))
            elif seeds.chance(self.manner.leads_in, *purpose, "lead"):
                pieces.append(self._phrase("ask.lead"))
        return pieces

    def _acknowledgement(self, *, takes_up: bool = True) -> list[str]:
        """Return a few neutral words, or none: never after an answer of one word."""
        if len(self.scene.heard.strip()) < 8 or " " not in self.scene.heard.strip() + " " * (
            self.scene.language.startswith("zh")
        ):
            return []
        purpose = (self.scene.seed, "acknowledge", self.scene.seq)
        takes_up = takes_up and seeds.chance(self.manner.takes_up, *purpose, "thing")
        if self.move.thing and takes_up and self._fresh_thing():
            return [self._phrase("ack.thing", {"thing": self.move.thing})]
        return self._thanks() if seeds.chance(self.manner.acknowledges, *purpose) else []

    def _thanks(self) -> list[str]:
        """Return an acknowledgement in the examiner's manner, none when all have been said."""
        own = f"manner.{self.scene.manner}"
        purpose = (self.scene.seed, "acknowledge", self.scene.seq, "manner")
        keys = ["ack.plain"]
        if own in self.book.phrases and seeds.chance(_IN_MANNER, *purpose):
            keys = [own, "ack.plain"]
        for key in keys:
            if self._unused(key):
                return [self._phrase(key)]
        return []

    def _lead(self) -> list[str]:
        lead = self.move.lead
        if lead is None:
            return []
        if lead.kind == "fact" and lead.cites:
            fact = cited(lead.text, self.scene.numbers[lead.cites])
            if lead.dated:
                date = written_date(lead.dated, self.scene.language)
                return [self._phrase("ask.fact_dated", {"fact": fact, "date": date})]
            return [self._phrase("ask.fact", {"fact": fact})]
        slot = "item" if lead.kind == "cv" else "requirement"
        return [self._phrase(f"ask.{lead.kind}", {slot: lead.text})]

    def _probe(self) -> list[str]:
        question = self._question()
        if self.move.first:
            return [*self._first(), question]
        if self.move.thing and self.manner.takes_up and self._fresh_thing():
            return [self._with_question("probe.thing", question, {"thing": self.move.thing})]
        purpose = (self.scene.seed, "acknowledge", self.scene.seq)
        share = self.manner.acknowledges * _BEFORE_PROBES
        if seeds.chance(share, *purpose) and " " in self.scene.heard:
            return [*self._thanks(), question]
        return [question]

    def _again(self) -> list[str]:
        """Return the open question once more, after whatever came in between."""
        if self.move.question_key == "ask.more_questions":
            first = [self._phrase(self.move.first)] if self.move.first else self._answer()
            return [*first, self._question()]
        question = self._question()
        fact = self._bare_fact()
        if fact and self.scene.language.startswith("zh"):
            question = f"{fact}{question}"
        elif fact:
            question = f"{fact} {question}"
        if self.move.first.startswith("bridge.") and self.move.kind == "bridge":
            return [self._with_question(self.move.first, question)]
        first = [self._phrase(self.move.first)] if self.move.first else self._answer()
        return [*first, self._with_question("answer.back", question)]

    def _bare_fact(self) -> str:
        lead = self.move.lead
        if lead is None or lead.cites is None:
            return ""
        return cited(lead.text, self.scene.numbers[lead.cites])

    def _answer(self) -> list[str]:
        """Return the answer to the candidate's question, from the store or not at all."""
        if not self.move.asked:
            return []
        # A question put to an earlier examiner is named again.
        earlier = self._takes_up_earlier
        terms = self.move.terms
        slots = {"name": terms["teller"], "asked": terms["asked"]} if earlier else {}
        if not self.move.found:
            return [self._phrase("answer.still_open" if earlier else "answer.missing", slots)]
        best = self.move.found[0]
        answer = cited(best.sentence.strip(), self.scene.numbers[best.passage.id])
        if earlier:
            return [self._phrase("answer.found_since", {**slots, "answer": answer})]
        if month := self.scene.stale.get(best.passage.id):
            date = written_date(month, self.scene.language)
            return [self._phrase("ask.fact_dated", {"fact": answer, "date": date})]
        if self.move.question_key == "ask.more_questions" and self._used_any("ask.more_questions"):
            return [answer]  # one after the other needs no announcement
        return [self._phrase("answer.found", {"answer": answer})]

    def _levers(self) -> list[str]:
        levers = [lever for lever in self.move.terms.get("levers", "").split("\n") if lever]
        if not levers:
            return []
        return [self._phrase("offer.levers", {"levers": joined(levers, self.scene.language)})]

    def _terms(self) -> dict[str, str]:
        levers = [lever for lever in self.move.terms.get("levers", "").split("\n") if lever]
        said = joined(levers, self.scene.language) if levers else ""
        return {**self.move.terms, "levers": said}

    def _close(self) -> str:
        if "next_name" in self.move.terms:
            title = in_sentence(self.move.terms["next_title"])
            return self._phrase("close.next", {**self.move.terms, "next_title": title})
        return self._phrase("close.last")

    def _question(self) -> str:
        if self.move.kind == "hint":
            return sentences(self._hint(), self.scene.language)[-1]
        if self.move.question:
            return self.move.question
        if self.move.question_key == "ask.conditions":
            # The same words for everybody (SCIENCE 2.4), so nothing is chosen here.
            return self._filled(self.book.variants("ask.conditions")[0], {})
        return self._phrase(self.move.question_key, self._terms())

    def _with_question(
        self, key: str, question: str, slots: Mapping[str, str] | None = None
    ) -> str:
        template = self._choose(key)
        if re.search(r"[:,]\s*\{question\}$", template):
            question = going_on(question, self.scene.company)
        return self._filled(template, {**(slots or {}), "question": question})

    def _phrase(self, key: str, slots: Mapping[str, str] | None = None) -> str:
        return self._filled(self._choose(key), slots or {})

    def _filled(self, template: str, slots: Mapping[str, str]) -> str:
        scene = self.scene
        known = {
            "name": scene.name,
            "title": in_sentence(scene.title),
            "company": scene.company,
            "post": in_sentence(scene.post),
            "minutes": f"{scene.minutes:g}",
            "thinking": f"{scene.thinking_time}",
            "number": f"{scene.number}",
        }
        return with_capitals(template, fill(template, {**known, **slots}))

    def _choose(self, key: str) -> str:
        options = self._by_length(self._unused(key) or list(self.book.variants(key)))
        return seeds.pick(options, self.scene.seed, self.scene.persona, key, self.scene.seq)

    def _by_length(self, options: list[str]) -> list[str]:
        """Return the half of the variants whose length is the manner's."""
        if self.manner.length == "any" or len(options) < _ENOUGH_TO_CHOOSE:
            return options
        half = (len(options) + 1) // 2
        ordered = sorted(options, key=len, reverse=self.manner.length == "longer")
        return ordered[:half]

    def _unused(self, key: str) -> list[str]:
        return [variant for variant in self.book.variants(key) if not self._used(variant)]

    def _used_any(self, key: str) -> bool:
        return any(self._used(variant) for variant in self.book.variants(key))

    def _used(self, variant: str) -> bool:
        """Whether this persona has said the variant, whatever filled its slots."""
        fixed = [part.strip() for part in SLOT.split(variant)[::2]]
        telling = [part for part in fixed if len(part) > 2]
        return any(all(part in said for part in telling) for said in self.scene.said)

    def _fresh_thing(self) -> bool:
        thing = (self.move.thing or "").lower()
        return not any(thing in said.lower() for said in self.scene.said)
