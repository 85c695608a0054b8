"""Drawing views into HTML with templates that escape everything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib import resources

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from interviewer.assessment import Assessment
from interviewer.assessment.dispute import MOST_DISPUTES, disputes_in
from interviewer.assessment.findings import CompetencyReport
from interviewer.assessment.self_rating import ToRate
from interviewer.audio.recording import LONGEST_SECONDS
from interviewer.content.lawful import Lesson
from interviewer.interview.annotations import DRILL, Annotation
from interviewer.models.naming import ModelName
from interviewer.people.accounts import Account
from interviewer.people.assignments import Standing
from interviewer.storage import SessionSummary
from interviewer.ui.judging import UnderWay
from interviewer.ui.passage_text import blocks_of
from interviewer.ui.view import RoomView
from interviewer.ui.voices import ConnectedVoice
from interviewer.ui.words import Words, day

# Employer and post, papers, rounds and manner, language and voice.
FORM_STEPS = 4

# Words with this before their name go to the script of the room.
_ROOM = "voice_js_"


@cache
def _template(name: str) -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals["blocks_of"] = blocks_of
    environment.globals["day"] = day
    source = resources.files(__package__) / "templates" / f"{name}.html.j2"
    return environment.from_string(source.read_text(encoding="utf-8"))


def draw_masthead(words: Words, *, home: bool, speaker: str = "", voice: str = "") -> str:
    """Return the page's head: what it is, that examiners are software, who speaks and hears."""
    return _template("masthead").render(w=words, home=home, speaker=speaker, voice=voice)


def draw_account_way(account: Account | None, words: Words, at: str = "") -> Markup:
    """Return the ways of an account, the present page marked; nothing where nobody signs in."""
    if account is None:
        return Markup()
    # Escaped by its own template.
    return Markup(_template("account_way").render(w=words, account=account, at=at))  # see above


def draw_remarks_door(count: int, session_id: str, words: Words) -> str:
    """Return the way to what coaches said of an interview, empty where they said nothing."""
    if not count:
        return ""
    return _template("remarks_door").render(count=count, session=session_id, w=words)


def draw_reminders(
    told: Sequence[tuple[Standing, tuple[str, str]]], today: date, words: Words
) -> str:
    """Return what coaches ask for and is not done, each with its employer and post."""
    return _template("reminders").render(told=told, today=today, w=words)


def draw_cards(
    words: Words,
    sessions: tuple[SessionSummary, ...],
    names: Mapping[str, str],
    titles: Mapping[tuple[str, str], str],
    *,
    going: bool,
    studio: bool = False,
) -> str:
    """Return links to this visitor's interviews: those to go on with, or those that are over.

    Answers given again stand under their interview; where that is gone, by themselves. Employers
    are named by their id, posts by employer and id. Below those that are over stand doors to other
    pages, with `studio` to that one too.
    """
    known = {entry.id for entry in sessions}
    again: dict[str, list[SessionSummary]] = {}
    own = []
    for entry in sessions:
        if entry.redo_of in known:
            again.setdefault(str(entry.redo_of), []).append(entry)
        else:
            own.append(entry)
    return _template("cards").render(
        w=words,
        going=[s for s in own if not s.finished][:5] if going else [],
        past=[] if going else [s for s in own if s.finished][:5],
        any=bool(own),
        doors=not going,
        studio=studio,
        again=again,
        names=names,
        titles=titles,
    )


def draw_steps(words: Words) -> str:
    """Return the heading of the start form and its steps, any of which can be gone to."""
    return _template("steps").render(w=words, count=FORM_STEPS)


def draw_research_door(words: Words) -> str:
    """Return the way to collect research on an employer that is not in the list."""
    return _template("research_door").render(w=words)


def draw_check(words: Words, minutes: Mapping[str, tuple[float, float]]) -> str:
    """Return where the last step shows what was chosen; the page itself fills it in.

    Args:
        words: The screen's words.
        minutes: How long each format takes, whole and short, by the name it is listed under.
    """
    return _template("check").render(w=words, minutes=dict(minutes))


def draw_head(view: RoomView, words: Words) -> str:
    """Return stepper, examiner and the question that is open."""
    return _template("head").render(v=view, w=words)


def draw_chat(
    view: RoomView, words: Words, *, busy: bool, lesson: Lesson | None = None, practise: str = ""
) -> str:
    """Return the conversation of the round, earlier rounds folded above it.

    Args:
        view: What the room shows.
        words: The screen's words.
        busy: Whether the examiner is speaking.
        lesson: What must not be asked, shown out of character below the round.
        practise: Address where such questions are practised, for below the lesson.
    """
    return _template("chat").render(v=view, w=words, busy=busy, lesson=lesson, practise=practise)


def draw_paper_door(name: str, session_id: str, words: Words) -> str:
    """Return the way to the page of a written test."""
    return _template("paper_door").render(name=name, session=session_id, w=words)


def draw_voice(voice: ConnectedVoice | None, words: Words) -> str:
    """Return what the answer can be spoken with and questions read aloud; its script fills it."""
    told = {name.removeprefix(_ROOM): text for name, text in words.items() if _ROOM in name}
    return _template("voice").render(
        w=words,
        told=told,
        most=LONGEST_SECONDS,
        hears=voice is not None and voice.open.hears is not None,
        speaks=voice is not None and voice.open.speaks is not None,
    )


def draw_sources(view: RoomView, words: Words) -> str:
    """Return the passages cited so far."""
    return _template("sources").render(v=view, w=words)


def draw_judging(
    offered: Sequence[ModelName], shown: UnderWay | None, session_id: str, words: Words
) -> str:
    """Return the form that lets a model judge, or that it does; nothing without a model."""
    if not (offered or shown):
        return ""
    return _template("judging").render(offered=offered, shown=shown, session=session_id, w=words)


def draw_report(
    body: str,
    session_id: str,
    words: Words,
    *,
    practise: str = "",
    judging: str = "",
    first: str = "",
) -> str:
    """Return the report's page: the report, what can be downloaded, and what can be practised.

    Args:
        body: The report.
        session_id: Whose.
        words: The screen's words.
        practise: Address where turning improper questions is practised, empty for no door to it.
        judging: The way to a model's levels, empty for none.
        first: The interview whose answer is given again in this one, empty for none.
    """
    return _template("report").render(
        body=body, session=session_id, w=words, practise=practise, judging=judging, first=first
    )


def draw_beneath(
    report: Assessment, said: Sequence[Annotation], session_id: str, words: Words
) -> dict[tuple[str, str], Markup]:
    """Return what a candidate can do with each part of a report.

    It is told by round and rubric, and for what there is to work on by round and planned item.

    Args:
        report: The report.
        said: What was said about the interview.
        session_id: Whose.
        words: The screen's words.
    """
    drilled = {note.about for note in said if note.kind == DRILL}
    may_dispute = len(disputes_in(said)) < MOST_DISPUTES
    named = {**report.words.lifts, **report.words.parts}

    def drawn(entry: CompetencyReport, about: str, item: str | None, *, drill: bool) -> Markup:
        text = _template("beneath").render(
            c=entry, about=about, item=item, drill=drill, drilled=about in drilled,
            may_dispute=may_dispute, named=named, session=session_id, w=words,
        )  # fmt: skip
        return Markup(text)  # escaped by its own template

    found = {}
    for part in report.rounds:
        entries = {entry.id: entry for entry in part.competencies}
        for entry in part.competencies:
            about, drill = f"{part.id}/{entry.id}", bool(entry.next_action)
            found[part.id, entry.id] = drawn(entry, about, entry.weakest_item, drill=drill)
        for point in part.feedback:
            if point.competency in entries:
                of = entries[point.competency]
                answered = [item for item, _ in of.items]
                item = point.item if point.item in answered else of.weakest_item
                found[part.id, point.item] = drawn(of, f"{part.id}/{of.id}", item, drill=True)
    return found


def draw_rating(asked: Sequence[ToRate], session_id: str, words: Words) -> str:
    """Return the form in which candidates rate themselves before they see the report."""
    return _template("rating").render(asked=asked, session=session_id, w=words)


def draw_hint(text: str) -> str:
    """Return what a choice of the start form means."""
    return _template("hint").render(text=text)


def draw_note(text: str) -> str:
    """Return a remark that stays until something changes, or nothing."""
    return _template("note").render(text=text) if text else ""
