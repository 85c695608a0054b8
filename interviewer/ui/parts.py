"""The parts of the page, and the updates that show one of its three states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import gradio as gr

from interviewer.ui.words import Words

Update = dict[Any, Any]  # Gradio's own form: component to update


@dataclass(frozen=True)
class Parts:
    """Every component of the page."""

    session: gr.Textbox
    asked: gr.Textbox
    seen: gr.Textbox
    retaken: gr.Textbox
    account: gr.HTML
    masthead: gr.HTML
    note: gr.HTML
    home: gr.Column
    cards: gr.HTML
    steps: gr.HTML
    company: gr.Dropdown
    post: gr.Dropdown
    language: gr.Dropdown
    speaker: gr.Dropdown
    since: gr.Checkbox
    since_hint: gr.HTML
    research_door: gr.HTML
    format: gr.Dropdown
    length: gr.Dropdown
    manner: gr.Dropdown
    difficulty: gr.Dropdown
    occasion: gr.Dropdown
    written: gr.Dropdown
    taught: gr.Dropdown
    taught_what: gr.HTML
    copies: gr.CheckboxGroup
    cv: gr.Textbox
    cv_file: gr.UploadButton
    advert: gr.Textbox
    advert_file: gr.UploadButton
    check: gr.HTML
    back: gr.Button
    next: gr.Button
    begin: gr.Button
    prepare: gr.Button
    mine: gr.HTML
    room: gr.Column
    head: gr.HTML
    chat: gr.HTML
    composer: gr.Column
    beside: gr.HTML
    answer: gr.Textbox
    voice: gr.HTML
    send: gr.Button
    hint: gr.Button
    silence: gr.Button
    stop: gr.Button
    next_round: gr.Button
    sources: gr.HTML
    report_page: gr.Column
    report: gr.HTML

    @property
    def all(self) -> list[gr.components.Component]:
        """Every component an event may change."""
        return list(self.__dict__.values())

    @classmethod
    def draw(cls, words: Words) -> Parts:
        """Draw the page with the words of a language."""
        session = gr.Textbox(visible=False, elem_id="session")
        asked = gr.Textbox(visible=False, elem_id="asked")
        seen = gr.Textbox(visible=False, elem_id="seen")
        retaken = gr.Textbox(visible=False, elem_id="retaken")
        account = _html("account")
        masthead = _html("masthead")
        note = _html("note")
        with gr.Column(visible=False, elem_id="home") as home:
            cards = _html("cards")
            steps = _html("steps")
            with gr.Column(elem_id="step-1", elem_classes="form-step"):
                with gr.Row(elem_classes="fields"):
                    company, post = _choices(words, "company", "post")
                since = gr.Checkbox(
                    value=False, label=words["since"], elem_id="since", visible=False,
                    container=False,
                )  # fmt: skip
                since_hint = _html("since-hint")
                research_door = _html("research-door")
            with (
                gr.Column(elem_id="step-2", elem_classes="form-step"),
                gr.Row(elem_classes="papers"),
            ):
                with gr.Column():
                    cv = _paper(words["cv"], words["cv_hint"], "cv")
                    cv_file = _upload(words["upload_cv"], "cv-file")
                with gr.Column():
                    advert = _paper(words["advert"], words["advert_hint"], "advert")
                    advert_file = _upload(words["upload_advert"], "advert-file")
            with gr.Column(elem_id="step-3", elem_classes="form-step"):
                with gr.Row(elem_classes="fields"):
                    form, length, written = _choices(words, "format", "length", "written")
                with gr.Row(elem_classes="fields"):
                    manner, difficulty, occasion = _choices(
                        words, "manner", "difficulty", "occasion"
                    )
                with gr.Row(elem_classes="fields"):
                    (taught,) = _choices(words, "taught")
                taught_what = _html("taught-what")
                copies = gr.CheckboxGroup(
                    label=words["studio_copies"],
                    elem_id="copies",
                    visible=False,
                    choices=[],
                    value=[],
                )
            with gr.Column(elem_id="step-4", elem_classes="form-step"):
                with gr.Row(elem_classes="fields"):
                    language, speaker = _choices(words, "language", "speaker")
                check = _html("check")
            with gr.Row(elem_id="start"):
                back = gr.Button(words["step_back"], elem_id="step-back")
                onward = gr.Button(words["step_next"], variant="primary", elem_id="step-next")
                begin = gr.Button(words["begin"], variant="primary", elem_id="begin")
                prepare = gr.Button(words["prepare_first"], elem_id="prepare")
            mine = _html("mine")
        with gr.Column(visible=False, elem_id="room") as room:
            head = _html("head")
            with gr.Row(elem_id="table"):
                with gr.Column(scale=5, min_width=300, elem_id="talk"):
                    chat = _html("chat")
                    with gr.Column(elem_id="composer") as composer:
                        beside = _html("beside", words["beside_label"])
                        answer = gr.Textbox(
                            label=words["answer"], placeholder=words["answer_hint"], lines=1,
                            max_lines=12, elem_id="answer", show_label=False, container=False,
                            html_attributes=gr.InputHTMLAttributes(spellcheck=True),
                        )  # fmt: skip
                        with gr.Row(elem_id="actions"):
                            voice = _html("by-voice")
                            hint = gr.Button(words["hint"], visible=False, elem_id="hint")
                            silence = gr.Button(words["silence"], elem_id="silence")
                            stop = gr.Button(words["stop"], visible=False, elem_id="stop")
                            send = gr.Button(words["send"], variant="primary", elem_id="send")
                    next_round = gr.Button(
                        words["next_round"], variant="primary", visible=False, elem_id="next-round"
                    )
                with gr.Column(scale=2, min_width=240, elem_id="side"):
                    sources = _html("sources")
        with gr.Column(visible=False, elem_id="report-page") as report_page:
            report = _html("report")
        return cls(
            session, asked, seen, retaken, account, masthead, note, home, cards, steps, company,
            post, language, speaker, since, since_hint, research_door, form, length, manner,
            difficulty, occasion, written, taught, taught_what, copies, cv, cv_file, advert,
            advert_file, check, back, onward,
            begin, prepare, mine, room, head, chat, composer,
            beside, answer, voice, send, hint, silence, stop, next_round, sources, report_page,
            report,
        )  # fmt: skip


def _html(name: str, label: str = "") -> gr.HTML:
    """Return a part that events fill, or with a label one that the browser fills."""
    empty = f'<div class="beside-here" role="status" aria-label="{label}"></div>'
    return gr.HTML(
        empty if label else "",
        elem_id=name,
        js_on_load=None,
        apply_default_css=False,
        padding=False,
    )


def _choices(words: Words, *names: str) -> Iterator[gr.Dropdown]:
    """Yield lists to choose from, drawn in the row that is open."""
    labels = {"company": "employer"}
    return (
        gr.Dropdown(
            label=words[labels.get(name, name)], elem_id=name, allow_custom_value=name == "post"
        )
        for name in names
    )


def _paper(label: str, hint: str, name: str) -> gr.Textbox:
    return gr.Textbox(label=label, placeholder=hint, lines=5, max_lines=14, elem_id=name)


def _upload(label: str, name: str) -> gr.UploadButton:
    # Every kind of file is let in, so that a wrong one is refused in words by us.
    return gr.UploadButton(label, type="filepath", size="sm", elem_id=name)
