"""The updates that show a session as it stands: the room, the way to a paper, the report."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import gradio as gr

from interviewer.assessment.aloud import Aloud
from interviewer.interview.session import plan_of, stage_of
from interviewer.interview.teaching import STRICT, lesson_now
from interviewer.interview.written.handing_in import is_open
from interviewer.transcript import Transcript
from interviewer.ui import drawing
from interviewer.ui.desk import Desk
from interviewer.ui.judging import JudgingRoom
from interviewer.ui.parts import Parts, Update
from interviewer.ui.view import room_view
from interviewer.ui.who_speaks import speaker_line, voice_line
from interviewer.ui.words import Words, words_for


class Showing:
    """Draws a visitor's session into the parts of the page."""

    def __init__(self, desk: Desk, parts: Parts, judges: JudgingRoom) -> None:
        """Keep what is asked for what is shown."""
        self._desk = desk
        self._parts = parts
        self._judges = judges

    async def shown(
        self, session: str, transcript: Transcript, visitor: str | None, *, busy: bool = False
    ) -> Update:
        """Return the update that shows a visitor's session as it stands: room or report."""
        parts = self._parts
        words = words_for(transcript.interview.language or "en")
        speaker = self._desk.speaker(transcript, visitor)
        common = {
            parts.session: session,
            parts.masthead: drawing.draw_masthead(
                words,
                home=False,
                speaker=speaker_line(speaker, transcript, words),
                voice=voice_line(self._desk.voices.of(visitor), words),
            ),
            parts.note: "",
            parts.home: gr.update(visible=False),
        }
        if stage_of(transcript).waiting == "nobody":
            return {**common, **await self._report(session, transcript, visitor, words)}
        room = self._room(
            transcript,
            words,
            busy=busy,
            speaks=speaker is not None,
            spoken=await self._desk.spoken.kept(transcript),
        )
        room |= {parts.voice: drawing.draw_voice(self._desk.voices.of(visitor), words)}
        if is_open(stage_of(transcript)):
            door = drawing.draw_paper_door(stage_of(transcript).round.name, session, words)
            room |= {parts.chat: door, parts.composer: gr.update(visible=False)}
        return {**common, **room}

    def _room(
        self,
        transcript: Transcript,
        words: Words,
        *,
        busy: bool,
        speaks: bool,
        spoken: Mapping[int, Aloud],
    ) -> Update:
        parts = self._parts
        view = room_view(transcript, self._desk.library, words, spoken=spoken)
        between = view.scene is not None and not busy
        lesson = lesson_now(transcript, self._desk.library) if between else None
        ahead = stage_of(transcript).round.id
        number = [step.id for step in view.steps].index(ahead) + 1
        return {
            parts.room: gr.update(visible=True),
            parts.report_page: gr.update(visible=False),
            parts.head: drawing.draw_head(view, words),
            parts.chat: drawing.draw_chat(
                view, words, busy=busy, lesson=lesson, practise=_practise(transcript)
            ),
            parts.sources: drawing.draw_sources(view, words),
            parts.composer: gr.update(visible=not between),
            parts.answer: gr.update(label=words["answer"], placeholder=words["answer_hint"]),
            parts.send: gr.update(value=words["send"], interactive=not busy),
            parts.hint: gr.update(
                value=words["hint"], visible=view.hints and not busy, interactive=not busy
            ),
            parts.silence: gr.update(value=words["silence"], interactive=not busy),
            parts.stop: gr.update(
                value=words["stop"],
                visible=busy and speaks,
                interactive=True,
            ),
            parts.next_round: gr.update(
                visible=between, value=words["next_round"].format(number=number)
            ),
        }

    async def _report(
        self, session: str, transcript: Transcript, visitor: str | None, words: Words
    ) -> Update:
        """Return the report; before its first showing, the form for the candidate's own levels."""
        from interviewer.assessment import report_html

        asked = await self._desk.to_rate(transcript)
        if asked:
            shown = drawing.draw_rating(asked, session, words)
        else:
            report, before = await self._desk.report_beside(transcript, visitor)
            said = await self._desk.store.annotations(session)
            beneath = drawing.draw_beneath(report, said, session, words)
            judging = drawing.draw_judging(
                await self._judges.offered(transcript, visitor),
                self._judges.under_way(session), session, words,
            )  # fmt: skip
            shown = drawing.draw_report(
                report_html(report, transcript, before, beneath=beneath),
                session,
                words,
                practise=_practise(transcript),
                judging=judging,
                first=report.redo.session if report.side_by_side and report.redo else "",
            )
        parts = self._parts
        return {
            parts.room: gr.update(visible=False),
            parts.report_page: gr.update(visible=True),
            parts.report: shown,
        }


def _practise(transcript: Transcript) -> str:
    """Return where to practise what an interview taught, empty where it taught nothing."""
    plan = plan_of(transcript)
    if plan.conduct == STRICT:
        return ""
    return "/deflect?" + urlencode({"country": plan.country, "language": plan.language})
