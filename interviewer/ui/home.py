"""The start page: what is under way, and what an interview is settled from."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import parse_qs

import gradio as gr

from interviewer.assessment.progress import Sitting
from interviewer.assessment.progress.gaps import start_from
from interviewer.content.lawful import COUNTRIES
from interviewer.content.library import Library
from interviewer.content.manner import MANNERS
from interviewer.interview.difficulty import DIFFICULTIES, USUAL
from interviewer.interview.length import LENGTHS, SHORT, of_length, spoken_minutes
from interviewer.interview.length import USUAL as USUAL_LENGTH
from interviewer.interview.planning import in_language
from interviewer.interview.starting import Start
from interviewer.interview.teaching import DEFLECT, TEACH
from interviewer.interview.wishing import USUAL_FORMAT, format_named
from interviewer.models.naming import BUILTIN, ModelName
from interviewer.ui import drawing
from interviewer.ui.desk import Desk
from interviewer.ui.formats import formats_offered
from interviewer.ui.parts import Parts, Update
from interviewer.ui.words import Words, day
from interviewer.wiring import employer_names

PRACTICE, EXAM = "practice", "exam"
WITHOUT, FIRST = "without", "first"
# More names are no help to somebody who decides with one click.
_GAPS_TOLD = 4


class Home:
    """What the start page shows."""

    def __init__(self, desk: Desk, parts: Parts) -> None:
        """Keep what is asked and what is changed."""
        self.desk = desk
        self.parts = parts

    async def shown(
        self, words: Words, visitor: str | None, *, language: str, note: str = "", asked: str = ""
    ) -> Update:
        """Return the update that shows the start page.

        Args:
            words: The screen's words.
            visitor: Digest of the browser.
            language: That the browser asks for; employers that speak it come first.
            note: What is said above it.
            asked: The address's question, in which `company`, `post`, `language` and `format` may
                be named.
        """
        parts = self.parts
        interviews = await self.desk.interviews(visitor)
        offered = await self.desk.offered(visitor)
        copies = await self.desk.editions.offered(self.desk.copies_of(visitor), words["tag"])
        own = self.desk.connections.of(visitor)
        names, titles = employer_names(self.desk.library), self._titles(words["tag"])
        choices = self._choices(words, visitor, language, asked)
        company, post = (choices[part]["value"] or "" for part in (parts.company, parts.post))
        return {
            **choices,
            **await self.start(words, visitor, company, post),
            **self._conduct(words, language, asked),
            parts.session: "",
            parts.masthead: drawing.draw_masthead(
                words, home=True, speaker="" if offered else words["private"]
            ),
            parts.speaker: gr.update(
                visible=bool(offered),
                label=words["speaker"],
                choices=[(words["speaker_builtin"], BUILTIN), *_models(offered, words)],
                value=own[0].name.text if own else self.desk.default,
            ),
            parts.note: drawing.draw_note(note),
            parts.home: gr.update(visible=True),
            parts.room: gr.update(visible=False),
            parts.report_page: gr.update(visible=False),
            parts.cards: drawing.draw_cards(words, interviews, names, titles, going=True),
            parts.mine: drawing.draw_cards(
                words, interviews, names, titles, going=False, studio=self.desk.alone
            ),
            parts.steps: drawing.draw_steps(words),
            parts.research_door: drawing.draw_research_door(words),
            parts.check: drawing.draw_check(words, self._minutes(words, language)),
            parts.copies: gr.update(
                visible=bool(copies), label=words["studio_copies"], choices=copies, value=[]
            ),
            parts.taught_what: drawing.draw_hint(words["taught_what"]),
            parts.cv: gr.update(label=words["cv"], placeholder=words["cv_hint"]),
            parts.cv_file: gr.update(label=words["upload_cv"]),
            parts.advert: gr.update(label=words["advert"], placeholder=words["advert_hint"]),
            parts.advert_file: gr.update(label=words["upload_advert"]),
            parts.begin: gr.update(value=words["begin"], interactive=True),
            parts.back: gr.update(value=words["step_back"]),
            parts.next: gr.update(value=words["step_next"]),
            parts.prepare: gr.update(value=words["prepare_first"]),
        }

    def _choices(self, words: Words, visitor: str | None, language: str, asked: str) -> Update:
        """Return employer, post and language to choose from, as the address names them."""
        parts, library = self.parts, self.desk.library
        names = employer_names(library)
        wish = {key: values[0] for key, values in parse_qs(asked).items()}
        packs = sorted(
            self.desk.employers(visitor),
            key=lambda n: language not in library.packs[n].company.languages,
        )
        named = wish.get("company", "")
        first = named if named in packs else (packs[0] if packs else "")
        posts, spoken = self.offered(first, visitor)
        post = wish.get("post") if named == first else None
        spoken = wish["language"] if wish.get("language") in library.languages else spoken
        choices = [(words[f"language_{tag}"], tag) for tag in library.languages]
        return {
            parts.company: gr.update(
                label=words["employer"], choices=[(names[n], n) for n in packs], value=first
            ),
            parts.post: gr.update(
                label=words["post"], choices=posts, value=post or (posts[0][1] if posts else None)
            ),
            parts.language: gr.update(label=words["language"], choices=choices, value=spoken),
        }

    def _titles(self, language: str) -> dict[tuple[str, str], str]:
        """Return what posts are called, by employer and id."""
        packs = self.desk.library.packs.items()
        return {
            (name, post.id): in_language(post.title, language)
            for name, pack in packs
            for post in pack.company.posts
        }

    def _minutes(self, words: Words, language: str) -> dict[str, tuple[float, float]]:
        """Return the minutes of each format, whole and short, by the name it is listed under."""
        library = self.desk.library
        found = {}
        for shown, name in formats_offered(words, library, language):
            whole = format_named(library, name)
            short = whole if whole.same_questions else of_length(whole, SHORT)
            found[shown] = (spoken_minutes(whole), spoken_minutes(short))
        return found

    def _conduct(self, words: Words, language: str, asked: str) -> Update:
        """Return how an interview may be held, each in its usual way; the format as named."""
        parts = self.parts
        formats = formats_offered(words, self.desk.library, language)
        named = parse_qs(asked).get("format", [USUAL_FORMAT])[0]
        chosen = named if named in [name for _, name in formats] else USUAL_FORMAT
        shown = {
            parts.format: ("format", formats, chosen),
            parts.length: ("length", _named(words, "length", LENGTHS), USUAL_LENGTH),
            parts.manner: (
                "manner",
                [(words["manner_own"], ""), *_named(words, "manner", MANNERS)],
                "",
            ),
            parts.difficulty: ("difficulty", _named(words, "difficulty", DIFFICULTIES), USUAL),
            parts.occasion: ("occasion", _named(words, "occasion", (PRACTICE, EXAM)), PRACTICE),
            parts.taught: ("taught", _taught(words, self.desk.library, language), ""),
            parts.written: ("written", _named(words, "written", (WITHOUT, FIRST)), WITHOUT),
        }
        return {
            part: gr.update(label=words[label], choices=choices, value=value)
            for part, (label, choices, value) in shown.items()
        }

    async def start(self, words: Words, visitor: str | None, company: str, post: str) -> Update:
        """Return the choice to start from the last interview for a post, hidden without one."""
        last = await self.desk.history.last_for(visitor or "", company, post)
        start = start_from(last) if last else None
        offers = last is not None and start is not None and bool(start.gaps)
        hint = self._start_told(words, last, start) if offers and last and start else ""
        parts = self.parts
        return {
            parts.since: gr.update(visible=offers, value=offers, label=words["since"]),
            parts.since_hint: drawing.draw_hint(hint) if hint else "",
        }

    def _start_told(self, words: Words, last: Sitting, start: Start) -> str:
        """Return in words what starting from an interview changes."""
        names = {answer.competency: answer.name for answer in last.answers}
        rubrics, language = self.desk.library.rubrics, words["tag"]
        for rubric in (rubrics[name] for name in names if name in rubrics):
            names[rubric.id] = in_language(rubric.name, language)
        gaps = [
            words[f"since_{gap.why}"].format(name=names[gap.competency])
            for gap in start.gaps[:_GAPS_TOLD]
        ]
        if (more := len(start.gaps) - _GAPS_TOLD) > 0:
            gaps.append(words["since_more"].format(count=more))
        return words["since_hint"].format(
            date=day(last.at, words), gaps=words["list_comma"].join(gaps), count=len(start.asked)
        )

    def offered(self, company: str, visitor: str | None) -> tuple[list[tuple[str, str]], str]:
        """Return the posts, shown and meant, and the first language of a visitor's employer."""
        pack = self.desk.library.packs.get(company)
        if pack is None or company not in self.desk.employers(visitor):
            return [], self.desk.library.languages[0]
        tongue = pack.company.languages[0]
        return [
            (post.title.get(tongue) or post.id, post.id) for post in pack.company.posts
        ], tongue


def _named(words: Words, kind: str, names: Sequence[str]) -> list[tuple[str, str]]:
    """Return names as a list to choose from, in the screen's words."""
    return [(words[f"{kind}_{name}"], name) for name in names]


def _taught(words: Words, library: Library, language: str) -> list[tuple[str, str]]:
    """Return what may be done with questions nobody should ask, by country; nothing first."""
    countries = library.lawful.countries
    found = [countries[name] for name in COUNTRIES if name in countries]
    return [
        (words["taught_none"], ""),
        *(
            (
                words[f"taught_{mode}"].format(country=in_language(entry.name, language)),
                f"{mode}:{entry.id}",
            )
            for mode in (TEACH, DEFLECT)
            for entry in found
        ),
    ]


def _models(offered: tuple[ModelName, ...], words: Words) -> list[tuple[str, str]]:
    """Return models as a list to choose from, with where text goes."""
    keys = {True: "speaker_sent", False: "speaker_here"}
    return [
        (words[keys[bool(n.goes_to)]].format(model=n.shown, place=n.goes_to), n.text)
        for n in offered
    ]
