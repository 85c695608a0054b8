"""What is wrong with one sentence of a reply: one question each, answered yes or no.

Every case is put to a `Said`, a sentence with what was said before it. What stands in the move's
own words is never held against a reply.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping

from interviewer.interview.guard.given import MARK, figures_in, length, terms_of
from interviewer.interview.guard.said import ASKS, Said
from interviewer.interview.guard.signs import plain
from interviewer.reading.cues import cues_for
from interviewer.reading.tongue import has_chinese, is_other_language
from interviewer.research.lexical import terms
from interviewer.research.sentences import sentences

# So many words in a row, in Chinese characters, are a text's own.
TELLING_RUN = {"en": 6, "zh": 14}
# Everyday numbers that claim nothing: "in a minute or two", "one more question".
SMALL_FIGURES = frozenset[float | str]({0.0, 0.5, 1.0, 2.0})
# How much of the planned question's wording a reworded one keeps (chosen on worded examples).
KEEPS = 0.5
KEEPS_SMALL = 0.67
FEW = 3
# How many terms of its own it may have for each of the question's; a reply that loses its thread
# in the middle of a question still begins like it, and ends without a question mark.
OWN = 1.0
OWN_UNMARKED = 0.34
LINK = re.compile(
    r"https?:|www\.|!\[|\]\(|\b[\w-]+\.(?:com|org|net|io|ai|cn|co|uk|eu|info|dev|app|ru|xyz)\b|\w@\w"
    r"|(?:data|javascript|file|mailto|ftp):",
    re.IGNORECASE,
)
MARKUP = re.compile(
    r"</?[a-z!][^\s>]*|&#?\w{2,8};|[<>{}|`\\^~]|^\s*(?:#{1,6}|[-*+•>]|\d+[.)])\s|\[(?!\d{1,3}\])"
    r"|(?<!\d)\]|^\s*[(（*].*[)）*]\s*$|\*\w+\*|\\u[0-9a-f]{4}|\$\{|%[0-9a-f]{2}",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\([^)]*\)|（[^）]*）|【[^】]*】")
MONEY = re.compile(
    r"[£€$¥]\s?\d[\d,.]*\d|[£€$¥]\s?\d|\d[\d,.]*\s?(?:pounds|dollars|euros|yuan|[万千百]?[美欧日]?元|块)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“「『]([^\"“”「」『』]{2,})[\"”」』]")
# Written out, as in 八百; 千万 and 万一 are words of their own ("by all means", "in case").
_CHINESE_FIGURE = re.compile(
    r"(?!千万(?![一二两三四五六七八九])|万一)(?=[^十百千万亿]{0,2}[十百千万亿])[一二两三四五六七八九十百千万亿]{2,}"
)
_LONG_WORD = re.compile(r"[^\s\u3400-\u9fff]{25,}")
_WORDS = re.compile(r"[a-z0-9']+|[\u3400-\u9fff]", re.IGNORECASE)
_LATIN_WORD = re.compile(r"[a-zà-öø-ÿ][a-zà-öø-ÿ'-]*", re.IGNORECASE)
_YES_OR_NO = re.compile(
    r"^(?:(?:yes|no|yeah|yep|sure|indeed|certainly|correct|of course)\b|right,"
    r"|是的|有的|没有|会的|不会|当然|对)",
    re.IGNORECASE,
)
_ABOUT_CANDIDATE = re.compile(
    r"^(?:(?:so|and|now|then|well|thanks|thank you|okay|right|好的|那|明白了|谢谢)?[,，]?\s*)"
    r"(?:you|your|earlier you|您|你|刚才您)",
    re.IGNORECASE,
)


def is_link(said: Said) -> bool:
    """Whether it has an address, a link or a picture."""
    return bool(LINK.search(said.plain))


def is_markup(said: Said) -> bool:
    """Whether it has markup, stage directions, signs for pictures, or characters nobody sees."""
    if any(unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs", "So") for char in said.sentence):
        return True
    asides = (aside.lower() for aside in _ASIDE.findall(said.plain))
    # Nobody speaks in brackets; what stands there is a stage direction.
    return bool(MARKUP.search(said.plain)) or any(a not in said.given.words for a in asides)


def is_foreign(said: Said) -> bool:
    """Whether it is in another language than the interview."""
    text, given = said.bare, said.given
    known = f"{given.words} {plain(given.heard).lower()}"
    words = [w for w in _LATIN_WORD.findall(text.lower()) if w not in known]
    if _strange_script(text, known):
        return True
    if given.signs.language == "zh":
        characters = sum(1 for char in text if "\u3400" <= char <= "\u9fff")
        return bool(words) and (not characters or 3 * len(words) > characters)
    accented = [w for w in words if not w.isascii()]
    strange = set(said.found("foreign"))
    if len(accented) > 1 or len(strange) > 1 or (strange and len(text.split()) < 3):
        return True
    return is_other_language(text, cues_for("en"))


def _strange_script(text: str, known: str) -> bool:
    """Whether there are letters of a script that neither language nor the move has."""
    for char in text:
        if not char.isalpha() or char.lower() in known:
            continue
        name = unicodedata.name(char, "")
        if not name.startswith("LATIN") and not _is_known_chinese(char, known):
            return True
    return False


def _is_known_chinese(char: str, known: str) -> bool:
    return has_chinese(char) and has_chinese(known)


def is_out_of_part(said: Said) -> bool:
    """Whether the model speaks as a model, labels its speech, or speaks for somebody else."""
    found = said.found("software")
    if said.given.about_software:
        found = [f for f in found if not said.given.signs.patterns["says_software"].search(f)]
    return bool(found)


def names_another(said: Said) -> bool:
    """Whether it names an examiner whom the move does not."""
    for name in said.given.others:
        parts = [name] if has_chinese(name) else [name, *name.split()]
        for part in parts:
            pattern = re.escape(part) if has_chinese(part) else rf"\b{re.escape(part)}\b"
            if len(part) > 1 and re.search(pattern, said.plain) and part not in said.given.text:
                return True
    return False


def tells_prompt(said: Said) -> bool:
    """Whether it repeats what the prompt says in confidence: six words, or 14 characters."""
    run = TELLING_RUN[said.given.signs.language]
    told = runs_of(said.bare, run)
    return bool(told & runs_of(said.given.private, run) - runs_of(said.given.words, run))


def runs_of(text: str, run: int) -> set[tuple[str, ...]]:
    """Return the runs of so many words of a text, in Chinese of so many characters."""
    words = [word.lower() for word in _WORDS.findall(plain(text))]
    return {tuple(words[i : i + run]) for i in range(len(words) - run + 1)}


def is_improper(said: Said) -> bool:
    """Whether it touches on what is never asked about."""
    return bool(said.found("improper"))


def gives_score(said: Said) -> bool:
    """Whether it gives a score."""
    return bool(said.found("score"))


def gives_verdict(said: Said) -> bool:
    """Whether it judges, promises, advises, or gives the answer away."""
    if said.found("verdict"):
        return True
    return any(said.found("verdict_said", clause) for clause in said.outside_question)


def praises(said: Said) -> bool:
    """Whether it praises or blames; words the candidate used of something are no praise."""
    found = said.found("praise")
    for clause in said.outside_question:
        found += said.found("praise_said", clause)
    return any(not _taken_up(word, said) for word in found)


def _taken_up(word: str, said: Said) -> bool:
    """Whether a word stands before the same next word as in the candidate's answer."""
    match = re.search(re.escape(word) + r"\W+(\w+)", said.plain.lower())
    heard = plain(said.given.heard).lower()
    return bool(match) and match is not None and f"{word} {match[1]}" in heard


def uses_rubric_words(said: Said) -> bool:
    """Whether it speaks of the assessment."""
    heard = plain(said.given.heard).lower()
    return any(word not in heard for word in said.found("rubric"))


def names_figure(said: Said) -> bool:
    """Whether it names a figure nobody gave it: the move's, or the candidate's own but for pay."""
    given = said.given
    # Money is the move's alone, even where the candidate named the same number.
    money = (amount.lower() for amount in MONEY.findall(said.plain))
    if any(amount not in given.words for amount in money):
        return True
    known = given.figures | SMALL_FIGURES
    if not said.marks:
        known |= given.heard_figures
    if figures_in(said.sentence, given.language) - known:
        return True
    told = f"{given.words} {'' if said.marks else plain(given.heard)}"
    return any(run not in told for run in _CHINESE_FIGURE.findall(said.plain))


def cites_wrongly(said: Said) -> bool:
    """Whether it has a citation mark that the move does not have."""
    return any(mark not in said.given.facts for mark in said.marks)


def claims_unsupported(said: Said) -> bool:
    """Whether it states something about the employer that the move does not say."""
    given = said.given
    if said.marks:
        return not supports(said, [given.facts[mark] for mark in said.marks])
    if given.unanswered and not said.asks and _YES_OR_NO.match(said.plain):
        return True
    if said.asks:
        return said.of_employer and len(said.new_terms - given.heard_terms) >= 3
    if not said.of_employer:
        return False
    # Words the persona is wont to say make no claim true; those of small talk claim nothing.
    new = said.terms - given.terms - given.signs.small_talk
    return bool(new - given.heard_terms if _ABOUT_CANDIDATE.match(said.plain) else new)


def supports(said: Said, facts: list[str]) -> bool:
    """Whether facts say what a sentence says: hardly a term more, and no "not" more or less."""
    stated = terms_of(facts)
    if len(said.new_terms - stated) > 1 or len(said.terms & stated) < min(2, len(stated)):
        return False
    negation = said.given.signs.patterns["negation"]
    denied = len(negation.findall(said.bare)) > 0
    return said.asks or denied == any(negation.search(plain(fact)) for fact in facts)


def asks_otherwise(said: Said) -> bool:
    """Whether it asks a second question, two in one, or another than the move's."""
    if not said.asks:
        return False
    given = said.given
    if not given.question or len(ASKS.findall(said.plain)) > 1:
        return True
    if any(Said(sentence, (), given).asks for sentence in said.before):
        return not _belongs(said)
    joined = given.signs.patterns["joined"]
    if len(joined.findall(said.plain)) > len(joined.findall(plain(given.question))):
        return True
    return not is_the_question(said)


def _belongs(said: Said) -> bool:
    """Whether a second request is part of the move's own words, as in a case with its question."""
    asked = [text for text in said.before if ASKS.search(text)]
    return not asked and is_the_question(said)


def is_the_question(said: Said) -> bool:
    """Whether it asks what the move asks: by its words, where they leave it open by `same`."""
    question = plain(said.given.question)
    strange = said.new_terms - said.given.heard_terms
    # What is asked for without a mark may have been said in full before a question of the model's.
    alone = said.marked and not ASKS.search(question)
    told = said.bare if alone else " ".join([*said.before, said.sentence])
    own = OWN if said.marked or not ASKS.search(question) else OWN_UNMARKED
    if _keeps(question, told, strange, own) or _keeps(_core(question), said.bare, strange, own):
        return True
    return said.same is not None and said.same(question, said.bare.strip())


def _core(question: str) -> str:
    """Return the sentence of a question that asks; what stands before it only leads there."""
    parts = sentences(question, "zh" if has_chinese(question) else "en")
    return next((part for part in reversed(parts) if ASKS.search(part)), question)


def _keeps(question: str, text: str, strange: frozenset[str], own: float) -> bool:
    """Whether a text has enough of a question's terms and few of its own, `own` for each.

    Where a question has hardly a term ("What came of it?") its small words are compared, of which
    more must be there: other questions have many of them too.
    """
    wanted, here = terms(question), terms(plain(text))
    if len(wanted) >= FEW:
        return len(wanted & here) >= KEEPS * len(wanted) and len(strange) <= own * len(wanted)
    words = {word.lower() for word in _WORDS.findall(question)}
    said = {word.lower() for word in _WORDS.findall(plain(text))}
    return len(words & said) >= KEEPS_SMALL * len(words) and len(strange) < 2 * own


def repeats(said: Said) -> bool:
    """Whether it says again what the reply has said."""
    here = _WORDS.findall(said.bare.lower())
    return len(here) > 3 and any(
        here == _WORDS.findall(plain(MARK.sub(" ", earlier)).lower()) for earlier in said.before
    )


def quotes_nobody(said: Said) -> bool:
    """Whether it quotes words that neither the move nor the candidate has."""
    known = f"{said.given.words} {plain(said.given.heard).lower()}"
    quoted = _QUOTED.findall(plain(said.sentence).lower())
    return any(words.strip(" .,!?。，！？") not in known for words in quoted)


def strays(said: Said) -> bool:
    """Whether it states something of its own that neither move nor candidate spoke of."""
    text = said.bare
    if any(word.lower() not in said.given.words for word in _LONG_WORD.findall(text)):
        return True
    if said.asks or said.marks:
        return False
    strange = said.new_terms - said.given.heard_terms
    return len(strange) >= 3 or (len(strange) == 2 and 3 * len(strange) > len(said.terms))


def follows_the_question(said: Said) -> bool:
    """Whether it goes on where the question was to be the last word."""
    asked = any(ASKS.search(text) for text in said.before)
    question = plain(said.given.question)
    return asked and not said.asks and bool(question) and said.bare.strip() not in question


def is_too_long(said: Said) -> bool:
    """Whether the reply gets longer than a turn may be."""
    text = " ".join([*said.before, said.sentence])
    return length(text, said.given.language) > said.given.most


# What is asked of a sentence that stands in the move's words as it is.
OF_GIVEN = ("question", "repeat", "after", "length")
# In the order they are put; the first that holds names the fault.
CASES: Mapping[str, Callable[[Said], bool]] = {
    "link": is_link,
    "markup": is_markup,
    "language": is_foreign,
    "role": is_out_of_part,
    "prompt": tells_prompt,
    "improper": is_improper,
    "score": gives_score,
    "verdict": gives_verdict,
    "praise": praises,
    "rubric": uses_rubric_words,
    "name": names_another,
    "citation": cites_wrongly,
    "figure": names_figure,
    "unsupported": claims_unsupported,
    "question": asks_otherwise,
    "quote": quotes_nobody,
    "repeat": repeats,
    "stray": strays,
    "after": follows_the_question,
    "length": is_too_long,
}
