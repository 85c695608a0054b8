"""The first turn of a round: who speaks, what an earlier examiner was told, the first question."""

from __future__ import annotations

from dataclasses import replace

from interviewer.interview.handoff import Note, asks_for_story, handoff
from interviewer.interview.moves import Move
from interviewer.interview.rules.asking import asking, closing, left_alone
from interviewer.interview.rules.moment import Moment


def opening(moment: Moment) -> Move:
    """Return the opening of the round that comes next."""
    state = moment.state
    item = state.left[0] if state.left else None
    if item is None:
        return closing(moment, "the round has nothing to ask")
    move = asking(state, item, "the round begins")
    thing, teller = _from_earlier_round(moment)
    move = replace(move, kind="open", thing=thing, from_earlier=teller)
    story = _told_story(moment)
    if story is None:
        return move
    # What is not asked for again need not be named twice.
    earlier = None if thing == story.text else thing
    told = {"story": story.text, "story_teller": story.teller}
    return replace(move, thing=earlier, terms=told)


def _told_story(moment: Moment) -> Note | None:
    """Return the newest story told to an earlier examiner, where this round might ask for one."""
    if not any(asks_for_story(item) for item in moment.state.round.items):
        return None
    notes = handoff(moment.plan, moment.state, moment.state.round.id).of("story")
    return notes[-1] if notes else None


def _from_earlier_round(moment: Moment) -> tuple[str | None, str | None]:
    """Return something told to the examiner before, and that examiner's name."""
    plan, state = moment.plan, moment.state
    earlier = plan.rounds[: plan.rounds.index(state.round)]
    for entry in reversed(earlier):
        for heard in state.heard:
            told = heard.round == entry.id and not left_alone(entry.item(heard.item))
            if told and heard.reading.thing and not heard.reading.other_language:
                return heard.reading.thing, entry.name
    return None, None
