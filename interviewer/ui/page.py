"""The page: its parts, and what happens on each event."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import gradio as gr
from gradio.events import Dependency

from interviewer.storage import SqlPeople
from interviewer.ui.account_events import AccountEvents
from interviewer.ui.desk import Desk
from interviewer.ui.forgetful import ForgetfulPage
from interviewer.ui.handling import Handlers
from interviewer.ui.judging import JudgingRoom
from interviewer.ui.parts import Parts
from interviewer.ui.visitors import Visitors
from interviewer.ui.words import words_for

# The interview is named in the address; whose it is, the cookie proves at every event.
_SESSION = "new URLSearchParams(location.search).get('s') || ''"
_JS_OPEN = f"() => [{_SESSION}]"
# While a turn is under way Gradio drops a second event of the same kind; the page says so.
_UNDER_WAY = "document.body.dataset.turn = 'under way'"
_JS_TURN = f"() => {{ {_UNDER_WAY}; return [{_SESSION}]; }}"
# An answer goes with the number of the turn it is meant to be, so that what was asked in another
# window meanwhile is not answered unseen.
_SEEN = "document.querySelector('#chat .log')?.dataset.next || ''"
_JS_SILENCE = f"() => {{ {_UNDER_WAY}; return [{_SESSION}, {_SEEN}]; }}"
# A page before the interview may name employer, post, language and format in the address.
_JS_LOAD = f"() => [{_SESSION}, location.search.slice(1)]"
_JS_PREPARE = (
    "(company, post, language, format) => { if (company) location.href = '/prepare/' + "
    "encodeURIComponent(company) + '?role=' + encodeURIComponent(post || '') + '&language=' + "
    "encodeURIComponent(language || '') + '&format=' + encodeURIComponent(format || ''); }"
)
_JS_SEND = (
    f"(session, text) => {{ {_UNDER_WAY}; const seen = {_SEEN}; "
    f"const again = document.body.dataset.retake || ''; "
    f"window.threeRounds?.show(text); return [{_SESSION}, text, seen, again]; }}"
)
_JS_BEGIN = f"(...form) => {{ {_UNDER_WAY}; return form; }}"
# The steps of the start form are turned in the browser: nothing that was typed goes anywhere.
_JS_BACK = "() => { window.threeRounds?.turn(-1); }"
_JS_NEXT = "() => { window.threeRounds?.turn(1); }"
# What is settled first stands in the address, so that a reload and going back find it again.
_JS_KEPT = "(...wanted) => { window.threeRounds?.keepWanted(wanted); }"
_JS_NAMED = (
    "(session) => { if (session) history.replaceState(null, '', '?s=' + "
    "encodeURIComponent(session)); }"
)
_JS_SETTLED = "() => { window.threeRounds && window.threeRounds.settle(false); }"
_JS_OPENED = "() => { window.threeRounds && window.threeRounds.settle(true); }"


def build_page(
    desk: Desk, visitors: Visitors, judges: JudgingRoom, people: SqlPeople | None = None
) -> ForgetfulPage:
    """Return the page; nothing of any visitor is in it before an event says who asks.

    Args:
        desk: The rooms below.
        visitors: Who asks.
        judges: Judgements under way.
        people: Who knows the accounts, None where nobody signs in.
    """
    words = words_for("en")
    page = ForgetfulPage(
        title=words["title"], analytics_enabled=False, fill_width=True, delete_cache=(600, 600)
    )
    with page:
        parts = Parts.draw(words)
        _connect(page, parts, Handlers(desk, parts, visitors, judges))
        if people is not None:
            head = AccountEvents(desk, people).head
            _on(page.load, head, [parts.session], [parts.account], _JS_OPEN)
    return page


def _connect(page: gr.Blocks, parts: Parts, handlers: Handlers) -> None:
    every, session = parts.all, [parts.session]
    opened = _on(page.load, handlers.open, [parts.session, parts.asked], every, _JS_LOAD)
    _on(opened.then, None, [], None, _JS_OPENED)
    form = [
        parts.company, parts.post, parts.language, parts.speaker, parts.format, parts.length,
        parts.manner, parts.difficulty, parts.occasion, parts.written, parts.taught, parts.cv,
        parts.advert, parts.since, parts.copies,
    ]  # fmt: skip
    begun = _on(parts.begin.click, handlers.begin, form, every, _JS_BEGIN)
    named = _on(begun.then, None, session, None, _JS_NAMED)
    _settled(_on(named.then, handlers.go_on, session, every))
    wanted = [parts.company, parts.post, parts.language, parts.format]
    _on(parts.prepare.click, None, wanted, None, _JS_PREPARE)
    start = ([parts.company, parts.post], [parts.since, parts.since_hint])
    chosen = _on(parts.company.input, handlers.choose_company, [parts.company],
                 [parts.post, parts.language])  # fmt: skip
    _on(chosen.then, handlers.offer_start, *start)
    posted = _on(parts.post.input, handlers.offer_start, *start)
    for settled in (chosen.then, posted.then, parts.language.input, parts.format.input):
        _on(settled, None, wanted, None, _JS_KEPT)
    _on(parts.back.click, None, [], None, _JS_BACK)
    _on(parts.next.click, None, [], None, _JS_NEXT)
    for upload, box in ((parts.cv_file, parts.cv), (parts.advert_file, parts.advert)):
        _on(upload.upload, handlers.upload, [upload], [box, parts.note], files=True)
    for event in (parts.answer.submit, parts.send.click):
        given = [parts.session, parts.answer, parts.seen, parts.retaken]
        _settled(_on(event, handlers.send, given, every, _JS_SEND))
    silent = [parts.session, parts.seen]
    _settled(_on(parts.silence.click, handlers.say_nothing, silent, every, _JS_SILENCE))
    _settled(_on(parts.hint.click, handlers.ask_hint, silent, every, _JS_SILENCE))
    _on(parts.stop.click, handlers.stop, session, [parts.stop], _JS_OPEN)
    _settled(_on(parts.next_round.click, handlers.go_on, session, every, _JS_TURN))


def _on(
    event: Callable[..., Dependency],
    handler: Callable[..., object] | None,
    inputs: Sequence[gr.components.Component],
    outputs: Sequence[gr.components.Component] | None,
    js: str | None = None,
    *,
    files: bool = False,
) -> Dependency:
    """Connect an event; none of them is offered as an API.

    Values reach the handler as they were sent, since whoever sends them can choose them freely;
    only files are laid out by Gradio first.
    """
    return event(
        handler, inputs, outputs, js=js, preprocess=files, api_visibility="private",
        show_progress="hidden",
    )  # fmt: skip


def _settled(event: Dependency) -> None:
    """Scroll, put the draft back and set the focus when an event has ended."""
    _on(event.then, None, [], None, _JS_SETTLED)
